package host

import (
	"context"
	"crypto/subtle"
	"crypto/tls"
	"io"
	"log"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-smtp"

	"postrider/mail"
)

// Host is the mail host. Add users, Start, and Close it at the end.
type Host struct {
	now func() time.Time

	mu    sync.Mutex
	users []*User

	imap, pop3, smtp *gate
	imapServer       *imapserver.Server
	smtpServer       *smtp.Server
	serving          sync.WaitGroup // the accept loops and the POP3 sessions
}

// New returns a host without users that tells the time by now.
func New(now func() time.Time) *Host { return &Host{now: now} }

// AddUser adds a person who signs in to all three servers with login and
// password, and gets the mail that is sent to the addresses.
func (h *Host) AddUser(login, password string, addresses ...string) *User {
	u := newUser(login, password, addresses)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.users = append(h.users, u)
	return u
}

func (h *Host) signIn(login, password string) (*User, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, u := range h.users {
		if u.login == login && subtle.ConstantTimeCompare([]byte(u.password), []byte(password)) == 1 {
			return u, true
		}
	}
	return nil, false
}

// byAddress finds the user who gets mail for the address.
func (h *Host) byAddress(address string) (*User, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, u := range h.users {
		for _, a := range u.addresses {
			if strings.EqualFold(a, address) {
				return u, true
			}
		}
	}
	return nil, false
}

// Start opens the three servers on free loopback ports, with TLS from the
// first byte. An error is of kind offline: no port could be had.
func (h *Host) Start(config *tls.Config) error {
	var gates []*gate
	for _, g := range []**gate{&h.imap, &h.pop3, &h.smtp} {
		var err error
		if *g, err = listen(config); err != nil {
			for _, open := range gates {
				open.Close()
			}
			return mail.Wrap(mail.KindOffline, "start the demo's servers", err)
		}
		gates = append(gates, *g)
	}
	silent := log.New(io.Discard, "", 0) // clients that hang up are nothing to report
	h.imapServer = imapserver.New(&imapserver.Options{Caps: imapCaps, Logger: silent, NewSession: h.newIMAP})
	h.smtpServer = h.newSMTP(silent)
	h.serve(func() { h.imapServer.Serve(h.imap.tls) })
	h.serve(func() { h.smtpServer.Serve(h.smtp.tls) })
	h.serve(h.servePOP3)
	return nil
}

func (h *Host) serve(loop func()) {
	h.serving.Add(1)
	go func() {
		defer h.serving.Done()
		loop()
	}()
}

func (h *Host) newIMAP(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
	return &session{host: h}, nil, nil
}

// Close ends every connection and waits for what served them.
func (h *Host) Close() {
	if h.imap == nil {
		return
	}
	for _, g := range []*gate{h.imap, h.pop3, h.smtp} {
		g.Close()
	}
	h.imapServer.Close()
	h.smtpServer.Shutdown(context.Background())
	h.serving.Wait()
}

// IMAP returns the address of the IMAP server; POP3 and SMTP likewise.
func (h *Host) IMAP() *net.TCPAddr { return h.imap.addr() }

// POP3 returns the address of the POP3 server.
func (h *Host) POP3() *net.TCPAddr { return h.pop3.addr() }

// SMTP returns the address of the submission server.
func (h *Host) SMTP() *net.TCPAddr { return h.smtp.addr() }

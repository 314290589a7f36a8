package mailtest

import (
	"crypto/tls"
	"io"
	"log"
	"net"
	"slices"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"
)

// Sink is an SMTP submission server that keeps what it accepts. Users sign in
// with AUTH PLAIN or LOGIN. The local part of a recipient asks for trouble:
//
//	reject@    550 at RCPT
//	tempfail@  451 at RCPT
//	badata@    554 after the data
//	slow@      no answer to the data before Release
//	drop@      the connection ends after the data, which is thrown away
//	lost@      the connection ends after the data, which is accepted
type Sink struct {
	SMTP  string // host:port; STARTTLS
	SMTPS string // host:port; TLS from the start
	CA    *Authority

	opts     SubmissionOptions
	server   *smtp.Server
	serving  sync.WaitGroup
	mu       sync.Mutex
	accepted []Envelope
	released chan struct{}
	release  sync.Once
}

// SubmissionOptions change a Sink; the zero value is a well-behaved server.
type SubmissionOptions struct {
	Into     *Server // also deliver what is for Users
	Leaf     Leaf    // the kind of certificate it shows
	NoTLS    bool    // no STARTTLS, and SMTPS is empty
	NoAuth   bool    // no AUTH: everybody may send
	MaxBytes int64   // largest message, announced as SIZE; default 50 MB
}

// Envelope is one accepted message.
type Envelope struct {
	User string // who had signed in
	From string
	To   []string
	Raw  []byte // as received, with CRLF line ends
}

// Submission starts a Sink for the test.
func Submission(t testing.TB, opts SubmissionOptions) *Sink {
	t.Helper()
	s, err := StartSubmission(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}

// StartSubmission starts a Sink outside of a test; the caller must Stop it.
func StartSubmission(opts SubmissionOptions) (*Sink, error) {
	ca, err := CA()
	if err != nil {
		return nil, err
	}
	leaf, err := ca.Leaf(opts.Leaf)
	if err != nil {
		return nil, err
	}
	s := &Sink{CA: ca, opts: opts, released: make(chan struct{})}
	s.server = smtp.NewServer(smtp.BackendFunc(s.newSession))
	s.server.Domain = "localhost"
	s.server.AllowInsecureAuth = true
	s.server.EnableSMTPUTF8 = true
	s.server.EnableDSN = true
	s.server.MaxMessageBytes = 50 << 20
	s.server.ErrorLog = log.New(io.Discard, "", 0) // clients that hang up are no news
	if opts.MaxBytes > 0 {
		s.server.MaxMessageBytes = opts.MaxBytes
	}
	if !opts.NoTLS {
		s.server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{leaf}}
	}
	return s, s.listen()
}

func (s *Sink) listen() error {
	plain, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s.SMTP = plain.Addr().String()
	s.serve(plain)
	if s.opts.NoTLS {
		return nil
	}
	secure, err := tls.Listen("tcp", "127.0.0.1:0", s.server.TLSConfig)
	if err != nil {
		s.Stop()
		return err
	}
	s.SMTPS = secure.Addr().String()
	s.serve(secure)
	return nil
}

func (s *Sink) serve(l net.Listener) {
	s.serving.Go(func() {
		s.server.Serve(l) // ends with an error at Stop
	})
}

// Stop closes all connections and ends the server.
func (s *Sink) Stop() {
	s.Release()
	s.server.Close()
	s.serving.Wait()
}

// Release lets the answers to slow@ go, from now on at once.
func (s *Sink) Release() { s.release.Do(func() { close(s.released) }) }

// Accepted returns what was accepted so far, in order. A message is there
// before its sender has the answer.
func (s *Sink) Accepted() []Envelope {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.accepted)
}

// keep stores a message and delivers it to those recipients who live here.
func (s *Sink) keep(e Envelope) error {
	s.mu.Lock()
	s.accepted = append(s.accepted, e)
	s.mu.Unlock()
	if s.opts.Into == nil {
		return nil
	}
	for _, to := range e.To {
		if user := localPart(to); slices.Contains(Users, user) {
			if err := s.opts.Into.Deliver(user, e.Raw); err != nil {
				return err
			}
		}
	}
	return nil
}

package host_test

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2/imapclient"
	"go.uber.org/goleak"

	"postrider/mail"
	"postrider/mail/demo/host"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const password = "right one"

// rig is a started host with one user, nora.
type rig struct {
	*host.Host
	nora   *host.User
	client *tls.Config
}

func start(t *testing.T) *rig {
	t.Helper()
	ca, config, err := host.NewAuthority(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(ca)
	r := &rig{Host: host.New(time.Now), client: &tls.Config{RootCAs: roots, ServerName: "127.0.0.1"}}
	r.nora = r.AddUser("nora", password, "nora@fernlight.example", "office@fernlight.example")
	if err := r.Start(config); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

// letter is a small message whose subject is its key.
func letter(key string, flags mail.System) host.Mail {
	raw := []byte("From: a@example.org\r\nSubject: " + key + "\r\n\r\nDear Nora,\r\n.a line with a dot\r\nYours\r\n")
	return host.Mail{Key: key, Date: time.Now(), Flags: mail.Bits(flags), Content: func() []byte { return raw }}
}

// imap signs nora in; the handler hears unilateral data.
func (r *rig) imap(t *testing.T, handler *imapclient.UnilateralDataHandler) *imapclient.Client {
	t.Helper()
	c, err := imapclient.DialTLS(r.IMAP().String(), &imapclient.Options{TLSConfig: r.client, UnilateralDataHandler: handler})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if err := c.Login("nora", password).Wait(); err != nil {
		t.Fatal(err)
	}
	return c
}

// dialogue is a line protocol, spoken by hand.
type dialogue struct {
	t *testing.T
	net.Conn
	*bufio.Reader
}

func (r *rig) pop3(t *testing.T) *dialogue {
	t.Helper()
	c, err := tls.Dial("tcp", r.POP3().String(), r.client)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	d := &dialogue{t, c, bufio.NewReader(c)}
	d.want("+OK")
	return d
}

func (d *dialogue) say(lines ...string) {
	if _, err := fmt.Fprint(d.Conn, strings.Join(lines, "\r\n")+"\r\n"); err != nil {
		d.t.Fatal(err)
	}
}

func (d *dialogue) line() string {
	d.t.Helper()
	s, err := d.ReadString('\n')
	if err != nil {
		d.t.Fatal(err)
	}
	return strings.TrimSuffix(s, "\r\n")
}

func (d *dialogue) want(prefix string) string {
	d.t.Helper()
	s := d.line()
	if !strings.HasPrefix(s, prefix) {
		d.t.Fatalf("got %q, want %q…", s, prefix)
	}
	return s
}

// rest reads a multi-line answer to its dot.
func (d *dialogue) rest() (lines []string) {
	d.t.Helper()
	for {
		s := d.line()
		if s == "." {
			return lines
		}
		lines = append(lines, strings.TrimPrefix(s, "."))
	}
}

func (d *dialogue) signIn() {
	d.t.Helper()
	d.say("USER nora", "PASS "+password)
	d.want("+OK")
	d.want("+OK")
}

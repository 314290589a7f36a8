package wire

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emersion/go-imap/v2/imapclient"

	"postrider/mail"
)

// certificate is one of mail.test, and a pool that trusts it.
var certificate = sync.OnceValues(func() (tls.Certificate, *x509.CertPool) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mail.test"}, DNSNames: []string{"mail.test"},
		NotBefore: time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC),
		IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		panic(err)
	}
	parsed, _ := x509.ParseCertificate(der)
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
})

// clearServer talks before TLS by a script: a greeting, then an answer to each
// line, "$" being its tag; after an answer that ends in "TLS" it upgrades.
func clearServer(conn net.Conn, greeting string, answers ...string) {
	defer conn.Close()
	io.WriteString(conn, greeting)
	r := bufio.NewReader(conn)
	for _, a := range answers {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		tag, _, _ := strings.Cut(line, " ")
		a, upgrade := strings.CutSuffix(a, "TLS")
		io.WriteString(conn, strings.ReplaceAll(a, "$", tag))
		if upgrade {
			cert, _ := certificate()
			s := &scripted{conn: tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{cert}})}
			s.serveTLS()
			return
		}
	}
	io.Copy(io.Discard, r)
}

// serveTLS is serve without a greeting.
func (s *scripted) serveTLS() {
	s.r = bufio.NewReader(s.conn)
	for {
		line, err := s.command()
		if err != nil {
			s.conn.Close()
			return
		}
		s.seen = append(s.seen, line)
		tag, rest, _ := strings.Cut(line, " ")
		verb, _, _ := strings.Cut(rest, " ")
		text := answer(tag, verb)
		if verb == "CAPABILITY" {
			text = strings.Replace(text, "\r\n", " AUTH=PLAIN SASL-IR\r\n", 1)
		}
		io.WriteString(s.conn, text)
	}
}

// overClear runs f on a Conn against a script.
func overClear(t *testing.T, opts Options, f func(*Conn), greeting string, answers ...string) {
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := net.Pipe()
		done := make(chan struct{})
		go func() { defer close(done); clearServer(theirs, greeting, answers...) }()
		c := New(ours, opts)
		f(c)
		c.Close()
		<-done
	})
}

const (
	greetTLS  = "* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] hi\r\n"
	agreedTLS = "$ OK go ahead\r\n"
)

// TestNothingButTLSWillDo plays what somebody on the way could do to STARTTLS.
// Each must end in an error of kind unsafe, before anything secret is sent, and
// nothing said in clear may be heard.
func TestNothingButTLSWillDo(t *testing.T) {
	cases := []struct {
		name, greeting string
		answers        []string
	}{
		{"not offered", "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n", nil},
		{"capabilities hidden", "* OK hi\r\n", []string{"$ BAD what\r\n"}},
		{"capabilities without it", "* OK hi\r\n", []string{"* CAPABILITY IMAP4rev1\r\n$ OK\r\n"}},
		{"NO", greetTLS, []string{"$ NO not today\r\n"}},
		{"BAD", greetTLS, []string{"$ BAD what\r\n"}},
		{"continuation", greetTLS, []string{"+ go\r\n"}},
		{"another protocol", greetTLS, []string{"454 later\r\n"}},
		{"another tag", greetTLS, []string{"W9 OK go ahead\r\n"}},
		{"PREAUTH", "* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] welcome\r\n", nil},
		{"tagged PREAUTH", greetTLS, []string{"$ PREAUTH in\r\n"}},
		{"injected after OK", greetTLS, []string{agreedTLS + "* OK [ALERT] boo\r\n"}},
		{"injected tagged reply", greetTLS, []string{agreedTLS + "W2 OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] in\r\n"}},
		{"garbage for a handshake", greetTLS, []string{agreedTLS, "nonsense nonsense nonsense\r\n"}},
		{"LIST before", greetTLS, []string{"* LIST () \"/\" evil\r\n" + agreedTLS}},
		{"LSUB before", greetTLS, []string{"* LSUB () \"/\" evil\r\n" + agreedTLS}},
		{"STATUS before", greetTLS, []string{"* STATUS evil (MESSAGES 3)\r\n" + agreedTLS}},
		{"SEARCH before", greetTLS, []string{"* SEARCH 1 2\r\n" + agreedTLS}},
		{"FLAGS before", greetTLS, []string{"* FLAGS (evil)\r\n" + agreedTLS}},
		{"EXISTS before", greetTLS, []string{"* 9 EXISTS\r\n" + agreedTLS}},
		{"EXPUNGE before", greetTLS, []string{"* 1 EXPUNGE\r\n" + agreedTLS}},
		{"VANISHED before", greetTLS, []string{"* VANISHED 1:9\r\n" + agreedTLS}},
		{"FETCH before", greetTLS, []string{"* 1 FETCH (UID 7 BODY[] {4}\r\nevil)\r\n" + agreedTLS}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			var o outcome
			opts := o.options()
			opts.Secure = false
			overClear(t, opts, func(c *Conn) {
				_, pool := certificate()
				_, err := c.Greet(context.Background())
				if err == nil {
					err = c.StartTLS(context.Background(), &tls.Config{ServerName: "mail.test", RootCAs: pool})
				}
				if !mail.Is(err, mail.KindUnsafe) {
					t.Errorf("got %v, want an error of kind unsafe", err)
				}
				if err := c.Login(context.Background(), Credentials{User: "a", Password: "b"}); !mail.Is(err, mail.KindUnsafe) {
					t.Errorf("login after it: %v", err)
				}
			}, tc.greeting, tc.answers...)
			if len(o.lines) > 0 {
				t.Errorf("heard in clear: %q", o.lines)
			}
		})
	}
}

func TestStartTLSForgetsWhatWasSaidInClear(t *testing.T) {
	overClear(t, Options{}, func(c *Conn) {
		ctx := context.Background()
		_, pool := certificate()
		g, err := c.Greet(ctx)
		if err != nil || g.Text != "" {
			t.Fatal(g, err)
		}
		if err := c.StartTLS(ctx, &tls.Config{ServerName: "mail.test", RootCAs: pool}); err != nil {
			t.Fatal(err)
		}
		if caps := c.Caps(); caps.Has("X-CLEAR") || !caps.Has("AUTH=PLAIN") {
			t.Error("capabilities after TLS:", caps)
		}
		if err := c.Login(ctx, Credentials{User: "ann", Password: "secret"}); err != nil {
			t.Fatal(err)
		}
		client := imapclient.New(c, nil)
		defer client.Close()
		if _, err := client.Select("INBOX", nil).Wait(); err != nil {
			t.Error(err)
		}
	}, "* OK [CAPABILITY IMAP4rev1 STARTTLS X-CLEAR] hi\r\n", "* CAPABILITY IMAP4rev1 STARTTLS X-CLEAR\r\n"+agreedTLS+"TLS")
}

func TestCertificateOfAnotherHostIsUnsafe(t *testing.T) {
	overClear(t, Options{}, func(c *Conn) {
		_, pool := certificate()
		if _, err := c.Greet(context.Background()); err != nil {
			t.Fatal(err)
		}
		err := c.StartTLS(context.Background(), &tls.Config{ServerName: "other.test", RootCAs: pool})
		if !mail.Is(err, mail.KindUnsafe) {
			t.Error("got", err)
		}
	}, greetTLS, agreedTLS+"TLS")
}

func TestSilenceBeforeTLSIsOffline(t *testing.T) {
	overClear(t, Options{}, func(c *Conn) {
		if _, err := c.Greet(context.Background()); err != nil {
			t.Fatal(err)
		}
		if err := c.StartTLS(context.Background(), &tls.Config{ServerName: "mail.test"}); !mail.Is(err, mail.KindOffline) {
			t.Error("got", err)
		}
	}, greetTLS, "* OK wait\r\n")
}

func TestGreetings(t *testing.T) {
	cases := []struct {
		greeting string
		want     mail.Kind
	}{
		{"* OK [CAPABILITY IMAP4rev1] ready\r\n", ""},
		{"* PREAUTH [CAPABILITY IMAP4rev1] ready\r\n", ""},
		{"* BYE Too many connections\r\n", mail.KindBusy},
		{"* BYE [UNAVAILABLE] maintenance\r\n", mail.KindBusy},
		{"* BYE go away\r\n", mail.KindOffline},
		{"220 smtp.test ESMTP\r\n", mail.KindGarbled},
		{"+OK POP3\r\n", mail.KindGarbled},
		{"\x15\x03\x01\x00\x02\x02\x46\r\n", mail.KindGarbled},
		{"", mail.KindOffline},
	}
	for _, tc := range cases {
		t.Run(tc.greeting, func(t *testing.T) {
			overClear(t, Options{Secure: true}, func(c *Conn) {
				if _, err := c.Greet(context.Background()); mail.KindOf(err) != tc.want {
					t.Errorf("got %v, want %q", err, tc.want)
				}
			}, tc.greeting)
		})
	}
}

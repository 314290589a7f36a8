package dial

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"postrider/mail"
)

func TestCertificates(t *testing.T) {
	known, stranger := newAuthority(t), newAuthority(t)
	days := func(from, to int) func(*x509.Certificate) {
		return func(c *x509.Certificate) {
			c.NotBefore, c.NotAfter = now.AddDate(0, 0, from), now.AddDate(0, 0, to)
		}
	}
	tests := []struct {
		name string
		by   *authority
		edit func(*x509.Certificate)
		want string // in the sentence; "" if the certificate is accepted
	}{
		{"good", known, nil, ""},
		{"expired", known, days(-30, -10), "expired on 5 June 2026; if this computer's clock, which says 15 June 2026, is right"},
		{"not yet valid", known, days(10, 30), "is not valid before 25 June 2026; this computer's clock says 15 June 2026 and may be wrong"},
		{"self-signed", &authority{}, nil, "is self-signed"},
		{"unknown authority", stranger, nil, "an authority that this computer does not know: Test Authority"},
		{"another host", known, func(c *x509.Certificate) {
			c.IPAddresses, c.DNSNames = nil, []string{"a.example", "b.example", "c.example", "d.example", "e.example", "f.example", "evil\x1b[2J"}
		}, "is for another server: a.example, b.example, c.example, d.example, e.example and 2 more"},
		{"common name only", known, func(c *x509.Certificate) {
			c.IPAddresses, c.DNSNames, c.Subject = nil, nil, pkix.Name{CommonName: "127.0.0.1\x1b[31m"}
		}, `has a common name only: "127.0.0.1\\x1b[31m"`},
		{"for clients", known, func(c *x509.Certificate) {
			c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
		}, "was not issued for servers"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cert := tt.by.issue(t, tt.edit)
			target := serveTLS(t, serving(cert))
			target.CAFile = known.file
			conn, err := dialer().Dial(context.Background(), target)
			assertVerdict(t, conn, err, cert.Leaf, tt.want)

			// However bad it is, a person may accept exactly this one.
			target.CAFile, target.Pin = "", Fingerprint(cert.Leaf)
			conn, err = dialer().Dial(context.Background(), target)
			assertVerdict(t, conn, err, cert.Leaf, "")
		})
	}
}

func assertVerdict(t *testing.T, conn *Conn, err error, leaf *x509.Certificate, want string) {
	t.Helper()
	if want == "" {
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if b := make([]byte, 5); !conn.TLS() || readFull(conn, b) != "hello" {
			t.Errorf("read %q over TLS %v", b, conn.TLS())
		}
		return
	}
	var e *mail.Error
	if !errors.As(err, &e) || e.Kind != mail.KindUnsafe {
		t.Fatalf("error = %v (%s), want kind unsafe", err, mail.KindOf(err))
	}
	if !strings.Contains(e.Message, want) {
		t.Errorf("sentence = %q\n want in it %q", e.Message, want)
	}
	if !strings.Contains(e.Detail, Fingerprint(leaf)) {
		t.Errorf("detail = %q, want the fingerprint in it", e.Detail)
	}
	if strings.ContainsRune(err.Error(), '\x1b') {
		t.Errorf("a terminal code passes: %q", err.Error())
	}
}

func readFull(r io.Reader, b []byte) string {
	n, _ := io.ReadFull(r, b)
	return string(b[:n])
}

func TestPinAcceptsNoOtherCertificate(t *testing.T) {
	ca := newAuthority(t)
	target := serveTLS(t, serving(ca.issue(t, nil)))
	target.CAFile, target.Pin = ca.file, strings.Repeat("ab", 32)
	_, err := dialer().Dial(context.Background(), target)
	if !mail.Is(err, mail.KindUnsafe) || !strings.Contains(err.Error(), "another certificate than the one") {
		t.Errorf("error = %v", err)
	}
}

func TestClockDecidesAboutCertificates(t *testing.T) {
	ca := newAuthority(t)
	target := serveTLS(t, serving(ca.issue(t, nil)))
	target.CAFile = ca.file
	late := &Dialer{Now: func() time.Time { return now.AddDate(0, 0, 400) }}
	if _, err := late.Dial(context.Background(), target); !mail.Is(err, mail.KindUnsafe) || !strings.Contains(err.Error(), "expired") {
		t.Errorf("in 400 days: %v", err)
	}
}

func TestOwnCertificateAsCAFile(t *testing.T) {
	own := newAuthority(t)
	own.cert = nil // what it issues signs itself
	cert := own.issue(t, nil)
	target := serveTLS(t, serving(cert))
	target.CAFile = filepath.Join(t.TempDir(), "own.pem")
	writePEM(t, target.CAFile, cert.Leaf)
	conn, err := dialer().Dial(context.Background(), target)
	assertVerdict(t, conn, err, cert.Leaf, "")
}

func TestCAFileThatIsNone(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{empty, empty + ".missing"} {
		_, err := dialer().Dial(context.Background(), Target{Host: "127.0.0.1", Port: 1, CAFile: file})
		if !mail.Is(err, mail.KindInput) || !strings.Contains(err.Error(), "the CA file") {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func TestStartTLSIsCheckedTheSameWay(t *testing.T) {
	ca, cert := newAuthority(t), (&authority{}).issue(t, nil)
	target := starttls(listen(t, func(conn net.Conn) {
		if b := make([]byte, 8); readFull(conn, b) == "STARTTLS" {
			io.WriteString(conn, "OK")
			echo(tls.Server(conn, serving(cert)))
		}
	}))
	agree := func(target Target) *Conn {
		conn, err := dialer().Dial(context.Background(), target)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(conn, "STARTTLS")
		if b := make([]byte, 2); conn.TLS() || readFull(conn, b) != "OK" {
			t.Fatalf("before the upgrade: %q, TLS %v", b, conn.TLS())
		}
		return conn
	}
	target.CAFile = ca.file
	conn := agree(target)
	_, err := conn.Upgrade(context.Background(), conn)
	assertVerdict(t, nil, err, cert.Leaf, "is self-signed")
	if _, err := conn.Read(make([]byte, 1)); !errors.Is(err, net.ErrClosed) {
		t.Errorf("after a failed upgrade the connection is open: %v", err)
	}

	conn = agree(target)
	err = tls.Client(conn, conn.TLSConfig()).Handshake()
	assertVerdict(t, nil, conn.Explain("sign in", err), cert.Leaf, "is self-signed")
	conn.Close()

	target.Pin = Fingerprint(cert.Leaf)
	conn = agree(target)
	secure, err := conn.Upgrade(context.Background(), conn)
	if err != nil {
		t.Fatal(err)
	}
	defer secure.Close()
	if b := make([]byte, 5); readFull(secure, b) != "hello" {
		t.Errorf("read %q", b)
	}
}

func TestStartTLSThatIsNone(t *testing.T) {
	target := starttls(listen(t, func(conn net.Conn) { io.WriteString(conn, "A1 BAD hello hello") }))
	conn, err := dialer().Dial(context.Background(), target)
	if err != nil {
		t.Fatal(err)
	}
	_, err = conn.Upgrade(context.Background(), conn)
	if !mail.Is(err, mail.KindUnsafe) || !strings.Contains(err.Error(), "agreed to STARTTLS, and then did not speak TLS") {
		t.Errorf("error = %v", err)
	}
}

func TestTooOldTLS(t *testing.T) {
	config := serving((&authority{}).issue(t, nil))
	config.MinVersion, config.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
	_, err := dialer().Dial(context.Background(), serveTLS(t, config))
	if !mail.Is(err, mail.KindUnsafe) || !strings.Contains(err.Error(), "TLS 1.2 is the least") {
		t.Errorf("error = %v", err)
	}
}

package dial

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"postrider/accounts"
	"postrider/mail"
)

func clear(t Target) Target {
	t.TLS = accounts.NoTLS
	return t
}

func TestServersThatAreNotThere(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nothing := Target{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port}
	l.Close()
	hold := func(conn net.Conn) { io.Copy(io.Discard, conn) }
	tests := []struct {
		name   string
		dialer Dialer
		target Target
		kind   mail.Kind
		want   string
	}{
		{"refused", Dialer{}, nothing, mail.KindOffline, "127.0.0.1 refuses connections on port"},
		{"black hole", Dialer{Connect: time.Nanosecond}, nothing, mail.KindOffline, "127.0.0.1 does not answer on port"},
		{"silent", Dialer{Handshake: time.Nanosecond}, listen(t, hold), mail.KindOffline, "accepted the connection on port"},
		{"closing", Dialer{}, listen(t, func(conn net.Conn) { conn.Close() }), mail.KindOffline, "127.0.0.1 ended the connection"},
		{"plain text", Dialer{}, listen(t, func(conn net.Conn) { io.WriteString(conn, "* OK\x1b[1m hello\r\n") }), mail.KindUnsafe, "does not speak TLS on port"},
		{"no name", Dialer{}, Target{}, mail.KindInput, "host name is missing"},
		{"odd name", Dialer{}, Target{Host: "bü\u0000cher"}, mail.KindInput, "is not a host name"},
		{"odd protection", Dialer{}, Target{Host: "localhost", TLS: "ssl"}, mail.KindInput, "use tls or starttls"},
		{"odd pin", Dialer{}, Target{Host: "localhost", Pin: "12"}, mail.KindInput, "64 hex digits"},
		{"clear text to elsewhere", Dialer{}, Target{Host: "192.0.2.1", Port: 143, TLS: accounts.NoTLS}, mail.KindUnsafe, "readable by anyone"},
	}
	for _, tt := range tests {
		conn, err := tt.dialer.Dial(context.Background(), tt.target)
		if mail.KindOf(err) != tt.kind || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error = %v (%s), want %q (%s)", tt.name, err, mail.KindOf(err), tt.want, tt.kind)
		}
		if conn != nil || err != nil && strings.ContainsRune(err.Error(), '\x1b') {
			t.Errorf("%s: a connection, or a terminal code: %q", tt.name, err)
		}
	}
}

func TestCancelEndsDialing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	target := listen(t, func(conn net.Conn) {
		cancel() // in the middle of the handshake
		io.Copy(io.Discard, conn)
	})
	if _, err := new(Dialer).Dial(ctx, target); !mail.Is(err, mail.KindCanceled) {
		t.Errorf("error = %v, want canceled", err)
	}
	if _, err := new(Dialer).Dial(ctx, clear(target)); !mail.Is(err, mail.KindCanceled) {
		t.Errorf("error = %v, want canceled", err)
	}
}

func TestExplainKnowsNetworkErrors(t *testing.T) {
	s := &server{Target: Target{Host: "imap.example.org", Port: 993}}
	for want, err := range map[string]error{
		"is not known":            &net.DNSError{IsNotFound: true},
		"could not be looked up":  &net.DNSError{IsTemporary: true, IsTimeout: true},
		"cannot be reached from":  fmt.Errorf("dial: %w", unreachable[0]),
		"ended the connection":    fmt.Errorf("read: %w", broken[0]),
		"does not answer on port": os.ErrDeadlineExceeded,
		"was disconnected":        net.ErrClosed,
		"cannot be reached":       errors.New("?"),
	} {
		got := s.explain("fetch", err)
		if !mail.Is(got, mail.KindOffline) || !strings.HasPrefix(got.Error(), "fetch: imap.example.org "+want) {
			t.Errorf("%v is explained as %q, want %q", err, got, want)
		}
	}
	if s.explain("fetch", nil) != nil {
		t.Error("nil is an error")
	}
}

func TestConnCountsAndFindsSilence(t *testing.T) {
	target := clear(listen(t, func(conn net.Conn) {
		io.WriteString(conn, "hello")
		for b := make([]byte, 3); readFull(conn, b) == "ask"; {
			io.WriteString(conn, "answer")
		}
	}))
	conn, err := new(Dialer).Dial(context.Background(), target)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetIdle(time.Minute); err != nil {
		t.Fatal(err)
	}
	readFull(conn, make([]byte, 5))
	for range 3 {
		io.WriteString(conn, "as")
		io.WriteString(conn, "k")
		readFull(conn, make([]byte, 6))
	}
	if got, want := conn.Counts(), (Counts{In: 23, Out: 9, RoundTrips: 3}); got != want {
		t.Errorf("counts = %+v, want %+v", got, want)
	}

	read := make(chan error)
	go func() {
		_, err := conn.Read(make([]byte, 1))
		read <- err
	}()
	if err := conn.SetIdle(time.Nanosecond); err != nil { // for the waiting Read, too
		t.Fatal(err)
	}
	if err := conn.Explain("wait", <-read); !mail.Is(err, mail.KindOffline) || !strings.Contains(err.Error(), "does not answer") {
		t.Errorf("silence gives %v", err)
	}
	if err := conn.SetIdle(0); err != nil {
		t.Fatal(err)
	}
	if err := conn.SetReadDeadline(time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	if err := conn.SetIdle(time.Minute); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("the idle time lifts an earlier deadline: %v", err)
	}
}

func TestCleartextTargetHasNoUpgrade(t *testing.T) {
	conn, err := new(Dialer).Dial(context.Background(), clear(listen(t, echo)))
	if err != nil {
		t.Fatal(err)
	}
	if conn.TLSConfig() != nil {
		t.Error("a TLS configuration out of nothing")
	}
	if _, err := conn.Upgrade(context.Background(), conn); !mail.Is(err, mail.KindUnsafe) {
		t.Errorf("upgrade: %v", err)
	}
}

// The name is one that only the proxy knows, and no look-up leaves here.
func TestProxiesLeadToTheServer(t *testing.T) {
	ca := newAuthority(t)
	cert := ca.issue(t, func(c *x509.Certificate) { c.DNSNames = []string{"mail.test"} })
	server := serveTLS(t, serving(cert))
	for scheme, proxy := range map[string]func(net.Conn, Target) string{"socks5": socksProxy, "http": httpProxy} {
		asked := make(chan string, 1)
		at := listen(t, func(conn net.Conn) { asked <- proxy(conn, server) })
		d := dialer()
		d.Proxy = func(string) (*url.URL, error) {
			return &url.URL{Scheme: scheme, Host: fmt.Sprintf("127.0.0.1:%d", at.Port)}, nil
		}
		conn, err := d.Dial(context.Background(), Target{Host: "mail.test", Port: 993, CAFile: ca.file})
		if err != nil {
			t.Errorf("%s: %v", scheme, err)
			continue
		}
		if b := make([]byte, 5); readFull(conn, b) != "hello" {
			t.Errorf("%s: read %q", scheme, b)
		}
		conn.Close()
		if got := <-asked; got != "mail.test:993" {
			t.Errorf("%s: asked for %q", scheme, got)
		}
	}
}

func TestProxiesThatDoNotHelp(t *testing.T) {
	refusing := listen(t, func(conn net.Conn) {
		io.WriteString(conn, "HTTP/1.1 403 No \x1b[1m\r\n\r\n")
		io.Copy(io.Discard, conn)
	})
	tests := []struct {
		scheme string
		kind   mail.Kind
		want   string
	}{
		{"http", mail.KindOffline, "the proxy 127.0.0.1 does not lead to mail.test"},
		{"socks5", mail.KindOffline, "the proxy 127.0.0.1 does not lead to mail.test"},
		{"gopher", mail.KindInput, "use socks5 or http"},
	}
	for _, tt := range tests {
		d := dialer()
		d.Proxy = func(string) (*url.URL, error) {
			return &url.URL{Scheme: tt.scheme, Host: fmt.Sprintf("127.0.0.1:%d", refusing.Port), User: url.UserPassword("u", "c4n4ry")}, nil
		}
		_, err := d.Dial(context.Background(), Target{Host: "mail.test", Port: 993})
		if mail.KindOf(err) != tt.kind || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "c4n4ry") {
			t.Errorf("%s: %v (%s), want %q", tt.scheme, err, mail.KindOf(err), tt.want)
		}
	}
	d := dialer()
	t.Setenv("ALL_PROXY", "socks5://u:c4n4ry@%zz")
	if _, err := d.Dial(context.Background(), Target{Host: "mail.test", Port: 993}); !mail.Is(err, mail.KindInput) || strings.Contains(err.Error(), "c4n4ry") {
		t.Errorf("broken setting: %v", err)
	}
}

func TestTranscriptFileIsPrivate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wire.log")
	for range 2 {
		tr, err := OpenTranscript(path, clock)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(tr.Writer("bbbbbbbb", ""), "C: A1 NOOP\r\n")
		if err := tr.Close(); err != nil {
			t.Error(err)
		}
	}
	got, _ := os.ReadFile(path)
	line := "2026-06-15T12:00:00.000Z bbbbbbbb C: A1 NOOP\n"
	if string(got) != line+line {
		t.Errorf("transcript:\n%s", got)
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	if _, err := OpenTranscript(filepath.Join(path, "x"), nil); !mail.Is(err, mail.KindDisk) {
		t.Errorf("error = %v, want kind disk", err)
	}
}

// What is open is counted, until it is closed: once, however often that is.
func TestOpenConnectionsAreCounted(t *testing.T) {
	var open atomic.Int32
	hold := func(conn net.Conn) { io.Copy(io.Discard, conn) }
	d := Dialer{Open: &open, Handshake: time.Nanosecond}
	a, err := d.Dial(t.Context(), clear(listen(t, hold)))
	if err != nil {
		t.Fatal(err)
	}
	b, err := d.Dial(t.Context(), clear(listen(t, hold)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Dial(t.Context(), listen(t, hold)); err == nil {
		t.Error("a silent server shook hands")
	}
	if n := open.Load(); n != 2 {
		t.Errorf("%d are open", n)
	}
	a.Close()
	a.Close()
	b.Close()
	if n := open.Load(); n != 0 {
		t.Errorf("%d are open in the end", n)
	}
}

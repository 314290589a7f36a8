package pop3

import (
	"bytes"
	"context"
	"net"
	"strings"
	"testing"

	"postrider/mail"
)

func TestStartTLS(t *testing.T) {
	c := connectWith(t, `
		S: +OK
		C: CAPA
		S: +OK
		S: STLS
		S: SASL PLAIN
		S: X-FORGED
		S: .
		C: STLS
		S: +OK begin
		TLS
		C: CAPA
		S: +OK
		S: USER
		S: .
		C: USER alice
		S: +OK
		C: PASS secret
		S: +OK
		C: CAPA
		S: +OK
		S: UIDL
		S: .
	`, Options{})
	ctx := t.Context()
	before, err := c.Caps(ctx)
	must(t, err)
	must(t, c.StartTLS(ctx, handshake))
	must(t, c.Login(ctx, "alice", "secret"))
	after, err := c.Caps(ctx)
	must(t, err)
	if len(before.Lines) != 3 || len(after.Lines) != 1 {
		t.Errorf("before TLS %q, after signing in %q", before.Lines, after.Lines)
	}
}

// TestStartTLSIsRequired has a server, or someone on the way, that will not have
// TLS. No other command may follow.
func TestStartTLSIsRequired(t *testing.T) {
	for name, script := range map[string]string{
		"refused":              "C: STLS\n S: -ERR no",
		"refused as temporary": "C: STLS\n S: -ERR [SYS/TEMP] no",
		"continued":            "C: STLS\n S: +",
		"answered in IMAP":     "C: STLS\n S: a1 OK begin",
		"answered empty":       "C: STLS\n S: ",
		"injected":             `C: STLS` + "\n" + `S| +OK\r\n+OK forged\r\n`,
		"injected half a line": `C: STLS` + "\n" + `S| +OK\r\n+`,
	} {
		t.Run(name, func(t *testing.T) {
			c := connectWith(t, "S: +OK\n"+script, Options{})
			err := c.StartTLS(t.Context(), handshake)
			if !mail.Is(err, mail.KindUnsafe) {
				t.Fatalf("got %v, want kind unsafe", err)
			}
			if err := c.Login(t.Context(), "alice", "secret"); !mail.Is(err, mail.KindUnsafe) {
				t.Errorf("then Login gives %v", err)
			}
			if len(c.buf.unread()) > 0 {
				t.Errorf("kept %q", c.buf.unread())
			}
		})
	}
}

func TestStartTLSNotOffered(t *testing.T) {
	c := connectWith(t, "S: +OK\n C: CAPA\n S: +OK\n S: USER\n S: .", Options{})
	_, err := c.Caps(t.Context())
	must(t, err)
	if err := c.StartTLS(t.Context(), handshake); !mail.Is(err, mail.KindUnsafe) {
		t.Errorf("got %v, want kind unsafe", err)
	}
}

// TestStartTLSWithoutCapa has the capabilities hidden: TLS is asked for anyway.
func TestStartTLSWithoutCapa(t *testing.T) {
	c := connectWith(t, noCaps+"C: STLS\n S: +OK\n TLS\n C: NOOP\n S: +OK", Options{})
	_, err := c.Caps(t.Context())
	must(t, err)
	must(t, c.StartTLS(t.Context(), handshake))
	must(t, c.Noop(t.Context()))
}

func TestStartTLSInjectedBefore(t *testing.T) {
	c := connectWith(t, `S| +OK\r\n+OK begin\r\n`, Options{})
	if err := c.StartTLS(t.Context(), handshake); !mail.Is(err, mail.KindUnsafe) {
		t.Errorf("got %v, want kind unsafe", err)
	}
}

// TestStartTLSInjectedLate slips text in where the handshake should begin.
func TestStartTLSInjectedLate(t *testing.T) {
	c := connectWith(t, `
		S: +OK
		C: STLS
		S: +OK
		C: *
		S: +OK forged, and long enough to be read as the header of a record
		CLOSE
	`, Options{})
	shake := func(ctx context.Context, conn net.Conn) (net.Conn, error) {
		conn.Write([]byte("hello\r\n")) // the server of the script takes lines
		return handshake(ctx, dropWrites{conn})
	}
	if err := c.StartTLS(t.Context(), shake); !mail.Is(err, mail.KindUnsafe) {
		t.Errorf("got %v, want kind unsafe", err)
	}
}

type dropWrites struct{ net.Conn }

func (dropWrites) Write(p []byte) (int, error) { return len(p), nil }

func TestStartTLSHandshakeFails(t *testing.T) {
	verdict := mail.Errorf(mail.KindUnsafe, "connect", "the certificate is for another name")
	for name, tt := range map[string]struct {
		err  error
		want mail.Kind
	}{
		"verdict of the policy": {verdict, mail.KindUnsafe},
		"no TLS we can speak":   {bytes.ErrTooLarge, mail.KindUnsafe},
		"connection lost":       {&net.OpError{Op: "read", Err: net.ErrClosed}, mail.KindOffline},
	} {
		c := connectWith(t, "S: +OK\n C: STLS\n S: +OK", Options{})
		err := c.StartTLS(t.Context(), func(context.Context, net.Conn) (net.Conn, error) { return nil, tt.err })
		if !mail.Is(err, tt.want) || c.Over() == nil {
			t.Errorf("%s: got %v, want kind %s and the end of the session", name, err, tt.want)
		}
	}
}

// TestServersWordsInClear are marked, because they may be anyone's.
func TestServersWordsInClear(t *testing.T) {
	c := connectWith(t, "S: +OK\n C: STLS\n S: -ERR call 555-0100 to unlock \\x1b[31m", Options{})
	err := c.StartTLS(t.Context(), handshake)
	if got := err.Error(); !strings.Contains(got, "unprotected, from the network: call 555-0100") ||
		strings.ContainsRune(got, '\x1b') {
		t.Errorf("got %q", got)
	}
}

func TestNoSecretsInClear(t *testing.T) {
	c := connectWith(t, noCaps, Options{})
	if err := c.Login(t.Context(), "alice", "secret"); !mail.Is(err, mail.KindUnsafe) {
		t.Errorf("got %v, want kind unsafe", err)
	}
}

// TestProtectedFromTheStart takes the connection's own word for being under TLS.
func TestProtectedFromTheStart(t *testing.T) {
	for on, want := range map[bool]mail.Kind{true: "", false: mail.KindUnsafe} {
		script := noCaps
		if on {
			script += "C: USER alice\n S: +OK\n C: PASS secret\n S: +OK"
		}
		c, err := NewClient(t.Context(), saysTLS{play(t, script), on}, Options{})
		must(t, err)
		if err := c.Login(t.Context(), "alice", "secret"); mail.KindOf(err) != want {
			t.Errorf("TLS %v: got %v, want kind %q", on, err, want)
		}
		c.Close()
	}
}

type saysTLS struct {
	net.Conn
	on bool
}

func (c saysTLS) TLS() bool { return c.on }

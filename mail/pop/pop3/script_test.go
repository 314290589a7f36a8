package pop3

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// A script is a session as the server sees it, one step a line:
//
//	S: text      send text and CRLF; Go escapes such as \x00 and \n work
//	S| text      send text alone
//	C: text      receive exactly this line
//	C: *         receive any line
//	TLS          shake hands
//	CLOSE        close the connection
//
// At its end the server waits for the client to close. A server that plays a
// script has no buffers between it and the client: it blocks where a real one
// blocks with its buffers full.
func play(t *testing.T, script string) net.Conn {
	t.Helper()
	server, client := net.Pipe()
	var done sync.WaitGroup
	done.Go(func() {
		defer server.Close()
		if err := serve(server, script); err != nil {
			t.Errorf("script: %v", err)
		}
	})
	t.Cleanup(func() { client.Close(); done.Wait() })
	return client
}

func serve(conn net.Conn, script string) error {
	in := bufio.NewReader(conn)
	for step := range strings.Lines(script) {
		step = strings.TrimSpace(step)
		verb, text, _ := strings.Cut(step, " ")
		var err error
		switch verb {
		case "":
		case "S:":
			_, err = io.WriteString(conn, unescape(text)+"\r\n")
		case "S|":
			_, err = io.WriteString(conn, unescape(text))
		case "C:":
			err = expect(in, text)
		case "TLS":
			conn = tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{certificate()}})
			in = bufio.NewReader(conn)
		case "CLOSE":
			return nil
		default:
			err = errors.New("what is " + step)
		}
		if err != nil {
			return errors.New(step + ": " + err.Error())
		}
	}
	if rest, err := io.ReadAll(in); err == nil && len(rest) > 0 {
		return errors.New("the client sent more: " + string(rest))
	}
	return nil
}

func expect(in *bufio.Reader, want string) error {
	got, err := in.ReadString('\n')
	if err != nil {
		return err
	}
	if got = strings.TrimSuffix(got, "\r\n"); want != "*" && got != want {
		return errors.New("got " + got)
	}
	return nil
}

func unescape(text string) string {
	s, err := strconv.Unquote(`"` + strings.ReplaceAll(text, `"`, `\"`) + `"`)
	if err != nil {
		panic(err)
	}
	return s
}

// connect plays the script to a client that may sign in without TLS.
func connect(t *testing.T, script string) *Client {
	t.Helper()
	return connectWith(t, script, Options{ClearText: true})
}

func connectWith(t *testing.T, script string, opts Options) *Client {
	t.Helper()
	c, err := NewClient(t.Context(), play(t, script), opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// handshake is what a caller gives to StartTLS; it trusts the scripts' server.
func handshake(ctx context.Context, conn net.Conn) (net.Conn, error) {
	roots := x509.NewCertPool()
	roots.AddCert(certificate().Leaf)
	under := tls.Client(conn, &tls.Config{RootCAs: roots, ServerName: "pop.example"})
	return under, under.HandshakeContext(ctx)
}

var certificate = sync.OnceValue(func() tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	leaf := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"pop.example"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, leaf, leaf, key.Public(), key)
	if err != nil {
		panic(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: parsed}
})

// noCaps is the beginning of a session with a server that has no CAPA.
const noCaps = `
	S: +OK hello
	C: CAPA
	S: -ERR what?
`

// pipelining is the beginning of a session with a server that takes commands
// ahead.
const pipelining = `
	S: +OK hello
	C: CAPA
	S: +OK
	S: PIPELINING
	S: UIDL
	S: TOP
	S: .
`

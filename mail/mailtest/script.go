package mailtest

import (
	"net"
	"sync"
	"testing"
)

// Script starts a server that plays written conversations, one per connection
// in the order of their arrival, and returns its address. A line is
//
//	S: +OK hello          the server sends this and CRLF
//	S= "half a li\x00"    the server sends exactly this Go string
//	C: USER *             the client must send such a line; * is anything
//	C: $tag LOGIN *       $tag is the first word; S: lines may repeat it
//	C: ...                any lines, up to one that fits the next C: line
//	! close               the server ends the connection (FIN)
//	! reset               the server aborts the connection (RST)
//	! tls                 both start TLS; the certificate is signed by CA
//	! hang                the server is silent until the client hangs up
//
// Empty lines and those that begin with # are for the reader. After the last
// line the server closes. A client that says anything else, or hangs up
// early, or never comes for a conversation, fails the test at its end, with
// the number of the line.
func Script(t testing.TB, conversations ...string) (addr string) {
	t.Helper()
	var scripts [][]step
	for _, text := range conversations {
		steps, err := parseScript(text)
		if err != nil {
			t.Fatal(err)
		}
		scripts = append(scripts, steps)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{t: t, scripts: scripts}
	var playing sync.WaitGroup
	playing.Go(func() { s.accept(l, &playing) })
	t.Cleanup(func() {
		l.Close()
		playing.Wait()
		if n := len(conversations) - s.played; n > 0 {
			t.Errorf("script: no client came for the last %d of %d conversations", n, len(conversations))
		}
	})
	return l.Addr().String()
}

// ScriptConn returns a connection to a server that plays one conversation. The
// test closes it at the latest.
func ScriptConn(t testing.TB, conversation string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", Script(t, conversation))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// stage is where conversations are played.
type stage struct {
	t       testing.TB
	scripts [][]step

	played int // only accept uses it, and who waited for its end
}

func (s *stage) accept(l net.Listener, playing *sync.WaitGroup) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		if s.played == len(s.scripts) {
			s.t.Errorf("script: connection %d, but there are only %d conversations", s.played+1, s.played)
			conn.Close()
			continue
		}
		steps := s.scripts[s.played]
		s.played++
		playing.Go(func() {
			defer conn.Close()
			if err := play(s.t.Context(), conn, steps); err != nil {
				s.t.Errorf("script: %v", err)
			}
		})
	}
}

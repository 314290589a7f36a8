package pop3

import (
	"context"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"postrider/mail"
)

// session is what a server says in a short session, answer by answer.
var session = []string{
	"+OK hello\r\n",
	"+OK\r\nUIDL\r\nPIPELINING\r\n.\r\n",
	"+OK\r\n",
	"+OK\r\n",
	"+OK\r\n1 A\r\n2 B\r\n3 C\r\n.\r\n",
	"+OK\r\nUIDL\r\nPIPELINING\r\n.\r\n",
	"+OK 5 octets\r\none\r\n.\r\n",
	"-ERR no such message\r\n",
	"+OK\r\n..\r\nthree\r\n.\r\n",
	"+OK\r\n",
	"+OK\r\n",
	"+OK\r\n",
}

// whole are the messages of session.
var whole = map[int]string{1: "one\r\n", 3: ".\r\nthree\r\n"}

// results is how far a client came.
type results struct {
	ids     []mail.UIDL
	msgs    map[int]string // complete ones only
	deleted int
	outcome Deletion
	err     error
}

// visit goes through a whole session with conn, as far as it goes.
func visit(ctx context.Context, conn net.Conn) (r results) {
	c, err := NewClient(ctx, conn, Options{ClearText: true})
	if err != nil {
		return results{err: err}
	}
	defer c.Close()
	if r.err = c.Login(ctx, "alice", "secret"); r.err != nil {
		return r
	}
	r.err = c.UIDL(ctx, func(i Ident) error { r.ids = append(r.ids, i.ID); return nil })
	if r.err != nil {
		return r
	}
	r.msgs = make(map[int]string)
	r.err = c.RetrieveAll(ctx, []Scan{{Num: 1, Size: 5}, {Num: 2}, {Num: 3}}, 0, func(m *Message) error {
		b, err := io.ReadAll(m)
		if err == nil {
			r.msgs[m.Num] = string(b)
		}
		return nil
	})
	if r.err != nil {
		return r
	}
	r.err = c.DeleteAll(ctx, []int{1, 3}, func(int, error) error { r.deleted++; return nil })
	if r.err == nil {
		r.outcome, r.err = c.Quit(ctx)
	}
	return r
}

// TestCutAnywhere ends the connection after every octet of a session, gently and
// rudely, in pieces and at once. What a client has then is nothing or whole.
func TestCutAnywhere(t *testing.T) {
	length := len(strings.Join(session, ""))
	for _, end := range []error{io.EOF, syscall.ECONNRESET} {
		for _, piece := range []int{0, 1} {
			for n := range length {
				r := visit(t.Context(), newAnswers(slices.Clone(session)...).inPieces(piece).cut(n, end))
				if !mail.Is(r.err, mail.KindOffline) || !errors.Is(r.err, io.ErrUnexpectedEOF) || errors.Is(r.err, io.EOF) {
					t.Fatalf("cut after %d octets: %v, want kind offline and an unexpected EOF", n, r.err)
				}
				if r.outcome != Unknown {
					t.Errorf("cut after %d octets: deletion is %v", n, r.outcome)
				}
				for num, got := range r.msgs {
					if got != whole[num] {
						t.Errorf("cut after %d octets: message %d is %q, want %q or nothing", n, num, got, whole[num])
					}
				}
			}
			r := visit(t.Context(), newAnswers(slices.Clone(session)...).inPieces(piece))
			if r.err != nil || r.outcome != Committed || len(r.msgs) != 2 || r.deleted != 2 || len(r.ids) != 3 {
				t.Errorf("the whole session gives %+v", r)
			}
		}
	}
}

// TestSilence has a server that stops after every answer of the session.
func TestSilence(t *testing.T) {
	for n := range session {
		synctest.Test(t, func(t *testing.T) {
			begun := time.Now()
			conn, server := silentAfter(n)
			r := visit(t.Context(), conn)
			if !mail.Is(r.err, mail.KindOffline) || !errors.Is(r.err, io.ErrUnexpectedEOF) {
				t.Errorf("silent after %d answers: %v, want kind offline", n, r.err)
			}
			if took := time.Since(begun); took != time.Minute {
				t.Errorf("silent after %d answers: took %v, want a minute", n, took)
			}
			server.Close()
		})
	}
}

// TestCancel ends a session in the middle of what a silent server should say.
func TestCancel(t *testing.T) {
	for n := range session {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer time.AfterFunc(time.Second, cancel).Stop()
			begun := time.Now()
			conn, server := silentAfter(n)
			r := visit(ctx, conn)
			if !mail.Is(r.err, mail.KindCanceled) || !errors.Is(r.err, context.Canceled) {
				t.Errorf("silent after %d answers: %v, want kind canceled", n, r.err)
			}
			if took := time.Since(begun); took != time.Second {
				t.Errorf("silent after %d answers: took %v, want a second", n, took)
			}
			server.Close()
		})
	}
}

// silentAfter is a server that gives n answers of session and then reads on, and
// the client's end of the connection to it.
func silentAfter(n int) (client, server net.Conn) {
	server, client = net.Pipe()
	ask := make(chan struct{}, 100)
	go func() {
		defer close(ask)
		buf := make([]byte, 512)
		for {
			got, err := server.Read(buf)
			if err != nil {
				return
			}
			for range strings.Count(string(buf[:got]), "\n") {
				ask <- struct{}{}
			}
		}
	}()
	go func() {
		for i, answer := range session[:n] {
			if i > 0 {
				<-ask
			}
			if _, err := io.WriteString(server, answer); err != nil {
				return
			}
		}
	}()
	return client, server
}

// TestDoubtfulEnd waits for a while where a server's end of a message might be
// text of the message, and believes it then.
func TestDoubtfulEnd(t *testing.T) {
	for name, tt := range map[string]struct {
		rest string // what comes a second later
		want string
		took time.Duration
	}{
		"nothing more":        {"", "a\n", lull},
		"more of the message": {"b\r\n.\r\n", "a\n.\r\nb\r\n", time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				begun := time.Now()
				client, server := net.Pipe()
				defer server.Close()
				go func() {
					io.WriteString(server, "+OK\r\n")
					server.Read(make([]byte, 100))
					io.WriteString(server, "-ERR\r\n")
					server.Read(make([]byte, 100))
					io.WriteString(server, "+OK\r\na\n.\r\n")
					if tt.rest != "" {
						time.AfterFunc(time.Second, func() { io.WriteString(server, tt.rest) })
					}
				}()
				c := over(client)
				defer c.Close()
				var got string
				must(t, c.Retrieve(t.Context(), Scan{Num: 1}, func(m *Message) error {
					got = text(t, m)
					return nil
				}))
				if took := time.Since(begun); got != tt.want || took != tt.took {
					t.Errorf("got %q after %v, want %q after %v", got, took, tt.want, tt.took)
				}
			})
		})
	}
}

func TestCloseFromElsewhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, server := net.Pipe()
		defer server.Close()
		go io.WriteString(server, "+OK\r\n")
		go io.Copy(io.Discard, server)
		c := over(client)
		time.AfterFunc(time.Second, func() { c.Close() })
		if err := c.Noop(t.Context()); !mail.Is(err, mail.KindOffline) {
			t.Errorf("got %v, want kind offline", err)
		}
	})
}

package pop3

import (
	"bytes"
	"context"
	"net"
	"os"
	"sync"
	"time"
)

// answers is a connection to a server that gives the same answers whatever it is
// asked: the first one as its greeting, each of the others after another line
// from the client.
type answers struct {
	mu   sync.Mutex
	cond sync.Cond

	texts   []string
	asked   int   // lines from the client
	n       int   // octets at most per read; 0: as many as there are
	left    int   // octets until the connection ends; negative: it does not
	end     error // how it ends
	closed  bool
	waiting time.Duration // how long the client means to wait
	until   time.Time
}

func newAnswers(texts ...string) *answers {
	a := &answers{texts: texts, left: -1}
	a.cond.L = &a.mu
	return a
}

// inPieces makes every read give at most n octets.
func (a *answers) inPieces(n int) *answers {
	a.n = n
	return a
}

// cut makes the connection end with err after n octets.
func (a *answers) cut(n int, err error) *answers {
	a.left, a.end = n, err
	return a
}

func (a *answers) Read(p []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for {
		switch {
		case a.closed:
			return 0, net.ErrClosed
		case a.left == 0:
			return 0, a.end
		case a.ready():
			return a.give(p), nil
		case len(a.texts) < 2, a.waiting < 10*time.Second:
			return 0, os.ErrDeadlineExceeded // the server has nothing to say
		case !time.Now().Before(a.until):
			return 0, os.ErrDeadlineExceeded
		}
		late := time.AfterFunc(time.Until(a.until), a.cond.Broadcast)
		a.cond.Wait()
		late.Stop()
	}
}

// ready drops answers that are used up, and reports whether there is one to give.
func (a *answers) ready() bool {
	for len(a.texts) > 0 && a.texts[0] == "" && a.asked > 0 {
		a.texts = a.texts[1:]
		a.asked--
	}
	return len(a.texts) > 0 && a.texts[0] != ""
}

func (a *answers) give(p []byte) int {
	n := len(a.texts[0])
	if a.n > 0 {
		n = min(n, a.n)
	}
	if a.left >= 0 {
		n = min(n, a.left)
	}
	n = copy(p, a.texts[0][:n])
	a.texts[0] = a.texts[0][n:]
	a.left -= n
	return n
}

func (a *answers) Write(p []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asked += bytes.Count(p, []byte("\n"))
	a.cond.Broadcast()
	return len(p), nil
}

func (a *answers) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.closed = true
	a.cond.Broadcast()
	return nil
}

func (a *answers) SetReadDeadline(t time.Time) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.waiting, a.until = time.Until(t), t
	a.cond.Broadcast()
	return nil
}

func (a *answers) SetDeadline(t time.Time) error    { return a.SetReadDeadline(t) }
func (a *answers) SetWriteDeadline(time.Time) error { return nil }
func (a *answers) LocalAddr() net.Addr              { return &net.IPAddr{} }
func (a *answers) RemoteAddr() net.Addr             { return &net.IPAddr{} }

// over makes a client of a connection whose greeting is good.
func over(conn net.Conn) *Client {
	c, err := NewClient(context.Background(), conn, Options{ClearText: true})
	if err != nil {
		panic(err)
	}
	return c
}

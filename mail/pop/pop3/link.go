package pop3

import (
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// Counts is what went over the wire, in octets above TLS, and how often the
// client had to wait for the answer to something it had sent.
type Counts struct {
	In, Out    int64
	RoundTrips int64
}

// link is the connection with its deadlines and counters. Reads belong to the
// client's goroutine, writes to it or to a sender; abort may come from any.
type link struct {
	timeout time.Duration

	in, out, turns atomic.Int64

	mu    sync.Mutex
	conn  net.Conn
	ended error // why the link was aborted; nil: it was not
}

func newLink(conn net.Conn, timeout time.Duration) *link {
	return &link{conn: conn, timeout: timeout}
}

func (l *link) counts() Counts {
	return Counts{In: l.in.Load(), Out: l.out.Load(), RoundTrips: l.turns.Load()}
}

// abort makes every read and write return at once, now and later. The deadline
// goes first because closing a TLS connection may wait for the peer.
func (l *link) abort(why error) {
	l.mu.Lock()
	if l.ended == nil {
		l.ended = why
	}
	conn := l.conn
	conn.SetDeadline(time.Unix(1, 0))
	l.mu.Unlock()
	conn.Close()
}

// swap puts conn in the place of the connection, unless the link was aborted.
func (l *link) swap(conn net.Conn) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended != nil {
		conn.Close()
		return l.ended
	}
	l.conn = conn
	return nil
}

// within sets a deadline with one of the connection's methods; it must not undo
// the one that abort has set.
func (l *link) within(set func(time.Time) error, d time.Duration) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended != nil {
		return l.ended
	}
	return set(time.Now().Add(d))
}

// setWriteDeadline sets the deadline of patient writes; zero means none.
func (l *link) setWriteDeadline(t time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended == nil {
		l.conn.SetWriteDeadline(t)
	}
}

// reason prefers why the link was aborted to what the connection said then.
func (l *link) reason(err error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil && l.ended != nil {
		return l.ended
	}
	return err
}

// Read waits for octets, as long as the link's timeout.
func (l *link) Read(p []byte) (int, error) { return l.readWithin(p, l.timeout) }

func (l *link) readWithin(p []byte, d time.Duration) (int, error) {
	if err := l.within(l.conn.SetReadDeadline, d); err != nil {
		return 0, err
	}
	n, err := l.conn.Read(p)
	l.in.Add(int64(n))
	if n > 0 {
		return n, nil
	}
	return 0, l.reason(err)
}

// Write sends p, whose answer will be waited for, and waits for it to be sent as
// long as the link's timeout.
func (l *link) Write(p []byte) (int, error) {
	l.turns.Add(1)
	if err := l.within(l.conn.SetWriteDeadline, l.timeout); err != nil {
		return 0, err
	}
	return l.writePatiently(p)
}

// writePatiently sends p without a deadline of its own, for when a reader keeps
// watch: a server that is busy sending need not read.
func (l *link) writePatiently(p []byte) (int, error) {
	l.out.Add(int64(len(p)))
	n, err := l.conn.Write(p)
	return n, l.reason(err)
}

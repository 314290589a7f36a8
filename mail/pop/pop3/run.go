package pop3

import (
	"bytes"
	"errors"
	"net"
	"strconv"
	"time"
)

const (
	// maxWindow is how many commands are in flight at most: with their 16 octets
	// or so they fit any socket's buffer.
	maxWindow = 256

	// What may be in flight in octets of answers: about what one second brings,
	// so that a run that is stopped is over soon, between these bounds. The
	// upper one is more than the windows of TCP hold.
	minFlight = 256 << 10
	maxFlight = 4 << 20

	// usualSize stands for sizes that are not known.
	usualSize = 32 << 10
)

// run sends one command for each of many messages and takes the answers, which
// come in the same order (RFC 2449 6.6). Writing has a goroutine of its own, so
// that a server that does not read while it is sending cannot lock us both.
type run struct {
	c      *Client
	op     string
	verb   string
	suffix string // what follows the number: " 0" for TOP
	want   []Scan
	window int
	take   func(Scan, status) error // answers one; returns the caller's own error

	asked    int // want[:asked] are asked for, or never will be
	answered int // want[:answered] are done with
	sent     int64
	replied  int64
	flight   int64 // octets of answers that are still to come
	credited int64 // octets of the present answer that flight is already less by
	received int64 // octets of answers
	begun    time.Time
	stopped  bool // nothing more is asked for
	send     *sender
	batch    []byte // the commands of one ask, kept for the next
}

// all carries the run out. An error of take stops it after what is in flight.
func (r *run) all() error {
	if len(r.c.buf.unread()) > 0 {
		return garbled("the server sent what it was not asked for")
	}
	r.begun = time.Now()
	r.send = newSender(r.c.link)
	clean := false
	defer func() {
		if !clean {
			r.c.link.abort(net.ErrClosed)
		}
		r.send.stop()
	}()
	err := r.loop()
	var own callbackError
	clean = err == nil || errors.As(err, &own)
	return err
}

func (r *run) loop() error {
	var failed error
	for r.ask(); r.answered < r.asked; r.ask() {
		err := r.one(r.want[r.answered])
		if r.c.over != nil {
			return r.c.over
		}
		if err == nil {
			continue
		}
		var own callbackError
		if !errors.As(err, &own) {
			return err
		}
		failed = err
		r.stopped = true
	}
	return failed
}

func (r *run) one(w Scan) error {
	if r.tooLarge(w) {
		return r.take(w, status{})
	}
	s, err := r.reply()
	if err != nil {
		return err
	}
	return r.take(w, s)
}

// reply reads the first line of the next answer.
func (r *run) reply() (status, error) {
	if err := r.c.buf.need(1); err != nil {
		return status{}, err
	}
	if r.replied >= r.send.handed.Load() {
		return status{}, garbled("the server answered before it was asked")
	}
	r.replied++
	return r.c.status()
}

// progress notes n octets of the present answer.
func (r *run) progress(n int64) {
	r.received += n
	n = min(n, r.expected(r.want[r.answered])-r.credited)
	r.credited += n
	r.flight -= n
	r.ask()
}

// finished notes the end of an answer, and asks for more.
func (r *run) finished() {
	r.flight -= r.expected(r.want[r.answered]) - r.credited
	r.credited = 0
	r.answered++
	r.ask()
}

// ask sends commands as far as the window allows: half a window together, since
// a packet for each would cost more than a small message does.
func (r *run) ask() {
	if r.asked-r.answered > r.window/2 {
		return
	}
	batch := r.batch[:0]
	n, idle := 0, r.answered == r.asked
	for r.asked < len(r.want) && r.mayAsk(r.want[r.asked]) {
		w := r.want[r.asked]
		r.asked++
		r.flight += r.expected(w)
		if r.tooLarge(w) {
			continue
		}
		from := len(batch)
		batch = r.appendCommand(batch, w.Num)
		r.c.log.client(batch[from:])
		batch = append(batch, "\r\n"...)
		n++
	}
	r.batch = batch
	if n > 0 {
		r.sent += int64(n)
		if idle {
			r.c.link.turns.Add(1)
		}
		r.send.push(batch, n)
	}
}

func (r *run) appendCommand(b []byte, num int) []byte {
	b = append(b, r.verb...)
	b = append(b, ' ')
	b = strconv.AppendInt(b, int64(num), 10)
	return append(b, r.suffix...)
}

func (r *run) mayAsk(w Scan) bool {
	waiting := r.asked - r.answered
	switch {
	case r.stopped, waiting >= r.window:
		return false
	case waiting == 0:
		return true
	}
	return r.flight+r.expected(w) <= r.allowance()
}

// expected is how many octets an answer will have, as far as that is known
// before it comes: it must not change, for the sums to come out even.
func (r *run) expected(w Scan) int64 {
	switch {
	case r.verb == "DELE", r.tooLarge(w):
		return 0
	case w.Size > 0 && r.verb == "RETR":
		return w.Size
	}
	return usualSize
}

// tooLarge reports whether the announced size forbids to ask for the message.
func (r *run) tooLarge(w Scan) bool { return r.verb == "RETR" && w.Size > r.c.opts.MaxMessage }

// allowance is how many octets may be in flight: about what a second brings.
func (r *run) allowance() int64 {
	elapsed := max(time.Since(r.begun), time.Millisecond)
	rate := float64(r.received) / elapsed.Seconds()
	return min(max(int64(rate), minFlight), maxFlight)
}

// expects reports whether octets that follow an answer can be the beginning of
// the next one.
func (r *run) expects(follows []byte) bool {
	return r.sent > r.replied && (begins(follows, "+OK") || begins(follows, "-ERR"))
}

// begins reports whether text and prefix are equal as far as both go.
func begins(text []byte, prefix string) bool {
	n := min(len(text), len(prefix))
	return bytes.EqualFold(text[:n], []byte(prefix[:n]))
}

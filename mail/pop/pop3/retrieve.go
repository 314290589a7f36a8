package pop3

import (
	"bytes"
	"context"
	"fmt"
	"strconv"

	"postrider/mail"
)

// Retrieve gives fn the message with that number (RETR). It returns fn's error,
// the server's refusal, or why the session is over.
func (c *Client) Retrieve(ctx context.Context, want Scan, fn func(*Message) error) error {
	return c.RetrieveAll(ctx, []Scan{want}, 1, fn)
}

// RetrieveAll gives fn every wanted message, in that order. Where the server can
// take it (PIPELINING), up to window requests are in flight, or as many as are
// sensible for 0; otherwise the next one leaves as soon as the end of the last
// message is in, while fn may still be busy with it.
//
// A message that is refused is given too: reading it returns an error, of kind
// gone, refused or busy, and with nil from fn the run goes on. An error of fn
// ends the run: what is in flight is read and dropped, fn's error is returned,
// and the session goes on. What fn leaves unread is dropped. fn must not use the
// Client.
//
// After an error of kind garbled the last complete message is not to be trusted
// either: it may be that its end was not one.
func (c *Client) RetrieveAll(ctx context.Context, want []Scan, window int, fn func(*Message) error) error {
	return c.fetch(ctx, run{op: "fetch messages", verb: "RETR", want: want, window: window}, fn)
}

// TopAll is RetrieveAll for the header of each message and as many lines of its
// body (TOP): an optional command, which some servers do not have.
func (c *Client) TopAll(ctx context.Context, want []Scan, lines, window int, fn func(*Message) error) error {
	suffix := " " + strconv.Itoa(max(lines, 0))
	return c.fetch(ctx, run{op: "fetch headers", verb: "TOP", suffix: suffix, want: want, window: window}, fn)
}

func (c *Client) fetch(ctx context.Context, r run, fn func(*Message) error) error {
	r.take = func(w Scan, s status) error {
		m := r.message(w, s)
		if r.stopped {
			m.finish()
			return nil
		}
		err := fn(m)
		if err != nil {
			r.stopped = true // before the rest of m is read, which asks for more
			err = callbackError{err}
		}
		m.finish()
		return err
	}
	return c.carryOut(ctx, &r)
}

// carryOut runs r with a window that the server can take.
func (c *Client) carryOut(ctx context.Context, r *run) error {
	caps, err := c.Caps(ctx)
	if err != nil {
		return err
	}
	for _, w := range r.want {
		if w.Num < 1 {
			return mail.Errorf(mail.KindInput, r.op, "there is no message number %d", w.Num)
		}
	}
	if r.window <= 0 || r.window > maxWindow {
		r.window = maxWindow
	}
	if !caps.Pipelining {
		r.window = 1
	}
	r.c = c
	return c.do(ctx, r.op, r.all)
}

// message begins the message of an answer.
func (r *run) message(w Scan, s status) *Message {
	m := &Message{Num: w.Num, run: r}
	switch {
	case r.tooLarge(w):
		m.err = mail.Errorf(mail.KindRefused, r.op, "message %d is larger than the largest size allowed", w.Num)
		r.finished()
	case !s.ok:
		m.err = r.refusal(w, s)
		r.finished()
	case r.verb == "RETR" && w.Size > 0:
		m.Announced = w.Size
	case r.verb == "RETR":
		m.Announced = announced(s.text)
	}
	return m
}

// refusal is the error for one message of many.
func (r *run) refusal(w Scan, s status) *mail.Error {
	return r.c.refusal(r.op, "", fmt.Sprintf("the server refused message %d", w.Num), s)
}

// announced reads the size in answers such as "+OK 1234 octets".
func announced(text []byte) int64 {
	n, rest := cutNumber(text)
	if n < 0 || !bytes.EqualFold(firstWord(rest), []byte("octets")) {
		return 0
	}
	return n
}

func firstWord(text []byte) []byte {
	word, _, _ := bytes.Cut(bytes.TrimLeft(text, " "), []byte{' '})
	return word
}

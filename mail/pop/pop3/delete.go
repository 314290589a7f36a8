package pop3

import (
	"context"

	"postrider/mail"
)

// DeleteAll marks the messages for deletion (DELE) and tells fn the outcome of
// each: nil, or the server's refusal, of kind gone, refused or busy. Nothing is
// deleted before Quit. An error of fn ends the run, and is returned; what was
// in flight then may have been marked without fn being told.
func (c *Client) DeleteAll(ctx context.Context, nums []int, fn func(num int, err error) error) error {
	r := run{op: "delete messages", verb: "DELE", want: make([]Scan, len(nums))}
	for i, num := range nums {
		r.want[i].Num = num
	}
	r.take = func(w Scan, s status) error {
		var outcome error
		if !s.ok {
			outcome = r.refusal(w, s)
		}
		r.finished()
		if r.stopped {
			return nil
		}
		if err := fn(w.Num, outcome); err != nil {
			return callbackError{err}
		}
		return nil
	}
	return c.carryOut(ctx, &r)
}

// Delete is DeleteAll for one message; it returns the refusal.
func (c *Client) Delete(ctx context.Context, num int) error {
	return c.DeleteAll(ctx, []int{num}, func(_ int, err error) error { return err })
}

// Reset takes back all marks for deletion of this session (RSET).
func (c *Client) Reset(ctx context.Context) error { return c.simple(ctx, "keep messages", "RSET") }

// Noop does nothing but keep the session alive (NOOP).
func (c *Client) Noop(ctx context.Context) error { return c.simple(ctx, "keep the session", "NOOP") }

// UTF8 asks for messages with UTF-8 in their headers (RFC 6856 2), before
// signing in. It is never asked for otherwise: there are servers that it upsets.
func (c *Client) UTF8(ctx context.Context) error { return c.simple(ctx, "ask for UTF-8", "UTF8") }

func (c *Client) simple(ctx context.Context, op, command string) error {
	return c.do(ctx, op, func() error {
		_, err := c.plain(op, command)
		return err
	})
}

// Deletion is what became of the messages marked for deletion.
type Deletion uint8

const (
	// Unknown: no answer to QUIT came, and the server may have deleted or not.
	// Only its next UIDL tells.
	Unknown Deletion = iota
	// Committed: the server says that all marked messages are gone.
	Committed
	// Incomplete: the server says that some or all of them are still there (RFC
	// 1939 6). Only its next UIDL tells which.
	Incomplete
)

func (d Deletion) String() string {
	return [...]string{"unknown", "committed", "incomplete"}[d]
}

// Quit ends the session (QUIT), which is what makes deletions happen, and closes
// the connection whatever comes. The error says more about any outcome but
// Committed, and is nil for that.
func (c *Client) Quit(ctx context.Context) (Deletion, error) {
	const op = "end the session"
	outcome := Unknown
	err := c.do(ctx, op, func() error {
		s, err := c.command("QUIT", "QUIT")
		switch {
		case err != nil:
			return err
		case !s.ok:
			outcome = Incomplete
			return c.refusal(op, mail.KindRefused, "the server did not delete all messages", s)
		}
		outcome = Committed
		return nil
	})
	c.end(offline(op, "the session has ended", nil))
	return outcome, err
}

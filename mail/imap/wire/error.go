package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"

	"postrider/mail"
)

// What ends a connection: the framing is lost, or the server means harm.
var (
	errLine    = garbled("The server sent a line that does not end.")
	errLiteral = garbled("The server announced a literal of an impossible size.")
	errQuote   = garbled("The server sent a string that does not end.")
	errJunk    = garbled("The server sends nothing that makes sense.")
	errUID     = garbled("The server gave one message two UIDs.")
)

// errSyntax is what a response does that no repair understands. It ends the
// response, not the connection.
var errSyntax = errors.New("malformed response")

func garbled(sentence string) *mail.Error {
	return &mail.Error{Kind: mail.KindGarbled, Message: sentence}
}

func endOf(ctx context.Context) *mail.Error {
	kind := mail.KindOf(ctx.Err())
	if kind == mail.KindOffline {
		return &mail.Error{Kind: kind, Message: "The server took too long.", Err: ctx.Err()}
	}
	return &mail.Error{Kind: kind, Message: "Stopped.", Err: ctx.Err()}
}

// Err says why the connection ended; nil while it has not.
func (c *Conn) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil {
		return nil
	}
	return c.err
}

// fail ends the connection for a reason; the first one counts.
func (c *Conn) fail(reason *mail.Error) error {
	c.mu.Lock()
	if c.err == nil {
		c.err = reason
	}
	reason = c.err
	conn := c.net
	c.mu.Unlock()
	conn.Close()
	return reason
}

// broken ends the connection because reading or writing failed.
func (c *Conn) broken(err error) error { return c.fail(c.reason("", err)) }

// reason is err as the end of the connection, in a copy that is the caller's.
func (c *Conn) reason(op string, err error) *mail.Error {
	e := c.offline(err)
	var ours *mail.Error
	if errors.As(err, &ours) {
		*e = *ours
	}
	if e.Op == "" {
		e.Op = op
	}
	return e
}

func (c *Conn) offline(err error) *mail.Error {
	c.mu.Lock()
	bye := c.bye
	c.mu.Unlock()
	e := &mail.Error{Kind: mail.KindOffline, Message: "The connection broke.", Detail: bye, Err: err}
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		e.Message = fmt.Sprintf("The server has not answered for %v seconds.", c.opts.Timeout.Seconds())
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		e.Err = io.ErrUnexpectedEOF
		e.Message = "The server ended the connection."
	case errors.Is(err, net.ErrClosed), errors.Is(err, io.ErrClosedPipe):
		e.Kind, e.Message = mail.KindCanceled, "The connection was closed."
	}
	if bye != "" && busyWords(bye) {
		e.Kind = mail.KindBusy
	}
	return e
}

package pop3

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"time"

	"postrider/mail"
)

// Options adjusts a Client; the zero value is right for a connection under TLS,
// which is one that says so by a method TLS or ConnectionState, and for one that
// StartTLS will be called on.
type Options struct {
	// Timeout is how long the server may make no progress; 0 means 60 s.
	Timeout time.Duration
	// MaxMessage is the size in octets beyond which a message is not fetched,
	// and a server that still sends more is cut off; 0 means 2 GiB.
	MaxMessage int64
	// ClearText allows signing in without TLS, as to a server on this machine.
	ClearText bool
	// NoInitialResponse makes AUTH PLAIN wait for the server's "+", for servers
	// that know AUTH only without an initial response (RFC 1734).
	NoInitialResponse bool
	// Transcript receives the session as lines "C: ..." and "S: ...", without
	// secrets; bodies and listings as their sizes. Nil means none.
	Transcript io.Writer
	// TranscriptBodies puts bodies and listings into the transcript in full.
	TranscriptBodies bool
}

const (
	defaultTimeout    = 60 * time.Second
	defaultMaxMessage = 2 << 30
)

// Client is one POP3 session.
type Client struct {
	opts   Options
	link   *link
	buf    buffer
	log    transcript
	caps   *Caps       // nil: not asked since the last change of state
	secure bool        // StartTLS went well
	over   *mail.Error // why the session is over; nil: it is not
}

// NewClient takes over conn and waits for the server's greeting. On an error it
// has closed conn; a server that greets with -ERR is busy, unless it says
// otherwise.
func NewClient(ctx context.Context, conn net.Conn, opts Options) (*Client, error) {
	if opts.Timeout <= 0 {
		opts.Timeout = defaultTimeout
	}
	if opts.MaxMessage <= 0 {
		opts.MaxMessage = defaultMaxMessage
	}
	c := &Client{opts: opts, link: newLink(conn, opts.Timeout)}
	c.buf.init(c.link)
	c.log = transcript{w: opts.Transcript, bodies: opts.TranscriptBodies}
	if err := c.do(ctx, "connect", c.greeting); err != nil {
		c.link.abort(net.ErrClosed)
		return nil, err
	}
	return c, nil
}

func (c *Client) greeting() error {
	s, err := c.status()
	if err != nil {
		return err
	}
	if !s.ok {
		return c.end(c.refusal("connect", mail.KindBusy, "the server does not take the connection now", s))
	}
	return nil
}

// Close ends the session without QUIT: the server then deletes nothing (RFC
// 1939 6). It may be called from any goroutine, and more than once.
func (c *Client) Close() error {
	c.link.abort(net.ErrClosed)
	return nil
}

// Over returns why the session is over, or nil while it can be used.
func (c *Client) Over() error {
	if c.over == nil {
		return nil
	}
	return c.over
}

// Counts returns what went over the wire so far, above TLS. It may be called
// from any goroutine.
func (c *Client) Counts() Counts { return c.link.counts() }

// do runs one exchange with the server, which ends at once when ctx does. What
// exchange returns is either a *mail.Error or a callbackError, after which the
// session goes on, or the link's error, which ends it.
func (c *Client) do(ctx context.Context, op string, exchange func() error) error {
	if c.over != nil {
		return c.over
	}
	if err := ctx.Err(); err != nil {
		return contextError(op, err)
	}
	stop := context.AfterFunc(ctx, func() { c.link.abort(ctx.Err()) })
	defer stop()
	return c.settle(op, exchange())
}

func (c *Client) settle(op string, err error) error {
	var own callbackError
	var refused *mail.Error
	switch {
	case c.over != nil:
		return c.over
	case err == nil:
		return nil
	case errors.As(err, &own):
		return own.error
	case errors.As(err, &refused):
		return refused
	}
	return c.end(c.broken(op, err))
}

// end makes e the reason that the session is over.
func (c *Client) end(e *mail.Error) *mail.Error {
	if c.over == nil {
		c.over = e
		c.link.abort(e)
	}
	return c.over
}

// protected reports whether what we send is under TLS: by StartTLS, or by what
// the connection itself says of it.
func (c *Client) protected() bool {
	if c.secure {
		return true
	}
	switch conn := c.link.conn.(type) {
	case interface{ TLS() bool }:
		return conn.TLS()
	case interface{ ConnectionState() tls.ConnectionState }:
		return conn.ConnectionState().HandshakeComplete
	}
	return false
}

// callbackError carries an error of the caller's own function past settle.
type callbackError struct{ error }

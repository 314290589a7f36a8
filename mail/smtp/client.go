package smtp

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"time"

	"postrider/mail"
)

// helloName is what this computer calls itself (RFC 5321 4.1.3): every client
// is the same, so that it says nothing.
const helloName = "[127.0.0.1]"

// How long a server may stay silent. RFC 5321 4.5.3.2.6 gives it ten minutes to
// think about a message; what waits for us here are people, and silence does no
// harm: it leaves the message unknown.
const (
	patience       = 60 * time.Second
	patiencePerMeg = 6 * time.Second // more, at the end of a message: scanning it takes time

	// lastPatience is how long whoever is stopped waits for the answer to a message
	// whose end has gone out: without it nobody knows whether it was sent.
	lastPatience = 10 * time.Second
)

// Options change how a client speaks.
type Options struct {
	Timeout          time.Duration             // how long the server may stay silent; 0: a minute, and more after a large message
	Transcript       io.Writer                 // where lines are logged, without secrets; nil: nowhere
	TranscriptBodies bool                      // messages, too
	Secure           bool                      // the connection is encrypted, or leads to this computer
	Uses             func(ext string) bool     // which extensions may be used; nil: all
	Explain          func(string, error) error // makes a *mail.Error of the connection's; nil: a plain one
}

// Client is a connection to a submission server.
type Client struct {
	conn net.Conn
	in   *bufio.Reader
	out  *bufio.Writer
	opts Options
	log  *log
	caps Caps
	over error // why the connection is of no more use

	answered bool // what is under way was answered: the end of its context changes nothing

	mu      sync.Mutex // the end of a context sets deadlines, too
	stopped bool       // under mu: what is under way is to end
	ending  bool       // under mu: the end of a message goes out, or has
}

// NewClient reads the greeting and says hello.
func NewClient(ctx context.Context, conn net.Conn, opts Options) (*Client, error) {
	c := &Client{opts: opts, log: &log{w: opts.Transcript}}
	c.attach(conn)
	err := c.do(ctx, "connect", func() error {
		r, err := c.reply()
		if err != nil {
			return err
		}
		if r.Code != 220 {
			return c.refusal("connect", r)
		}
		return c.hello()
	})
	if err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// attach takes a connection; what was read ahead of the last one is gone.
func (c *Client) attach(conn net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.conn = conn
	c.in = bufio.NewReaderSize(conn, maxReplyLine)
	c.out = bufio.NewWriterSize(conn, 32<<10)
}

// Over says why the connection is of no more use, nil while it is.
func (c *Client) Over() error { return c.over }

// Close ends the connection at once.
func (c *Client) Close() error {
	if c.over == nil {
		c.over = net.ErrClosed
	}
	return c.conn.Close()
}

// Quit ends the session in an orderly way; it does not wait long.
func (c *Client) Quit(ctx context.Context) {
	if c.over != nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	c.do(ctx, "sign off", func() error {
		_, err := c.command("QUIT")
		return err
	})
	c.Close()
}

// do runs a piece of conversation; ctx's end ends the connection with it. An
// error of the connection ends its use.
func (c *Client) do(ctx context.Context, op string, talk func() error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if c.over != nil {
		return c.explain(op, c.over)
	}
	c.stop(false)
	c.answered = false
	release := context.AfterFunc(ctx, func() { c.stop(true) })
	err := talk()
	if !release() && ctx.Err() != nil { // the deadline stays in the past
		c.over = ctx.Err()
	}
	if err == nil {
		return nil
	}
	if ctx.Err() != nil && !c.answered {
		c.over = ctx.Err()
		return ctx.Err()
	}
	return c.explain(op, err)
}

// explain makes a *mail.Error, and notes that the connection is spent unless it
// is only a refusal.
func (c *Client) explain(op string, err error) error {
	var e *mail.Error
	if errors.As(err, &e) {
		if e.Op == "" {
			e.Op = op
		}
		if e.Kind == mail.KindGarbled && c.over == nil {
			c.over = err
		}
		return err
	}
	if c.over == nil {
		c.over = err
	}
	if c.opts.Explain != nil {
		return c.opts.Explain(op, err)
	}
	message := "the connection to the outgoing server ended"
	if errors.Is(err, os.ErrDeadlineExceeded) {
		message = "the outgoing server does not answer"
	}
	return &mail.Error{Op: op, Kind: mail.KindOffline, Message: message, Detail: err.Error(), Err: err}
}

// command sends a line and reads the answer.
func (c *Client) command(line string) (Reply, error) {
	if err := c.send(line, line); err != nil {
		return Reply{}, err
	}
	return c.reply()
}

// send sends a line; shown is what the transcript says of it.
func (c *Client) send(line, shown string) error {
	if err := c.queue(line, shown); err != nil {
		return err
	}
	return c.flush()
}

// queue is send without waiting for the wire.
func (c *Client) queue(line, shown string) error {
	if strings.ContainsAny(line, "\r\n\x00") {
		return mail.Errorf(mail.KindBug, "", "a command must be one line")
	}
	c.log.client(shown)
	_, err := c.out.WriteString(line + "\r\n")
	return err
}

func (c *Client) flush() error {
	c.wait(patience)
	return c.out.Flush()
}

func (c *Client) reply() (Reply, error) {
	c.wait(patience)
	return readReply(c.in, c.log.server)
}

// wait gives the server time from now on, unless we are to stop.
func (c *Client) wait(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.opts.Timeout > 0 {
		d = c.opts.Timeout
	}
	switch {
	case c.stopped && c.ending:
		d = min(d, lastPatience)
	case c.stopped:
		c.conn.SetDeadline(time.Unix(1, 0))
		return
	}
	c.conn.SetDeadline(time.Now().Add(d))
}

// stop ends what is under way, or lets something begin.
func (c *Client) stop(yes bool) {
	c.mu.Lock()
	c.stopped = yes
	c.mu.Unlock()
	if yes {
		c.wait(lastPatience)
	}
}

// end says whether the end of a message goes out, or has, and waits for its
// answer.
func (c *Client) end(yes bool) {
	c.mu.Lock()
	c.ending = yes
	c.mu.Unlock()
}

package pop3

import (
	"context"
	"errors"
	"io"
	"net"

	"postrider/mail"
)

const opSecure = "secure the connection"

// StartTLS asks for TLS with STLS (RFC 2595 4) and lets handshake put it on the
// connection. TLS is required from here on: a server that does not offer it,
// refuses it, or sends anything that was not asked for around its consent is
// unsafe, and the session is over. What was read and learned before is dropped.
func (c *Client) StartTLS(ctx context.Context, handshake func(context.Context, net.Conn) (net.Conn, error)) error {
	return c.do(ctx, opSecure, func() error {
		if err := c.consent(); err != nil {
			return err
		}
		return c.upgrade(ctx, handshake)
	})
}

// consent gets the server's +OK for TLS, and nothing else.
func (c *Client) consent() error {
	if c.caps != nil && c.caps.Known && !c.caps.STLS {
		return c.unsafe("the server does not offer TLS", status{})
	}
	s, err := c.command("STLS", "STLS")
	var wrong garbled
	switch {
	case errors.As(err, &wrong):
		return c.unsafe(string(wrong), status{})
	case err != nil:
		return err
	case !s.ok:
		return c.unsafe("the server refuses TLS", s)
	case len(c.buf.unread()) > 0:
		// CVE-2011-0411 and its kin: these would be read as if sent under TLS.
		return c.unsafe("something was slipped in before TLS began", status{})
	}
	return nil
}

func (c *Client) unsafe(message string, s status) error {
	e := &mail.Error{Op: opSecure, Kind: mail.KindUnsafe, Message: message, Detail: c.detail(s.text)}
	c.buf.drop()
	return c.end(e)
}

func (c *Client) upgrade(ctx context.Context, handshake func(context.Context, net.Conn) (net.Conn, error)) error {
	c.buf.drop()
	c.caps = nil
	if err := c.link.within(c.link.conn.SetDeadline, c.opts.Timeout); err != nil {
		return err
	}
	conn, err := handshake(ctx, c.link.conn)
	if err != nil {
		return c.handshakeFailed(c.link.reason(err))
	}
	if err := c.link.swap(conn); err != nil {
		return err
	}
	c.secure = true
	c.log.note("TLS")
	return nil
}

// handshakeFailed keeps the verdict of a handshake that gives one; otherwise a
// connection that breaks is offline, and any other failure is unsafe.
func (c *Client) handshakeFailed(err error) error {
	var verdict *mail.Error
	if errors.As(err, &verdict) {
		return c.end(verdict)
	}
	var network net.Error
	broke := errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	if broke || isContext(err) {
		return err
	}
	return c.end(&mail.Error{Op: opSecure, Kind: mail.KindUnsafe, Message: "TLS could not be set up", Err: err})
}

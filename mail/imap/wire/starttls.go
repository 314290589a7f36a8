package wire

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"syscall"
	"time"

	"postrider/mail"
)

// errInjected is what only somebody on the way can have sent: a server has no
// reason to speak of mail before TLS, nor after it agreed to begin.
var errInjected = unsafe("Somebody between here and the server put data into the connection before it was encrypted.")

func unsafe(sentence string) *mail.Error {
	return &mail.Error{Kind: mail.KindUnsafe, Message: sentence}
}

// StartTLS encrypts the connection, or ends it: there is no way on in clear
// text. Everything learned before is dropped, and the capabilities are asked
// for again. config must name the server, or verify it in its own way. Errors
// are of kind unsafe, or offline where the network is to blame.
func (c *Conn) StartTLS(ctx context.Context, config *tls.Config) error {
	const op = "encrypt the connection"
	defer c.Bind(ctx)()
	if err := c.agreeOnTLS(); err != nil {
		return c.failed(op, err)
	}
	if c.src.buffered() > 0 {
		return c.failed(op, errInjected)
	}
	if err := c.handshake(ctx, config); err != nil {
		return c.failed(op, err)
	}
	if err := c.capability(); err != nil {
		return c.failed(op, err)
	}
	return nil
}

// agreeOnTLS sends STARTTLS; anything but OK is a refusal of TLS, by the server
// or by somebody who speaks for it.
func (c *Conn) agreeOnTLS() error {
	switch {
	case c.secure:
		return &mail.Error{Kind: mail.KindBug, Message: "The connection is encrypted already."}
	case c.preauth:
		return unsafe("The server claims that we are signed in already, before the connection is encrypted.")
	case !c.Caps().Has("STARTTLS"):
		return unsafe("The server does not offer encryption.")
	}
	s, err := c.exchange("STARTTLS", "STARTTLS", nil)
	switch {
	case errors.Is(err, errContinue):
		return unsafe("The server answered the request for encryption with something else.")
	case err != nil:
		return err
	case s.word != "OK":
		e := unsafe("The server refused to encrypt the connection.")
		e.Detail = "unprotected, from the network: " + c.words(s.code, s.text)
		return e
	}
	return nil
}

// handshake puts TLS under the conversation, and forgets the one before.
func (c *Conn) handshake(ctx context.Context, config *tls.Config) error {
	encrypted := tls.Client(c.net, config)
	c.net.SetDeadline(time.Now().Add(c.opts.Timeout))
	if err := encrypted.HandshakeContext(ctx); err != nil {
		return tlsError(err)
	}
	c.net.SetDeadline(time.Time{})
	c.mu.Lock()
	c.net, c.w, c.caps, c.bye = encrypted, encrypted, nil, ""
	c.mu.Unlock()
	c.attach(encrypted)
	c.secure = true
	c.script.note("TLS")
	return nil
}

// tlsError tells a broken network from a peer that is not who it should be.
func tlsError(err error) error {
	var network net.Error
	if errors.As(err, &network) && network.Timeout() ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, io.ErrClosedPipe) || errors.Is(err, syscall.ECONNRESET) {
		return err
	}
	e := unsafe("The encryption could not be set up, or the server could not prove who it is.")
	e.Detail, e.Err = cleanWords(err.Error()), err
	return e
}

package pop3

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"strings"

	"github.com/emersion/go-sasl"

	"postrider/mail"
)

const (
	opSignIn = "sign in"

	// maxCommand is the length of a command with its CRLF (RFC 2449 4).
	maxCommand = 255
	// maxChallenges is how often a server may answer a response with a challenge.
	maxChallenges = 16
)

// Login signs in with a name and a password: by AUTH PLAIN where the server
// lists it, and else by USER and PASS. After a refusal it does not try the
// other: servers count failures.
func (c *Client) Login(ctx context.Context, user, password string) error {
	caps, err := c.Caps(ctx)
	if err != nil {
		return err
	}
	if caps.Mechanism(sasl.Plain) {
		return c.Authenticate(ctx, sasl.NewPlainClient("", user, password))
	}
	return c.UserPass(ctx, user, password)
}

// UserPass signs in with USER and PASS (RFC 1939 7). A name or password with a
// line break or NUL, which the commands cannot carry, is refused as input.
func (c *Client) UserPass(ctx context.Context, user, password string) error {
	if strings.ContainsAny(user+password, "\r\n\x00") {
		return mail.Errorf(mail.KindInput, opSignIn, "the name or the password has a character that POP3 cannot send")
	}
	return c.signIn(ctx, func() (status, error) {
		// The name too: people type passwords into the wrong box.
		c.log.hide(user)
		c.log.hide(password)
		s, err := c.command("USER "+user, "USER "+redacted)
		if err != nil || !s.ok {
			return s, err
		}
		return c.command("PASS "+password, "PASS "+redacted)
	})
}

// Authenticate signs in with a SASL mechanism (RFC 5034). Only PLAIN sends its
// initial response with the command, and only if that fits a command line: long
// tokens do not, and Microsoft's servers want XOAUTH2 in two steps anyway.
func (c *Client) Authenticate(ctx context.Context, mech sasl.Client) error {
	return c.signIn(ctx, func() (status, error) {
		name, initial, err := mech.Start()
		if err != nil {
			return status{}, mail.Wrap(mail.KindSignIn, opSignIn, err)
		}
		c.log.hideParts(initial)
		x := exchange{c: c, mech: mech, initial: initial, pending: initial != nil}
		return x.run(strings.ToUpper(name))
	})
}

// signIn wraps the ways of signing in with what they share.
func (c *Client) signIn(ctx context.Context, way func() (status, error)) error {
	return c.do(ctx, opSignIn, func() error {
		if !c.protected() && !c.opts.ClearText {
			return mail.Errorf(mail.KindUnsafe, opSignIn, "the connection is not encrypted")
		}
		s, err := way()
		if err != nil {
			return err
		}
		if !s.ok {
			return c.refusal(opSignIn, signInKind(string(s.text)), "the server refused the sign-in", s)
		}
		c.caps = nil
		return nil
	})
}

// exchange is one run of AUTH.
type exchange struct {
	c       *Client
	mech    sasl.Client
	initial []byte
	pending bool // the server has not asked for the initial response yet
}

func (x *exchange) run(name string) (status, error) {
	if err := x.begin("AUTH " + name); err != nil {
		return status{}, err
	}
	for range maxChallenges {
		line, err := x.c.buf.line()
		if err != nil {
			return status{}, err
		}
		if !bytes.HasPrefix(line, []byte{'+'}) || hasPrefixFold(line, "+OK") {
			x.c.log.server(line)
			return parseStatus(line)
		}
		x.c.log.server([]byte("+ " + redacted))
		response, err := x.respond(bytes.TrimSpace(line[1:]))
		if err != nil {
			return x.cancel(err)
		}
		if err := x.send(response); err != nil {
			return status{}, err
		}
	}
	return status{}, garbled("the server's sign-in does not end")
}

func (x *exchange) begin(command string) error {
	with := command + " " + encodeInitial(x.initial)
	inline := x.pending && !x.c.opts.NoInitialResponse && command == "AUTH "+sasl.Plain
	if !inline || len(with)+len("\r\n") > maxCommand {
		return x.c.send(command, command)
	}
	return x.c.send(with, command+" "+redacted)
}

// encodeInitial writes an empty response as "=" (RFC 5034 4).
func encodeInitial(response []byte) string {
	if len(response) == 0 {
		return "="
	}
	return base64.StdEncoding.EncodeToString(response)
}

// respond answers a challenge. The first one that is empty asks for the initial
// response, also from servers that did not look at it in the command.
func (x *exchange) respond(encoded []byte) ([]byte, error) {
	if x.pending && len(encoded) == 0 {
		x.pending = false
		return x.initial, nil
	}
	x.pending = false
	challenge, err := base64.StdEncoding.DecodeString(string(encoded))
	if err != nil {
		return nil, mail.Errorf(mail.KindGarbled, opSignIn, "the server's challenge cannot be read")
	}
	response, err := x.mech.Next(challenge)
	x.c.log.hideParts(response)
	return response, err
}

func (x *exchange) send(response []byte) error {
	return x.c.send(base64.StdEncoding.EncodeToString(response), redacted)
}

// cancel ends the exchange for a reason of ours, which is often only how a
// mechanism reports the server's: its words come with the -ERR (RFC 5034 4).
func (x *exchange) cancel(reason error) (status, error) {
	s, err := x.c.command("*", "*")
	if err != nil {
		return status{}, err
	}
	if s.ok {
		return status{}, garbled("the server signed us in after we gave up")
	}
	var own *mail.Error
	if errors.As(reason, &own) {
		return status{}, own
	}
	refused := x.c.refusal(opSignIn, mail.KindSignIn, "the server refused the sign-in", s)
	refused.Err = reason
	return status{}, refused
}

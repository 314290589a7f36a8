package smtp

import (
	"context"
	"encoding/base64"
	"strings"

	"github.com/emersion/go-sasl"

	"postrider/mail"
)

// Credentials are a password, or an OAuth 2.0 access token.
type Credentials struct {
	User, Password, Token string
}

const (
	opSignIn      = "sign in"
	maxChallenges = 16
)

// Login signs in, in the way that the server offers: with a token by
// OAUTHBEARER or XOAUTH2; with a password by PLAIN, LOGIN, SCRAM-SHA-256 or
// SCRAM-SHA-1, the first which works nearly everywhere and, as there is TLS, is
// no worse. It tries one of them: servers count failures.
func (c *Client) Login(ctx context.Context, cred Credentials) error {
	return c.do(ctx, opSignIn, func() error {
		switch {
		case !c.opts.Secure:
			return &mail.Error{Kind: mail.KindUnsafe, Message: "The connection is not encrypted: the password was not sent."}
		case strings.ContainsRune(cred.User+cred.Password+cred.Token, 0):
			return &mail.Error{Kind: mail.KindInput, Message: "The name or the password holds a character that no server takes."}
		case cred.Password == "" && cred.Token == "":
			return &mail.Error{Kind: mail.KindSignIn, Message: "There is no password for the outgoing server."}
		}
		mech := c.mechanism(cred)
		if mech == nil {
			return &mail.Error{Kind: mail.KindSignIn, Message: "The outgoing server offers no way to sign in that Postrider knows.",
				Detail: printable(strings.Join(c.caps.mechs, " "))}
		}
		return c.authenticate(mech)
	})
}

func (c *Client) mechanism(cred Credentials) sasl.Client {
	has := c.caps.Mechanism
	switch {
	case cred.Token != "" && has("OAUTHBEARER"):
		return sasl.NewOAuthBearerClient(&sasl.OAuthBearerOptions{Username: cred.User, Token: cred.Token})
	case cred.Token != "" && has("XOAUTH2"):
		return &steps{name: "XOAUTH2", lines: []string{"user=" + cred.User + "\x01auth=Bearer " + cred.Token + "\x01\x01", ""}, first: true}
	case cred.Token != "":
		return nil
	case has("PLAIN"):
		return sasl.NewPlainClient("", cred.User, cred.Password)
	case has("LOGIN"):
		return &steps{name: "LOGIN", lines: []string{cred.User, cred.Password}}
	case has("SCRAM-SHA-256"):
		return newScram("SCRAM-SHA-256", cred)
	case has("SCRAM-SHA-1"):
		return newScram("SCRAM-SHA-1", cred)
	}
	return nil
}

// authenticate runs the exchange (RFC 4954 4).
func (c *Client) authenticate(mech sasl.Client) error {
	c.log.hidden = true
	defer func() { c.log.hidden = false }()
	name, initial, err := mech.Start()
	if err != nil {
		return err
	}
	line, shown := "AUTH "+name, "AUTH "+name
	if initial != nil {
		line, shown = line+" "+encode(initial), shown+" "+redacted
	}
	for range maxChallenges {
		if err := c.send(line, shown); err != nil {
			return err
		}
		r, err := c.reply()
		switch {
		case err != nil:
			return err
		case r.Code == 235:
			return finish(mech, r.Text)
		case r.Code != 334:
			return c.notSignedIn(r)
		}
		response, err := respond(mech, r.Text)
		if err != nil {
			return c.giveUp(err)
		}
		line, shown = base64.StdEncoding.EncodeToString(response), redacted
	}
	return garbled("its sign-in does not end")
}

// encode writes an empty response as "=" (RFC 4954 4).
func encode(response []byte) string {
	if len(response) == 0 {
		return "="
	}
	return base64.StdEncoding.EncodeToString(response)
}

func respond(mech sasl.Client, text string) ([]byte, error) {
	challenge, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil {
		return nil, garbled("its challenge cannot be read")
	}
	return mech.Next(challenge)
}

// finish lets a mechanism object that the server did not prove itself. Some
// servers put their proof into the last answer.
func finish(mech sasl.Client, text string) error {
	s, ok := mech.(*scram)
	if !ok || s.verified {
		return nil
	}
	proof, err := base64.StdEncoding.DecodeString(text)
	if err != nil || s.step != 1 || s.verify(string(proof)) != nil {
		return &mail.Error{Kind: mail.KindUnsafe, Message: "The outgoing server did not prove that it knows the password."}
	}
	return nil
}

// giveUp ends the exchange for a reason of ours, which is often only how a
// mechanism tells the server's: its words come with its last answer.
func (c *Client) giveUp(reason error) error {
	r, err := c.command("*")
	if err != nil {
		return err
	}
	if own, ok := reason.(*mail.Error); ok {
		return own
	}
	e := c.notSignedIn(r)
	e.Err = reason
	return e
}

func (c *Client) notSignedIn(r Reply) *mail.Error {
	e := c.refusal(opSignIn, r)
	if e.Kind != mail.KindBusy {
		e.Kind, e.Message = mail.KindSignIn, "The outgoing server does not accept this sign-in."
	}
	return e
}

// steps is a mechanism that says its lines whatever the server asks.
type steps struct {
	name  string
	lines []string
	first bool // the first goes with the command
}

// Start implements sasl.Client.
func (s *steps) Start() (string, []byte, error) {
	if !s.first {
		return s.name, nil, nil
	}
	line, err := s.Next(nil)
	return s.name, line, err
}

// Next implements sasl.Client.
func (s *steps) Next([]byte) ([]byte, error) {
	if len(s.lines) == 0 {
		return nil, garbled("it asks for more than the sign-in has")
	}
	line := s.lines[0]
	s.lines = s.lines[1:]
	return []byte(line), nil
}

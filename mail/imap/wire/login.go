package wire

import (
	"context"
	"fmt"
	"strings"

	"postrider/mail"
)

// Credentials are what a person or a provider gave for an account: a password,
// or an OAuth 2.0 access token.
type Credentials struct {
	User, Password, Token string
}

// Login signs in: by OAUTHBEARER or XOAUTH2 with a token, else by PLAIN, else by
// LOGIN unless the server disabled it. It never follows a referral. Errors:
// sign-in with the server's words, busy where it asks to come back, unsafe
// before TLS. After an error the connection is of no more use.
func (c *Conn) Login(ctx context.Context, cred Credentials) error {
	const op = "sign in"
	defer c.Bind(ctx)()
	if err := c.mayLogin(cred); err != nil {
		return c.failed(op, err)
	}
	c.script.hide(cred.Password)
	c.script.hide(cred.Token)
	s, detail, err := c.authenticate(cred)
	if err != nil {
		return c.failed(op, err)
	}
	if s.word != "OK" {
		return c.failed(op, c.notSignedIn(s, detail))
	}
	c.signedIn = true
	// Many servers offer more after the sign-in, some say so in the answer, and
	// iCloud's proxy garbles that: ask.
	if err := c.capability(); err != nil {
		return c.failed(op, err)
	}
	return nil
}

func (c *Conn) mayLogin(cred Credentials) error {
	switch {
	case !c.secure:
		return unsafe("The connection is not encrypted: the password was not sent.")
	case c.preauth:
		return unsafe("The server did not ask for a password, though the account has one.")
	case strings.ContainsRune(cred.User+cred.Password+cred.Token, 0):
		return &mail.Error{Kind: mail.KindInput, Message: "The name or the password holds a character that no server takes."}
	case cred.Password == "" && cred.Token == "":
		return &mail.Error{Kind: mail.KindSignIn, Message: "There is no password for this account."}
	}
	return nil
}

// authenticate signs in by the best way both sides know. detail is what the
// server said within the exchange.
func (c *Conn) authenticate(cred Credentials) (s status, detail string, err error) {
	caps := c.Caps()
	switch {
	case cred.Token != "" && caps.Has("AUTH=OAUTHBEARER"):
		// RFC 7628 3.1; the dummy answer to a refusal is 3.2.3's.
		return c.sasl("OAUTHBEARER", fmt.Sprintf("n,a=%s,\x01auth=Bearer %s\x01\x01", saslName(cred.User), cred.Token), "\x01")
	case cred.Token != "":
		return c.sasl("XOAUTH2", fmt.Sprintf("user=%s\x01auth=Bearer %s\x01\x01", cred.User, cred.Token), "")
	case caps.Has("AUTH=PLAIN"):
		s, detail, err = c.sasl("PLAIN", "\x00"+cred.User+"\x00"+cred.Password, "*")
		if s.word != "BAD" || caps.Has("LOGINDISABLED") {
			return s, detail, err
		}
	case caps.Has("LOGINDISABLED"):
		return s, "", &mail.Error{Kind: mail.KindSignIn, Message: "The server takes no passwords."}
	}
	s, err = c.login(cred.User, cred.Password)
	return s, "", err
}

// login sends LOGIN. What cannot be quoted goes as a literal.
func (c *Conn) login(user, password string) (status, error) {
	pieces := []string{"LOGIN "}
	for i, arg := range []string{user, password} {
		if i > 0 {
			pieces[len(pieces)-1] += " "
		}
		if quotable(arg) {
			pieces[len(pieces)-1] += `"` + escape(arg) + `"`
			continue
		}
		pieces[len(pieces)-1] += fmt.Sprintf("{%d}", len(arg))
		pieces = append(pieces, arg)
	}
	first, rest := pieces[0], pieces[1:]
	return c.exchange(first, "LOGIN [secret]", func(string) (string, error) {
		if len(rest) == 0 {
			return "", errContinue
		}
		next := rest[0]
		rest = rest[1:]
		return next, nil
	})
}

// quotable reports whether a quoted string of IMAP4rev1 carries s.
func quotable(s string) bool {
	for _, ch := range []byte(s) {
		if ch < ' ' || ch >= 0x7f {
			return false
		}
	}
	return true
}

// notSignedIn is a refused sign-in: the server's word on the credentials, or
// its plea to come back.
func (c *Conn) notSignedIn(s status, detail string) error {
	e := c.refusal("sign in", s.word, s.code, s.text)
	if e.Kind != mail.KindBusy && e.Kind != mail.KindUnsafe {
		e.Kind, e.Message = mail.KindSignIn, "The server does not accept this sign-in."
	}
	if detail != "" {
		e.Detail = strings.TrimSpace(e.Detail + " (" + detail + ")")
	}
	return e
}

package wire

import (
	"context"
	"strings"

	"postrider/mail"
)

// Greeting is what a server said first.
type Greeting struct {
	PreAuth bool   // it takes us for signed in already
	Text    string // its words; "" before TLS, when they may be anybody's
}

// Greet reads the greeting and learns the capabilities. Errors: busy or offline
// for BYE, garbled for what is no IMAP server, offline for silence.
func (c *Conn) Greet(ctx context.Context) (Greeting, error) {
	const op = "connect"
	defer c.Bind(ctx)()
	c.greeted = true
	l, err := c.src.line(func([]byte) int { return shortLine })
	if err != nil {
		return Greeting{}, c.failed(op, err)
	}
	word, rest := "", ""
	if after, ok := strings.CutPrefix(string(l.text), "* "); ok {
		word, rest, _ = strings.Cut(strings.TrimLeft(after, " "), " ")
	}
	s := parseStatus(word, []byte(rest))
	c.learn("*", s)
	switch s.word {
	case "OK":
	case "PREAUTH":
		c.preauth = true
	case "BYE":
		return Greeting{}, c.failed(op, c.turnedAway(s))
	default:
		e := garbled("This does not speak IMAP.")
		e.Detail = c.words("", string(l.text))
		return Greeting{}, c.failed(op, e)
	}
	if len(c.Caps()) == 0 {
		if err := c.capability(); err != nil {
			return Greeting{}, c.failed(op, err)
		}
	}
	g := Greeting{PreAuth: c.preauth}
	if c.secure {
		g.Text = c.words(s.code, s.text)
	}
	return g, nil
}

// turnedAway is a BYE for a greeting.
func (c *Conn) turnedAway(s status) *mail.Error {
	e := &mail.Error{Kind: mail.KindOffline, Message: "The server turned the connection away.", Detail: c.words(s.code, s.text)}
	if kindOfCode(s.code) == mail.KindBusy || busyWords(s.text) {
		e.Kind = mail.KindBusy
	}
	if !c.secure {
		e.Detail = "unprotected, from the network: " + e.Detail
	}
	return e
}

// handOver is the greeting that go-imap sees: signed in, if we are, and with
// the capabilities that count now.
func (c *Conn) handOver() {
	word := "OK"
	if c.signedIn || c.preauth {
		word = "PREAUTH"
	}
	caps := c.Caps()
	if len(caps) == 0 {
		caps = Caps{"IMAP4REV1"}
	}
	c.emit("* ", word, " [CAPABILITY ", strings.Join(visible(caps), " "), "] ready")
	c.mu.Lock()
	c.owing = false
	enabled := strings.Join(c.enabled, " ")
	c.mu.Unlock()
	if enabled != "" {
		c.emit("* ENABLED ", enabled)
	}
}

package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"unicode"

	"github.com/emersion/go-imap/v2"

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

// Explain makes a *mail.Error of what a go-imap command returned: the server's
// refusal with its words, or why the connection ended, which go-imap flattens
// to text. op is what was attempted.
func (c *Conn) Explain(op string, err error) error {
	var refusal *imap.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refusal):
		return c.refusal(op, string(refusal.Type), string(refusal.Code), refusal.Text)
	}
	if cause := c.Err(); cause != nil {
		e := *cause.(*mail.Error)
		e.Op = op
		return &e
	}
	return mail.Wrap(mail.KindGarbled, op, err)
}

// refusal is the server's NO or BAD as an error.
func (c *Conn) refusal(op, status, code, text string) *mail.Error {
	e := &mail.Error{Op: op, Kind: kindOfCode(code), Message: "The server refused.", Detail: c.words(code, text)}
	if e.Kind == mail.KindRefused && busyWords(text) {
		e.Kind = mail.KindBusy
	}
	switch e.Kind {
	case mail.KindBusy:
		e.Message = "The server asks to try again later."
	case mail.KindGone:
		e.Message = "The server does not have it any more."
	case mail.KindSignIn:
		e.Message = "The server does not accept this sign-in."
	case mail.KindGarbled:
		e.Message = "The server's answer makes no sense."
	case mail.KindRefused:
		if status == "BAD" {
			e.Message = "The server did not understand the command."
		}
	}
	return e
}

// kindOfCode reads the response codes of RFC 5530 and our own.
func kindOfCode(code string) mail.Kind {
	switch strings.ToUpper(code) {
	case "UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "EXPUNGEISSUED":
		return mail.KindBusy
	case "AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED", "CONTACTADMIN":
		return mail.KindSignIn
	case "PRIVACYREQUIRED":
		return mail.KindUnsafe
	case "NONEXISTENT", "UNKNOWN-UID":
		return mail.KindGone
	case codeGarbled, "CORRUPTION":
		return mail.KindGarbled
	}
	return mail.KindRefused
}

// busyWords knows how servers without response codes ask for patience: Gmail's
// "Too many simultaneous connections", Dovecot's "Temporary authentication
// failure", Exchange's "Server Busy".
func busyWords(text string) bool {
	text = strings.ToLower(text)
	for _, phrase := range []string{"too many", "temporary", "temporarily", "try again", "server busy", "rate limit", "over quota for connections", "[unavailable]", "[inuse]"} {
		if strings.Contains(text, phrase) {
			return true
		}
	}
	return false
}

// words are a server's words as a detail: code in brackets, no secrets.
func (c *Conn) words(code, text string) string {
	if code != "" && code != codeGarbled {
		text = "[" + code + "] " + text
	}
	return c.script.scrub(cleanWords(text))
}

const maxWords = 500

// cleanWords makes text safe to show: no control characters, no odd directions,
// not endless.
func cleanWords(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	if runes := []rune(text); len(runes) > maxWords {
		text = string(runes[:maxWords]) + "…"
	}
	return strings.TrimSpace(text)
}

package wire

import (
	"errors"
	"io"
	"net"
	"strings"
	"unicode"

	"github.com/emersion/go-imap/v2"

	"postrider/mail"
)

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
	cause := c.Err()
	if cause == nil || errors.Is(cause, net.ErrClosed) && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, net.ErrClosed) {
		// go-imap gave up by itself: on a command of ours, or on an answer.
		return mail.Wrap(mail.KindGarbled, op, err)
	}
	e := *cause.(*mail.Error)
	e.Op = op
	return &e
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

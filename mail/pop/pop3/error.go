package pop3

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"unicode"

	"postrider/mail"
)

// ErrNoUIDL is wrapped by the error of UIDL where the server does not have the
// command: messages then have no identity across sessions but their content.
var ErrNoUIDL = errors.New("the server gives messages no unique ids")

// maxDetail is how many octets of a server's words an error keeps.
const maxDetail = 512

// broken is the error for a link that does not work any more.
func (c *Client) broken(op string, err error) *mail.Error {
	var wrong garbled
	var late net.Error
	switch {
	case isContext(err):
		return contextError(op, err)
	case errors.As(err, &wrong):
		return &mail.Error{Op: op, Kind: mail.KindGarbled, Message: string(wrong), Err: err}
	case isUntrusted(err):
		return &mail.Error{Op: op, Kind: mail.KindUnsafe, Message: "the connection could not be made safe", Err: err}
	case errors.As(err, &late) && late.Timeout():
		return offline(op, fmt.Sprintf("the server was silent for %v", c.opts.Timeout), err)
	case errors.Is(err, io.EOF):
		// Not wrapped: nobody may take a cut message for a whole one.
		return offline(op, "the server closed the connection", nil)
	case errors.Is(err, net.ErrClosed):
		return offline(op, "the connection was closed", err)
	}
	return offline(op, "the connection broke", err)
}

func offline(op, message string, cause error) *mail.Error {
	err := io.ErrUnexpectedEOF
	if cause != nil {
		err = fmt.Errorf("%w (%w)", io.ErrUnexpectedEOF, cause)
	}
	return &mail.Error{Op: op, Kind: mail.KindOffline, Message: message, Err: err}
}

func isContext(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

func contextError(op string, err error) *mail.Error {
	kind := mail.KindCanceled
	if errors.Is(err, context.DeadlineExceeded) {
		kind = mail.KindOffline
	}
	return &mail.Error{Op: op, Kind: kind, Message: "stopped before the end",
		Err: fmt.Errorf("%w (%w)", err, io.ErrUnexpectedEOF)}
}

// isUntrusted finds what a TLS handshake says when the peer is not who it
// should be; a connection may shake hands as late as at the first read.
func isUntrusted(err error) bool {
	var cert *tls.CertificateVerificationError
	var header tls.RecordHeaderError
	return errors.As(err, &cert) || errors.As(err, &header)
}

// refusal is the error for -ERR. The response code decides the kind; without
// one it is the given kind, or for "" what the text seems to say.
func (c *Client) refusal(op string, kind mail.Kind, message string, s status) *mail.Error {
	if byCode := codeKind(s.code); byCode != "" {
		kind = byCode
	} else if kind == "" {
		kind = textKind(string(s.text))
	}
	return &mail.Error{Op: op, Kind: kind, Message: message, Detail: c.detail(s.text)}
}

// codeKind maps the response codes of RFC 2449 8.1 and RFC 3206.
func codeKind(code string) mail.Kind {
	switch code {
	case "IN-USE", "LOGIN-DELAY", "SYS/TEMP":
		return mail.KindBusy
	case "AUTH":
		return mail.KindSignIn
	case "SYS/PERM":
		return mail.KindRefused
	}
	return ""
}

// textKind guesses from the words of a server without response codes whether a
// message is not there any more.
func textKind(text string) mail.Kind {
	if containsAny(text, "no such message", "no message", "message not found", "does not exist", "doesn't exist", "deleted") {
		return mail.KindGone
	}
	return mail.KindRefused
}

// signInKind is textKind for a refused sign-in: a mailbox that another program
// holds open must not make anyone type the password again.
func signInKind(text string) mail.Kind {
	if containsAny(text, "in use", "already locked", "mailbox is locked", "maildrop lock", "mailbox lock",
		"lock busy", "too many connections", "try again later", "temporar") {
		return mail.KindBusy
	}
	return mail.KindSignIn
}

func containsAny(text string, phrases ...string) bool {
	text = strings.ToLower(text)
	for _, p := range phrases {
		if strings.Contains(text, p) {
			return true
		}
	}
	return false
}

// detail is the server's words, fit to be shown and kept: no secrets, nothing
// that steers a terminal, and marked where anyone on the way could have said it.
func (c *Client) detail(text []byte) string {
	words := c.log.scrub(string(text))
	words = strings.Map(printable, strings.ToValidUTF8(words[:min(len(words), maxDetail)], "�"))
	if words != "" && !c.protected() && !c.opts.ClearText {
		words = "unprotected, from the network: " + words
	}
	return words
}

func printable(r rune) rune {
	if unicode.IsPrint(r) {
		return r
	}
	return '�'
}

package dial

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"

	"postrider/accounts"
	"postrider/mail"
)

const opConnect = "connect"

// explain makes one sentence of a network error.
func (s *server) explain(op string, err error) error {
	var own *mail.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &own):
		return err
	case errors.Is(err, context.Canceled):
		return &mail.Error{Op: op, Kind: mail.KindCanceled, Message: "canceled", Err: err}
	case weakTLS(err) != "":
		return s.fail(op, mail.KindUnsafe, err, weakTLS(err))
	case errors.Is(err, errNotPublic):
		return s.fail(op, mail.KindUnsafe, err, "is in your own network, where nobody's mail may lead")
	}
	return s.fail(op, mail.KindOffline, err, s.offline(err))
}

func (s *server) fail(op string, kind mail.Kind, err error, sentence string) error {
	return &mail.Error{Op: op, Kind: kind, Message: s.Host + " " + sentence, Detail: printable(err.Error(), maxDetail), Err: err}
}

// offline completes a sentence that begins with the host.
func (s *server) offline(err error) string {
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return "is not known: there is no server of that name, or this computer is not online"
	case errors.As(err, &dns):
		return "could not be looked up: this computer is not online, or its name server is not answering"
	case isAny(err, refused):
		return fmt.Sprintf("refuses connections on port %d: nothing is served there", s.Port)
	case isAny(err, unreachable):
		return "cannot be reached from here: this computer is not online, or a firewall is in between"
	case isAny(err, broken), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "ended the connection"
	case errors.Is(err, net.ErrClosed):
		return "was disconnected"
	case timeout(err):
		return fmt.Sprintf("does not answer on port %d", s.Port)
	}
	return "cannot be reached"
}

// explainHandshake makes one sentence of what ended a handshake.
func (s *server) explainHandshake(err error) error {
	var header tls.RecordHeaderError
	switch {
	case errors.As(err, &header):
		return s.notTLS(header)
	case timeout(err):
		return s.fail(opConnect, mail.KindOffline, err, fmt.Sprintf("accepted the connection on port %d, but does not answer; a server that waits for STARTTLS behaves like this, too", s.Port))
	case isAny(err, broken), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return s.fail(opConnect, mail.KindOffline, err, "ended the connection when it was to begin TLS")
	}
	var tlsErr *net.OpError
	if errors.As(err, &tlsErr) && tlsErr.Op == "remote error" && weakTLS(err) == "" {
		return s.fail(opConnect, mail.KindUnsafe, err, "refused to begin TLS")
	}
	return s.explain(opConnect, err)
}

// notTLS says what the first bytes were; they came unprotected, so they are
// quoted as no more than that.
func (s *server) notTLS(header tls.RecordHeaderError) error {
	sentence := fmt.Sprintf("does not speak TLS on port %d; try STARTTLS (--tls starttls)", s.Port)
	if port, ok := implicitPort[s.Port]; ok {
		sentence += fmt.Sprintf(", or port %d", port)
	}
	if s.TLS == accounts.StartTLS {
		sentence = "agreed to STARTTLS, and then did not speak TLS"
	}
	e := s.fail(opConnect, mail.KindUnsafe, header, sentence).(*mail.Error)
	e.Detail = fmt.Sprintf("unprotected from the network: %q", header.RecordHeader[:])
	return e
}

// implicitPort is where a service of a STARTTLS port speaks TLS at once.
var implicitPort = map[int]int{143: 993, 110: 995, 25: 465, 587: 465}

// weakTLS completes a sentence if both sides found no common protection. The
// TLS package has no types for these, only texts.
func weakTLS(err error) string {
	text := err.Error()
	for _, sign := range []string{
		"protocol version not supported", "unsupported protocol version", // alert 70, and an older server's choice
		"remote error: tls: handshake failure", "insufficient security level", "unconfigured cipher suite",
		"offered only unsupported versions",
	} {
		if strings.Contains(text, sign) {
			return "offers only protection that is too weak today: TLS 1.2 is the least that Postrider accepts"
		}
	}
	return ""
}

func timeout(err error) bool {
	var t net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) || errors.As(err, &t) && t.Timeout()
}

func isAny(err error, list []syscall.Errno) bool {
	for _, errno := range list {
		if errors.Is(err, errno) {
			return true
		}
	}
	return false
}

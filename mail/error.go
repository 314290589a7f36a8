package mail

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Kind says what an error means for the worker and for the person.
type Kind string

// The kinds; the command line prints them as they are (see mail/cli).
const (
	KindCanceled Kind = "canceled" // our own context ended
	KindOffline  Kind = "offline"  // dial, DNS, reset, time-out: try again later
	KindSignIn   Kind = "sign-in"  // the server refused the credentials, or there are none
	KindUnsafe   Kind = "unsafe"   // certificate, STARTTLS, clear text: never bypassed in passing
	KindBusy     Kind = "busy"     // the server or the store asks to wait
	KindRefused  Kind = "refused"  // this operation was refused for good
	KindGone     Kind = "gone"     // what it was about is not there any more
	KindGarbled  Kind = "garbled"  // the server broke the protocol
	KindDisk     Kind = "disk"     // full, locked, corrupt, unreadable
	KindInput    Kind = "input"    // what the person gave makes no sense
	KindBug      Kind = "bug"      // an impossible state, a recovered panic
)

// Error is what crosses the border of a package: wrapped once, with what was
// attempted. Message is our sentence for a person; Detail the server's own
// words, kept as they came.
type Error struct {
	Op      string // what was attempted: "sign in", "fetch messages"
	Account AccountID
	Mailbox string // path, if one is concerned
	Kind    Kind
	Message string
	Detail  string
	Err     error
}

// Errorf makes an Error of a kind; format makes its Message, and %w its Err.
func Errorf(kind Kind, op, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Op: op, Kind: kind, Message: err.Error(), Err: errors.Unwrap(err)}
}

// Wrap gives err a kind and what was attempted; an err that already is an
// *Error keeps what it says, and only gets what it lacks. Wrap(nil) is nil.
func Wrap(kind Kind, op string, err error) error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		if e.Op == "" {
			e.Op = op
		}
		return err
	}
	return &Error{Op: op, Kind: kind, Message: err.Error(), Err: err}
}

// Error says what was attempted, what went wrong, and the server's words.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Op != "" {
		b.WriteString(e.Op + ": ")
	}
	b.WriteString(e.Sentence())
	if e.Detail != "" {
		fmt.Fprintf(&b, " (%s)", e.Detail)
	}
	return b.String()
}

// Sentence is the message alone, or the cause's text where there is none.
func (e *Error) Sentence() string {
	switch {
	case e.Message != "":
		return e.Message
	case e.Err != nil:
		return e.Err.Error()
	}
	return string(e.Kind)
}

func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of err: that of the outermost *Error in its chain,
// canceled for an ended context, "" for nil, and bug for anything unknown.
func KindOf(err error) Kind {
	var e *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Kind
	case errors.Is(err, context.Canceled):
		return KindCanceled
	case errors.Is(err, context.DeadlineExceeded):
		return KindOffline
	}
	return KindBug
}

// Is reports whether err is of the kind.
func Is(err error, kind Kind) bool { return KindOf(err) == kind }

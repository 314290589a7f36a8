package cli

import (
	"errors"
	"fmt"
	"strings"

	"postrider/mail"
)

// The exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2 // the command line is wrong
	exitPartly = 3 // some accounts or messages failed
	exitSignIn = 4 // sign-in needed
	exitHeld   = 5 // another Postrider holds the store
)

// usageError is a command line that makes no sense.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// heldError is a store that another process has and does not share.
type heldError struct{ err error }

func (e heldError) Error() string { return e.err.Error() }
func (e heldError) Unwrap() error { return e.err }

// codeError ends a command with a code; what is to be said has been said.
type codeError int

func (e codeError) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// code is the exit code for an error.
func code(err error) int {
	var said codeError
	var usage usageError
	var held heldError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &said):
		return int(said)
	case errors.As(err, &usage):
		return exitUsage
	case errors.As(err, &held):
		return exitHeld
	case mail.Is(err, mail.KindSignIn):
		return exitSignIn
	}
	return exitFailed
}

// several is the exit code of work on many things of which some failed.
func several(failures []error, of int) error {
	switch {
	case len(failures) == 0:
		return nil
	case len(failures) < of:
		return codeError(exitPartly)
	}
	worst := exitSignIn
	for _, err := range failures {
		if c := code(err); c != exitSignIn {
			worst = exitFailed
		}
	}
	return codeError(worst)
}

// errorJSON is an error on stdout with --json.
type errorJSON struct {
	Kind    mail.Kind `json:"kind"`
	Op      string    `json:"op"`
	Account string    `json:"account"`
	Mailbox string    `json:"mailbox"`
	Message string    `json:"message"`
	Detail  string    `json:"detail"`
}

// describe makes a *mail.Error of any error.
func describe(err error) *mail.Error {
	var usage usageError
	if errors.As(err, &usage) {
		return mail.Errorf(mail.KindInput, "", "%w", usage.err)
	}
	var e *mail.Error
	if errors.As(err, &e) {
		return e
	}
	e = &mail.Error{Kind: mail.KindOf(err), Message: err.Error(), Err: err}
	if e.Kind == mail.KindCanceled {
		e.Message = "stopped"
	}
	return e
}

// flatten returns the single errors of a joined one.
func flatten(err error) (list []error) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			list = append(list, flatten(e)...)
		}
		return list
	}
	return append(list, err)
}

func (a *app) errorJSON(err error) *errorJSON {
	if err == nil {
		return nil
	}
	e := describe(err)
	return &errorJSON{e.Kind, e.Op, a.nameOf(e.Account), e.Mailbox, e.Sentence(), e.Detail}
}

// fail reports an error where people, or programs, look for it.
func (a *app) fail(err error) {
	if err == nil {
		return
	}
	for _, one := range flatten(err) {
		var said codeError
		switch {
		case errors.As(one, &said):
		case a.json:
			a.line(struct {
				Error *errorJSON `json:"error"`
			}{a.errorJSON(one)})
		default:
			a.say("%s", a.sentence(one))
		}
	}
}

// sentence is an error for people: what failed, where, why, the server's words.
func (a *app) sentence(err error) string {
	e := describe(err)
	var b strings.Builder
	for _, where := range []string{a.nameOf(e.Account), e.Mailbox, e.Op} {
		if where != "" {
			b.WriteString(where + ": ")
		}
	}
	b.WriteString(e.Sentence())
	if e.Detail != "" && !strings.Contains(e.Sentence(), e.Detail) {
		fmt.Fprintf(&b, " (%s)", firstLine(e.Detail))
	}
	return plain(b.String())
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}

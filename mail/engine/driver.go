package engine

import (
	"context"
	"io"

	"postrider/mail/store"
)

// Driver speaks with the server of one account over a connection that is signed
// in. One goroutine uses it at a time. Every error is a *mail.Error; after one
// of the kinds offline, garbled, unsafe or sign-in the connection is spent, and
// the worker closes the driver and connects anew.
type Driver interface {
	// Pull tells the mirror what the server has: the folder list, then for each
	// mailbox what is new, changed and gone, newest first; and the bodies that
	// the account's policy wants here. What was told is durable when Pull
	// returns, whatever it returns, and a Pull that was cut off is continued by
	// the next without asking twice for what is here.
	Pull(ctx context.Context, scope Scope, m *store.Mirror) error

	// Push carries out a task and says how each item ended; items without a
	// result were not begun. With an error from the connection, items that may
	// have reached the server are Unknown. A task that says Again may have been
	// carried out before: what is not repeatable is looked for first.
	Push(ctx context.Context, task *store.Task) ([]store.Result, error)

	// Fetch streams the bytes of one message to take. Kind gone when the server
	// does not have it any more.
	Fetch(ctx context.Context, src store.Source, take func(io.Reader) error) error

	// Wait returns nil when the server may have news, or when it is time to look
	// (a server without push); it returns ctx's error when ctx ends, with the
	// connection still good.
	Wait(ctx context.Context) error

	// Close says goodbye, briefly, and closes the connection.
	Close() error
}

// Connect opens a connection to the account's server and signs in.
type Connect func(ctx context.Context) (Driver, error)

// Scope says how far a Pull goes.
type Scope struct {
	// Between is called when the connection is free for a moment: it may carry
	// out the person's acts on the same driver, so that the selected mailbox is
	// another afterwards. Never nil.
	Between func(ctx context.Context) error

	// Progress is told now and then how far the Pull has come. Never nil.
	Progress func(Progress)
}

// Progress is how far a Pull has come.
type Progress struct {
	Doing string // the mailbox's path
	Done  int    // messages taken in so far by this Pull
	Of    int    // messages in all; 0: not known yet
}

// Traffic is implemented by drivers that count what passes.
type Traffic interface {
	// Traffic returns octets received and sent since the connection was opened,
	// and how many times the client waited for the server's turn.
	Traffic() (in, out, roundTrips int64)
}

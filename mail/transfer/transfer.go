package transfer

import (
	"context"
	"io"
	"time"

	"postrider/mail"
)

// Kind is a form that mail on disk has.
type Kind string

// The kinds. A Message can be read only; to write one, write a Folder.
const (
	Mbox    Kind = "mbox"
	Maildir Kind = "maildir"
	Message Kind = "message" // one .eml file
	Folder  Kind = "eml"     // a folder of .eml files; read, also of mboxes and Maildirs
)

// Item is one message on its way in or out.
type Item struct {
	// Raw is the message. While reading it holds only until the callback
	// returns, and the error of its Read is that of the file.
	Raw io.Reader
	// Flags are those that the source keeps beside the message.
	Flags mail.Flags
	// Date is when the message was received; zero if the source does not say.
	Date time.Time
	// Folder is where it lies below what was opened: levels parted by "/", ""
	// for the top.
	Folder string
	// Origin is what to call it in a message to a person: the file, and the
	// line in an mbox.
	Origin string
}

// Source is mail on disk.
type Source interface {
	Kind() Kind
	// Size is how many bytes there are to read. It looks at every file.
	Size() (int64, error)
	// Done is how many of them Each has read so far.
	Done() int64
	// Each calls fn for every message, folder by folder, and within one in
	// the order of the names, or of the mbox. It returns the first error of fn,
	// or its own, a *mail.Error.
	Each(ctx context.Context, fn func(Item) error) error
}

// Sink is mail on disk in the making. Nothing is at its path until Close, and
// then all of it.
type Sink interface {
	// Put adds a message, or nothing of it if it fails; then others may
	// follow.
	Put(ctx context.Context, item Item) error
	// Close makes what was put durable and moves it to its place.
	Close() error
	// Abort removes what was put. After Close it does nothing, so it can be
	// deferred.
	Abort() error
}

// ctxReader ends a long copy when its context ends.
type ctxReader struct {
	ctx context.Context
	r   io.Reader
}

func (r ctxReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

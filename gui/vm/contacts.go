package vm

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/phrase"
)

// ImportContacts takes the people and groups of a vCard file in, and tells what
// became of them in a sentence.
func ImportContacts(d *Desk, c *client.Client, path string, then func(done string, err error)) {
	importContacts(d, c, func() (io.ReadCloser, error) {
		f, err := os.Open(path)
		return f, mail.Wrap(mail.KindInput, "open "+filepath.Base(path), err)
	}, then)
}

// TakeContacts is ImportContacts for a file that came with a message.
func (r *Reader) TakeContacts(a Attachment, then func(done string, err error)) {
	importContacts(r.desk, r.client, func() (io.ReadCloser, error) {
		in, out := io.Pipe()
		go func() { out.CloseWithError(decodePart(context.Background(), r.client, a, out)) }()
		return in, nil
	}, then)
}

func importContacts(d *Desk, c *client.Client, open func() (io.ReadCloser, error), then func(done string, err error)) {
	var got client.Imported
	Run(d, func(ctx context.Context) error {
		r, err := open()
		if err != nil {
			return err
		}
		defer r.Close()
		got, err = c.ImportContacts(ctx, r)
		return err
	}, func(err error) { then(imported(got), err) })
}

func imported(got client.Imported) string {
	switch {
	case got.Added > 0 && got.Changed > 0:
		return phrase.Things(got.Added, "contact", "contacts") + " added, " + phrase.Count(got.Changed) + " changed"
	case got.Added > 0:
		return phrase.Things(got.Added, "contact", "contacts") + " added"
	case got.Changed > 0:
		return phrase.Things(got.Changed, "contact", "contacts") + " changed"
	case got.Left > 0:
		return "Nobody in it has an address"
	}
	return "All of them are known already"
}

// Forget has the next Refresh read anew.
func (a *Acquaintances) Forget() { a.read = a.read.Add(-acquaintFor) }

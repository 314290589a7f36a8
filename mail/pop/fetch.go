package pop

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"

	"postrider/mail"
	"postrider/mail/pop/pop3"
	"postrider/mail/store"
)

const opFetch = "fetch the message"

// Fetch implements engine.Driver. All messages of a POP3 account are here; it
// is for one whose bytes were lost, and gives only what is that message.
func (d *Driver) Fetch(ctx context.Context, src store.Source, take func(io.Reader) error) error {
	entries, err := d.cfg.Store.Mirror(d.cfg.Account.ID).Ledger(ctx)
	if err != nil {
		return err
	}
	want, ok := entries[src.UIDL]
	if !ok {
		return goneThere()
	}
	own := d.client == nil // a session for this alone
	if err := d.open(ctx); err != nil {
		return err
	}
	err = d.fetch(ctx, want, take)
	switch {
	case d.client.Over() != nil:
		d.drop()
	case own:
		d.quit(ctx)
	}
	return err
}

func goneThere() error {
	return mail.Errorf(mail.KindGone, opFetch, "the server does not have this message any more")
}

// errOther is for a message that is not the one that was looked for.
var errOther = errors.New("pop: another message")

func (d *Driver) fetch(ctx context.Context, want store.Entry, take func(io.Reader) error) error {
	list, err := d.candidates(ctx, want)
	if err != nil {
		return err
	}
	for _, it := range list {
		err := d.client.Retrieve(ctx, pop3.Scan{Num: it.num, Size: it.size}, func(m *pop3.Message) error {
			begin, err := readUpTo(m, m.Announced)
			switch {
			case err != nil:
				return err
			case !isEntry(want, begin, m.Complete()):
				return errOther
			}
			return take(io.MultiReader(bytes.NewReader(begin), m))
		})
		if !errors.Is(err, errOther) {
			return err
		}
	}
	return goneThere()
}

// candidates are the messages of the maildrop that may be an entry's: the one
// with its name, or those of its size if it has none.
func (d *Driver) candidates(ctx context.Context, want store.Entry) (list []*item, err error) {
	var drop maildrop
	if named(want.UIDL) {
		err = drop.names(ctx, d.client)
	} else {
		err = drop.sizes(ctx, d.client)
	}
	for _, it := range drop.items {
		if it.id == want.UIDL || !named(want.UIDL) && sizesAgree(it.size, want.Size) {
			list = append(list, it)
		}
	}
	return list, err
}

// isEntry reports whether a message is an entry's, by its bytes if they are all
// there, or by its header if that can tell or there is nothing better.
func isEntry(want store.Entry, begin []byte, whole bool) bool {
	sum, h := sha256.Sum256(begin), headOf(begin)
	return whole && string(sum[:]) == want.Hash || want.Head == h.sum && (h.unique || !whole)
}

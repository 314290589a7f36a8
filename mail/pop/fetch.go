package pop

import (
	"bytes"
	"context"
	"io"

	"postrider/mail"
	"postrider/mail/pop/pop3"
	"postrider/mail/store"
)

const opFetch = "fetch the message"

// Fetch implements engine.Driver. All messages of a POP3 account are here; it
// is for one whose bytes were lost, and gives only bytes that are its own by
// their header.
func (d *Driver) Fetch(ctx context.Context, src store.Source, take func(io.Reader) error) error {
	want, err := d.entry(ctx, src.UIDL)
	if err != nil {
		return err
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

// entry finds a message in the ledger by its name.
func (d *Driver) entry(ctx context.Context, id mail.UIDL) (store.Entry, error) {
	if !named(id) {
		return store.Entry{}, mail.Errorf(mail.KindBusy, opFetch, "this server gives messages no names to ask for; the next sync brings it")
	}
	entries, err := d.cfg.Store.Mirror(d.cfg.Account.ID).Ledger(ctx)
	if err != nil {
		return store.Entry{}, err
	}
	e, ok := entries[id]
	if !ok {
		return e, goneThere()
	}
	return e, nil
}

func goneThere() error {
	return mail.Errorf(mail.KindGone, opFetch, "the server does not have this message any more")
}

func (d *Driver) fetch(ctx context.Context, want store.Entry, take func(io.Reader) error) error {
	num := 0
	err := d.client.UIDL(ctx, func(i pop3.Ident) error {
		switch {
		case i.ID != want.UIDL:
		case i.Twin != 0:
			num = 0
		default:
			num = i.Num
		}
		return nil
	})
	if err == nil && num == 0 {
		err = goneThere()
	}
	if err != nil {
		return err
	}
	return d.client.Retrieve(ctx, pop3.Scan{Num: num}, func(m *pop3.Message) error {
		begin, err := readUpTo(m, m.Announced)
		if err != nil {
			return err
		}
		if want.Head != "" && headOf(begin).sum != want.Head {
			return goneThere()
		}
		return take(io.MultiReader(bytes.NewReader(begin), m))
	})
}

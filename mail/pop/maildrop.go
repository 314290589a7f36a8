package pop

import (
	"context"
	"errors"

	"postrider/mail"
	"postrider/mail/pop/pop3"
	"postrider/mail/store"
)

// item is a message of the maildrop in this session.
type item struct {
	num  int
	size int64     // as LIST says, octets; 0: unknown
	id   mail.UIDL // the server's name for it; "": none to rely on
	head head      // zero until it was looked at

	entry *store.Entry // what it is in the ledger; nil: new, or to be looked at whole
	doubt *store.Entry // what it is by its name, if that is not enough
	key   mail.UIDL    // its name in the ledger; "": by its content, once that is here
	proof bool         // this session has seen that it is what the ledger has under key
}

// maildrop is what a session finds.
type maildrop struct {
	items []*item // in the server's order
	byNum map[int]*item
	whole bool // every message has a name of its own
}

func (d *maildrop) item(num int) *item {
	it := d.byNum[num]
	if d.byNum == nil {
		d.byNum = map[int]*item{}
	}
	if it == nil {
		it = &item{num: num}
		d.byNum[num] = it
		d.items = append(d.items, it)
	}
	return it
}

// maxMessages is how many messages a maildrop may have: more than any has, and
// what there is memory for.
const maxMessages = 1_000_000

// full ends a listing that has no end.
func (d *maildrop) full() error {
	if len(d.items) <= maxMessages {
		return nil
	}
	return mail.Errorf(mail.KindGarbled, opSync, "the server lists more than %d messages", maxMessages)
}

// names asks for the unique ids (UIDL). A message without one to rely on is
// there all the same.
func (d *maildrop) names(ctx context.Context, c *pop3.Client) error {
	d.whole = true
	err := c.UIDL(ctx, func(i pop3.Ident) error {
		if i.Err != nil {
			d.whole = false
		}
		if i.Num == 0 {
			return nil
		}
		it := d.item(i.Num)
		it.id = i.ID
		if i.Err != nil {
			it.id = ""
		}
		if i.Twin != 0 {
			d.item(i.Twin).id = ""
		}
		return d.full()
	})
	if errors.Is(err, pop3.ErrNoUIDL) {
		d.whole = false
		return nil
	}
	return err
}

// sizes asks for the sizes (LIST), and finds messages that UIDL left out.
func (d *maildrop) sizes(ctx context.Context, c *pop3.Client) error {
	return c.List(ctx, func(s pop3.Scan) error {
		if s.Num == 0 {
			return nil
		}
		if d.byNum[s.Num] == nil {
			d.whole = false
		}
		d.item(s.Num).size = s.Size
		return d.full()
	})
}

// unchanged reports whether all messages are those that the ledger has, by
// their names and their size together: STAT is a line where LIST is one for
// each message. If so, each has the ledger's size.
func (d *maildrop) unchanged(ctx context.Context, c *pop3.Client, ledger map[mail.UIDL]*store.Entry) (bool, error) {
	var size int64
	for _, it := range d.items {
		e := ledger[it.id]
		if e == nil || !e.Served || e.Size == 0 {
			return false, nil
		}
		it.size = e.Size
		size += e.Size
	}
	if !d.whole {
		return false, nil
	}
	if len(d.items) == 0 {
		return true, nil
	}
	count, total, err := c.Stat(ctx)
	if err != nil && c.Over() == nil {
		return false, nil // some servers refuse what RFC 1939 5 demands
	}
	return err == nil && count == len(d.items) && total == size, err
}

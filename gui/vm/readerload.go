package vm

import (
	"context"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/client"
)

// load gets what an open card shows: its custody, and its text from this
// computer or, ahead of other work, from the server.
func (r *Reader) load(c *Card) {
	if c.turn.Busy() || c.State == BodyHere && c.Custody.Known {
		return
	}
	if c.State != BodyHere {
		c.State = BodyReading
	}
	row, acc := c.Row, r.settings(c.Row.Account)
	have := c.Body != nil
	Ask(r.desk, &c.turn, func(ctx context.Context) (l loaded, err error) {
		return r.read(ctx, row, acc, have)
	}, func(l loaded, err error) { r.arrived(c, l, err) })
}

// loaded is what an open card shows beyond its row.
type loaded struct {
	body    *Body
	custody client.Custody
	known   bool
	fetch   bool // the text is on the server only
}

// read runs elsewhere.
func (r *Reader) read(ctx context.Context, row client.Row, acc accounts.Account, have bool) (l loaded, err error) {
	list, err := r.client.Custody(ctx, acc, []mail.PlacementID{row.ID})
	if err != nil {
		return l, err
	}
	if len(list) > 0 {
		l.custody, l.known = list[0], true
	}
	if have {
		return l, nil
	}
	l.body, err = readSure(ctx, r.client, row)
	if mail.Is(err, mail.KindGone) {
		l.fetch, err = true, nil
	}
	return l, err
}

func (r *Reader) settings(id mail.AccountID) accounts.Account {
	a, _ := r.roster.Account(id)
	return a.Settings
}

func (r *Reader) arrived(c *Card, l loaded, err error) {
	if l.known {
		c.Custody = r.custodyOf(l.custody)
	}
	switch {
	case err != nil:
		c.State = BodyAway
		c.Err, c.Detail = Explain(err)
	case l.body != nil:
		r.shelf.put(l.body)
		c.Body, c.State, c.Err, c.Detail = l.body, BodyHere, "", ""
		c.Custody.Here = "On this computer"
		c.allow()
		c.address()
	case l.fetch:
		r.fetch(c)
	}
	r.cardChanged(c)
	r.watch()
}

// fetch asks the server for a message.
func (r *Reader) fetch(c *Card) {
	c.State = BodyFetching
	id := c.ID
	Ask(r.desk, &c.turn, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, r.client.Fetch(ctx, id)
	}, func(_ struct{}, err error) {
		if err == nil {
			c.State, c.Custody.Known = BodyReading, false
			r.load(c)
			return
		}
		c.State = BodyAway
		c.Err, c.Detail = Explain(err)
		if mail.Is(err, mail.KindOffline) {
			c.Err = "The text of this message is still on the server. It comes when there is a connection."
		}
		r.cardChanged(c)
		r.watch()
	})
}

// Retry tries once more for the text of a card.
func (r *Reader) Retry(c *Card) {
	c.State = BodyReading
	r.load(c)
	r.cardChanged(c)
}

// readSure is readBody that also tells whether the sender is who he says he is.
func readSure(ctx context.Context, c *client.Client, row client.Row) (*Body, error) {
	b, err := readBody(ctx, c, row.Message)
	if err == nil && b.Page != nil && len(b.Page.Remote) > 0 {
		b.Confirmed, err = c.Confirms(ctx, row.Account, &b.Header)
	}
	return b, err
}

// maxAhead is up to which size a message is read before it is asked for.
const maxAhead = 2 << 20

// Ahead reads a message that may be asked for next, so that it is there at once.
func (r *Reader) Ahead(row client.Row) {
	if !row.Here || row.Size > maxAhead || r.shelf.get(row.Message) != nil {
		return
	}
	Ask(r.desk, &r.ahead, func(ctx context.Context) (*Body, error) { return readSure(ctx, r.client, row) }, func(b *Body, err error) {
		if err == nil {
			r.shelf.put(b)
		}
	})
}

// ShowPictures lets remote pictures of a message be fetched. What only tracks is
// never fetched.
func (r *Reader) ShowPictures(c *Card) {
	c.Shown = true
	c.address()
	r.cardChanged(c)
}

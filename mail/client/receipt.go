package client

import (
	"context"

	"postrider/mail"
	"postrider/mail/message"
	"postrider/mail/store"
)

// SendReceipt tells the sender of a message that it was displayed. The person
// must have agreed to this one; the message is marked, and not asked about
// again.
func (c *Client) SendReceipt(ctx context.Context, id mail.PlacementID) (q Queued, err error) {
	const op = "send the receipt"
	row, err := c.Row(ctx, id)
	if err != nil {
		return q, err
	}
	if row.Flags.Has(mail.MDNSent) {
		return q, mail.Errorf(mail.KindInput, op, "a receipt of this message was sent before, or refused")
	}
	m, err := c.Message(ctx, row.Message)
	if err != nil {
		return q, err
	}
	acc, err := c.Find(string(row.Account))
	if err != nil {
		return q, err
	}
	r, ok := m.Receipt(Selves(acc), c.Now().Local())
	if !ok {
		return q, mail.Errorf(mail.KindInput, op, "this message asks for no receipt that could be sent")
	}
	st, err := c.written(ctx, r.Write)
	if err != nil {
		return q, err
	}
	return c.queue(ctx, store.Letter{
		Account: row.Account, Staged: st, Sender: message.WireAddress(r.From.Addr), To: r.Recipients(), Answers: id, Mark: mail.MDNSent,
	})
}

// RefuseReceipt marks a message, so that nobody asks about its receipt again.
func (c *Client) RefuseReceipt(ctx context.Context, id mail.PlacementID) error {
	err := c.store.DoInPassing(ctx, mail.SetFlags{Targets: []mail.PlacementID{id}, Patch: mail.FlagPatch{Add: mail.Bits(mail.MDNSent)}})
	if err == nil {
		c.wake()
	}
	return err
}

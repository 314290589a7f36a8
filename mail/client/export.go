package client

import (
	"context"
	"slices"
	"time"

	"postrider/mail"
	"postrider/mail/store"
	"postrider/mail/transfer"
)

// received is when a message arrived, or was written where that is not known.
func received(r store.Row) time.Time {
	if r.Received.IsZero() {
		return r.Date
	}
	return r.Received
}

// exportPage is how many rows are read at a time.
const exportPage = 1000

// Copied is a message that is to be exported.
type Copied struct {
	ID      mail.PlacementID
	Message mail.MessageID
	Here    bool
	item    transfer.Item
}

// Contents lists all messages of a mailbox for an export, oldest first; folder
// is where they are to lie below what is exported.
func (c *Client) Contents(ctx context.Context, box mail.MailboxID, folder string) (list []Copied, err error) {
	page := Page{Mailboxes: []mail.MailboxID{box}, Limit: exportPage}
	for {
		rows, err := c.List(ctx, page)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			list = append(list, Copied{r.ID, r.Message, r.Here, transfer.Item{Flags: r.Flags, Date: received(r), Folder: folder}})
		}
		if len(rows) < exportPage {
			slices.Reverse(list)
			return list, nil
		}
		page.Before = rows[len(rows)-1].ID
	}
}

// Export writes messages to a sink. One that cannot be read is told to failed,
// and does not stop the others; done is told how many were dealt with.
func (c *Client) Export(ctx context.Context, list []Copied, sink transfer.Sink, done func(int), failed func(mail.PlacementID, error)) error {
	for i, m := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		raw, err := c.Raw(ctx, m.Message)
		if err != nil {
			failed(m.ID, err)
			continue
		}
		m.item.Raw = raw
		err = sink.Put(ctx, m.item)
		raw.Close()
		if err != nil {
			return err
		}
		done(i + 1)
	}
	return nil
}

package client

import (
	"context"
	"io"

	"postrider/mail"
	"postrider/mail/message"
	"postrider/mail/query"
	"postrider/mail/store"
)

// Row is a message in a mailbox as lists show it.
type Row = store.Row

// Unread narrows a list to what was not read.
const Unread = store.Unread

// Page asks for rows of mailboxes together.
type Page = store.Page

// List returns a page of a list.
func (c *Client) List(ctx context.Context, page Page) (rows []Row, err error) {
	err = c.Read(ctx, func(sn *store.Snapshot) error {
		rows, err = sn.List(page)
		return err
	})
	return rows, err
}

// Row returns one message.
func (c *Client) Row(ctx context.Context, id mail.PlacementID) (r Row, err error) {
	err = c.Read(ctx, func(sn *store.Snapshot) error {
		r, err = sn.Row(id)
		return err
	})
	return r, err
}

// Raw returns the bytes of a message as the server gave them; kind gone where
// they are not on this computer (see Fetch).
func (c *Client) Raw(ctx context.Context, id mail.MessageID) (io.ReadCloser, error) {
	return c.store.RawReader(ctx, id)
}

// Message reads what a message says.
func (c *Client) Message(ctx context.Context, id mail.MessageID) (*message.Message, error) {
	r, err := c.Raw(ctx, id)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	m, err := message.Parse(r)
	return m, mail.Wrap(mail.KindDisk, "read the message", err)
}

// Pending returns what waits to reach a server ("": any).
func (c *Client) Pending(ctx context.Context, account mail.AccountID) (list []mail.Pending, err error) {
	err = c.Read(ctx, func(sn *store.Snapshot) error {
		list, err = sn.Pending(account)
		return err
	})
	return list, err
}

// Found is the answer to a search.
type Found struct {
	store.Found
	Notes []string // what of the query was not understood as meant
}

// Search runs a query as a person typed it, in the mailboxes (nil: all).
func (c *Client) Search(ctx context.Context, text string, in []mail.MailboxID, limit int) (Found, error) {
	return c.seek(ctx, query.Parse(text, query.Options{}), in, limit)
}

// Seek is Search while the person is still typing: see query.Options.
func (c *Client) Seek(ctx context.Context, text string, in []mail.MailboxID, limit int) (Found, error) {
	return c.seek(ctx, query.Parse(text, query.Options{AsYouType: true}), in, limit)
}

func (c *Client) seek(ctx context.Context, q query.Query, in []mail.MailboxID, limit int) (Found, error) {
	tree, err := c.Tree(ctx)
	if err != nil {
		return Found{}, err
	}
	found, err := c.store.Search(ctx, c.searchOf(tree, q, in, limit))
	return Found{found, q.Notes}, err
}

func (t *Tree) ids(name string) (ids []mail.MailboxID) {
	for _, m := range t.Lookup(name) {
		ids = append(ids, m.ID)
	}
	return ids
}

// Conversation is a conversation in a list.
type Conversation = store.Conversation

// Conversations returns a page of a list by conversation.
func (c *Client) Conversations(ctx context.Context, page Page) (list []Conversation, err error) {
	err = c.Read(ctx, func(sn *store.Snapshot) error {
		list, err = sn.Conversations(page)
		return err
	})
	return list, err
}

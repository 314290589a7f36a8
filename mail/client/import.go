package client

import (
	"cmp"
	"context"

	"postrider/mail"
	"postrider/mail/store"
	"postrider/mail/transfer"
)

// What one step of an import makes durable, at most.
const (
	importMessages = 500
	importBytes    = 16 << 20
)

// importing is an import under way.
type importing struct {
	c       *Client
	account mail.AccountID
	path    string // the mailbox for what lies at the top
	failed  func(origin string, err error)

	boxes  map[string]mail.MailboxID // by folder of the source
	batch  []store.Incoming
	into   mail.MailboxID // of the batch
	bytes  int64
	commit chan committed // of the batch before, which becomes durable meanwhile; nil: none
	here   int            // messages that are durable
}

// committed is how the commit of a batch ended.
type committed struct {
	messages int
	err      error
}

// Import brings the mail of a source into a mailbox of an account; folders of
// the source become mailboxes below it. Missing mailboxes are made. A message
// that cannot be read is told to failed, and does not stop the others. It
// returns how many messages are here, also beside an error.
func (c *Client) Import(ctx context.Context, src transfer.Source, account mail.AccountID, path string, failed func(origin string, err error)) (int, error) {
	im := &importing{c: c, account: account, path: path, failed: failed, boxes: map[string]mail.MailboxID{}}
	err := src.Each(ctx, func(item transfer.Item) error { return im.take(ctx, item) })
	if err == nil {
		err = im.flush(ctx)
	}
	im.drop()
	err = cmp.Or(err, im.settle())
	c.wake()
	return im.here, err
}

func (im *importing) take(ctx context.Context, item transfer.Item) error {
	box, err := im.box(ctx, item.Folder)
	if err != nil {
		return err
	}
	if box != im.into || len(im.batch) >= importMessages || im.bytes >= importBytes {
		if err := im.flush(ctx); err != nil {
			return err
		}
	}
	im.into = box
	st, err := im.c.store.Stage(ctx, item.Raw)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		im.failed(item.Origin, err)
		return nil
	}
	im.batch = append(im.batch, store.Incoming{Staged: st, Flags: item.Flags, Received: item.Date})
	im.bytes += st.Size()
	return nil
}

// flush begins to make the batch durable, once the one before is.
func (im *importing) flush(ctx context.Context) error {
	if err := im.settle(); err != nil || len(im.batch) == 0 {
		return err
	}
	batch, into, done := im.batch, im.into, make(chan committed, 1)
	im.batch, im.bytes, im.commit = nil, 0, done
	go func() {
		made, err := im.c.store.Import(ctx, into, batch)
		done <- committed{len(made), err}
	}()
	return nil
}

// settle waits for the commit under way.
func (im *importing) settle() error {
	if im.commit == nil {
		return nil
	}
	r := <-im.commit
	im.commit = nil
	im.here += r.messages
	return r.err
}

func (im *importing) drop() {
	for _, in := range im.batch {
		in.Staged.Release()
	}
	im.batch = nil
}

// box is the mailbox for a folder of the source.
func (im *importing) box(ctx context.Context, folder string) (mail.MailboxID, error) {
	if id, ok := im.boxes[folder]; ok {
		return id, nil
	}
	path := im.path
	if folder != "" {
		path += "/" + folder
	}
	tree, err := im.c.Tree(ctx)
	if err != nil {
		return 0, err
	}
	box, ok := tree.At(im.account, path)
	if !ok {
		if box, err = im.c.Create(ctx, im.account, path); err != nil {
			return 0, err
		}
	}
	im.boxes[folder] = box.ID
	return box.ID, nil
}

package imap

import (
	"context"

	"github.com/emersion/go-imap/v2"

	"postrider/mail"
	"postrider/mail/store"
)

// folderTask makes, renames or deletes a mailbox. Each may have been done by an
// earlier try: then the server's NO is a yes.
func (d *Driver) folderTask(ctx context.Context, task *store.Task) ([]store.Result, error) {
	item := task.Items[0]
	err := d.bound(ctx, string(task.Kind), func() error { return d.folderCommand(task) })
	switch {
	case err == nil:
		return []store.Result{{Item: item}}, nil
	case d.torn(err):
		return []store.Result{{Item: item, How: store.Unknown, Err: asError(err)}}, err
	}
	if done, looked := d.isSo(ctx, task); looked == nil && done {
		return []store.Result{{Item: item}}, nil
	}
	return []store.Result{refusal(task.Kind, item, err)}, nil
}

// errNotEmpty: others put messages into the folder since the person saw it empty.
var errNotEmpty = &imap.Error{Type: imap.StatusResponseTypeNo, Text: "the folder holds messages now"}

func (d *Driver) folderCommand(task *store.Task) error {
	switch task.Kind {
	case mail.OpCreateMailbox:
		if err := d.client.Create(task.Path, nil).Wait(); err != nil {
			return err
		}
		d.client.Subscribe(task.Path).Wait() // other clients may show only what is subscribed; no harm if refused
		return nil
	case mail.OpRenameMailbox:
		if d.selected == task.To.Remote {
			d.selected = ""
		}
		return d.client.Rename(task.To.Remote, task.Path, nil).Wait()
	}
	data, err := d.client.Status(task.To.Remote, &imap.StatusOptions{NumMessages: true}).Wait()
	if err != nil {
		return err
	}
	if data.NumMessages != nil && *data.NumMessages > 0 { // DELETE takes the messages along (RFC 9051 6.3.5)
		return errNotEmpty
	}
	if d.selected == task.To.Remote { // some servers will not delete what is open
		d.selected = ""
		if d.has("UNSELECT") {
			d.client.Unselect().Wait()
		}
	}
	return d.client.Delete(task.To.Remote).Wait()
}

// isSo asks whether the folders are as the task would have them.
func (d *Driver) isSo(ctx context.Context, task *store.Task) (bool, error) {
	switch task.Kind {
	case mail.OpCreateMailbox:
		return d.exists(ctx, task.Path)
	case mail.OpRenameMailbox:
		old, err := d.exists(ctx, task.To.Remote)
		if err != nil || old {
			return false, err
		}
		return d.exists(ctx, task.Path)
	}
	there, err := d.exists(ctx, task.To.Remote)
	return !there, err
}

func (d *Driver) exists(ctx context.Context, name string) (there bool, err error) {
	err = d.bound(ctx, "look for the folder", func() error {
		list, err := d.client.List("", "*", nil).Collect() // a name may hold wildcards
		for _, b := range list {
			there = there || b.Mailbox == name && !hasAttr(b, imap.MailboxAttrNonExistent)
		}
		return err
	})
	return there, err
}

func hasAttr(b *imap.ListData, attr imap.MailboxAttr) bool {
	for _, a := range b.Attrs {
		if a == attr {
			return true
		}
	}
	return false
}

package imap

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"

	"postrider/mail"
	"postrider/mail/store"
)

// appendAll uploads messages one by one.
func (d *Driver) appendAll(ctx context.Context, task *store.Task) (results []store.Result, err error) {
	for _, item := range task.Items {
		if item.Sent && item.MessageID != "" {
			there, err := d.filed(ctx, task.To.Remote, item)
			switch {
			case err != nil && d.torn(err):
				return results, err
			case err != nil:
				results = append(results, refusal(mail.OpAppend, item, err))
				continue
			case there:
				results = append(results, store.Result{Item: item, How: store.Filed})
				continue
			case d.filesByItself() && item.Tries < filingTries:
				results = append(results, store.Result{Item: item, How: store.Later})
				continue
			}
		} else if item.Again {
			uid, err := d.find(ctx, task.To.Remote, item)
			switch {
			case err != nil && d.torn(err):
				return results, err
			case err != nil: // not to know is not to upload a second one
				results = append(results, refusal(mail.OpAppend, item, err))
				continue
			case uid != 0:
				results = append(results, store.Result{Item: item, UID: uid})
				continue
			}
		}
		r, err := d.upload(ctx, task.To.Remote, item)
		results = append(results, r)
		if err != nil {
			return results, err
		}
	}
	return results, nil
}

// upload sends one message. Only a server that said OK has it: a connection
// that ends before leaves it unknown. The message is read to its end before, as
// there is no way to take half a literal back but to end the connection.
func (d *Driver) upload(ctx context.Context, name string, item store.Item) (store.Result, error) {
	if _, err := d.sum(ctx, item.Message); err != nil {
		return refusal(mail.OpAppend, item, err), nil
	}
	body, err := d.cfg.Store.RawReader(ctx, item.Message)
	if err != nil {
		return refusal(mail.OpAppend, item, err), nil
	}
	defer body.Close()
	var data *imap.AppendData
	var sent error
	err = d.bound(ctx, "upload the message", func() error {
		opts := &imap.AppendOptions{Flags: imapFlags(item.Flags.Minus(mail.Bits(mail.Deleted))), Time: time.Unix(item.Received, 0).UTC()}
		cmd := d.client.Append(name, item.Size, opts)
		_, sent = io.Copy(cmd, body)
		closed := cmd.Close()
		if sent != nil && d.wire.Err() == nil {
			d.wire.Close()
		}
		if closed != nil || sent != nil {
			_, err := cmd.Wait()
			return firstOf(err, sent, closed)
		}
		data, err = cmd.Wait()
		return err
	})
	if mail.Is(sent, mail.KindDisk) {
		err = sent // that the connection ended is only what we did about it
	}
	switch {
	case err == nil:
		return store.Result{Item: item, UID: mail.UID(data.UID)}, nil
	case d.torn(err):
		return store.Result{Item: item, How: store.Unknown, Err: asError(err)}, err
	}
	return refusal(mail.OpAppend, item, err), nil
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// already looks for what an earlier try of a task may have made in its
// destination; fresh are the items that are not there.
func (d *Driver) already(ctx context.Context, task *store.Task, items []store.Item) (made map[mail.UID]mail.UID, fresh []store.Item, err error) {
	made = map[mail.UID]mail.UID{}
	for _, item := range items {
		var uid mail.UID
		if item.Again {
			if uid, err = d.find(ctx, task.To.Remote, item); err != nil {
				return nil, nil, err
			}
		}
		if uid == 0 {
			fresh = append(fresh, item)
			continue
		}
		made[item.UID] = uid
	}
	return made, fresh, nil
}

// find looks in a mailbox for the very message of an item: one of its
// Message-ID and size, or where it has none of its day and size, with the same
// bytes. What only looks like it is not taken for it: its original may be
// deleted on the strength of this.
func (d *Driver) find(ctx context.Context, name string, item store.Item) (mail.UID, error) {
	if err := d.reselect(ctx, name); err != nil {
		return 0, err
	}
	criteria := &imap.SearchCriteria{Larger: item.Size - 1, Smaller: item.Size + 1}
	if item.MessageID != "" {
		criteria.Header = []imap.SearchCriteriaHeaderField{{Key: "Message-ID", Value: "<" + item.MessageID + ">"}}
	} else {
		day := time.Unix(item.Received, 0).UTC()
		criteria.Since, criteria.Before = day.AddDate(0, 0, -1), day.AddDate(0, 0, 2)
	}
	var uids []imap.UID
	err := d.bound(ctx, "look for the message", func() error {
		data, err := d.client.UIDSearch(criteria, nil).Wait()
		if err == nil {
			uids = data.AllUIDs()
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, uid := range slices.Backward(uids) {
		if same, err := d.sameBytes(ctx, name, mail.UID(uid), item); err != nil || same {
			return mail.UID(uid), err
		}
	}
	return 0, nil
}

// sameBytes compares a message on the server with ours. Where ours was never
// downloaded, its Message-ID and size have to do.
func (d *Driver) sameBytes(ctx context.Context, name string, uid mail.UID, item store.Item) (same bool, err error) {
	want, err := d.sum(ctx, item.Message)
	if mail.Is(err, mail.KindGone) {
		return item.MessageID != "", nil
	}
	if err != nil {
		return false, err
	}
	src := store.Source{Mailbox: mail.Mailbox{Remote: name}, Validity: d.open.validity, UID: uid}
	err = d.Fetch(ctx, src, func(theirs io.Reader) error {
		got := sha256.New()
		_, err := io.Copy(got, theirs)
		same = bytes.Equal(got.Sum(nil), want)
		return err
	})
	if mail.Is(err, mail.KindGone) {
		return false, nil
	}
	return same, err
}

// sum reads our bytes of a message to their end and returns their SHA-256; kind
// gone where they are not on this computer.
func (d *Driver) sum(ctx context.Context, id mail.MessageID) ([]byte, error) {
	ours, err := d.cfg.Store.RawReader(ctx, id)
	if err != nil {
		return nil, err
	}
	defer ours.Close()
	h := sha256.New()
	if _, err := io.Copy(h, ours); err != nil {
		return nil, mail.Wrap(mail.KindDisk, "read the message", err)
	}
	return h.Sum(nil), nil
}

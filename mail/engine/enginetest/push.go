package enginetest

import (
	"bytes"
	"context"
	"time"

	"postrider/mail"
	"postrider/mail/store"
)

var zero time.Time

// Push carries a task out, an item at a time. The connection may end before the
// server does a thing, and after it but before we hear of it.
func (d *Driver) Push(ctx context.Context, task *store.Task) (results []store.Result, err error) {
	before := d.server.turn()
	for _, item := range task.Items {
		if err := d.step(ctx); err != nil {
			return results, err
		}
		if d.server.stale(task) {
			results = append(results, store.Result{Item: item, How: store.Stale})
			continue
		}
		r, err := d.item(ctx, task, item)
		if err == nil {
			err = d.step(ctx)
		}
		if err != nil {
			return append(results, store.Result{Item: item, How: store.Unknown}), err
		}
		r.Item = item
		results = append(results, r)
	}
	if d.heard == before {
		d.heard = d.server.turn() // what we did ourselves is no news
	}
	return results, nil
}

func (d *Driver) item(ctx context.Context, task *store.Task, item store.Item) (store.Result, error) {
	s := d.server
	from, to := task.From.Remote, task.To.Remote
	switch task.Kind {
	case mail.OpFlags:
		s.SetFlags(from, item.UID, task.Patch) // a UID STORE of nothing is OK too
		return store.Result{}, nil
	case mail.OpExpunge:
		s.Expunge(from, item.UID)
		return store.Result{}, nil
	case mail.OpMove:
		return d.move(ctx, task, item)
	case mail.OpCopy:
		return d.copy(item, from, to), nil
	case mail.OpAppend:
		return d.append(ctx, item, to)
	}
	return d.folder(task), nil
}

// folder makes, renames or deletes a mailbox, unless that is done already.
func (d *Driver) folder(task *store.Task) store.Result {
	s, old := d.server, task.To.Remote
	var done bool
	switch task.Kind {
	case mail.OpCreateMailbox:
		done = s.Make(task.Path) || s.has(task.Path)
	case mail.OpRenameMailbox:
		done = s.Rename(old, task.Path) || !s.has(old) && s.has(task.Path)
	case mail.OpDeleteMailbox:
		done = s.Delete(old) || !s.has(old)
	}
	if !done {
		return refused
	}
	return store.Result{}
}

var refused = store.Result{How: store.Refused, Err: &mail.Error{Kind: mail.KindRefused, Message: "the server refused", Detail: "no such mailbox, or there is one"}}

func (d *Driver) copy(item store.Item, from, to string) store.Result {
	if !d.server.has(to) {
		return refused
	}
	if uid := d.find(item, to); uid != 0 {
		return store.Result{UID: uid}
	}
	return d.told(d.server.Copy(from, item.UID, to))
}

func (d *Driver) move(ctx context.Context, task *store.Task, item store.Item) (store.Result, error) {
	from, to := task.From.Remote, task.To.Remote
	if !d.server.has(to) {
		return refused, nil
	}
	if !d.server.Traits.NoMove {
		return d.told(d.server.Move(from, item.UID, to)), nil
	}
	made := d.find(item, to)
	if made == 0 {
		made = d.server.Copy(from, item.UID, to)
	}
	if made == 0 {
		return store.Result{How: store.Gone}, nil
	}
	if err := d.step(ctx); err != nil {
		return store.Result{}, err
	}
	if d.server.stale(task) {
		return store.Result{How: store.Stale}, nil
	}
	d.server.Expunge(from, item.UID)
	return d.told(made), nil
}

// told is what the server answers: the UID only if it has UIDPLUS.
func (d *Driver) told(uid mail.UID) store.Result {
	switch {
	case uid == 0:
		return store.Result{How: store.Gone}
	case d.server.Traits.NoUIDPlus:
		return store.Result{}
	}
	return store.Result{UID: uid}
}

func (d *Driver) append(ctx context.Context, item store.Item, to string) (store.Result, error) {
	if item.Sent {
		look := item
		look.Again = true
		if d.find(look, to) != 0 {
			return store.Result{How: store.Filed}, nil
		}
	}
	if uid := d.find(item, to); uid != 0 {
		return store.Result{UID: uid}, nil
	}
	raw, err := d.store.Raw(ctx, item.Message)
	if err != nil {
		return store.Result{How: store.Refused}, nil
	}
	d.server.mu.Lock()
	defer d.server.mu.Unlock()
	b := d.server.boxes[to]
	if b == nil {
		return refused, nil
	}
	return d.told(d.server.add(b, raw, item.Flags, time.Unix(item.Received, 0))), nil
}

// find looks for a message that an earlier try may have left.
func (d *Driver) find(item store.Item, to string) mail.UID {
	if !item.Again || item.MessageID == "" {
		return 0
	}
	d.server.mu.Lock()
	defer d.server.mu.Unlock()
	b := d.server.boxes[to]
	if b == nil {
		return 0
	}
	for i := len(b.messages) - 1; i >= 0; i-- {
		if m := b.messages[i]; bytes.Contains(m.raw, []byte("<"+item.MessageID+">")) {
			return m.uid
		}
	}
	return 0
}

// stale reports that the UIDs of a task are of another UIDVALIDITY.
func (s *Server) stale(task *store.Task) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.boxes[task.From.Remote]
	return b != nil && b.validity != task.Validity
}

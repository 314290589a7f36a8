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
	for _, item := range task.Items {
		if d.server.stale(task) {
			results = append(results, store.Result{Item: item, How: store.Stale})
			continue
		}
		if err := d.step(); err != nil {
			return append(results, store.Result{Item: item, How: store.Unknown}), err
		}
		r, err := d.item(ctx, task, item)
		if err != nil {
			return append(results, store.Result{Item: item, How: store.Unknown}), err
		}
		if err := d.step(); err != nil {
			return append(results, store.Result{Item: item, How: store.Unknown}), err
		}
		r.Item = item
		results = append(results, r)
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
		return d.move(item, from, to)
	case mail.OpCopy:
		if uid := d.find(item, to); uid != 0 {
			return store.Result{UID: uid}, nil
		}
		return d.told(s.Copy(from, item.UID, to)), nil
	case mail.OpAppend:
		return d.append(ctx, item, to)
	case mail.OpCreateMailbox:
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.boxes[task.Path] == nil {
			s.boxes[task.Path] = &box{name: task.Path, validity: 1, next: 1}
		}
		return store.Result{}, nil
	}
	return store.Result{How: store.Refused}, nil
}

func (d *Driver) move(item store.Item, from, to string) (store.Result, error) {
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
	if err := d.step(); err != nil {
		return store.Result{}, err
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
		return store.Result{How: store.Refused}, nil
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

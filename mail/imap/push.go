package imap

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/emersion/go-imap/v2"

	"postrider/mail"
	"postrider/mail/message"
	"postrider/mail/store"
)

// Push implements engine.Driver.
func (d *Driver) Push(ctx context.Context, task *store.Task) ([]store.Result, error) {
	if task.Again {
		if err := d.outlast(ctx, task.Kind); err != nil {
			return nil, err
		}
	}
	switch task.Kind {
	case mail.OpCreateMailbox, mail.OpRenameMailbox, mail.OpDeleteMailbox:
		return d.folderTask(ctx, task)
	case mail.OpAppend:
		return d.appendAll(ctx, task)
	}
	if err := d.reselect(ctx, task.From.Remote); err != nil {
		return d.unopened(task, err)
	}
	if d.open.validity != task.Validity { // the UIDs name other messages now
		return every(task.Items, store.Result{How: store.Stale}), nil
	}
	if task.Kind == mail.OpExpunge || task.Kind == mail.OpMove {
		sure, err := d.sure(ctx, task)
		if err != nil {
			return d.unopened(task, err)
		}
		if !sure {
			return every(task.Items, store.Result{How: store.Renumbered}), nil
		}
	}
	switch task.Kind {
	case mail.OpFlags:
		return d.batchOf(ctx, task, task.Items, d.storeFlags)
	case mail.OpExpunge:
		return d.batchOf(ctx, task, task.Items, d.expunge)
	case mail.OpMove:
		return d.batchOf(ctx, task, task.Items, d.move)
	case mail.OpCopy:
		return d.copyAll(ctx, task)
	}
	return every(task.Items, store.Result{How: store.Refused}), nil
}

// sure looks, before anything is taken away, whether the UIDs still name the
// messages that were meant: a server restored from a backup gives them to
// others, and does not say so.
func (d *Driver) sure(ctx context.Context, task *store.Task) (bool, error) {
	ids := map[mail.UID]string{}
	opts := &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{
		{Specifier: imap.PartSpecifierHeader, HeaderFields: []string{"Message-ID"}, Peek: true},
	}}
	err := d.fetch(ctx, "look before deleting", uidsIn(task.Items), opts, func(f *fetched) error {
		ids[f.UID] = message.ParseHeader(f.header).MessageID
		return nil
	})
	if err != nil {
		return false, err
	}
	for _, item := range task.Items {
		if id := ids[item.UID]; id != "" && item.MessageID != "" && id != item.MessageID {
			return false, nil
		}
	}
	return true, nil
}

// unopened is the end of a task whose folder does not open: gone with it, or
// later.
func (d *Driver) unopened(task *store.Task, err error) ([]store.Result, error) {
	if d.torn(err) {
		return nil, err // nothing was begun
	}
	return every(task.Items, store.Result{How: store.Later, Err: asError(err)}), nil
}

// torn reports that err is the connection's, or our own end: what was asked for
// may have been done.
func (d *Driver) torn(err error) bool {
	return d.wire.Err() != nil || mail.Is(err, mail.KindCanceled)
}

func every(items []store.Item, r store.Result) []store.Result {
	list := make([]store.Result, len(items))
	for i, item := range items {
		list[i] = r
		list[i].Item = item
	}
	return list
}

func asError(err error) *mail.Error {
	var e *mail.Error
	if errors.As(err, &e) {
		return e
	}
	return &mail.Error{Kind: mail.KindBug, Err: err}
}

// action does a task to some of its items at once and returns the new UIDs,
// where there are any and the server tells them.
type action func(ctx context.Context, task *store.Task, items []store.Item) (map[mail.UID]mail.UID, error)

// batchOf runs an action on all items at once. If the server refuses, each is
// tried by itself, so that one bad apple does not spoil the rest.
func (d *Driver) batchOf(ctx context.Context, task *store.Task, items []store.Item, do action) ([]store.Result, error) {
	made, err := do(ctx, task, items)
	switch {
	case err == nil:
		results := every(items, store.Result{})
		for i := range results {
			results[i].UID = made[items[i].UID]
		}
		return results, nil
	case d.torn(err):
		return every(items, store.Result{How: store.Unknown, Err: asError(err)}), err
	case len(items) == 1:
		return []store.Result{refusal(task.Kind, items[0], err)}, nil
	}
	var results []store.Result
	for _, item := range items {
		item.Again = true // a part may have been done: of a move by COPY, the first half of all
		one, err := d.batchOf(ctx, task, []store.Item{item}, do)
		results = append(results, one...)
		if err != nil {
			return results, err
		}
	}
	return results, nil
}

// refusal says what a NO, or a failure on our side, means for an operation.
func refusal(kind mail.OpKind, item store.Item, err error) store.Result {
	r := store.Result{Item: item, How: store.Refused, Err: asError(err)}
	switch mail.KindOf(err) {
	case mail.KindBusy, mail.KindDisk: // our disk is no refusal of the server's
		r.How = store.Later
	case mail.KindGone:
		if kind != mail.OpMove && kind != mail.OpCopy && kind != mail.OpAppend { // there the destination is gone: the person must know
			r.How = store.Gone
		}
	}
	return r
}

func uidsIn(items []store.Item) (set imap.UIDSet) {
	for _, item := range items {
		set.AddNum(imap.UID(item.UID))
	}
	return set
}

// storeFlags sends a patch as two changes; UIDs that are gone change nothing
// (RFC 9051 6.4.9).
func (d *Driver) storeFlags(ctx context.Context, task *store.Task, items []store.Item) (map[mail.UID]mail.UID, error) {
	set := uidsIn(items)
	if err := d.flag(ctx, set, imap.StoreFlagsAdd, task.Patch.Add); err != nil {
		return nil, err
	}
	return nil, d.flag(ctx, set, imap.StoreFlagsDel, task.Patch.Remove)
}

func (d *Driver) flag(ctx context.Context, set imap.UIDSet, op imap.StoreFlagsOp, flags mail.Flags) error {
	if flags.Empty() || len(set) == 0 {
		return nil
	}
	return d.bound(ctx, "change flags", func() error {
		return d.client.Store(set, &imap.StoreFlags{Op: op, Silent: true, Flags: imapFlags(flags)}, nil).Close()
	})
}

// expunge deletes the items and nothing else.
func (d *Driver) expunge(ctx context.Context, task *store.Task, items []store.Item) (map[mail.UID]mail.UID, error) {
	set := uidsIn(items)
	if err := d.flag(ctx, set, imap.StoreFlagsAdd, mail.Bits(mail.Deleted)); err != nil {
		return nil, err
	}
	if d.has("UIDPLUS") {
		return nil, d.bound(ctx, "delete messages", func() error { return d.client.UIDExpunge(set).Close() })
	}
	return nil, d.expungeOnly(ctx, set)
}

// expungeOnly is UID EXPUNGE for servers without it (RFC 3501 has only one that
// takes all): what somebody else marked deleted is unmarked meanwhile.
func (d *Driver) expungeOnly(ctx context.Context, set imap.UIDSet) error {
	var others imap.UIDSet
	err := d.bound(ctx, "delete messages", func() error {
		data, err := d.client.UIDSearch(&imap.SearchCriteria{Flag: []imap.Flag{imap.FlagDeleted}}, nil).Wait()
		if err != nil {
			return err
		}
		for _, uid := range data.AllUIDs() {
			if !set.Contains(uid) {
				others.AddNum(uid)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := d.flag(ctx, others, imap.StoreFlagsDel, mail.Bits(mail.Deleted)); err != nil {
		return err
	}
	if err := d.bound(ctx, "delete messages", func() error { return d.client.Expunge().Close() }); err != nil {
		return err
	}
	return d.flag(ctx, others, imap.StoreFlagsAdd, mail.Bits(mail.Deleted))
}

// move looks first for what an earlier try moved or, where the server or its
// session ended in the middle (RFC 6851 3.3), only copied: there the source goes.
func (d *Driver) move(ctx context.Context, task *store.Task, items []store.Item) (map[mail.UID]mail.UID, error) {
	made, fresh, err := d.already(ctx, task, items)
	if err != nil {
		return nil, err
	}
	twice := slices.DeleteFunc(slices.Clone(items), func(it store.Item) bool { return made[it.UID] == 0 })
	transfer := d.transfer
	if !d.has("MOVE") {
		transfer, twice = d.copy, items // the source goes last
	}
	if len(fresh) > 0 {
		moved, err := transfer(ctx, task, fresh)
		if err != nil {
			return nil, err
		}
		maps.Copy(made, moved)
	}
	if len(twice) == 0 {
		return made, nil
	}
	if err := d.sel(ctx, task.From.Remote); err != nil {
		return nil, err
	}
	_, err = d.expunge(ctx, task, twice)
	return made, err
}

// transfer is the command MOVE.
func (d *Driver) transfer(ctx context.Context, task *store.Task, items []store.Item) (map[mail.UID]mail.UID, error) {
	if err := d.sel(ctx, task.From.Remote); err != nil {
		return nil, err
	}
	made := map[mail.UID]mail.UID{}
	err := d.bound(ctx, "move messages", func() error {
		data, err := d.client.Move(uidsIn(items), task.To.Remote).Wait()
		if err != nil {
			return err
		}
		from, _ := data.SourceUIDs.(imap.UIDSet)
		to, _ := data.DestUIDs.(imap.UIDSet)
		pairUIDs(made, from, to)
		return nil
	})
	return made, err
}

func (d *Driver) copy(ctx context.Context, task *store.Task, items []store.Item) (map[mail.UID]mail.UID, error) {
	if err := d.sel(ctx, task.From.Remote); err != nil {
		return nil, err
	}
	made := map[mail.UID]mail.UID{}
	err := d.bound(ctx, "copy messages", func() error {
		data, err := d.client.Copy(uidsIn(items), task.To.Remote).Wait()
		if err != nil {
			return err
		}
		pairUIDs(made, data.SourceUIDs, data.DestUIDs)
		return nil
	})
	return made, err
}

// copyAll copies what an earlier try did not.
func (d *Driver) copyAll(ctx context.Context, task *store.Task) ([]store.Result, error) {
	made, fresh, err := d.already(ctx, task, task.Items)
	if err != nil && d.torn(err) {
		return nil, err
	}
	var results []store.Result
	if err != nil { // not to know is not to make a second one
		for _, item := range task.Items {
			results = append(results, refusal(task.Kind, item, err))
		}
		return results, nil
	}
	for _, item := range task.Items {
		if uid, ok := made[item.UID]; ok {
			results = append(results, store.Result{Item: item, UID: uid})
		}
	}
	if len(fresh) == 0 {
		return results, nil
	}
	more, err := d.batchOf(ctx, task, fresh, d.copy)
	return append(results, more...), err
}

// pairUIDs reads COPYUID (RFC 4315 3): the sets match one by one, in the order
// in which they stand.
func pairUIDs(into map[mail.UID]mail.UID, from, to imap.UIDSet) {
	a, okA := from.Nums()
	b, okB := to.Nums()
	if !okA || !okB || len(a) != len(b) {
		return // a server that cannot count: the new UIDs are found out by a pull
	}
	for i := range a {
		into[mail.UID(a[i])] = mail.UID(b[i])
	}
}

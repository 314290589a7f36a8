package store

import (
	"context"
	"slices"

	"postrider/mail"
)

// Task is what a driver carries out on the server in one go: one kind of
// change to messages of one mailbox. Each item ends by itself.
type Task struct {
	Kind     mail.OpKind
	From     mail.Mailbox     // where the messages are; zero for append and folders
	Validity mail.UIDValidity // of From, for which the UIDs hold: with another, they name other messages
	To       mail.Mailbox     // move, copy, append; for folders the folder itself
	Path     string           // folders: the server's name to make or rename to
	Patch    mail.FlagPatch   // flags
	Again    bool             // an earlier try may have been carried out: look before doing it
	Items    []Item
}

// Item is one message of a task.
type Item struct {
	Ops       []mail.OpID // more than one where flag changes were coalesced
	Placement mail.PlacementID
	UID       mail.UID // in From; 0 for an append
	Message   mail.MessageID
	MessageID string
	Size      int64
	Flags     mail.Flags // append
	Received  int64      // append: Unix seconds
	Sent      bool       // append: a message that was sent, which the server may have filed by itself
	Tries     int        // before this one
	Again     bool
}

// Result says how an item ended.
type Result struct {
	Item Item
	How  Outcome
	UID  mail.UID    // the new UID after a move, copy or append; 0: the server did not say
	Err  *mail.Error // refused, later
}

// Outcome is how the server took an operation.
type Outcome int

const (
	Done       Outcome = iota // it is so on the server now
	Gone                      // the target is not there: nothing to do
	Refused                   // never: its effect is taken back and shown as failed
	Later                     // not now: tried again
	Unknown                   // the connection ended before the answer
	Stale                     // the mirror is behind the server (another UIDVALIDITY): again after a pull
	Renumbered                // as Stale, though the UIDVALIDITY is the same: its UIDs are void
	Filed                     // append of what was sent: the server has filed it, and a pull will show that copy
)

// taskItems is how many messages one task holds at most; uploads are settled a
// few at a time, so that nothing else has to wait for a folder full of them.
const (
	taskItems   = 1000
	taskUploads = 10
)

func (task *Task) limit() int {
	if task.Kind == mail.OpAppend {
		return taskUploads
	}
	return taskItems
}

// NextTask marks the first operations that can be carried out as under way,
// durably, and returns them as one task; nil if nothing is due. eager takes
// also what waits for the undo delay.
func (s *Store) NextTask(ctx context.Context, account mail.AccountID, eager bool) (task *Task, err error) {
	err = s.writeBatch(ctx, func(t *Tx) error {
		row, err := t.accountRow(account)
		if err != nil {
			return err
		}
		g := &gathering{t: t, account: account, now: t.s.now().Unix(), queues: map[mail.PlacementID][]*opRow{}}
		if eager {
			g.now += int64(undoDelay.Seconds())
		}
		task, err = g.gather(row)
		return err
	})
	return task, err
}

// gathering picks a task out of the queue of an account.
type gathering struct {
	t       *Tx
	account mail.AccountID
	now     int64
	task    *Task
	queues  map[mail.PlacementID][]*opRow // what waits for each, in order
}

func (g *gathering) gather(account int64) (*Task, error) {
	ops, err := g.t.ops(`account = ? AND kind <> 'send' AND state IN ('pending', 'inflight', 'unknown')`, account)
	if err != nil {
		return nil, err
	}
	for i := range ops {
		g.queues[ops[i].placement] = append(g.queues[ops[i].placement], &ops[i])
	}
	for i := range ops {
		if g.task != nil && len(g.task.Items) >= g.task.limit() {
			break
		}
		if err := g.offer(&ops[i]); err != nil {
			return nil, err
		}
		if g.task != nil && g.task.folder() {
			break
		}
	}
	if g.task == nil {
		return nil, nil
	}
	return g.task, g.begin()
}

func (task *Task) folder() bool {
	switch task.Kind {
	case mail.OpCreateMailbox, mail.OpRenameMailbox, mail.OpDeleteMailbox:
		return true
	}
	return false
}

// offer takes an op into the task if it fits and nothing before it is left out.
func (g *gathering) offer(o *opRow) error {
	if o.placement == 0 {
		return g.offerFolder(o)
	}
	if g.queues[o.placement][0].id != o.id || o.notBefore > g.now {
		return nil // what follows for a message waits for what comes first
	}
	if g.calledOff(o) {
		if err := g.t.release(o.id); err != nil {
			return err
		}
		return g.t.dropID(o.placement)
	}
	ready, err := g.ready(o)
	if err != nil || !ready {
		return err
	}
	return g.take(o)
}

// calledOff reports that the op would bring a message to the server only for a
// later one to delete it there.
func (g *gathering) calledOff(o *opRow) bool {
	if o.kind != mail.OpAppend && o.kind != mail.OpCopy || o.attempts > 0 {
		return false
	}
	return slices.ContainsFunc(g.queues[o.placement], func(o *opRow) bool { return o.kind == mail.OpExpunge })
}

// ready reports whether what the op needs is there: the op before it done, the
// source's UID known, the destination on the server.
func (g *gathering) ready(o *opRow) (bool, error) {
	if o.after != 0 {
		var one int
		waiting, err := g.t.get([]any{&one}, `SELECT 1 FROM op WHERE id = ?`, o.after)
		if err == nil && !waiting { // it went without being done: nothing may follow it
			err = g.t.cancel(*o)
		}
		return false, err
	}
	if o.mailbox != 0 {
		box, err := g.t.mailbox(o.mailbox)
		if err != nil || (box.Origin == mail.Remote && box.Remote == "") {
			return false, err // the folder itself still has to be made
		}
	}
	return true, nil
}

func (g *gathering) take(o *opRow) error {
	t := g.t
	at := o.placement
	if o.kind == mail.OpCopy {
		at = o.source
	}
	p, err := t.place(at)
	if err != nil {
		return err
	}
	if p == nil { // what was to be copied is gone, and this with it
		return t.cancel(*o)
	}
	if o.kind != mail.OpAppend && (p.bMailbox == 0 || p.bUID == 0) {
		return g.takeLocal(o, p)
	}
	patch, ids := o.patch, []mail.OpID{o.id}
	if o.kind == mail.OpFlags {
		patch, ids = coalesce(g.queues[o.placement], g.now)
	}
	if !g.fits(o, p, patch) {
		return nil
	}
	item := Item{Ops: ids, Placement: o.placement, UID: p.bUID, Message: p.message, Again: o.attempts > 0, Flags: p.bFlags,
		Sent: o.keep == keepSent, Tries: o.attempts}
	if _, err := t.get([]any{&item.MessageID, &item.Size, &item.Received},
		`SELECT message_id, size, received FROM message WHERE id = ?`, p.message); err != nil {
		return err
	}
	g.task.Items = append(g.task.Items, item)
	g.task.Again = g.task.Again || item.Again
	return nil
}

// takeLocal finishes an expunge of something on this computer that waited for
// its copy elsewhere. Anything else waits until its UID is known.
func (g *gathering) takeLocal(o *opRow, p *place) error {
	local, err := g.t.local(p)
	if err != nil || !local || o.kind != mail.OpExpunge {
		return err
	}
	return g.t.takeAway(p)
}

// coalesce joins the flag changes that follow one another for a placement.
func coalesce(queue []*opRow, now int64) (patch mail.FlagPatch, ids []mail.OpID) {
	for _, o := range queue {
		if o.kind != mail.OpFlags || o.notBefore > now || len(ids) > 0 && o.after != 0 {
			break
		}
		patch, ids = patch.Then(o.patch), append(ids, o.id)
	}
	return patch, ids
}

// fits starts the task with the first op, and reports whether a later one can
// be done in the same breath.
func (g *gathering) fits(o *opRow, p *place, patch mail.FlagPatch) bool {
	var from mail.MailboxID
	if o.kind != mail.OpAppend {
		from = p.bMailbox
	}
	if g.task == nil {
		task := &Task{Kind: o.kind, Patch: patch}
		if from != 0 {
			task.From, _ = g.t.mailbox(from)
			g.t.get([]any{&task.Validity}, `SELECT validity FROM mailbox WHERE id = ?`, from)
		}
		if o.mailbox != 0 {
			task.To, _ = g.t.mailbox(o.mailbox)
		}
		g.task = task
		return true
	}
	return g.task.Kind == o.kind && g.task.From.ID == from && g.task.To.ID == o.mailbox && g.task.Patch == patch
}

func (g *gathering) offerFolder(o *opRow) error {
	if g.task != nil || o.notBefore > g.now || g.queues[0][0].id != o.id {
		return nil // folders one after another: what is renamed must have been made
	}
	box, err := g.t.mailbox(o.mailbox)
	if err != nil {
		return g.t.dropOp(*o)
	}
	g.task = &Task{Kind: o.kind, To: box, Path: o.path, Again: o.attempts > 0, Items: []Item{{Ops: []mail.OpID{o.id}, Again: o.attempts > 0}}}
	return nil
}

// begin marks the task's ops as sent: after a crash they are known to be perhaps
// done. mark is the newest placement before: a twin that a move made is newer.
func (g *gathering) begin() error {
	for _, item := range g.task.Items {
		for _, id := range item.Ops {
			_, err := g.t.exec(`UPDATE op SET state = 'inflight', attempts = attempts + 1,
				mark = CASE WHEN mark = 0 THEN (SELECT coalesce(max(id), 0) FROM placement) ELSE mark END WHERE id = ?`, id)
			if err != nil {
				return err
			}
		}
	}
	g.t.waiting(g.account)
	return nil
}

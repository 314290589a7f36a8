package store

import (
	"context"
	"slices"
	"time"

	"postrider/mail"
)

// Settle takes how a task's items ended: what was done becomes base in the
// same transaction that lets the operation go, so that nothing flickers.
func (s *Store) Settle(ctx context.Context, task *Task, results []Result) error {
	return s.writeBatch(context.WithoutCancel(ctx), func(t *Tx) error {
		if slices.ContainsFunc(results, func(r Result) bool { return r.How == Renumbered }) {
			if err := t.voidUIDs(task.From.ID); err != nil {
				return err
			}
		}
		for _, r := range results {
			if err := t.settle(task, r); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *Tx) settle(task *Task, r Result) error {
	if task.folder() {
		return t.settleFolder(task, r)
	}
	p, err := t.place(r.Item.Placement)
	if err != nil || p == nil {
		return err
	}
	t.waiting(t.accountKey(p.account))
	switch r.How {
	case Done:
		return t.settleDone(task, p, r)
	case Gone:
		return t.settleGone(task, p, r)
	case Refused:
		return t.fail(p, r)
	case Filed:
		return t.dropPlace(p)
	}
	return t.postpone(p, r)
}

func (t *Tx) settleDone(task *Task, p *place, r Result) error {
	was, err := t.wasThere(task, r)
	if err != nil {
		return err
	}
	if err := t.release(r.Item.Ops...); err != nil {
		return err
	}
	if was {
		return t.remove(p)
	}
	if err := t.dropOpIDs(r.Item.Ops); err != nil {
		return err
	}
	switch task.Kind {
	case mail.OpFlags:
		p.bFlags = p.bFlags.Apply(task.Patch)
		return t.refold(p)
	case mail.OpExpunge:
		return t.vanishedNow(p)
	}
	return t.arrived(p, task.To.ID, r.UID)
}

// wasThere reports that what a copy or an upload was found to have made, when it
// was tried again, is older than the first try: the same message was there
// before. It must not become what an undo of the copy would delete.
func (t *Tx) wasThere(task *Task, r Result) (was bool, err error) {
	if !r.Item.Again || r.UID == 0 || task.Kind != mail.OpCopy && task.Kind != mail.OpAppend {
		return false, nil
	}
	var id mail.PlacementID
	return t.get([]any{&id}, `SELECT id FROM placement WHERE b_mailbox = ? AND b_uid = ? AND id <= (SELECT mark FROM op WHERE id = ?)`,
		task.To.ID, r.UID, r.Item.Ops[0])
}

// vanishedNow removes what we expunged; copies of it are still to be made from
// its bytes.
func (t *Tx) vanishedNow(p *place) error {
	if err := t.rescueCopies(p); err != nil {
		return err
	}
	return t.remove(p)
}

// arrived makes box the base of p: under the UID the server gave (RFC 4315), or
// waiting to be recognised there. A pull may have seen it there before.
func (t *Tx) arrived(p *place, box mail.MailboxID, uid mail.UID) error {
	if uid == 0 {
		return t.await(p, box)
	}
	twin, err := t.findPlace(`SELECT `+placeColumns+` FROM placement WHERE b_mailbox = ? AND b_uid = ?`, box, uid)
	if err != nil {
		return err
	}
	if twin != nil && twin.id != p.id {
		if string(twin.identity) == string(p.identity) {
			return t.become(p, twin)
		}
		// Another message was known by that UID: the mailbox was made anew, and its
		// next pull will say so.
		if twin.since, err = t.scan(box); err != nil {
			return err
		}
		twin.bUID, twin.modseq = 0, 0
		if err := t.savePlace(twin, twin.shown()); err != nil {
			return err
		}
	}
	p.bMailbox, p.bUID, p.modseq, p.since = box, uid, 0, 0
	return t.refold(p)
}

// settleGone: the target is not where we thought. An expunge has what it wanted;
// the next pull tells what became of what was to be moved or marked. A copy or
// an upload that has no place to go to is never given up silently.
func (t *Tx) settleGone(task *Task, p *place, r Result) error {
	switch task.Kind {
	case mail.OpCopy:
		if saved, err := t.uploadInstead(p, r); saved || err != nil {
			return err
		}
		return t.fail(p, r)
	case mail.OpAppend:
		return t.fail(p, r)
	}
	if err := t.dropOpIDs(r.Item.Ops); err != nil {
		return err
	}
	if task.Kind == mail.OpExpunge {
		return t.vanishedNow(p)
	}
	return t.refold(p)
}

// uploadInstead makes an upload of a copy whose original is gone, where the
// bytes are here.
func (t *Tx) uploadInstead(p *place, r Result) (bool, error) {
	var length int64
	if _, err := t.get([]any{&length}, `SELECT length FROM message WHERE id = ?`, p.message); err != nil || length == 0 {
		return false, err
	}
	for _, id := range r.Item.Ops {
		if _, err := t.exec(`UPDATE op SET kind = 'append', source = NULL, state = 'pending' WHERE id = ?`, id); err != nil {
			return false, err
		}
	}
	return true, nil
}

// fail takes an operation's effect back and keeps it, failed, for the person.
func (t *Tx) fail(p *place, r Result) error {
	e := cause(r.Err)
	for _, id := range r.Item.Ops {
		if err := t.failOp(id, e); err != nil {
			return err
		}
		t.note(mail.OpFailed{Account: t.accountKey(p.account), Op: id, Err: e})
	}
	return t.refold(p)
}

// failOp marks an operation as failed, and what was to follow it: an original
// is not deleted when its copy was refused.
func (t *Tx) failOp(id mail.OpID, e *mail.Error) error {
	if _, err := t.exec(`UPDATE op SET state='failed', error_kind=?, error_message=?, error_detail=? WHERE id=?`,
		e.Kind, e.Sentence(), e.Detail, id); err != nil {
		return err
	}
	dependents, err := t.dependents(id)
	if err != nil {
		return err
	}
	for _, d := range dependents {
		if err := t.failOp(d.id, e); err != nil {
			return err
		}
		t.waiting(t.accountKey(d.account))
		if err := t.refoldID(d.placement); err != nil {
			return err
		}
	}
	return nil
}

func cause(e *mail.Error) *mail.Error {
	if e == nil {
		return &mail.Error{Kind: mail.KindRefused, Message: "the server refused"}
	}
	return e
}

// postpone puts an operation back into the queue.
func (t *Tx) postpone(p *place, r Result) error {
	state := mail.StatePending
	if r.How == Unknown {
		state = mail.StateUnknown
	}
	e, wait := &mail.Error{}, time.Duration(0)
	if r.Err != nil {
		e = r.Err
	}
	if r.How == Later {
		wait = time.Minute
	}
	for _, id := range r.Item.Ops {
		if _, err := t.exec(`UPDATE op SET state=?, not_before=max(not_before, ?), error_kind=?, error_message=?, error_detail=? WHERE id=?`,
			state, t.s.now().Add(wait).Unix(), e.Kind, e.Message, e.Detail, id); err != nil {
			return err
		}
	}
	return nil
}

// release lets go what waited for operations that are done. What waits for one
// that went in any other way must never be carried out: see gathering.ready.
func (t *Tx) release(ids ...mail.OpID) error {
	for _, id := range ids {
		if _, err := t.exec(`UPDATE op SET after = 0 WHERE after = ? AND after <> 0`, id); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) dropOpIDs(ids []mail.OpID) error {
	for _, id := range ids {
		if _, err := t.exec(`DELETE FROM op WHERE id = ?`, id); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) settleFolder(task *Task, r Result) error {
	t.waiting(task.To.Account)
	switch r.How {
	case Later, Unknown:
		_, err := t.exec(`UPDATE op SET state='pending', not_before=? WHERE id=?`, t.s.now().Add(time.Minute).Unix(), r.Item.Ops[0])
		return err
	case Refused:
		return t.failFolder(task, r)
	case Gone:
		if task.Kind != mail.OpDeleteMailbox {
			return t.failFolder(task, r)
		}
	}
	if err := t.dropOpIDs(r.Item.Ops); err != nil {
		return err
	}
	t.tree(task.To.Account)
	switch task.Kind {
	case mail.OpDeleteMailbox:
		return t.uncreate(task.To) // what was moved into it since goes back
	case mail.OpCreateMailbox:
		_, err := t.exec(`UPDATE mailbox SET remote = ? WHERE id = ?`, task.Path, task.To.ID)
		return err
	}
	return t.renamed(task)
}

// renamed follows a rename that the server has done, for the folders below too
// (RFC 9051 6.3.6).
func (t *Tx) renamed(task *Task) error {
	account, err := t.accountRow(task.To.Account)
	if err != nil {
		return err
	}
	old, below := task.To.Remote, task.To.Remote+task.To.Delim
	if task.To.Delim == "" { // nothing is below a flat name
		below = old
	}
	_, err = t.exec(`UPDATE mailbox SET remote = ?1 || substr(remote, length(?2) + 1)
		WHERE account = ?3 AND (remote = ?2 OR ?4 <> ?2 AND substr(remote, 1, length(?4)) = ?4)`, task.Path, old, account, below)
	return err
}

// failFolder shows the folders as the server has them again.
func (t *Tx) failFolder(task *Task, r Result) error {
	e := cause(r.Err)
	id := r.Item.Ops[0]
	if task.Kind == mail.OpRenameMailbox {
		account, err := t.accountRow(task.To.Account)
		if err != nil {
			return err
		}
		if err := t.renamePaths(account, task.To, shownPath(task.To)); err != nil {
			return err
		}
	}
	t.tree(task.To.Account)
	t.note(mail.OpFailed{Account: task.To.Account, Op: id, Err: e})
	if task.Kind != mail.OpCreateMailbox {
		return t.failOp(id, e)
	}
	return t.failCreate(task.To.ID, id)
}

// failCreate removes a folder that the server would not make, unless it lists
// one of that name by now.
func (t *Tx) failCreate(id mail.MailboxID, op mail.OpID) error {
	box, err := t.mailbox(id)
	if err != nil {
		return err
	}
	if box.Remote != "" {
		return t.dropOpIDs([]mail.OpID{op})
	}
	return t.uncreate(box)
}

// uncreate removes a folder that the server would not make, or has deleted. What
// was put into it is shown where it was.
func (t *Tx) uncreate(box mail.Mailbox) error {
	ops, err := t.ops(`mailbox = ? AND placement IS NOT NULL`, box.ID)
	if err != nil {
		return err
	}
	for _, o := range ops {
		if err := t.cancel(o); err != nil {
			return err
		}
	}
	_, err = t.exec(`DELETE FROM mailbox WHERE id = ?`, box.ID)
	return err
}

func shownPath(box mail.Mailbox) string {
	if box.Delim == "" || box.Delim == "/" {
		return box.Remote
	}
	return remotePath(box.Remote, box.Delim)
}

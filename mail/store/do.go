package store

import (
	"context"
	"strings"
	"time"

	"postrider/mail"
)

// undoDelay is how long an act that takes mail away waits before it goes to
// the server on its own, so that an undo costs nothing. A sync that the person
// asks for does not wait.
const undoDelay = 10 * time.Second

// Do commits what the person did: its effect is shown, and it waits to be
// carried out where there is a server. Several ops are one act: all of it is
// committed or nothing, and one Undo takes all of it back. It returns the
// placements that were made (Copy, Append). Targets that are not there any more
// are passed over; an op with none left fails with kind gone.
func (s *Store) Do(ctx context.Context, ops ...mail.Op) (made []mail.PlacementID, err error) {
	done, err := s.Act(ctx, ops...)
	return done.Made, err
}

func (t *Tx) do(op mail.Op, act int64) (made []mail.PlacementID, err error) {
	switch op := op.(type) {
	case mail.SetFlags:
		return nil, t.forTargets(op.Targets, act, func(p *place) error { return t.setFlags(p, op.Patch, act) })
	case mail.Move:
		to, err := t.destination(op.To)
		if err != nil {
			return nil, err
		}
		return nil, t.forTargets(op.Targets, act, func(p *place) error { return t.move(p, to, act) })
	case mail.Copy:
		to, err := t.destination(op.To)
		if err != nil {
			return nil, err
		}
		err = t.forTargets(op.Targets, act, func(p *place) error {
			id, err := t.copyTo(p, to, act)
			made = append(made, id)
			return err
		})
		return made, err
	case mail.Expunge:
		return nil, t.forTargets(op.Targets, act, func(p *place) error { return t.expunge(p, act) })
	case mail.Append:
		id, err := t.appendTo(op, act)
		return []mail.PlacementID{id}, err
	}
	return nil, t.doFolder(op, act)
}

// forTargets calls fn for each target that is shown, and notes how it was and
// how fn left it.
func (t *Tx) forTargets(ids []mail.PlacementID, act int64, fn func(*place) error) error {
	done := 0
	for _, id := range ids {
		p, err := t.place(id)
		if err != nil {
			return err
		}
		if p == nil || p.mailbox == 0 {
			continue
		}
		done++
		was := p.shown()
		if err := fn(p); err != nil {
			return err
		}
		if err := t.noteItem(act, p, was); err != nil {
			return err
		}
	}
	if done == 0 && len(ids) > 0 {
		return goneMessage(ids[0])
	}
	return nil
}

// destination is a mailbox that can take messages.
func (t *Tx) destination(id mail.MailboxID) (mail.Mailbox, error) {
	box, err := t.mailbox(id)
	if err == nil && box.NoSelect {
		err = mail.Errorf(mail.KindInput, "move messages", "%s holds folders only, no messages", box.Path)
	}
	if err == nil && box.Role == mail.RoleOutbox {
		err = mail.Errorf(mail.KindInput, "move messages", "what is in the %s is sent; write a message, or redirect this one, to send it", box.Path)
	}
	if err != nil {
		return box, err
	}
	var one int
	going, err := t.get([]any{&one}, `SELECT 1 FROM op WHERE mailbox = ? AND kind = 'delete-mailbox' AND state <> 'failed'`, id)
	if err == nil && going {
		err = mail.Errorf(mail.KindInput, "move messages", "%s is about to be deleted", box.Path)
	}
	return box, err
}

// local reports whether a placement's truth is on this computer: then an act
// is done when it is committed.
func (t *Tx) local(p *place) (bool, error) {
	at := p.bMailbox
	if at == 0 {
		at = p.mailbox
	}
	if at == 0 {
		return true, nil
	}
	origin, known := t.origins[at] // ten thousand targets are mostly of one mailbox
	if !known {
		box, err := t.mailbox(at)
		if err != nil {
			return false, err
		}
		origin = box.Origin
		t.origins[at] = origin
	}
	return origin == mail.Local, nil
}

func (t *Tx) setFlags(p *place, patch mail.FlagPatch, act int64) error {
	if p.flags.Apply(patch) == p.flags {
		return nil
	}
	local, err := t.local(p)
	if err != nil {
		return err
	}
	if local {
		p.bFlags = p.bFlags.Apply(patch)
		return t.refold(p)
	}
	return t.queueLast(p, &opRow{kind: mail.OpFlags, patch: patch, act: act})
}

// queue adds an operation to what waits for p and shows its effect.
func (t *Tx) queue(p *place, o *opRow) error {
	o.account, o.placement = p.account, p.id
	if err := t.addOp(o); err != nil {
		return err
	}
	t.waiting(t.accountKey(p.account))
	return t.refold(p)
}

// queueLast is queue for a placement that is as it was read: what is shown of it
// is the fold of all that waits before, and need not be folded again.
func (t *Tx) queueLast(p *place, o *opRow) error {
	o.account, o.placement = p.account, p.id
	if err := t.addOp(o); err != nil {
		return err
	}
	t.waiting(t.accountKey(p.account))
	was := p.shown()
	now := was.after(*o)
	p.mailbox, p.flags = now.mailbox, now.flags
	return t.savePlace(p, was)
}

func (t *Tx) move(p *place, to mail.Mailbox, act int64) error {
	if p.mailbox == to.ID {
		return nil
	}
	if err := t.withdraw(p); err != nil {
		return err
	}
	account, err := t.accountRow(to.Account)
	if err != nil {
		return err
	}
	local, err := t.local(p)
	switch {
	case err != nil:
		return err
	case local && to.Origin == mail.Local && p.account == account:
		p.bMailbox = to.ID
		if err := t.refold(p); err != nil {
			return err
		}
		return t.custody(p, to)
	case !local && to.Origin == mail.Remote && p.account == account:
		return t.queueLast(p, &opRow{kind: mail.OpMove, mailbox: to.ID, act: act, notBefore: t.undoable()})
	}
	return t.carryOver(p, to, act)
}

func (t *Tx) undoable() int64 { return t.s.now().Add(undoDelay).Unix() }

// carryOver moves a message between accounts, or between a server and this
// computer: it is put there first, and taken away here only after that.
func (t *Tx) carryOver(p *place, to mail.Mailbox, act int64) error {
	_, last, err := t.put(p, to, act)
	if err != nil {
		return err
	}
	local, err := t.local(p)
	if err != nil {
		return err
	}
	if last == 0 && local {
		return t.takeAway(p)
	}
	if local { // stays as a hidden row until the other side has it
		return t.queue(p, &opRow{kind: mail.OpExpunge, act: act, after: last})
	}
	return t.queue(p, &opRow{kind: mail.OpExpunge, act: act, after: last, notBefore: t.undoable()})
}

func (t *Tx) copyTo(p *place, to mail.Mailbox, act int64) (mail.PlacementID, error) {
	account, err := t.accountRow(to.Account)
	if err != nil {
		return 0, err
	}
	if p.bMailbox != 0 && to.Origin == mail.Remote && p.account == account {
		q := t.twin(p, account)
		if err := t.addPlace(q); err != nil {
			return 0, err
		}
		if err := t.queue(q, &opRow{kind: mail.OpCopy, source: p.id, mailbox: to.ID, act: act}); err != nil {
			return 0, err
		}
		return q.id, t.noteItem(act, q, shown{})
	}
	q, _, err := t.put(p, to, act)
	if err != nil {
		return 0, err
	}
	return q.id, nil
}

// twin is a new, unshown placement of p's message with p's flags.
func (t *Tx) twin(p *place, account int64) *place {
	return &place{account: account, message: p.message, bFlags: p.flags, identity: p.identity, date: p.date}
}

// put makes a placement of p's message in a mailbox of anywhere, from its
// bytes. It returns the op that brings it to the server, 0 if none is needed.
func (t *Tx) put(p *place, to mail.Mailbox, act int64) (*place, mail.OpID, error) {
	var length int64
	if _, err := t.get([]any{&length}, `SELECT length FROM message WHERE id = ?`, p.message); err != nil {
		return nil, 0, err
	}
	if length == 0 {
		return nil, 0, mail.Errorf(mail.KindRefused, "copy the message", "this message is not on this computer yet; open it or sync first")
	}
	account, err := t.accountRow(to.Account)
	if err != nil {
		return nil, 0, err
	}
	q := t.twin(p, account)
	if q.identity, err = t.reidentify(p.message, to.Account); err != nil {
		return nil, 0, err
	}
	q, op, err := t.insertInto(q, to, act)
	if err != nil {
		return nil, 0, err
	}
	return q, op, t.noteItem(act, q, shown{})
}

// insertInto inserts q into a mailbox: at once where it is local, else by an op.
func (t *Tx) insertInto(q *place, to mail.Mailbox, act int64) (*place, mail.OpID, error) {
	if to.Origin == mail.Local {
		q.bMailbox, q.mailbox, q.flags = to.ID, to.ID, q.bFlags
		return q, 0, t.addPlace(q)
	}
	if err := t.addPlace(q); err != nil {
		return nil, 0, err
	}
	o := &opRow{kind: mail.OpAppend, mailbox: to.ID, act: act}
	if err := t.queue(q, o); err != nil {
		return nil, 0, err
	}
	return q, o.id, nil
}

func (t *Tx) appendTo(op mail.Append, act int64) (mail.PlacementID, error) {
	to, err := t.destination(op.Mailbox)
	if err != nil {
		return 0, err
	}
	account, err := t.accountRow(to.Account)
	if err != nil {
		return 0, err
	}
	q := &place{account: account, message: op.Message, bFlags: op.Flags}
	found, err := t.get([]any{&q.date}, `SELECT date FROM message WHERE id = ?`, op.Message)
	if err == nil && !found {
		err = mail.Errorf(mail.KindGone, "put the message there", "there is no message %d any more", op.Message)
	}
	if err != nil {
		return 0, err
	}
	if q.identity, err = t.reidentify(op.Message, to.Account); err != nil {
		return 0, err
	}
	q, _, err = t.insertInto(q, to, act)
	if err != nil {
		return 0, err
	}
	return q.id, nil
}

// expunge removes a placement for good: from the server by an op, from this
// computer at once.
func (t *Tx) expunge(p *place, act int64) error {
	if err := t.withdraw(p); err != nil {
		return err
	}
	local, err := t.local(p)
	if err != nil {
		return err
	}
	if local {
		return t.takeAway(p)
	}
	o := &opRow{kind: mail.OpExpunge, act: act, notBefore: t.undoable()}
	// What is to be copied from it comes first.
	if _, err := t.get([]any{&o.after}, `SELECT coalesce(max(id), 0) FROM op WHERE kind = 'copy' AND source = ? AND state <> 'failed'`, p.id); err != nil {
		return err
	}
	if p.bMailbox == 0 { // it may never have to reach the server: see callOff
		if _, err := t.exec(`UPDATE op SET not_before = max(not_before, ?) WHERE placement = ? AND attempts = 0`, o.notBefore, p.id); err != nil {
			return err
		}
	}
	return t.queue(p, o)
}

// takeAway removes a local placement; its row stays a while, for undo.
func (t *Tx) takeAway(p *place) error {
	if err := t.custodyGone(p); err != nil {
		return err
	}
	return t.remove(p)
}

func (t *Tx) doFolder(op mail.Op, act int64) error {
	switch op := op.(type) {
	case mail.CreateMailbox:
		return t.createMailbox(op, act)
	case mail.RenameMailbox:
		return t.renameMailbox(op, act)
	case mail.DeleteMailbox:
		return t.deleteMailbox(op, act)
	}
	return mail.Errorf(mail.KindBug, "change mail", "unknown operation %T", op)
}

// cleanPath checks a folder path that a person typed.
func cleanPath(path string) (string, error) {
	path = strings.Trim(path, "/")
	for _, level := range strings.Split(path, "/") {
		if strings.TrimSpace(level) == "" || strings.ContainsFunc(level, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			return "", mail.Errorf(mail.KindInput, "name the folder", "%q is no name for a folder", path)
		}
	}
	return path, nil
}

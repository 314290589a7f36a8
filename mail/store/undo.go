package store

import (
	"context"
	"slices"

	"postrider/mail"
)

// undoable acts are remembered for a day.
const undoMemory = 24 * 3600

// Undo takes back the last act on messages that was not undone yet: what still
// waits is called off, what was carried out is followed by its inverse. It
// returns the placements that changed; kind gone when there is nothing left to
// take back.
func (s *Store) Undo(ctx context.Context) (changed []mail.PlacementID, err error) {
	err = s.Write(ctx, func(t *Tx) error {
		var act int64
		found, err := t.get([]any{&act}, `SELECT id FROM act WHERE created > ? AND EXISTS (SELECT 1 FROM act_item WHERE act = act.id)
			ORDER BY id DESC LIMIT 1`, t.s.now().Unix()-undoMemory)
		if err == nil && !found {
			err = mail.Errorf(mail.KindGone, "undo", "there is nothing to undo")
		}
		if err != nil {
			return err
		}
		changed, err = t.undo(act)
		return err
	})
	return changed, err
}

// undoing is one Undo.
type undoing struct {
	t       *Tx
	act     int64 // the act that it is
	of      int64 // the act that it takes back
	changed []mail.PlacementID
}

func (t *Tx) undo(of int64) ([]mail.PlacementID, error) {
	items, err := t.actItems(of)
	if err != nil {
		return nil, err
	}
	act, err := t.insert(`INSERT INTO act (kind, created) VALUES ('undo', ?)`, t.s.now().Unix())
	if err != nil {
		return nil, err
	}
	u := &undoing{t: t, act: act, of: of}
	if err := u.copies(); err != nil {
		return nil, err
	}
	for _, step := range []func(actItem) error{u.restore, u.unmake} {
		for _, a := range items {
			if err := step(a); err != nil {
				return nil, err
			}
		}
	}
	_, err = t.exec(`DELETE FROM act WHERE id = ?`, of)
	return u.changed, err
}

// copies calls off what the act would add, unless the server has it already.
func (u *undoing) copies() error {
	ops, err := u.t.ops(`act = ? AND (kind IN ('copy', 'append') AND state = 'pending' AND attempts = 0
		OR kind = 'send' AND state IN ('pending', 'failed'))`, u.of)
	if err != nil {
		return err
	}
	for _, o := range ops {
		u.changed = append(u.changed, o.placement)
		if err := u.t.cancel(o); err != nil {
			return err
		}
	}
	return nil
}

// restore brings a placement back to how the act found it: what still waits is
// called off, what was carried out is followed by its inverse. What others
// changed meanwhile stays.
func (u *undoing) restore(a actItem) error {
	if a.before.mailbox == 0 {
		return nil
	}
	cancelled, err := u.cancel(a.id)
	if err != nil {
		return err
	}
	p, err := u.t.place(a.id)
	if err != nil || p == nil {
		return err
	}
	was := p.shown()
	if err := u.inverse(p, a, cancelled); err != nil {
		return err
	}
	if len(cancelled) > 0 || p.shown() != was {
		u.changed = append(u.changed, a.id)
	}
	return nil
}

// cancel calls off what the act queued for a placement and the server does not
// have.
func (u *undoing) cancel(id mail.PlacementID) (kinds map[mail.OpKind]bool, err error) {
	ops, err := u.t.ops(`+act = ? AND placement = ? AND (state = 'failed' OR state = 'pending' AND attempts = 0)`, u.of, id)
	if err != nil {
		return nil, err
	}
	kinds = map[mail.OpKind]bool{}
	for _, o := range ops {
		kinds[o.kind] = true
		if err := u.t.cancel(o); err != nil {
			return nil, err
		}
	}
	return kinds, nil
}

// inverse undoes what was carried out of an act.
func (u *undoing) inverse(p *place, a actItem, cancelled map[mail.OpKind]bool) error {
	if p.mailbox == 0 && p.removed == 0 {
		return nil // being expunged: too late
	}
	box, err := u.t.mailbox(a.before.mailbox)
	if err != nil {
		return nil // the folder is gone
	}
	if p.removed > 0 {
		return u.t.revive(p, box, a.before.flags)
	}
	patch := mail.FlagPatch{Add: a.before.flags.Minus(a.after.flags), Remove: a.after.flags.Minus(a.before.flags)}
	if !patch.Empty() && !cancelled[mail.OpFlags] {
		if err := u.t.setFlags(p, patch, u.act); err != nil {
			return err
		}
	}
	if a.before.mailbox == a.after.mailbox || cancelled[mail.OpMove] || cancelled[mail.OpExpunge] {
		return nil
	}
	return u.t.move(p, box, u.act)
}

// revive puts back what was deleted for good on this computer; what was deleted
// on a server is uploaded again only by the person's own act.
func (t *Tx) revive(p *place, box mail.Mailbox, flags mail.Flags) error {
	if box.Origin != mail.Local {
		return nil
	}
	p.bMailbox, p.bFlags, p.removed = box.ID, flags, 0
	if err := t.refold(p); err != nil {
		return err
	}
	return t.custody(p, box)
}

// unmake takes away a copy that the act made. Where the act was a move between
// servers and the original is gone, the copy is the message: it goes back.
func (u *undoing) unmake(a actItem) error {
	if a.before.mailbox != 0 {
		return nil
	}
	p, err := u.t.place(a.id)
	if err != nil || p == nil || p.mailbox == 0 {
		return err
	}
	if slices.Contains(u.changed, p.id) { // called off: it is a draft again
		return nil
	}
	u.changed = append(u.changed, p.id)
	var from mail.MailboxID
	var shown bool
	found, err := u.t.get([]any{&from, &shown}, `SELECT i.mailbox, q.mailbox IS NOT NULL FROM act_item i JOIN placement q ON q.id = i.placement
		WHERE i.act = ? AND i.mailbox IS NOT NULL AND q.message = ? ORDER BY q.mailbox IS NULL LIMIT 1`, u.of, p.message)
	if err != nil || !found {
		return err
	}
	if shown {
		return u.t.expunge(p, u.act)
	}
	box, err := u.t.mailbox(from)
	if err != nil {
		return nil // the folder is gone
	}
	return u.t.move(p, box, u.act)
}

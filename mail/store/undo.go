package store

import (
	"context"

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

// before is how an act found a placement.
type before struct {
	id mail.PlacementID
	shown
}

func (t *Tx) undo(act int64) (changed []mail.PlacementID, err error) {
	var items []before
	err = t.each(func(scan row) error {
		var b before
		err := scan(&b.id, &b.mailbox, &b.flags.System, &b.flags.Keywords)
		items = append(items, b)
		return err
	}, `SELECT placement, coalesce(mailbox, 0), flags, keywords FROM act_item WHERE act = ?`, act)
	if err != nil {
		return nil, err
	}
	if err := t.undoCopies(act); err != nil {
		return nil, err
	}
	for _, b := range items {
		done, err := t.undoItem(act, b)
		if err != nil {
			return nil, err
		}
		if done {
			changed = append(changed, b.id)
		}
	}
	_, err = t.exec(`DELETE FROM act WHERE id = ?`, act)
	return changed, err
}

// undoCopies takes away what the act added, unless the server has it already.
func (t *Tx) undoCopies(act int64) error {
	ops, err := t.ops(`act = ? AND kind IN ('copy', 'append') AND state = 'pending' AND attempts = 0`, act)
	if err != nil {
		return err
	}
	for _, o := range ops {
		if err := t.cancel(o); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) undoItem(act int64, b before) (bool, error) {
	ops, err := t.ops(`act = ? AND placement = ? AND (state = 'failed' OR state = 'pending' AND attempts = 0)`, act, b.id)
	if err != nil {
		return false, err
	}
	for _, o := range ops {
		if err := t.cancel(o); err != nil {
			return false, err
		}
	}
	p, err := t.place(b.id)
	if err != nil || p == nil {
		return false, err
	}
	if len(ops) > 0 && p.shown() == b.shown {
		return true, nil
	}
	return t.restore(p, b)
}

// restore brings a placement whose act was carried out back to how it was.
func (t *Tx) restore(p *place, b before) (bool, error) {
	if p.mailbox == 0 && p.removed == 0 || b.mailbox == 0 {
		return false, nil // being expunged: too late
	}
	box, err := t.mailbox(b.mailbox)
	if err != nil {
		return false, nil // the folder is gone
	}
	if p.removed > 0 {
		return t.revive(p, box, b)
	}
	if patch := (mail.FlagPatch{Add: b.flags.Minus(p.flags), Remove: p.flags.Minus(b.flags)}); !patch.Empty() {
		if err := t.setFlags(p, patch, 0); err != nil {
			return false, err
		}
	}
	return true, t.move(p, box, 0)
}

// revive puts back what was deleted for good on this computer; what was deleted
// on a server is uploaded again only by the person's own act.
func (t *Tx) revive(p *place, box mail.Mailbox, b before) (bool, error) {
	if box.Origin != mail.Local {
		return false, nil
	}
	p.bMailbox, p.bFlags, p.removed = box.ID, b.flags, 0
	if err := t.refold(p); err != nil {
		return false, err
	}
	return true, t.custody(p, box)
}

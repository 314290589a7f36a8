package store

import (
	"context"

	"postrider/mail"
)

// Acted is an act of the person that was committed.
type Acted struct {
	Act  int64              // for UndoAct; 0: nothing was to be done
	Made []mail.PlacementID // by Copy and Append
}

// Act is Do, for who may want to undo this very act later.
func (s *Store) Act(ctx context.Context, ops ...mail.Op) (done Acted, err error) {
	if len(ops) == 0 {
		return done, nil
	}
	err = s.Write(ctx, func(t *Tx) error {
		done, err = t.act(ops)
		return err
	})
	return done, err
}

func (t *Tx) act(ops []mail.Op) (done Acted, err error) {
	done.Act, err = t.insert(`INSERT INTO act (kind, created) VALUES (?, ?)`, ops[0].Kind(), t.s.now().Unix())
	for i := 0; i < len(ops) && err == nil; i++ {
		var more []mail.PlacementID
		more, err = t.do(ops[i], done.Act)
		done.Made = append(done.Made, more...)
	}
	return done, err
}

// DoInPassing commits what the person did not do on purpose, such as reading a
// message: it is carried out like everything else, and an Undo passes it over.
func (s *Store) DoInPassing(ctx context.Context, ops ...mail.Op) error {
	if len(ops) == 0 {
		return nil
	}
	return s.Write(ctx, func(t *Tx) error {
		done, err := t.act(ops)
		if err != nil {
			return err
		}
		_, err = t.exec(`DELETE FROM act_item WHERE act = ?`, done.Act)
		return err
	})
}

// UndoAct is Undo for one act, whatever was done after it; kind gone when it was
// undone already, or is too long ago.
func (s *Store) UndoAct(ctx context.Context, act int64) (changed []mail.PlacementID, err error) {
	err = s.Write(ctx, func(t *Tx) error {
		var id int64
		found, err := t.get([]any{&id}, `SELECT id FROM act WHERE id = ? AND created > ? AND EXISTS (SELECT 1 FROM act_item WHERE act = act.id)`,
			act, t.s.now().Unix()-undoMemory)
		if err == nil && !found {
			err = mail.Errorf(mail.KindGone, "undo", "there is nothing to undo")
		}
		if err == nil {
			changed, err = t.undo(id)
		}
		return err
	})
	return changed, err
}

package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"postrider/mail"
)

// Handover is how a message was taken by the outgoing server.
type Handover struct {
	How Outcome // Done, Refused, Later or Unknown

	// Recipients has an error for each of Outgoing.Recipients that was not taken:
	// kind refused for good, else for now. It is nil if it did not come so far.
	Recipients []error
	Err        error // why not Done
}

// Settled is what became of a message.
type Settled struct {
	State mail.OpState // "" if it is done
	Again bool         // some have it, and the rest can be tried at once
}

// SettleOutgoing takes how a message was taken. What the server has for
// everybody is filed with what was sent; what it refuses stays in the Outbox,
// for the person; all else is tried again, for ever.
func (s *Store) SettleOutgoing(ctx context.Context, out *Outgoing, h Handover) (res Settled, err error) {
	err = s.writeBatch(context.WithoutCancel(ctx), func(t *Tx) error {
		o, err := t.sendOp(out.Op)
		if err != nil || o == nil {
			return err
		}
		t.waiting(out.Account)
		sg := &sending{Tx: t, o: o, out: out, h: h}
		res, err = sg.settle()
		return err
	})
	return res, err
}

func (t *Tx) sendOp(id mail.OpID) (*opRow, error) {
	list, err := t.ops(`id = ? AND kind = 'send'`, id)
	if len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// sending is the settling of one message.
type sending struct {
	*Tx
	o   *opRow
	out *Outgoing
	h   Handover
}

func (sg *sending) settle() (Settled, error) {
	if sg.h.How == Unknown {
		return Settled{State: mail.StateUnknown}, sg.note(mail.StateUnknown, 0, doubt(sg.h.Err))
	}
	accepted, err := sg.recipients()
	if err != nil {
		return Settled{}, err
	}
	if accepted > 0 { // too late to undo: Cancel stops what is left, and says who has it
		if _, err := sg.exec(`DELETE FROM act WHERE id = ?`, sg.o.act); err != nil {
			return Settled{}, err
		}
	}
	waiting, refused, err := sg.left()
	if err != nil {
		return Settled{}, err
	}
	switch {
	case sg.h.How == Refused && accepted == 0, waiting == 0 && refused > 0:
		return Settled{State: mail.StateFailed}, sg.failed(waiting)
	case waiting == 0:
		return Settled{}, sg.sent(sg.o)
	case accepted > 0:
		return Settled{State: mail.StatePending, Again: true}, sg.note(mail.StatePending, 0, sg.firstError())
	}
	return Settled{State: mail.StatePending}, sg.note(mail.StatePending, sg.s.now().Add(backOff(sg.o.attempts)).Unix(), sg.firstError())
}

// recipients notes what became of each.
func (sg *sending) recipients() (accepted int, err error) {
	for i, n := range sg.out.numbers {
		if i >= len(sg.h.Recipients) {
			break
		}
		state, e := mail.RecipientWaiting, &mail.Error{}
		switch cause := sg.h.Recipients[i]; {
		case cause == nil && sg.h.How == Done:
			state = mail.RecipientAccepted
			accepted++
		case cause == nil:
		default:
			e = asError(cause)
			if e.Kind == mail.KindRefused {
				state = mail.RecipientRefused
			}
		}
		if _, err := sg.exec(`UPDATE recipient SET state = ?, error_kind = ?, error_message = ?, error_detail = ? WHERE op = ? AND n = ?`,
			state, e.Kind, e.Message, e.Detail, sg.o.id, n); err != nil {
			return 0, err
		}
	}
	return accepted, nil
}

// left counts who does not have the message, and who never will.
func (sg *sending) left() (waiting, refused int, err error) {
	_, err = sg.get([]any{&waiting, &refused}, `SELECT coalesce(sum(state = 'waiting'), 0), coalesce(sum(state = 'refused'), 0) FROM recipient WHERE op = ?`, sg.o.id)
	return waiting, refused, err
}

func (sg *sending) firstError() *mail.Error {
	if sg.h.Err != nil {
		return asError(sg.h.Err)
	}
	for _, err := range sg.h.Recipients {
		if err != nil {
			return asError(err)
		}
	}
	return &mail.Error{}
}

// failed leaves the message to the person. If some have got it, it is filed all
// the same.
func (sg *sending) failed(waiting int) error {
	e := sg.firstError()
	if waiting == 0 {
		var err error
		if e, err = sg.refusals(e); err != nil {
			return err
		}
	}
	if err := sg.note(mail.StateFailed, 0, e); err != nil {
		return err
	}
	sg.Tx.note(mail.OpFailed{Account: sg.out.Account, Op: sg.o.id, Err: e})
	var accepted int
	if _, err := sg.get([]any{&accepted}, `SELECT count(*) FROM recipient WHERE op = ? AND state = 'accepted'`, sg.o.id); err != nil || accepted == 0 {
		return err
	}
	return sg.file(sg.o)
}

// refusals puts into one error whom the server refused.
func (sg *sending) refusals(first *mail.Error) (*mail.Error, error) {
	var list []mail.Recipient
	total := 0
	err := sg.each(func(scan row) error {
		r, err := scanRecipient(scan)
		total++
		if r.State == mail.RecipientRefused {
			list = append(list, r)
		}
		return err
	}, `SELECT `+recipientColumns+` FROM recipient WHERE op = ? ORDER BY n`, sg.o.id)
	if err != nil || len(list) == 0 || list[0].Err == nil {
		return first, err
	}
	e := &mail.Error{Kind: mail.KindRefused, Detail: list[0].Err.Detail, Message: list[0].Address + ": " + list[0].Err.Message}
	if len(list) > 1 {
		e.Message = fmt.Sprintf("%d of %d recipients were refused; the first: %s", len(list), total, e.Message)
	}
	return e, nil
}

// note writes how far the operation is.
func (sg *sending) note(state mail.OpState, notBefore int64, e *mail.Error) error {
	_, err := sg.exec(`UPDATE op SET state = ?, not_before = ?, error_kind = ?, error_message = ?, error_detail = ? WHERE id = ?`,
		state, notBefore, e.Kind, e.Sentence(), e.Detail, sg.o.id)
	return err
}

func doubt(err error) *mail.Error {
	e := asError(err)
	return &mail.Error{Kind: e.Kind, Message: mayBeSent + e.Sentence(), Detail: e.Detail}
}

func asError(err error) *mail.Error {
	var e *mail.Error
	switch {
	case err == nil:
		return &mail.Error{}
	case errors.As(err, &e):
		return e
	}
	return &mail.Error{Kind: mail.KindOf(err), Message: err.Error(), Err: err}
}

// backOff is how long to wait after the n-th try in vain: from half a minute up
// to an hour.
func backOff(n int) time.Duration {
	d := min(30*time.Second<<min(max(n-1, 0), 7), time.Hour)
	return d*3/4 + rand.N(d/2)
}

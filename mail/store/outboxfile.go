package store

import (
	"context"

	"postrider/mail"
)

// sent ends the sending of a message that everybody's server has.
func (t *Tx) sent(o *opRow) error {
	if err := t.file(o); err != nil {
		return err
	}
	return t.dropOp(*o)
}

// file puts what was sent with what was sent before, once, and marks what it
// answers. On a server the mailbox is looked at before a copy is put there.
func (t *Tx) file(o *opRow) error {
	p, err := t.place(o.placement)
	if err != nil || p == nil {
		return err
	}
	out, err := t.outbox(o.account)
	if err != nil || p.bMailbox != out.ID { // filed already, or the person moved it
		return err
	}
	box, err := t.roleBox(o.account, mail.RoleSent, o.act)
	if err != nil {
		return err
	}
	if _, err := t.exec(`DELETE FROM act WHERE id = ?`, o.act); err != nil { // too late to undo
		return err
	}
	p.bMailbox = 0
	if box.Origin == mail.Local {
		p.bMailbox = box.ID
		err = t.refold(p)
	} else {
		err = t.queue(p, &opRow{kind: mail.OpAppend, mailbox: box.ID, keep: keepSent, act: o.act})
	}
	if err != nil {
		return err
	}
	return t.markAnswered(o)
}

func (t *Tx) markAnswered(o *opRow) error {
	var id mail.PlacementID
	var mark mail.System
	if _, err := t.get([]any{&id, &mark}, `SELECT answers, mark FROM outgoing WHERE op = ?`, o.id); err != nil || id == 0 || mark == 0 {
		return err
	}
	p, err := t.place(id)
	if err != nil || p == nil || p.mailbox == 0 {
		return err
	}
	return t.setFlags(p, mail.FlagPatch{Add: mail.Bits(mark)}, o.act)
}

// withdraw lets the person move or delete what waits in the Outbox: it is not
// sent then. What is just going out cannot be stopped: kind busy.
func (t *Tx) withdraw(p *place) error {
	ops, err := t.ops(`placement = ? AND kind = 'send'`, p.id)
	if err != nil || len(ops) == 0 {
		return err
	}
	out, err := t.outbox(p.account)
	if err != nil || p.bMailbox != out.ID {
		return err
	}
	for _, o := range ops {
		if o.state == mail.StateInflight {
			return errGoingOut()
		}
		if err := t.dropOp(o); err != nil {
			return err
		}
	}
	t.waiting(t.accountKey(p.account))
	return nil
}

func errGoingOut() error {
	return mail.Errorf(mail.KindBusy, "call the message off", "the message is going out just now")
}

// callOff ends a sending that is not to be: the message becomes a draft again, or
// where some have it already it is filed as sent. What was to be passed on is
// somebody else's, and no draft: it goes, as long as the message itself is here.
func (t *Tx) callOff(o opRow) error {
	var accepted int
	if _, err := t.get([]any{&accepted}, `SELECT count(*) FROM recipient WHERE op = ? AND state = 'accepted'`, o.id); err != nil {
		return err
	}
	if accepted > 0 {
		return t.sent(&o)
	}
	p, err := t.place(o.placement)
	if err != nil {
		return err
	}
	passedOn, err := t.passesOn(o)
	if err != nil {
		return err
	}
	if err := t.dropOp(o); err != nil || p == nil {
		return err
	}
	out, err := t.outbox(o.account)
	if err != nil || p.bMailbox != out.ID {
		return err
	}
	if passedOn {
		return t.takeAway(p)
	}
	box, err := t.roleBox(o.account, mail.RoleDrafts, o.act)
	if err != nil {
		return err
	}
	p.bFlags = p.bFlags.Union(mail.Bits(mail.Draft | mail.Seen))
	if box.Origin == mail.Local {
		p.bMailbox = box.ID
		return t.refold(p)
	}
	p.bMailbox = 0
	return t.queue(p, &opRow{kind: mail.OpAppend, mailbox: box.ID, keep: keepDraft, act: o.act})
}

// passesOn reports whether a message to be sent is one that is shown elsewhere, too,
// as it came.
func (t *Tx) passesOn(o opRow) (yes bool, err error) {
	_, err = t.get([]any{&yes}, `SELECT count(*) > 0 FROM outgoing e JOIN op ON op.id = e.op JOIN placement p ON p.id = op.placement
		JOIN message g ON g.id = p.message JOIN message h ON h.message_id = g.message_id JOIN placement q ON q.message = h.id
		WHERE e.op = ? AND e.resent AND g.message_id <> '' AND h.id <> g.id AND q.mailbox IS NOT NULL`, o.id)
	return yes, err
}

// sendAgain is the person's word that a message is to be sent now: one that
// failed, waits for its time, or may have been sent.
func (t *Tx) sendAgain(o opRow) error {
	if o.state == mail.StateInflight {
		return nil
	}
	if _, err := t.exec(`UPDATE recipient SET state = 'waiting' WHERE op = ? AND state = 'refused'`, o.id); err != nil {
		return err
	}
	_, err := t.exec(`UPDATE outgoing SET at = 0 WHERE op = ?`, o.id)
	return err
}

// WasSent is the person's word that a message of which nobody knew was sent.
func (s *Store) WasSent(ctx context.Context, id mail.OpID) error {
	return s.Write(ctx, func(t *Tx) error {
		o, err := t.sendOp(id)
		switch {
		case err != nil:
			return err
		case o == nil:
			return mail.Errorf(mail.KindGone, "find the message", "no message waits under the number %d", id)
		case o.state != mail.StateUnknown:
			return mail.Errorf(mail.KindInput, "find the message", "this message was not sent: only one of which nobody knows can be said to be")
		}
		t.waiting(t.accountKey(o.account))
		return t.sent(o)
	})
}

// FindSent looks whether messages of which nobody knows whether they were sent
// have turned up: filed by the server, or come back as a copy to the person. It
// returns how many have.
func (s *Store) FindSent(ctx context.Context, account mail.AccountID) (found int, err error) {
	err = s.writeBatch(ctx, func(t *Tx) error {
		row, err := t.accountRow(account)
		if err != nil {
			return err
		}
		// Only what came after the first try, and from a server, proves it.
		ops, err := t.ops(`account = ? AND kind = 'send' AND state = 'unknown' AND EXISTS (SELECT 1 FROM outgoing e
			JOIN placement p ON p.id = op.placement JOIN message g ON g.id = p.message JOIN message h ON h.message_id = g.message_id
			JOIN placement q ON q.message = h.id WHERE e.op = op.id AND NOT e.resent AND g.message_id <> '' AND q.account = op.account
			AND q.id > op.mark AND q.id <> p.id AND (q.b_uid IS NOT NULL OR EXISTS (SELECT 1 FROM ledger l WHERE l.placement = q.id)))`, row)
		for _, o := range ops {
			if err == nil {
				err = t.sent(&o)
			}
			found++
		}
		if found > 0 {
			t.waiting(account)
		}
		return err
	})
	return found, err
}

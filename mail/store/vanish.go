package store

import (
	"postrider/mail"
)

// vanished takes the server's word that it does not have a placement any more.
// What the pull that learns of it has added has ids above mark; 0: nothing has.
func (t *Tx) vanished(id, mark mail.PlacementID) error {
	p, err := t.place(id)
	if err != nil || p == nil {
		return err
	}
	ops, err := t.opsOf(id)
	if err != nil {
		return err
	}
	if err := t.rescueCopies(p); err != nil {
		return err
	}
	if move, ok := sentMove(ops); ok {
		return t.moved(p, move)
	}
	twin, err := t.movedByOthers(p, mark)
	switch {
	case err != nil:
		return err
	case twin == nil:
		return t.remove(p)
	}
	return t.follow(p, twin)
}

// movedByOthers finds what p became, if another client moved it and the pull
// came to the destination first: the same message, and none but this pull saw
// it before.
func (t *Tx) movedByOthers(p *place, mark mail.PlacementID) (*place, error) {
	if mark == 0 {
		return nil, nil
	}
	return t.findPlace(`SELECT `+placeColumns+` FROM placement AS q WHERE identity = ? AND id > ? AND account = ? AND b_uid IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM act_item WHERE placement = q.id) AND NOT EXISTS (SELECT 1 FROM op WHERE placement = q.id)
		AND EXISTS (SELECT 1 FROM message a, message b WHERE a.id = ? AND b.id = q.message AND
			(a.hash = b.hash OR (a.hash IS NULL OR b.hash IS NULL) AND (a.message_id <> '' OR a.header_date <> 0)))
		ORDER BY id LIMIT 1`, p.identity, mark, p.account, p.message)
}

// follow lets p be where another client moved it. What waits for it goes on
// there, but for its deletion: they may have saved it.
func (t *Tx) follow(p, twin *place) error {
	ops, err := t.ops(`placement = ? AND kind = 'expunge'`, p.id)
	if err != nil {
		return err
	}
	for _, o := range ops {
		if err := t.dropOp(o); err != nil {
			return err
		}
	}
	t.waiting(t.accountKey(p.account))
	return t.become(p, twin)
}

// sentMove returns the move that the server may have carried out: the first
// that was ever sent.
func sentMove(ops []opRow) (opRow, bool) {
	for _, o := range ops {
		if o.kind == mail.OpMove && o.attempts > 0 && o.state != mail.StateFailed {
			return o, true
		}
	}
	return opRow{}, false
}

// moved: our move was carried out, though we never heard so. Its twin in the
// destination was seen already, or will be.
func (t *Tx) moved(p *place, move opRow) error {
	if err := t.dropOp(move); err != nil {
		return err
	}
	t.waiting(t.accountKey(p.account))
	twin, err := t.findPlace(`SELECT `+placeColumns+` FROM placement WHERE b_mailbox = ? AND b_uid IS NOT NULL AND identity = ?
		AND id > ? AND id <> ? AND NOT EXISTS (SELECT 1 FROM message a, message b WHERE a.id = ? AND b.id = placement.message AND a.hash <> b.hash)
		ORDER BY id LIMIT 1`, move.mailbox, p.identity, move.mark, p.id, p.message)
	if err != nil {
		return err
	}
	if twin == nil {
		return t.await(p, move.mailbox)
	}
	return t.become(p, twin)
}

// await makes p wait in box to be recognised there.
func (t *Tx) await(p *place, box mail.MailboxID) error {
	scan, err := t.scan(box)
	if err != nil {
		return err
	}
	p.bMailbox, p.bUID, p.modseq, p.since = box, 0, 0, scan
	return t.refold(p)
}

// become gives p the base of its twin, which goes: one message, one placement,
// and the id that the person knows stays.
func (t *Tx) become(p, twin *place) error {
	p.bMailbox, p.bFlags, p.modseq, p.since, p.remoteID = twin.bMailbox, twin.bFlags, twin.modseq, 0, twin.remoteID
	uid := twin.bUID
	if err := t.inherit(p, twin); err != nil {
		return err
	}
	if err := t.dropPlace(twin); err != nil {
		return err
	}
	p.bUID = uid
	return t.refold(p)
}

// inherit gives p what waits for its twin, and what is to be copied from it.
func (t *Tx) inherit(p, twin *place) error {
	if _, err := t.exec(`UPDATE op SET placement = ? WHERE placement = ?`, p.id, twin.id); err != nil {
		return err
	}
	_, err := t.exec(`UPDATE op SET source = ? WHERE source = ?`, p.id, twin.id)
	return err
}

// rescueCopies turns copies that were to be made of p on the server into
// uploads of its bytes, now that the server cannot copy it any more. Without
// the bytes there is nothing left to copy.
func (t *Tx) rescueCopies(p *place) error {
	ops, err := t.ops(`kind = 'copy' AND source = ?`, p.id)
	if err != nil || len(ops) == 0 {
		return err
	}
	var length int64
	if _, err := t.get([]any{&length}, `SELECT length FROM message WHERE id = ?`, p.message); err != nil {
		return err
	}
	if length > 0 {
		_, err := t.exec(`UPDATE op SET kind = 'append', source = NULL WHERE kind = 'copy' AND source = ?`, p.id)
		return err
	}
	lost := &mail.Error{Op: "copy the message", Kind: mail.KindGone, Message: "the message was deleted before it could be copied"}
	for _, o := range ops {
		t.note(mail.OpFailed{Account: t.accountKey(o.account), Op: o.id, Err: lost})
		if err := t.cancel(o); err != nil {
			return err
		}
	}
	return nil
}

package store

import (
	"context"
	"time"

	"postrider/mail"
)

// SaveDraft keeps what the person writes, durably, in place of what was kept of
// it before (old, 0: nothing), and returns the new draft. On a server it is
// after hold, counted anew with each save: then and when there is no hold, the
// new one is put there first, and the old one taken away after that. The Staged
// is released.
func (s *Store) SaveDraft(ctx context.Context, account mail.AccountID, st *Staged, old mail.PlacementID, hold time.Duration) (id mail.PlacementID, err error) {
	defer st.Release()
	st.comesFrom(origin{Account: account, Mailbox: roleNames[mail.RoleDrafts], Received: s.now().Unix(), Own: true})
	err = s.keepBytes([]*Staged{st}, func(stored map[*Staged]bytesAt) error {
		return s.Write(ctx, func(t *Tx) error {
			id, err = t.saveDraft(account, st, stored[st], old, hold)
			return err
		})
	})
	return id, err
}

func (t *Tx) saveDraft(key mail.AccountID, st *Staged, at bytesAt, old mail.PlacementID, hold time.Duration) (mail.PlacementID, error) {
	account, err := t.accountRow(key)
	if err != nil {
		return 0, err
	}
	act, err := t.insert(`INSERT INTO act (kind, created) VALUES ('draft', ?)`, t.s.now().Unix()) // without items: an undo passes it over
	if err != nil {
		return 0, err
	}
	box, err := t.roleBox(account, mail.RoleDrafts, act)
	if err != nil {
		return 0, err
	}
	p, err := t.putOwn(st, at, account, mail.Bits(mail.Draft|mail.Seen))
	if err != nil {
		return 0, err
	}
	if box.Origin == mail.Local {
		p.bMailbox = box.ID
		if err := t.refold(p); err != nil {
			return 0, err
		}
		return p.id, t.replaceDraft(old, 0, act)
	}
	o := &opRow{kind: mail.OpAppend, mailbox: box.ID, keep: keepDraft, act: act}
	if hold > 0 {
		o.notBefore = t.s.now().Add(hold).Unix()
	}
	if err := t.queue(p, o); err != nil {
		return 0, err
	}
	return p.id, t.replaceDraft(old, o.id, act)
}

// DropDraft takes a draft away: the person threw it away.
func (s *Store) DropDraft(ctx context.Context, id mail.PlacementID) error {
	return s.Write(ctx, func(t *Tx) error {
		act, err := t.insert(`INSERT INTO act (kind, created) VALUES ('draft', ?)`, t.s.now().Unix())
		if err != nil {
			return err
		}
		return t.replaceDraft(id, 0, act)
	})
}

// replaceDraft takes an old draft away: at once where no server has it, else
// when the upload of the new one (after; 0: none is needed) is done.
func (t *Tx) replaceDraft(id mail.PlacementID, after mail.OpID, act int64) error {
	if id == 0 {
		return nil
	}
	p, err := t.place(id)
	if err != nil || p == nil || p.mailbox == 0 {
		return err
	}
	local, err := t.local(p)
	if err != nil {
		return err
	}
	upload, err := t.uploadOf(p)
	if err != nil {
		return err
	}
	switch {
	case p.bMailbox == 0 && upload != nil && (upload.attempts == 0 && upload.state == mail.StatePending || upload.state == mail.StateFailed):
		return t.neverUploaded(p, upload, after)
	case local && p.bMailbox != 0:
		return t.takeAway(p)
	}
	return t.queue(p, &opRow{kind: mail.OpExpunge, act: act, after: after})
}

// uploadOf is the operation that brings a draft to the server, nil if none does.
func (t *Tx) uploadOf(p *place) (*opRow, error) {
	list, err := t.ops(`placement = ? AND kind = 'append'`, p.id)
	if len(list) == 0 {
		return nil, err
	}
	return &list[0], err
}

// neverUploaded lets go of a draft that is only here; what was to go when it is
// on the server goes when its successor is.
func (t *Tx) neverUploaded(p *place, upload *opRow, after mail.OpID) error {
	waiting, err := t.dependents(upload.id)
	if err != nil {
		return err
	}
	for _, o := range waiting {
		if _, err := t.exec(`UPDATE op SET after = ?, state = 'pending', error_kind = '', error_message = '', error_detail = '' WHERE id = ?`, after, o.id); err != nil {
			return err
		}
		if err := t.refoldID(o.placement); err != nil {
			return err
		}
	}
	t.waiting(t.accountKey(p.account))
	return t.dropPlace(p)
}

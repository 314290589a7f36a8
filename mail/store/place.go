package store

import (
	"postrider/mail"
)

// place is a placement's row: base, effective, and what ties them together.
type place struct {
	id       mail.PlacementID
	account  int64
	message  mail.MessageID
	bMailbox mail.MailboxID // 0: the server does not have it
	bUID     mail.UID       // 0: not known
	bFlags   mail.Flags
	modseq   mail.ModSeq
	since    int64
	remoteID string
	identity []byte
	mailbox  mail.MailboxID // 0: not shown
	flags    mail.Flags
	date     int64
	removed  int64
}

const placeColumns = `id, account, message, coalesce(b_mailbox,0), coalesce(b_uid,0), b_flags, b_keywords, b_modseq, since,
	remote_id, identity, coalesce(mailbox,0), flags, keywords, date, removed`

func (p *place) dest() []any {
	return []any{&p.id, &p.account, &p.message, &p.bMailbox, &p.bUID, &p.bFlags.System, &p.bFlags.Keywords, &p.modseq, &p.since,
		&p.remoteID, &p.identity, &p.mailbox, &p.flags.System, &p.flags.Keywords, &p.date, &p.removed}
}

func (t *Tx) place(id mail.PlacementID) (*place, error) {
	return t.findPlace(`SELECT `+placeColumns+` FROM placement WHERE id = ?`, id)
}

// findPlace returns the first placement of a query, nil where there is none.
func (t *Tx) findPlace(query string, args ...any) (*place, error) {
	p := &place{}
	found, err := t.get(p.dest(), query, args...)
	if !found {
		return nil, err
	}
	return p, nil
}

func (t *Tx) places(query string, args ...any) (list []*place, err error) {
	err = t.each(func(scan row) error {
		p := &place{}
		list = append(list, p)
		return scan(p.dest()...)
	}, query, args...)
	return list, err
}

// addPlace inserts p and sets its id.
func (t *Tx) addPlace(p *place) error {
	id, err := t.insert(`INSERT INTO placement (account, message, b_mailbox, b_uid, b_flags, b_keywords, b_modseq, since,
		remote_id, identity, mailbox, flags, keywords, date) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		p.account, p.message, null(p.bMailbox), null(p.bUID), p.bFlags.System, p.bFlags.Keywords, p.modseq, p.since,
		p.remoteID, p.identity, null(p.mailbox), p.flags.System, p.flags.Keywords, p.date)
	if err != nil {
		return err
	}
	p.id = mail.PlacementID(id)
	t.placed(p.id, 0, p.mailbox, 0)
	return nil
}

// savePlace writes p, of which was is how it was shown before.
func (t *Tx) savePlace(p *place, was shown) error {
	_, err := t.exec(`UPDATE placement SET message=?, b_mailbox=?, b_uid=?, b_flags=?, b_keywords=?, b_modseq=?, since=?,
		remote_id=?, identity=?, mailbox=?, flags=?, keywords=?, date=?, removed=? WHERE id=?`,
		p.message, null(p.bMailbox), null(p.bUID), p.bFlags.System, p.bFlags.Keywords, p.modseq, p.since,
		p.remoteID, p.identity, null(p.mailbox), p.flags.System, p.flags.Keywords, p.date, p.removed, p.id)
	if err != nil {
		return err
	}
	now := p.shown()
	switch {
	case now.mailbox != was.mailbox:
		t.placed(p.id, was.mailbox, now.mailbox, 0)
	case now.flags != was.flags:
		t.placed(p.id, now.mailbox, now.mailbox, mail.ChangedFlags)
	}
	return nil
}

// dropPlace deletes a row for good; its operations go with it.
func (t *Tx) dropPlace(p *place) error {
	if _, err := t.exec(`DELETE FROM placement WHERE id = ?`, p.id); err != nil {
		return err
	}
	t.placed(p.id, p.mailbox, 0, 0)
	return nil
}

func (t *Tx) dropID(id mail.PlacementID) error {
	p, err := t.place(id)
	if err != nil || p == nil {
		return err
	}
	return t.dropPlace(p)
}

// shown is the effective half of a placement.
type shown struct {
	mailbox mail.MailboxID
	flags   mail.Flags
}

func (p *place) shown() shown { return shown{p.mailbox, p.flags} }

// null makes SQL's NULL of a zero id.
func null[T ~int64 | ~uint32](n T) any {
	if n == 0 {
		return nil
	}
	return int64(n)
}

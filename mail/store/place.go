package store

import (
	"bytes"

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

	was *place // as it was read
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
	p.remember()
	return p, nil
}

// remember keeps how p is in the database.
func (p *place) remember() {
	was := *p
	was.was = nil
	p.was = &was
}

func (t *Tx) places(query string, args ...any) (list []*place, err error) {
	err = t.each(func(scan row) error {
		p := &place{}
		list = append(list, p)
		err := scan(p.dest()...)
		p.remember()
		return err
	}, query, args...)
	return list, err
}

// addPlace inserts p and sets its id.
func (t *Tx) addPlace(p *place) error {
	id, err := t.insert(`INSERT INTO placement (account, message, b_mailbox, b_uid, b_flags, b_keywords, b_modseq, since,
		remote_id, identity, mailbox, flags, keywords, date, thread) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,
		(SELECT thread FROM message WHERE id = ?2))`,
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
	if err := t.updatePlace(p); err != nil {
		return err
	}
	p.remember()
	now := p.shown()
	switch {
	case now.mailbox != was.mailbox:
		t.placed(p.id, was.mailbox, now.mailbox, 0)
	case now.flags != was.flags:
		t.placed(p.id, now.mailbox, now.mailbox, mail.ChangedFlags)
	}
	return nil
}

// updatePlace writes only what changed of flags where nothing else did, as
// mostly: SQLite takes a row out of every index that a column of an UPDATE is
// in and puts it back, whether the column changes or not.
func (t *Tx) updatePlace(p *place) error {
	if p.onlyFlags() {
		_, err := t.exec(`UPDATE placement SET b_flags=?, b_keywords=?, b_modseq=?, flags=?, keywords=? WHERE id=?`,
			p.bFlags.System, p.bFlags.Keywords, p.modseq, p.flags.System, p.flags.Keywords, p.id)
		return err
	}
	_, err := t.exec(`UPDATE placement SET message=?1, b_mailbox=?2, b_uid=?3, b_flags=?4, b_keywords=?5, b_modseq=?6, since=?7,
		remote_id=?8, identity=?9, mailbox=?10, flags=?11, keywords=?12, date=?13, removed=?14,
		thread=(SELECT thread FROM message WHERE id=?1) WHERE id=?15`,
		p.message, null(p.bMailbox), null(p.bUID), p.bFlags.System, p.bFlags.Keywords, p.modseq, p.since,
		p.remoteID, p.identity, null(p.mailbox), p.flags.System, p.flags.Keywords, p.date, p.removed, p.id)
	return err
}

// onlyFlags reports that p is as it was read, but for its flags.
func (p *place) onlyFlags() bool {
	if p.was == nil {
		return false
	}
	w := p.was
	return p.message == w.message && p.bMailbox == w.bMailbox && p.bUID == w.bUID && p.since == w.since && p.remoteID == w.remoteID &&
		bytes.Equal(p.identity, w.identity) && p.mailbox == w.mailbox && p.date == w.date && p.removed == w.removed
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

package store

import (
	"context"
	"time"

	"postrider/mail"
)

// Delivery is a message that was downloaded whole.
type Delivery struct {
	UIDL     mail.UIDL // see Entry
	Size     int64     // as LIST said, octets; 0: it did not
	Head     string    // see Entry
	Short    bool      // fewer octets came than were announced
	Received time.Time
	Staged   *Staged
}

// Deliver stores downloaded messages into a local mailbox and notes their
// UIDLs, in one durable step: when it returns without error, the server may be
// told to delete them. The Staged are released in any case.
//
// One whose bytes are here already is not stored twice if it has the UIDL that
// it had, or one that it had is not the server's name for it any more; known
// tells of which UIDLs the latter cannot be said.
func (m *Mirror) Deliver(ctx context.Context, box mail.MailboxID, list []Delivery, known func(mail.UIDL) bool) (added int, err error) {
	staged := make([]*Staged, len(list))
	for i, d := range list {
		staged[i] = d.Staged
	}
	defer func() {
		for _, st := range staged {
			st.Release()
		}
	}()
	path, err := m.path(ctx, box)
	if err != nil {
		return 0, err
	}
	for _, d := range list {
		d.Staged.comesFrom(origin{Account: m.account, Mailbox: path, Received: d.Received.Unix(), UIDL: d.UIDL})
	}
	m.s.index.keepUp(ctx)
	err = m.s.keepBytes(staged, func(stored map[*Staged]bytesAt) error {
		return m.s.writeBatch(ctx, func(t *Tx) error {
			account, err := t.accountRow(m.account)
			in := &delivering{Tx: t, key: m.account, account: account, box: box, stored: stored, known: known}
			for i := 0; i < len(list) && err == nil; i++ {
				err = in.take(&list[i])
			}
			added = in.added
			return err
		})
	})
	if err != nil {
		return 0, err
	}
	m.counts.Added += added
	return added, nil
}

// delivering is one transaction of Deliver.
type delivering struct {
	*Tx
	key     mail.AccountID
	account int64
	box     mail.MailboxID
	stored  map[*Staged]bytesAt
	known   func(mail.UIDL) bool
	added   int
}

func (in *delivering) take(d *Delivery) error {
	old, err := in.same(d)
	if err != nil {
		return err
	}
	if old == 0 {
		return in.add(d)
	}
	if err := in.served(in.account, old, d.UIDL, d.Size); err != nil {
		return err
	}
	if _, err := in.exec(`UPDATE ledger SET sure=1, head=? WHERE id=?`, []byte(d.Head), old); err != nil {
		return err
	}
	return in.mend(old, d)
}

// same finds the entry of the same bytes whose UIDL is this one, or whose UIDL
// does not name them any more; 0 where there is none.
func (in *delivering) same(d *Delivery) (id int64, err error) {
	err = in.each(func(scan row) error {
		var at int64
		var uidl mail.UIDL
		if err := scan(&at, &uidl); err != nil {
			return err
		}
		if uidl == d.UIDL || id == 0 && !in.known(uidl) {
			id = at
		}
		return nil
	}, `SELECT id, uidl FROM ledger WHERE account = ? AND hash = ? ORDER BY id`, in.account, d.Staged.blob.Hash[:])
	return id, err
}

// mend gives an entry's message the bytes that came again, if it lost them.
func (in *delivering) mend(entry int64, d *Delivery) error {
	at := in.stored[d.Staged]
	p, err := in.findPlace(`SELECT `+placeColumns+` FROM placement WHERE id = (SELECT l.placement FROM ledger l
		JOIN placement q ON q.id = l.placement JOIN message g ON g.id = q.message WHERE l.id = ? AND g.length = 0)`, entry)
	if err != nil {
		return err
	}
	if p == nil {
		in.wasted(at)
		return nil
	}
	return in.attachTo(p, d.Staged, at)
}

// add stores a message that was not here.
func (in *delivering) add(d *Delivery) error {
	id, date, err := in.keepMessage(d.Staged, d.Received.Unix(), in.stored[d.Staged])
	if err != nil {
		return err
	}
	p := &place{
		account: in.account, message: id, bMailbox: in.box, mailbox: in.box, date: date,
		identity: identityOf(in.key, d.Staged.light, d.Staged.Size()),
	}
	if err := in.addPlace(p); err != nil {
		return err
	}
	if err := in.setAside(in.account, 0, d.UIDL); err != nil {
		return err
	}
	now := in.s.now().Unix()
	_, err = in.exec(`INSERT INTO ledger (account, uidl, size, hash, head, sure, placement, taken, seen) VALUES (?,?,?,?,?,?,?,?,?)`,
		in.account, d.UIDL, d.Size, d.Staged.blob.Hash[:], []byte(d.Head), !d.Short, p.id, now, now)
	in.added++
	return err
}

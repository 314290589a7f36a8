package store

import (
	"context"
	"time"

	"postrider/mail"
)

// Entry is a message of a POP3 maildrop that was taken in.
type Entry struct {
	UIDL      mail.UIDL
	Size      int64            // as LIST said, octets
	Placement mail.PlacementID // 0: the person removed it for good
	Taken     time.Time        // when it was durable on this computer
	Deleted   time.Time        // when the person deleted it here; zero: did not
	Served    bool             // the server has it, as far as we know
	Here      bool             // it is shown in a mailbox, the trash too
}

const ledgerQuery = `SELECT l.uidl, l.size, coalesce(l.placement, 0), l.taken, l.deleted, l.served, p.mailbox IS NOT NULL
	FROM ledger l JOIN account a ON a.id = l.account LEFT JOIN placement p ON p.id = l.placement WHERE a.key = ?`

func scanEntry(scan row) (e Entry, err error) {
	var taken, deleted int64
	err = scan(&e.UIDL, &e.Size, &e.Placement, &taken, &deleted, &e.Served, &e.Here)
	e.Taken, e.Deleted = moment(taken), moment(deleted)
	return e, err
}

// Ledger returns all that was ever taken in from an account's maildrop and may
// still be there, and what left it not long ago.
func (sn *Snapshot) Ledger(account mail.AccountID) (list []Entry, err error) {
	err = sn.each(func(scan row) error {
		e, err := scanEntry(scan)
		list = append(list, e)
		return err
	}, ledgerQuery+` ORDER BY l.id`, account)
	return list, err
}

// Ledger is Snapshot.Ledger by UIDL.
func (m *Mirror) Ledger(ctx context.Context) (entries map[mail.UIDL]Entry, err error) {
	err = m.s.Read(ctx, func(sn *Snapshot) error {
		list, err := sn.Ledger(m.account)
		entries = make(map[mail.UIDL]Entry, len(list))
		for _, e := range list {
			entries[e.UIDL] = e
		}
		return err
	})
	return entries, err
}

// Delivery is a message that was downloaded whole.
type Delivery struct {
	UIDL     mail.UIDL
	Size     int64 // as LIST said
	Received time.Time
	Staged   *Staged
}

// Deliver stores downloaded messages into a local mailbox and notes their
// UIDLs, in one durable step: when it returns without error, the server may be
// told to delete them. One that is here already under a UIDL the server does
// not list any more (it was renumbered) is not stored twice; listed says what
// it lists.
func (m *Mirror) Deliver(ctx context.Context, box mail.MailboxID, list []Delivery, listed func(mail.UIDL) bool) (added int, err error) {
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
	err = m.s.keepBytes(staged, func(stored map[*Staged]bytesAt) error {
		return m.s.writeBatch(ctx, func(t *Tx) error {
			account, err := t.accountRow(m.account)
			if err != nil {
				return err
			}
			for _, d := range list {
				n, err := t.deliver(m.account, account, box, d, stored[d.Staged], listed)
				added += n
				if err != nil {
					return err
				}
			}
			return nil
		})
	})
	if err != nil {
		return 0, err
	}
	m.counts.Added += added
	return added, nil
}

func (t *Tx) deliver(key mail.AccountID, account int64, box mail.MailboxID, d Delivery, at bytesAt, listed func(mail.UIDL) bool) (int, error) {
	hash := d.Staged.blob.Hash[:]
	old, err := t.renamedEntry(account, hash, d, listed)
	if err != nil {
		return 0, err
	}
	if old != 0 {
		_, err := t.exec(`UPDATE OR REPLACE ledger SET uidl=?, size=?, seen=?, served=1 WHERE id=?`, d.UIDL, d.Size, t.s.now().Unix(), old)
		if err != nil {
			return 0, err
		}
		t.wasted(at)
		return 0, nil
	}
	received := d.Received.Unix()
	id, date, err := t.keepMessage(d.Staged, received, at)
	if err != nil {
		return 0, err
	}
	p := &place{account: account, message: id, bMailbox: box, mailbox: box, date: date, identity: identityOf(key, d.Staged.light, d.Staged.Size())}
	if err := t.addPlace(p); err != nil {
		return 0, err
	}
	now := t.s.now().Unix()
	_, err = t.exec(`INSERT OR REPLACE INTO ledger (account, uidl, size, hash, placement, taken, seen) VALUES (?,?,?,?,?,?,?)`,
		account, d.UIDL, d.Size, hash, p.id, now, now)
	return 1, err
}

// renamedEntry finds the entry of the same bytes whose UIDL is this one, or is
// not listed any more: the maildrop was renumbered.
func (t *Tx) renamedEntry(account int64, hash []byte, d Delivery, listed func(mail.UIDL) bool) (id int64, err error) {
	err = t.each(func(scan row) error {
		var at int64
		var uidl mail.UIDL
		if err := scan(&at, &uidl); err != nil {
			return err
		}
		if id == 0 && (uidl == d.UIDL || !listed(uidl)) {
			id = at
		}
		return nil
	}, `SELECT id, uidl FROM ledger WHERE account = ? AND hash = ?`, account, hash)
	return id, err
}

// ledgerMemory is how long the ledger remembers what left the server, should a
// server bring it back.
const ledgerMemory = 60 * 24 * time.Hour

// ListedUIDLs takes the server's complete list: what is not on it has left. It
// never deletes mail here: this computer is where POP3 mail lives.
func (m *Mirror) ListedUIDLs(ctx context.Context, listed map[mail.UIDL]bool) error {
	entries, err := m.Ledger(ctx)
	if err != nil {
		return err
	}
	var changed []Entry
	for uidl, e := range entries {
		if e.Served != listed[uidl] {
			e.Served = listed[uidl]
			changed = append(changed, e)
		}
	}
	return m.s.writeBatch(ctx, func(t *Tx) error {
		account, err := t.accountRow(m.account)
		if err != nil {
			return err
		}
		now := t.s.now().Unix()
		for _, e := range changed {
			if _, err := t.exec(`UPDATE ledger SET served=?, seen=? WHERE account=? AND uidl=?`, e.Served, now, account, e.UIDL); err != nil {
				return err
			}
		}
		_, err = t.exec(`DELETE FROM ledger WHERE account=? AND served=0 AND seen < ?`, account, now-int64(ledgerMemory.Seconds()))
		return err
	})
}

// Left says that the server confirmed the deletion of these.
func (m *Mirror) Left(ctx context.Context, uidls []mail.UIDL) error {
	return m.s.writeBatch(context.WithoutCancel(ctx), func(t *Tx) error {
		account, err := t.accountRow(m.account)
		if err != nil {
			return err
		}
		for _, u := range uidls {
			if _, err := t.exec(`UPDATE ledger SET served=0, seen=? WHERE account=? AND uidl=?`, t.s.now().Unix(), account, u); err != nil {
				return err
			}
		}
		t.waiting(m.account)
		return nil
	})
}

// custody notes in the ledger that a message went to, or came back from, the
// trash. Its copies elsewhere in the account keep it.
func (t *Tx) custody(p *place, to mail.Mailbox) error {
	var at int64
	if to.Role == mail.RoleTrash {
		kept, err := t.keptElsewhere(p)
		if err != nil || kept {
			return err
		}
		at = t.s.now().Unix()
	}
	_, err := t.exec(`UPDATE ledger SET deleted = ? WHERE placement = ?`, at, p.id)
	return err
}

// custodyGone is custody for a message that was removed for good.
func (t *Tx) custodyGone(p *place) error {
	kept, err := t.keptElsewhere(p)
	if err != nil || kept {
		return err
	}
	_, err = t.exec(`UPDATE ledger SET deleted = CASE WHEN deleted = 0 THEN ? ELSE deleted END WHERE placement = ?`, t.s.now().Unix(), p.id)
	return err
}

func (t *Tx) keptElsewhere(p *place) (kept bool, err error) {
	var one int
	return t.get([]any{&one}, `SELECT 1 FROM placement q JOIN mailbox m ON m.id = q.mailbox
		WHERE q.message = ? AND q.account = ? AND q.id <> ? AND m.role <> 'trash' LIMIT 1`, p.message, p.account, p.id)
}

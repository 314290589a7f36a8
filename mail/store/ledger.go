package store

import (
	"context"
	"time"

	"postrider/mail"
)

// Entry is a message of a POP3 maildrop that was taken in.
//
// Its UIDL is the server's name for it. Where that has none to rely on, the
// driver makes one up with a space in it, which no server can (RFC 1939 7). So
// does the store for a message whose UIDL turned out to name another one now.
type Entry struct {
	ID        int64
	UIDL      mail.UIDL
	Size      int64            // as LIST said, octets; 0: it did not
	Hash      string           // SHA-256 of the message
	Head      string           // SHA-256 of its header, as the driver reckons it; "": not known
	Placement mail.PlacementID // what it became here; removed for good unless Here
	Taken     time.Time        // when it was durable on this computer
	Deleted   time.Time        // when the person deleted it here, and every copy in the account; zero: did not
	Served    bool             // the server has it, as far as we know
	Sure      bool             // it came as long as it was announced, or twice the same
	Here      bool             // it is shown in a mailbox, the trash too
	Damaged   bool             // it is shown, but its bytes were lost: take them in again
	Kept      bool             // the person wants the server to keep it, whatever the policy says
}

const ledgerQuery = `SELECT l.id, l.uidl, l.size, l.hash, l.head, coalesce(l.placement, 0), l.taken,
	CASE WHEN l.deleted <> 0 AND EXISTS (` + keptCopies + `) THEN 0 ELSE l.deleted END, l.served, l.sure,
	p.mailbox IS NOT NULL, p.mailbox IS NOT NULL AND g.length = 0, l.kept
	FROM ledger l JOIN account a ON a.id = l.account
	LEFT JOIN placement p ON p.id = l.placement LEFT JOIN message g ON g.id = p.message WHERE a.key = ?`

// keptCopies finds where the person keeps a message of the ledger: a copy that
// is not in the trash keeps the server's.
const keptCopies = `SELECT 1 FROM placement q JOIN mailbox m ON m.id = q.mailbox WHERE q.account = l.account AND m.role <> 'trash'
	AND q.message IN (p.message, (SELECT id FROM message WHERE hash = l.hash))`

func scanEntry(scan row) (e Entry, err error) {
	var taken, deleted int64
	err = scan(&e.ID, &e.UIDL, &e.Size, &e.Hash, &e.Head, &e.Placement, &taken, &deleted, &e.Served, &e.Sure, &e.Here, &e.Damaged, &e.Kept)
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

// EntryOf returns what the ledger says of one message; false where it says
// nothing.
func (sn *Snapshot) EntryOf(account mail.AccountID, id mail.PlacementID) (e Entry, found bool, err error) {
	err = sn.each(func(scan row) error {
		found = true
		e, err = scanEntry(scan)
		return err
	}, ledgerQuery+` AND l.placement = ?`, account, id)
	return e, found, err
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

// KeepServed notes that the person wants an account's server to keep its copies
// of messages, whatever the policy says, or no longer.
func (s *Store) KeepServed(ctx context.Context, account mail.AccountID, ids []mail.PlacementID, keep bool) error {
	return s.Write(ctx, func(t *Tx) error {
		row, err := t.accountRow(account)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if _, err := t.exec(`UPDATE ledger SET kept=? WHERE account=? AND placement=?`, keep, row, id); err != nil {
				return err
			}
		}
		t.waiting(account)
		return nil
	})
}

// ledgerMemory is how long the ledger remembers what left the server, should a
// server bring it back.
const ledgerMemory = 60 * 24 * time.Hour

// Left says that these are not on the server any more: it confirmed their
// deletion, or does not list them. It never deletes mail here: this computer is
// where POP3 mail lives.
func (m *Mirror) Left(ctx context.Context, list []Entry) error {
	return m.s.writeBatch(context.WithoutCancel(ctx), func(t *Tx) error {
		account, err := t.accountRow(m.account)
		if err != nil {
			return err
		}
		now := t.s.now().Unix()
		for _, e := range list {
			if _, err := t.exec(`UPDATE ledger SET served=0, seen=? WHERE id=?`, now, e.ID); err != nil {
				return err
			}
		}
		t.waiting(m.account)
		_, err = t.exec(`DELETE FROM ledger WHERE account=? AND served=0 AND seen < ?`, account, now-int64(ledgerMemory.Seconds()))
		return err
	})
}

// Recognised says that the server has these, under the UIDL and of the size
// that each now has, and that they are the same messages as before.
func (m *Mirror) Recognised(ctx context.Context, list []Entry) error {
	return m.s.writeBatch(ctx, func(t *Tx) error {
		account, err := t.accountRow(m.account)
		if err != nil {
			return err
		}
		for _, e := range list {
			if err := t.served(account, e.ID, e.UIDL, e.Size); err != nil {
				return err
			}
		}
		return nil
	})
}

// served notes by which UIDL the server has an entry's message now.
func (t *Tx) served(account, id int64, uidl mail.UIDL, size int64) error {
	if err := t.setAside(account, id, uidl); err != nil {
		return err
	}
	_, err := t.exec(`UPDATE ledger SET uidl=?, size=?, seen=?, served=1 WHERE id=?`, uidl, size, t.s.now().Unix(), id)
	return err
}

// setAside takes a UIDL from whatever entry but id has it: it names another
// message now. The entry stays, so that its message is known again under
// whatever name it comes back.
func (t *Tx) setAside(account, id int64, uidl mail.UIDL) error {
	_, err := t.exec(`UPDATE ledger SET uidl = 'was ' || id, served = 0, seen = ? WHERE account = ? AND uidl = ? AND id <> ?`,
		t.s.now().Unix(), account, uidl, id)
	return err
}

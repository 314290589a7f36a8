package store

import (
	"slices"
	"time"

	"postrider/mail"
	"postrider/mail/message"
	"postrider/mail/store/pack"
)

// recovered is the mailbox for what has no other place.
const recovered = "Recovered"

// recognise is how long an IMAP message waits after a rebuild for its server to
// show it: longer than purgeAfter, as the first sync may be days away.
const recognise = 30 * 24 * time.Hour

// record is an intact record of a pack.
type record struct {
	ref    pack.Ref
	hash   [32]byte
	size   int64
	origin origin
}

// refill makes rows of all that the packs hold.
func (b *rebuilding) refill() error {
	if err := b.scan(); err != nil {
		return err
	}
	if err := b.accounts(); err != nil {
		return err
	}
	for batch := range slices.Chunk(b.records, 200) {
		if err := b.bring(batch); err != nil {
			return err
		}
	}
	return nil
}

func (b *rebuilding) scan() error {
	gaps, err := b.s.packs.Scan(b.ctx, func(ref pack.Ref, h pack.Header) error {
		if h.Damaged {
			b.problem("bytes", false, "the message at %v is damaged; its server may have it still", ref)
			return nil
		}
		b.records = append(b.records, record{ref, h.Hash, h.Size, originOf(h.Meta)})
		return nil
	})
	for _, g := range gaps {
		b.problem("bytes", false, "%d octets of pack %d at %d are no message", g.Length, g.Pack, g.Offset)
	}
	return err
}

// accounts makes the accounts that the records name. What is of none goes to the
// first; if there is no account at all, to one that is made for it.
func (b *rebuilding) accounts() error {
	protocols := map[mail.AccountID]Protocol{}
	var order []mail.AccountID
	for _, r := range b.records {
		key := r.origin.Account
		if key == "" {
			continue
		}
		if _, known := protocols[key]; !known {
			protocols[key] = IMAP
			order = append(order, key)
		}
		if r.origin.Protocol != "" {
			protocols[key] = r.origin.Protocol
		}
	}
	if len(order) == 0 && len(b.records) > 0 {
		order, protocols["recovered"] = []mail.AccountID{"recovered"}, POP3
	}
	for _, key := range order {
		if err := b.s.AddAccount(b.ctx, key, protocols[key]); err != nil {
			return err
		}
	}
	if len(order) > 0 {
		b.first = order[0]
	}
	for i := range b.records {
		o := &b.records[i].origin
		if o.Account == "" {
			o.Account = b.first
		}
		o.Protocol = protocols[o.Account]
	}
	return nil
}

// bring makes rows of a few records, in one transaction.
func (b *rebuilding) bring(batch []record) error {
	staged := make([]*Staged, len(batch))
	for i, r := range batch {
		m, err := b.read(r.ref)
		if err != nil {
			b.problem("bytes", false, "the message at %v cannot be read: %v", r.ref, err)
			continue
		}
		staged[i] = &Staged{blob: &pack.Blob{Hash: r.hash, Size: r.size}, light: lightOf(m), received: m.Received}
	}
	return b.s.writeBatch(b.ctx, func(t *Tx) error {
		for i, r := range batch {
			if staged[i] == nil {
				continue
			}
			if err := t.bringBack(r, staged[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (b *rebuilding) read(ref pack.Ref) (*message.Message, error) {
	r, err := b.s.packs.Reader(ref)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return message.Parse(r)
}

// bringBack makes the rows of one record.
func (t *Tx) bringBack(r record, st *Staged) error {
	o := r.origin
	account, err := t.accountRow(o.Account)
	if err != nil {
		return err
	}
	if o.Received == 0 {
		o.Received = t.s.now().Unix()
	}
	at := bytesAt{r.ref}
	if o.Protocol != POP3 && !o.Own {
		return t.awaitServer(account, o, st, at)
	}
	path := o.Mailbox
	if path == "" || o.Protocol != POP3 || path == roleNames[mail.RoleOutbox] { // what was there is not to be sent now
		path = recovered
	}
	box, err := t.addMailbox(mail.Mailbox{Account: o.Account, Path: path, Delim: "/", Origin: mail.Local})
	if err != nil {
		return err
	}
	if o.UIDL == "" {
		return t.putBack(account, o, box, st, at)
	}
	in := &delivering{
		Tx: t, key: o.Account, account: account, box: box, stored: map[*Staged]bytesAt{st: at},
		known: func(mail.UIDL) bool { return false }, // the same bytes again are a maildrop that was renumbered
	}
	return in.take(&Delivery{UIDL: o.UIDL, Size: r.size, Received: time.Unix(o.Received, 0), Staged: st})
}

// awaitServer keeps a message ready for its server to show it: like one that
// another client is just moving.
func (t *Tx) awaitServer(account int64, o origin, st *Staged, at bytesAt) error {
	id, date, err := t.keepMessage(st, o.Received, at)
	if err != nil {
		return err
	}
	p := &place{account: account, message: id, date: date, identity: identityOf(o.Account, st.light, st.Size())}
	if err := t.addPlace(p); err != nil {
		return err
	}
	p.removed = t.s.now().Add(recognise - purgeAfter).Unix()
	return t.savePlace(p, p.shown())
}

// putBack puts a message that is on no server into a mailbox, once.
func (t *Tx) putBack(account int64, o origin, box mail.MailboxID, st *Staged, at bytesAt) error {
	id, date, err := t.keepMessage(st, o.Received, at)
	if err != nil {
		return err
	}
	var one int
	there, err := t.get([]any{&one}, `SELECT 1 FROM placement WHERE message = ? AND account = ? AND mailbox IS NOT NULL`, id, account)
	if err != nil || there {
		return err
	}
	return t.addPlace(&place{
		account: account, message: id, bMailbox: box, mailbox: box, date: date,
		identity: identityOf(o.Account, st.light, st.Size()),
	})
}

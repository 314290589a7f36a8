package store

import (
	"encoding/json"

	"postrider/mail"
)

// recognition matches what a server shows with what is here, within one
// transaction.
type recognition struct {
	t       *Tx
	key     mail.AccountID
	account int64
	box     mail.MailboxID
	stored  map[*Staged]bytesAt
	known   map[mail.UID]*place // of the UIDs that were shown
	waits   bool                // something waits in this mailbox to be recognised
	left    bool                // something was lost elsewhere in the account
	unknown []mail.UID
	counts  Counts
}

// take matches all that a server showed in one go.
func (r *recognition) take(list []Seen) error {
	if err := r.prepare(list); err != nil {
		return err
	}
	for _, step := range []func(*Seen) error{r.release, r.seen} {
		for i := range list {
			if err := step(&list[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// release lets go of a placement whose UID is another message's now, before any
// is matched: that message may have had the UID of the next.
func (r *recognition) release(o *Seen) error {
	if p := r.known[o.UID]; p != nil && r.renumbered(p, o) {
		return r.letGo(p)
	}
	return nil
}

// prepare asks once what would otherwise be asked for each message.
func (r *recognition) prepare(list []Seen) error {
	uids := make([]mail.UID, len(list))
	for i, o := range list {
		uids[i] = o.UID
	}
	text, err := json.Marshal(uids)
	if err != nil {
		return err
	}
	places, err := r.t.places(`SELECT `+placeColumns+` FROM placement
		WHERE b_mailbox = ? AND b_uid IN (SELECT value FROM json_each(?))`, r.box, string(text))
	if err != nil {
		return err
	}
	r.known = make(map[mail.UID]*place, len(list))
	for _, p := range places {
		r.known[p.bUID] = p
	}
	var one int
	if r.waits, err = r.t.get([]any{&one}, `SELECT 1 FROM placement WHERE b_mailbox = ? AND b_uid IS NULL LIMIT 1`, r.box); err != nil {
		return err
	}
	r.left, err = r.t.get([]any{&one}, `SELECT 1 FROM placement WHERE removed > 0 AND account = ? LIMIT 1`, r.account)
	return err
}

func (r *recognition) seen(o *Seen) error {
	if o.UID == 0 {
		return nil // no message has it (RFC 9051 2.3.1.1): a server's mistake is not attached to anything
	}
	p := r.known[o.UID]
	if p != nil && r.renumbered(p, o) {
		if err := r.letGo(p); err != nil {
			return err
		}
		p = nil
	}
	switch {
	case p != nil:
		return r.again(p, o)
	case o.Header == nil && o.Staged == nil:
		r.unknown = append(r.unknown, o.UID)
		return nil
	}
	return r.first(o)
}

func (r *recognition) light(o *Seen) light {
	if o.Staged != nil {
		return o.Staged.light
	}
	l := lightOf(o.Header)
	l.attachments = o.Attached
	return l
}

func (r *recognition) identity(o *Seen, l light) []byte {
	size := o.Size
	if size == 0 && o.Staged != nil {
		size = o.Staged.Size()
	}
	return identityOf(r.key, l, size)
}

// renumbered reports that the server now shows another message under a UID we
// know, without a new UIDVALIDITY. It should not; some do after a restore.
func (r *recognition) renumbered(p *place, o *Seen) bool {
	if o.Header == nil && o.Staged == nil {
		return false
	}
	if o.RemoteID != "" && p.remoteID != "" {
		return o.RemoteID != p.remoteID
	}
	return string(r.identity(o, r.light(o))) != string(p.identity) && !r.sameBytes(p, o)
}

// sameBytes tells a server that counts RFC822.SIZE differently from one day to
// the next (Exchange does) from one that renumbered: all but the size is the
// same, and there is a name or a date to go by.
func (r *recognition) sameBytes(p *place, o *Seen) bool {
	l := r.light(o)
	var old light
	found, err := r.t.get([]any{&old.messageID, &old.subject, &old.fromAddr, &old.header},
		`SELECT message_id, subject, from_addr, header_date FROM message WHERE id = ?`, p.message)
	return err == nil && found && l.named() &&
		old.messageID == l.messageID && old.subject == l.subject && old.fromAddr == l.fromAddr && old.header == l.header
}

// letGo makes a placement wait to be recognised under another UID.
func (r *recognition) letGo(p *place) error {
	scan, err := r.t.scan(r.box)
	if err != nil {
		return err
	}
	delete(r.known, p.bUID)
	r.waits = true
	p.bUID, p.modseq, p.since = 0, 0, scan-1
	return r.t.savePlace(p, p.shown())
}

// again takes news of a placement that is known by its UID.
func (r *recognition) again(p *place, o *Seen) error {
	if o.Staged != nil {
		if err := r.attach(p, o); err != nil {
			return err
		}
	}
	if o.NoFlags || p.bFlags == o.Flags && (o.ModSeq == 0 || o.ModSeq == p.modseq) {
		return nil
	}
	if o.ModSeq != 0 && o.ModSeq < p.modseq {
		return nil // an older answer that was overtaken
	}
	if p.bFlags != o.Flags {
		r.counts.Changed++
	}
	p.bFlags, p.modseq = o.Flags, max(o.ModSeq, p.modseq)
	return r.t.refold(p)
}

// first takes a UID that is new: a message we wait for, one that another
// client moved, or a new one.
func (r *recognition) first(o *Seen) error {
	l := r.light(o)
	identity := r.identity(o, l)
	p, err := r.waiting(identity, o)
	if err != nil {
		return err
	}
	if p == nil && (l.named() || o.Staged != nil) {
		if p, err = r.departed(identity, o); err != nil {
			return err
		}
	}
	if p == nil {
		return r.add(o, l, identity)
	}
	p.bMailbox, p.bUID, p.bFlags, p.modseq, p.since, p.removed = r.box, o.UID, o.Flags, o.ModSeq, 0, 0
	p.remoteID, p.identity = o.RemoteID, identity
	r.counts.Changed++
	r.known[o.UID] = p
	if o.Staged != nil {
		if err := r.attach(p, o); err != nil {
			return err
		}
	}
	return r.t.refold(p)
}

// waiting finds the row in this mailbox that waits for such a message: after a
// move or an append whose UID was never learnt, or a new UIDVALIDITY.
func (r *recognition) waiting(identity []byte, o *Seen) (*place, error) {
	if !r.waits {
		return nil, nil
	}
	list, err := r.t.places(`SELECT `+placeColumns+` FROM placement INDEXED BY placement_identity
		WHERE b_mailbox = ? AND b_uid IS NULL AND identity = ? ORDER BY id LIMIT 20`, r.box, identity)
	if err != nil {
		return nil, err
	}
	return r.choose(list, o)
}

// departed finds the row of such a message that was lost elsewhere in this
// account a while ago: another client moved it here.
func (r *recognition) departed(identity []byte, o *Seen) (*place, error) {
	if !r.left {
		return nil, nil
	}
	list, err := r.t.places(`SELECT `+placeColumns+` FROM placement
		WHERE identity = ? AND removed > 0 AND account = ? ORDER BY id LIMIT 20`, identity, r.account)
	if err != nil {
		return nil, err
	}
	return r.choose(list, o)
}

// choose takes the first candidate if it is certain: all of them are one
// message, or the bytes say which.
func (r *recognition) choose(list []*place, o *Seen) (*place, error) {
	if len(list) == 0 {
		return nil, nil
	}
	if o.Staged == nil {
		for _, p := range list[1:] {
			if p.message != list[0].message {
				return nil, nil
			}
		}
		return list[0], nil
	}
	for _, p := range list {
		same, err := r.t.maybeSame(p.message, o.Staged)
		if err != nil || same {
			return p, err
		}
	}
	return nil, nil
}

// maybeSame reports that a message's bytes are these, or are not here.
func (t *Tx) maybeSame(id mail.MessageID, st *Staged) (bool, error) {
	var hash []byte
	found, err := t.get([]any{&hash}, `SELECT hash FROM message WHERE id = ?`, id)
	return found && (len(hash) == 0 || string(hash) == string(st.blob.Hash[:])), err
}

// add inserts a placement for a message that is new here.
func (r *recognition) add(o *Seen, l light, identity []byte) error {
	id, date, err := r.message(o, l)
	if err != nil {
		return err
	}
	p := &place{
		account: r.account, message: id, bMailbox: r.box, bUID: o.UID, bFlags: o.Flags, modseq: o.ModSeq,
		remoteID: o.RemoteID, identity: identity, mailbox: r.box, flags: o.Flags, date: date,
	}
	r.counts.Added++
	r.known[o.UID] = p
	return r.t.addPlace(p)
}

// message finds or makes the message row of something new.
func (r *recognition) message(o *Seen, l light) (id mail.MessageID, date int64, err error) {
	if o.Staged != nil {
		return r.t.keepMessage(o.Staged, o.Received.Unix(), r.stored[o.Staged])
	}
	if o.RemoteID != "" { // the same message by the server's word: a label of Gmail's, a copy
		found, err := r.t.get([]any{&id, &date}, `SELECT message, date FROM placement WHERE identity = ? AND account = ? AND remote_id = ? LIMIT 1`, r.identity(o, l), r.account, o.RemoteID)
		if found || err != nil {
			return id, date, err
		}
	}
	return r.t.addMessage(l, o.Size, o.Received.Unix())
}

// attach gives a placement the bytes that were fetched for it. Others of its
// message may come along to another.
func (r *recognition) attach(p *place, o *Seen) error {
	was := p.message
	if err := r.t.attachTo(p, o.Staged, r.stored[o.Staged]); err != nil || p.message == was {
		return err
	}
	var merged int
	left, err := r.t.get([]any{&merged}, `SELECT 1 FROM message WHERE id = ?`, was)
	for _, q := range r.known {
		if q.message == was && !left {
			q.message = p.message
		}
	}
	return err
}

func (t *Tx) scan(box mail.MailboxID) (n int64, err error) {
	_, err = t.get([]any{&n}, `SELECT scan FROM mailbox WHERE id = ?`, box)
	return n, err
}

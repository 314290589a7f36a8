package store

import (
	"context"
	"io"
	"time"

	"postrider/mail"
	"postrider/mail/store/pack"
)

// bytesAt is where a staged message's bytes were put.
type bytesAt struct{ ref pack.Ref }

// keepBytes writes the staged messages to the packs, syncs them, and has commit
// name them: durable before any row says so. What commit fails to name is an
// orphan, which costs only space.
func (s *Store) keepBytes(staged []*Staged, commit func(map[*Staged]bytesAt) error) error {
	if len(staged) == 0 {
		return commit(nil)
	}
	blobs := make([]*pack.Blob, len(staged))
	for i, st := range staged {
		blobs[i] = st.blob
	}
	refs, err := s.packs.Append(blobs...)
	if err != nil {
		return diskError(err, s.dir)
	}
	defer s.packs.Settle(refs...)
	if err := s.packs.Sync(refs...); err != nil {
		return diskError(err, s.dir)
	}
	at := make(map[*Staged]bytesAt, len(staged))
	for i, st := range staged {
		at[st] = bytesAt{refs[i]}
	}
	return commit(at)
}

// keepMessage finds the message with the staged bytes, or makes it.
func (t *Tx) keepMessage(st *Staged, received int64, at bytesAt) (id mail.MessageID, date int64, err error) {
	found, err := t.get([]any{&id, &date}, `SELECT id, date FROM message WHERE hash = ?`, st.blob.Hash[:])
	if err != nil {
		return 0, 0, err
	}
	if found {
		t.wasted(at)
		return id, date, nil
	}
	id, date, err = t.insertMessage(st.light, st.Size(), received, st.blob.Hash[:], at)
	if err == nil {
		t.filled(id, st, at, true)
	}
	return id, date, err
}

// addMessage inserts a message of which only what lists show is known.
func (t *Tx) addMessage(l light, size, received int64) (mail.MessageID, int64, error) {
	id, date, err := t.insertMessage(l, size, received, nil, bytesAt{})
	if err == nil {
		t.noted(id, l)
	}
	return id, date, err
}

func (t *Tx) insertMessage(l light, size, received int64, hash []byte, at bytesAt) (mail.MessageID, int64, error) {
	date := sortDate(l.header, received)
	keys := threadKeys(l)
	thread, err := t.threadOf(keys)
	if err != nil {
		return 0, 0, err
	}
	id, err := t.insert(`INSERT INTO message (hash, size, date, header_date, received, message_id, refs, thread, subject, from_name, from_addr,
		recipients, cc, snippet, attachments, pack, offset, length) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		hash, size, date, l.header, received, l.messageID, l.refs, thread, l.subject, l.fromName, l.fromAddr, l.recipients, l.cc,
		l.snippet, l.attachments, at.ref.Pack, at.ref.Offset, at.ref.Length)
	if err == nil && thread == 0 {
		err = t.startThread(mail.MessageID(id), keys)
	}
	return mail.MessageID(id), date, err
}

// fill gives a message that is here already its bytes.
func (t *Tx) fill(id mail.MessageID, st *Staged, at bytesAt) error {
	_, err := t.exec(`UPDATE message SET hash=?, size=?, pack=?, offset=?, length=?, snippet=?, attachments=?, tries=0 WHERE id=?`,
		st.blob.Hash[:], st.Size(), at.ref.Pack, at.ref.Offset, at.ref.Length, st.light.snippet, st.light.attachments, id)
	t.filled(id, st, at, false)
	return err
}

// attach gives a message its bytes and returns which message that is: if the
// same bytes are here under another id, every placement goes over to that.
func (t *Tx) attach(id mail.MessageID, st *Staged, at bytesAt) (mail.MessageID, error) {
	var twin mail.MessageID
	found, err := t.get([]any{&twin}, `SELECT id FROM message WHERE hash = ?`, st.blob.Hash[:])
	switch {
	case err != nil:
		return 0, err
	case found && twin == id:
		t.wasted(at)
		return id, nil
	}
	var length int64
	if _, err := t.get([]any{&length}, `SELECT length FROM message WHERE id = ?`, id); err != nil {
		return 0, err
	}
	if found {
		t.wasted(at)
		if length > 0 { // other bytes than those we have, which others still name
			return twin, nil
		}
		return twin, t.mergeMessage(id, twin)
	}
	if length > 0 { // other bytes than those we have: the server changed its mind; keep both
		if id, _, err = t.addMessage(st.light, st.Size(), t.s.now().Unix()); err != nil {
			return 0, err
		}
	}
	return id, t.fill(id, st, at)
}

// attachTo is attach for a placement, which is then of the message that attach
// says.
func (t *Tx) attachTo(p *place, st *Staged, at bytesAt) error {
	id, err := t.attach(p.message, st, at)
	if err != nil || id == p.message {
		return err
	}
	p.message = id
	t.placed(p.id, p.mailbox, p.mailbox, mail.ChangedMessage)
	return t.savePlace(p, p.shown())
}

func (t *Tx) mergeMessage(id, twin mail.MessageID) error {
	list, err := t.places(`SELECT `+placeColumns+` FROM placement WHERE message = ?`, id)
	if err != nil {
		return err
	}
	for _, p := range list {
		t.placed(p.id, p.mailbox, p.mailbox, mail.ChangedMessage)
	}
	if _, err := t.exec(`UPDATE placement SET message = ?1, thread = (SELECT thread FROM message WHERE id = ?1) WHERE message = ?2`, twin, id); err != nil {
		return err
	}
	t.body(twin) // nobody has the other any more: Purge takes it, and its words
	return nil
}

// RawReader returns the bytes of a message as the server gave them; kind gone
// where they are not on this computer.
func (s *Store) RawReader(ctx context.Context, id mail.MessageID) (io.ReadCloser, error) {
	ref, err := s.refOf(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.packs.Reader(ref)
}

// Raw is RawReader read to its end; for messages of a size that fits in memory.
func (s *Store) Raw(ctx context.Context, id mail.MessageID) ([]byte, error) {
	ref, err := s.refOf(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.packs.ReadAll(ref)
}

func (s *Store) refOf(ctx context.Context, id mail.MessageID) (ref pack.Ref, err error) {
	err = s.Read(ctx, func(sn *Snapshot) error {
		found, err := sn.get([]any{&ref.Pack, &ref.Offset, &ref.Length}, `SELECT pack, offset, length FROM message WHERE id = ?`, id)
		if err == nil && (!found || ref.Length == 0) {
			err = mail.Errorf(mail.KindGone, "read the message", "the text of this message is not on this computer yet")
		}
		return err
	})
	return ref, err
}

// purgeAfter is how long a placement that both sides lost may still be
// recognised elsewhere, with its bytes kept.
const purgeAfter = 24 * time.Hour

// Keep stores a staged message that is in no mailbox yet, durably: for an
// Append that follows.
func (s *Store) Keep(ctx context.Context, st *Staged) (id mail.MessageID, err error) {
	defer st.Release()
	st.comesFrom(origin{Own: true, Received: s.now().Unix()})
	err = s.keepBytes([]*Staged{st}, func(stored map[*Staged]bytesAt) error {
		return s.Write(ctx, func(t *Tx) error {
			id, _, err = t.keepMessage(st, s.now().Unix(), stored[st])
			return err
		})
	})
	return id, err
}

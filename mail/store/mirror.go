package store

import (
	"context"
	"encoding/json"
	"time"

	"postrider/mail"
	"postrider/mail/message"
)

// Mirror takes what a driver observes on its server. It is the only way into
// the base columns; matching, rebase, counts, threads and the feed follow in
// the same transaction, the same for every protocol. Calls are of one worker
// at a time.
type Mirror struct {
	s       *Store
	account mail.AccountID
	counts  Counts
	mark    mail.PlacementID // the newest when this pull began; 0: it did not
}

// Counts is what a mirror took in since it was made, in placements.
type Counts struct{ Added, Changed, Removed int }

// Counts returns what was taken in so far.
func (m *Mirror) Counts() Counts { return m.counts }

// Mirror returns the mirror of an account that was added.
func (s *Store) Mirror(account mail.AccountID) *Mirror { return &Mirror{s: s, account: account} }

// Store is the store that the mirror writes to.
func (m *Mirror) Store() *Store { return m.s }

// Account is the account that it mirrors.
func (m *Mirror) Account() mail.AccountID { return m.account }

// Seen is one message as the server showed it. With neither Header nor Staged
// it is about the flags alone.
type Seen struct {
	UID      mail.UID
	Flags    mail.Flags
	NoFlags  bool             // the server did not say the flags
	ModSeq   mail.ModSeq      // 0: not said
	Received time.Time        // INTERNALDATE
	Size     int64            // RFC822.SIZE, octets
	RemoteID string           // EMAILID (RFC 8474) or X-GM-MSGID; "" if the server has none
	Header   *message.Message // of the header fields; nil if not asked for
	Attached int              // attachments by the BODYSTRUCTURE, with Header
	Staged   *Staged          // the whole message; nil if not fetched
}

// State is how far the mirror of a mailbox has come.
func (m *Mirror) State(ctx context.Context, box mail.MailboxID) (st mail.MailboxState, err error) {
	err = m.s.Read(ctx, func(sn *Snapshot) error {
		_, err := sn.get([]any{&st.Validity, &st.UIDNext, &st.ModSeq, &st.Complete, &st.Messages, &st.Waiting},
			`SELECT validity, uidnext, modseq, complete,
				(SELECT count(*) FROM placement WHERE b_mailbox = mailbox.id AND b_uid IS NOT NULL),
				(SELECT count(*) FROM placement WHERE b_mailbox = mailbox.id AND b_uid IS NULL) FROM mailbox WHERE id = ?`, box)
		return err
	})
	return st, err
}

// Mailboxes returns the mailboxes of the account.
func (m *Mirror) Mailboxes(ctx context.Context) (list []mail.Mailbox, err error) {
	err = m.s.Read(ctx, func(sn *Snapshot) error {
		list, err = sn.Mailboxes(m.account)
		return err
	})
	return list, err
}

// Begin starts a pull of a mailbox whose UIDVALIDITY is validity. A new one
// makes every UID void: the placements stay as they are and wait to be
// recognised by their content among what Seen brings (RFC 9051 2.3.1.1). 0, none,
// is a new one every time.
func (m *Mirror) Begin(ctx context.Context, box mail.MailboxID, validity mail.UIDValidity) error {
	return m.s.writeBatch(ctx, func(t *Tx) error {
		var old mail.UIDValidity
		if _, err := t.get([]any{&old}, `SELECT validity FROM mailbox WHERE id = ?`, box); err != nil {
			return err
		}
		if old != validity || validity == 0 {
			if err := t.voidUIDs(box); err != nil {
				return err
			}
		}
		_, err := t.exec(`UPDATE mailbox SET scan = scan + 1, validity = ? WHERE id = ?`, validity, box)
		return err
	})
}

func (t *Tx) voidUIDs(box mail.MailboxID) error {
	if _, err := t.exec(`UPDATE placement SET b_uid = NULL, b_modseq = 0,
		since = (SELECT scan FROM mailbox WHERE id = b_mailbox) WHERE b_mailbox = ? AND b_uid IS NOT NULL`, box); err != nil {
		return err
	}
	_, err := t.exec(`UPDATE mailbox SET uidnext = 0, modseq = 0, complete = 0 WHERE id = ?`, box)
	return err
}

// Seen takes messages the server showed, at most a few hundred a call. It
// returns the UIDs that it knows nothing of yet: ask for their headers. When
// it returns without error, all of it is durable, and the Staged are released.
func (m *Mirror) Seen(ctx context.Context, box mail.MailboxID, list []Seen) (unknown []mail.UID, err error) {
	defer func() {
		for _, o := range list {
			o.Staged.Release()
		}
	}()
	for i := range list {
		if list[i].Received.IsZero() { // a server that leaves INTERNALDATE out
			list[i].Received = m.s.now()
		}
	}
	path, err := m.path(ctx, box)
	if err != nil {
		return nil, err
	}
	m.s.index.keepUp(ctx)
	var n Counts
	err = m.s.keepBytes(m.stagedOf(list, path), func(stored map[*Staged]bytesAt) error {
		return m.s.writeBatch(ctx, func(t *Tx) error {
			account, err := t.accountRow(m.account)
			if err != nil {
				return err
			}
			r := &recognition{t: t, key: m.account, account: account, box: box, stored: stored}
			if err := r.take(list); err != nil {
				return err
			}
			unknown, n = r.unknown, r.counts
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	m.counts.Added += n.Added
	m.counts.Changed += n.Changed
	return unknown, nil
}

func (m *Mirror) path(ctx context.Context, box mail.MailboxID) (path string, err error) {
	err = m.s.Read(ctx, func(sn *Snapshot) error {
		b, err := sn.Mailbox(box)
		path = b.Path
		return err
	})
	return path, err
}

func (m *Mirror) stagedOf(list []Seen, path string) (staged []*Staged) {
	for _, o := range list {
		if o.Staged != nil {
			o.Staged.comesFrom(origin{Account: m.account, Mailbox: path, Received: o.Received.Unix()})
			staged = append(staged, o.Staged)
		}
	}
	return staged
}

// Vanished says that these UIDs are not on the server any more. A number that
// looks like a mistake is not believed at once: see [Mirror.Complete].
func (m *Mirror) Vanished(ctx context.Context, box mail.MailboxID, uids []mail.UIDRange, confirmed bool) (Loss, error) {
	gone := newUIDSet(uids)
	return m.lose(ctx, box, losing{confirmed: confirmed, lost: gone.has})
}

// Loss is what a pull would take away.
type Loss struct {
	Removed int
	Braked  bool // too many to believe: nothing was removed; ask the server in another way
}

// The brake: a pull that takes away more than brakeCount messages and more
// than one in brakeShare of a mailbox must be confirmed.
const (
	brakeCount = 50
	brakeShare = 5
)

// Complete says that present holds every UID the server has below next, and
// that all of them were Seen: what is not among them is gone, and what still
// waits to be recognised since before this pull is gone too. confirmed says
// that the server was asked in two ways and said the same.
func (m *Mirror) Complete(ctx context.Context, box mail.MailboxID, present []mail.UIDRange, next mail.UID, confirmed bool) (Loss, error) {
	here := newUIDSet(present)
	return m.lose(ctx, box, losing{confirmed: confirmed, complete: true, lost: func(u mail.UID) bool {
		return (next == 0 || u < next) && !here.has(u)
	}})
}

// losing is what a server says about what it does not have any more.
type losing struct {
	lost      func(mail.UID) bool
	complete  bool // it was asked about all: what waited to be recognised is lost too
	confirmed bool
}

func (m *Mirror) lose(ctx context.Context, box mail.MailboxID, l losing) (loss Loss, err error) {
	err = m.s.writeBatch(ctx, func(t *Tx) error {
		gone, total, err := t.losing(box, l)
		if err != nil {
			return err
		}
		loss.Removed = len(gone)
		if len(gone) > brakeCount && len(gone)*brakeShare > total && !l.confirmed {
			loss.Braked = true
			return nil
		}
		for _, id := range gone {
			if err := t.vanished(id, m.mark); err != nil {
				return err
			}
		}
		if l.complete {
			_, err = t.exec(`UPDATE mailbox SET complete = 1 WHERE id = ?`, box)
		}
		return err
	})
	if err == nil && !loss.Braked {
		m.counts.Removed += loss.Removed
	}
	return loss, err
}

// losing returns which placements of a mailbox are lost, and of how many. What
// waits to be recognised is lost if it waited since before a complete pull.
func (t *Tx) losing(box mail.MailboxID, l losing) (gone []mail.PlacementID, total int, err error) {
	if err := eachUID(t.get, box, func(ids []mail.PlacementID, uids []int64) {
		total += len(ids)
		for i, uid := range uids {
			if l.lost(mail.UID(uid)) {
				gone = append(gone, ids[i])
			}
		}
	}); err != nil {
		return nil, 0, err
	}
	err = t.each(func(scan row) error {
		var id mail.PlacementID
		var old bool
		if err := scan(&id, &old); err != nil {
			return err
		}
		total++
		if l.complete && old {
			gone = append(gone, id)
		}
		return nil
	}, `SELECT id, since < (SELECT scan FROM mailbox WHERE id = ?1) FROM placement WHERE b_mailbox = ?1 AND b_uid IS NULL`, box)
	return gone, total, err
}

// Checkpoint says that flags and arrivals are known up to here: the next pull
// starts from it. It is written last, when all that it stands for is durable.
func (m *Mirror) Checkpoint(ctx context.Context, box mail.MailboxID, next mail.UID, modseq mail.ModSeq) error {
	return m.s.writeBatch(ctx, func(t *Tx) error {
		_, err := t.exec(`UPDATE mailbox SET uidnext = ?, modseq = ? WHERE id = ?`, next, modseq, box)
		return err
	})
}

// Rewound says that the server counts modification sequences anew (RFC 7162
// 3.1.2.1 forbids it; restored servers do it): no answer is older than another.
func (m *Mirror) Rewound(ctx context.Context, box mail.MailboxID) error {
	return m.s.writeBatch(ctx, func(t *Tx) error {
		if _, err := t.exec(`UPDATE placement SET b_modseq = 0 WHERE b_mailbox = ? AND b_uid IS NOT NULL`, box); err != nil {
			return err
		}
		_, err := t.exec(`UPDATE mailbox SET modseq = 0 WHERE id = ?`, box)
		return err
	})
}

// UIDs returns every UID the mirror knows in a mailbox, ascending.
func (m *Mirror) UIDs(ctx context.Context, box mail.MailboxID) (uids []mail.UID, err error) {
	err = m.s.Read(ctx, func(sn *Snapshot) error {
		return eachUID(sn.get, box, func(_ []mail.PlacementID, list []int64) {
			for _, u := range list {
				uids = append(uids, mail.UID(u))
			}
		})
	})
	return uids, err
}

// maxTries is how often a pull asks for the bytes of a message that does not
// come: some servers hang up over one they cannot read themselves, and the
// others behind it must not wait for ever.
const maxTries = 5

// Bodiless returns UIDs whose bytes are not here, newest first, of messages
// received at or after since (zero: all). What was asked for in vain comes last,
// and after a few times not at all.
func (m *Mirror) Bodiless(ctx context.Context, box mail.MailboxID, since time.Time, limit int) (uids []mail.UID, err error) {
	from := int64(-1 << 62)
	if !since.IsZero() {
		from = since.Unix()
	}
	err = m.s.Read(ctx, func(sn *Snapshot) error {
		var few int
		if _, err := sn.get([]any{&few}, `SELECT count(*) FROM (SELECT 1 FROM message INDEXED BY message_bodiless
			WHERE length = 0 AND received >= ? AND tries < ? LIMIT ?)`, from, maxTries, fewBodiless); err != nil || few == 0 {
			return err
		}
		tables := bodilessOfBox
		if few < fewBodiless {
			tables = bodilessOfAll
		}
		return sn.each(func(scan row) error {
			var u mail.UID
			err := scan(&u)
			uids = append(uids, u)
			return err
		}, `SELECT p.b_uid FROM `+tables+` WHERE g.length = 0 AND g.received >= ? AND g.tries < ? AND p.b_mailbox = ? AND p.b_uid IS NOT NULL
			ORDER BY g.tries, p.b_uid DESC LIMIT ?`, from, maxTries, box, limit)
	})
	return uids, err
}

// Where to start looking for messages without bytes: mostly there are few or
// none, in a first sync nearly all have none.
const (
	fewBodiless   = 1000
	bodilessOfAll = `message g INDEXED BY message_bodiless CROSS JOIN placement p ON p.message = g.id`
	bodilessOfBox = `placement p INDEXED BY placement_uid CROSS JOIN message g ON g.id = p.message`
)

// Asking says that the bytes of these are about to be asked for.
func (m *Mirror) Asking(ctx context.Context, box mail.MailboxID, uids []mail.UID) error {
	text, err := json.Marshal(uids)
	if err != nil {
		return err
	}
	return m.s.writeBatch(ctx, func(t *Tx) error {
		_, err := t.exec(`UPDATE message SET tries = tries + 1 WHERE length = 0 AND id IN (SELECT message FROM placement
			WHERE b_mailbox = ? AND b_uid IN (SELECT value FROM json_each(?)))`, box, string(text))
		return err
	})
}

// isAnother reports that bytes which came for a placement are another message's
// beyond doubt: the server numbered its mail anew.
func (t *Tx) isAnother(p *place, st *Staged) (bool, error) {
	var id string
	_, err := t.get([]any{&id}, `SELECT message_id FROM message WHERE id = ?`, p.message)
	return id != "" && st.light.messageID != "" && id != st.light.messageID, err
}

// Attach stores the bytes that were fetched for a placement.
func (m *Mirror) Attach(ctx context.Context, id mail.PlacementID, st *Staged) error {
	defer st.Release()
	if err := m.s.Read(ctx, func(sn *Snapshot) error {
		from, err := sn.originFor(id)
		st.comesFrom(from)
		return err
	}); err != nil {
		return err
	}
	return m.s.keepBytes([]*Staged{st}, func(stored map[*Staged]bytesAt) error {
		return m.s.writeBatch(ctx, func(t *Tx) error {
			p, err := t.place(id)
			if err != nil {
				return err
			}
			if p == nil {
				t.wasted(stored[st])
				return nil
			}
			if other, err := t.isAnother(p, st); err != nil || other {
				if other {
					err = mail.Errorf(mail.KindGone, "fetch the message", "the server has another message in its place; sync first")
				}
				return err
			}
			return t.attachTo(p, st, stored[st])
		})
	})
}

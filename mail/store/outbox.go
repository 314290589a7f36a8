package store

import (
	"context"
	"time"

	"postrider/mail"
)

// Letter is a message to be sent.
type Letter struct {
	Account mail.AccountID
	Staged  *Staged   // as the person's own copy is to be: with Bcc
	Sender  string    // of the envelope
	To      []string  // of the envelope, each once
	At      time.Time // not before; zero: as soon as possible

	Answers mail.PlacementID // the message that it answers or forwards; 0: none
	Mark    mail.System      // what that one becomes when this was sent: Answered or Forwarded
	Draft   mail.PlacementID // the draft that it was, which goes; 0: none
	Notify  bool             // ask the servers for notices of the delivery (RFC 3461)
	Resent  bool             // redirected: its Message-ID is that of another's message
}

// Queue puts a message into the Outbox, durably: when it returns, the message
// survives whatever happens, and is sent once. The Staged is released. Until it
// is on its way, Cancel and Undo bring it back to the drafts.
func (s *Store) Queue(ctx context.Context, l Letter) (op mail.OpID, id mail.PlacementID, err error) {
	defer l.Staged.Release()
	if len(l.To) == 0 {
		return 0, 0, mail.Errorf(mail.KindInput, "send the message", "the message has no recipient")
	}
	l.Staged.comesFrom(origin{Account: l.Account, Mailbox: roleNames[mail.RoleOutbox], Received: s.now().Unix(), Own: true})
	err = s.keepBytes([]*Staged{l.Staged}, func(stored map[*Staged]bytesAt) error {
		return s.Write(ctx, func(t *Tx) error {
			op, id, err = t.queueLetter(l, stored[l.Staged])
			return err
		})
	})
	return op, id, err
}

func (t *Tx) queueLetter(l Letter, at bytesAt) (mail.OpID, mail.PlacementID, error) {
	account, err := t.accountRow(l.Account)
	if err != nil {
		return 0, 0, err
	}
	box, err := t.outbox(account)
	if err != nil {
		return 0, 0, err
	}
	act, err := t.insert(`INSERT INTO act (kind, created) VALUES (?, ?)`, mail.OpSend, t.s.now().Unix())
	if err != nil {
		return 0, 0, err
	}
	p, err := t.putOwn(l.Staged, at, account, mail.Bits(mail.Seen))
	if err != nil {
		return 0, 0, err
	}
	p.bMailbox = box.ID
	if err := t.refold(p); err != nil {
		return 0, 0, err
	}
	if err := t.noteItem(act, p, shown{}); err != nil {
		return 0, 0, err
	}
	o := &opRow{account: account, kind: mail.OpSend, placement: p.id, act: act, notBefore: seconds(l.At)}
	if err := t.addOp(o); err != nil {
		return 0, 0, err
	}
	t.waiting(l.Account)
	if err := t.addLetter(o.id, l); err != nil {
		return 0, 0, err
	}
	return o.id, p.id, t.replaceDraft(l.Draft, 0, act)
}

// putOwn makes a placement, shown nowhere yet, of a message that the person
// wrote.
func (t *Tx) putOwn(st *Staged, at bytesAt, account int64, flags mail.Flags) (*place, error) {
	id, date, err := t.keepMessage(st, t.s.now().Unix(), at)
	if err != nil {
		return nil, err
	}
	p := &place{account: account, message: id, date: date, bFlags: flags, identity: identityOf(t.accountKey(account), st.light, st.Size())}
	return p, t.addPlace(p)
}

func (t *Tx) addLetter(op mail.OpID, l Letter) error {
	if _, err := t.exec(`INSERT INTO outgoing (op, sender, at, answers, mark, notify, resent) VALUES (?,?,?,?,?,?,?)`,
		op, l.Sender, seconds(l.At), l.Answers, l.Mark, l.Notify, l.Resent); err != nil {
		return err
	}
	for n, to := range l.To {
		if _, err := t.exec(`INSERT INTO recipient (op, n, address) VALUES (?,?,?)`, op, n, to); err != nil {
			return err
		}
	}
	return nil
}

// seconds is a time that something is not to be done before, in whole seconds.
func seconds(at time.Time) int64 {
	if at.IsZero() {
		return 0
	}
	return at.Add(time.Second - 1).Unix()
}

// addressees fills in what Pending tells of messages to be sent.
func (sn *Snapshot) addressees(list []mail.Pending) error {
	for i := range list {
		p := &list[i]
		if p.Kind != mail.OpSend {
			continue
		}
		var at int64
		if _, err := sn.get([]any{&at}, `SELECT at FROM outgoing WHERE op = ?`, p.ID); err != nil {
			return err
		}
		p.Scheduled = moment(at)
		if err := sn.each(func(scan row) error {
			r, err := scanRecipient(scan)
			p.Recipients = append(p.Recipients, r)
			return err
		}, `SELECT `+recipientColumns+` FROM recipient WHERE op = ? ORDER BY n`, p.ID); err != nil {
			return err
		}
	}
	return nil
}

const recipientColumns = `address, state, error_kind, error_message, error_detail`

func scanRecipient(scan row) (r mail.Recipient, err error) {
	var e mail.Error
	err = scan(&r.Address, &r.State, &e.Kind, &e.Message, &e.Detail)
	if e.Kind != "" {
		r.Err = &e
	}
	return r, err
}

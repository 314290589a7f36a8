package store

import (
	"context"

	"postrider/mail"
)

// Outgoing is a message that is to be handed to the outgoing server now.
type Outgoing struct {
	Op         mail.OpID
	Account    mail.AccountID
	Placement  mail.PlacementID
	Message    mail.MessageID
	MessageID  string
	Sender     string
	Recipients []string // those that do not have it yet
	Notify     bool

	numbers []int // of the recipients
	tries   int   // with this one
}

// NextOutgoing returns the first message after an operation (0: of all) that is
// due to be sent, nil if there is none, and notes the try. eager is for a person
// who asks: it does not wait out what a failure asked to wait, but it does wait
// for the time that was chosen for sending.
func (s *Store) NextOutgoing(ctx context.Context, account mail.AccountID, eager bool, after mail.OpID) (out *Outgoing, err error) {
	err = s.writeBatch(ctx, func(t *Tx) error {
		row, err := t.accountRow(account)
		if err != nil {
			return err
		}
		out = &Outgoing{Account: account}
		now := t.s.now().Unix()
		found, err := t.get([]any{&out.Op, &out.Placement, &out.Message, &out.MessageID, &out.Sender, &out.Notify, &out.tries},
			`SELECT o.id, p.id, g.id, g.message_id, e.sender, e.notify, o.attempts + 1 FROM op o JOIN outgoing e ON e.op = o.id
				JOIN placement p ON p.id = o.placement JOIN message g ON g.id = p.message
				WHERE o.account = ? AND o.kind = 'send' AND o.state = 'pending' AND o.id > ? AND e.at <= ? AND (? OR o.not_before <= ?)
				ORDER BY o.id LIMIT 1`, row, after, now, eager, now)
		if err != nil || !found {
			out = nil
			return err
		}
		return t.begin(out)
	})
	return out, err
}

func (t *Tx) begin(out *Outgoing) error {
	err := t.each(func(scan row) error {
		var n int
		var to string
		err := scan(&n, &to)
		out.numbers, out.Recipients = append(out.numbers, n), append(out.Recipients, to)
		return err
	}, `SELECT n, address FROM recipient WHERE op = ? AND state = 'waiting' ORDER BY n`, out.Op)
	if err != nil {
		return err
	}
	_, err = t.exec(`UPDATE op SET attempts = attempts + 1,
		mark = CASE WHEN mark = 0 THEN (SELECT coalesce(max(id), 0) FROM placement) ELSE mark END WHERE id = ?`, out.Op)
	return err
}

// LastCall is asked right before the end of a message goes out, and notes,
// durably, that from here on the server may have it. It fails with kind gone
// when the person has called it off meanwhile: then the end must not go out.
func (s *Store) LastCall(ctx context.Context, out *Outgoing) error {
	return s.Write(ctx, func(t *Tx) error {
		n, err := t.count(`UPDATE op SET state = 'inflight' WHERE id = ? AND state = 'pending' AND attempts = ?`, out.Op, out.tries)
		if err == nil && n == 0 {
			err = mail.Errorf(mail.KindGone, "send the message", "the message was called off")
		}
		t.waiting(out.Account)
		return err
	})
}

// DueOutgoing reports when the next message of an account is to be sent, Unix
// seconds; false if none waits.
func (s *Store) DueOutgoing(ctx context.Context, account mail.AccountID) (at int64, waits bool, err error) {
	var first *int64
	err = s.Read(ctx, func(sn *Snapshot) error {
		_, err := sn.get([]any{&first}, `SELECT min(o.not_before) FROM op o JOIN account a ON a.id = o.account
			WHERE a.key = ? AND o.kind = 'send' AND o.state = 'pending'`, account)
		return err
	})
	if first == nil {
		return 0, false, err
	}
	return *first, true, err
}

// RequeueOutgoing is called before anything is sent, when nobody else sends: a
// message whose end was going out when the process ended may have been sent.
// Nobody knows; the person is asked.
func (s *Store) RequeueOutgoing(ctx context.Context, account mail.AccountID) error {
	return s.writeBatch(ctx, func(t *Tx) error {
		row, err := t.accountRow(account)
		if err != nil {
			return err
		}
		n, err := t.count(`UPDATE op SET state = 'unknown', error_kind = ?, error_message = ?, error_detail = '' WHERE account = ? AND kind = 'send' AND state = 'inflight'`,
			mail.KindOffline, mayBeSent+"Postrider ended while it was being sent.", row)
		if n > 0 {
			t.waiting(account)
		}
		return err
	})
}

const mayBeSent = "It may have been sent, or not: "

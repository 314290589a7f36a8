package store

import (
	"context"
	"time"

	"postrider/mail"
)

// Incoming is a message that the person brings in from a file.
type Incoming struct {
	Staged   *Staged
	Flags    mail.Flags
	Received time.Time // zero: the file does not say; then the message's own date counts
}

// Import puts messages into a mailbox, a few hundred a call, in one durable
// step: at once where the mailbox is local, else each waits to be uploaded. The
// Staged are released. It returns the placements in the order of list.
func (s *Store) Import(ctx context.Context, box mail.MailboxID, list []Incoming) (made []mail.PlacementID, err error) {
	defer func() {
		for _, in := range list {
			in.Staged.Release()
		}
	}()
	var from origin
	if err := s.Read(ctx, func(sn *Snapshot) error {
		from, err = sn.originIn(box)
		return err
	}); err != nil {
		return nil, err
	}
	from.Own = true
	staged := make([]*Staged, len(list))
	for i, in := range list {
		staged[i] = in.Staged
		from.Received = s.receivedOf(in)
		in.Staged.comesFrom(from)
	}
	s.index.keepUp(ctx)
	err = s.keepBytes(staged, func(stored map[*Staged]bytesAt) error {
		return s.Write(ctx, func(t *Tx) (err error) {
			made, err = t.importAll(box, list, stored)
			return err
		})
	})
	return made, err
}

func (t *Tx) importAll(box mail.MailboxID, list []Incoming, stored map[*Staged]bytesAt) (made []mail.PlacementID, err error) {
	act, err := t.insert(`INSERT INTO act (kind, created) VALUES (?, ?)`, mail.OpAppend, t.s.now().Unix())
	if err != nil {
		return nil, err
	}
	for _, in := range list {
		id, _, err := t.keepMessage(in.Staged, t.s.receivedOf(in), stored[in.Staged])
		if err != nil {
			return nil, err
		}
		p, err := t.appendTo(mail.Append{Mailbox: box, Message: id, Flags: in.Flags}, act)
		if err != nil {
			return nil, err
		}
		made = append(made, p)
	}
	return made, nil
}

// receivedOf is when a message arrived, Unix seconds: as the file says, or the
// message, or now.
func (s *Store) receivedOf(in Incoming) int64 {
	switch {
	case !in.Received.IsZero():
		return in.Received.Unix()
	case in.Staged.light.header != 0:
		return in.Staged.light.header
	}
	return s.now().Unix()
}

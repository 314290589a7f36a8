package store

import (
	"context"
	"strings"

	"postrider/mail"
)

// remotePath is how a server's name is shown: levels parted by "/". A "/" in a
// level, where the delimiter is another, becomes U+2215, which looks like it.
func remotePath(remote, delim string) string {
	if delim == "" || delim == "/" {
		return remote
	}
	return strings.ReplaceAll(strings.ReplaceAll(remote, "/", "∕"), delim, "/")
}

// Pending returns the waiting and the failed operations of an account ("": of
// all), oldest first; what one act did of one kind is one line. SQLite brings
// them together: tens of thousands wait when a large mailbox was marked offline.
func (sn *Snapshot) Pending(account mail.AccountID) (list []mail.Pending, err error) {
	err = sn.each(func(scan row) error {
		var o opRow
		var key mail.AccountID
		var oldest mail.OpID
		var targets string
		if err := scan(append(o.dest(), &key, &oldest, &targets)...); err != nil {
			return err
		}
		list = append(list, mail.Pending{
			ID: oldest, Account: key, Kind: o.kind, State: o.state, Attempts: o.attempts,
			Created: moment(o.created), NotBefore: moment(o.notBefore), Err: o.err(),
			Act: o.act, To: o.mailbox, Path: o.path, Patch: o.patch, Targets: numbers[mail.PlacementID](nil, targets),
		})
		return nil
	}, oldestOfEach, account)
	if err == nil {
		err = sn.addressees(list)
	}
	return list, err
}

// oldestOfEach has its other columns from the row that is the oldest: what one
// min decides (SQLite, "Bare columns in an aggregate query").
var oldestOfEach = `SELECT ` + prefixed("o.", opColumns) + `, a.key, min(o.id) AS oldest, coalesce(group_concat(o.placement, ' ' ORDER BY o.id), '')
	FROM op o JOIN account a ON a.id = o.account WHERE ?1 = '' OR a.key = ?1
	GROUP BY o.act, o.kind, o.state, o.mailbox ORDER BY oldest`

// prefixed puts the table's name before each column of a list, inside of
// coalesce too.
func prefixed(table, columns string) string {
	parts := strings.Split(columns, ",")
	for i, c := range parts {
		c = strings.TrimSpace(c)
		switch {
		case strings.HasPrefix(c, "coalesce("):
			c = "coalesce(" + table + strings.TrimPrefix(c, "coalesce(")
		case c != "0)":
			c = table + c
		}
		parts[i] = c
	}
	return strings.Join(parts, ", ")
}

// actOf returns all operations of the act and kind that id belongs to.
func (t *Tx) actOf(id mail.OpID) ([]opRow, error) {
	list, err := t.ops(`act = (SELECT act FROM op WHERE id = ?1) AND kind = (SELECT kind FROM op WHERE id = ?1)`, id)
	if err == nil && len(list) == 0 {
		err = mail.Errorf(mail.KindGone, "find the operation", "there is no waiting operation %d", id)
	}
	return list, err
}

// Retry lets a failed or waiting operation, and all its act did with it, be
// tried now.
func (s *Store) Retry(ctx context.Context, id mail.OpID) error {
	return s.Write(ctx, func(t *Tx) error {
		list, err := t.actOf(id)
		if err != nil {
			return err
		}
		for _, o := range list {
			if err := t.retry(o); err != nil {
				return err
			}
		}
		return nil
	})
}

// retry puts an operation, and what depends on it, back into the queue. What is
// under way stays as it is.
func (t *Tx) retry(o opRow) error {
	if o.kind == mail.OpSend {
		if err := t.sendAgain(o); err != nil {
			return err
		}
	}
	if _, err := t.exec(`UPDATE op SET state = 'pending', not_before = 0 WHERE id = ? AND state <> 'inflight'`, o.id); err != nil {
		return err
	}
	t.waiting(t.accountKey(o.account))
	if err := t.refoldID(o.placement); err != nil {
		return err
	}
	dependents, err := t.dependents(o.id)
	if err != nil {
		return err
	}
	for _, d := range dependents {
		if err := t.retry(d); err != nil {
			return err
		}
	}
	return nil
}

// Cancel calls off a waiting operation with all its act did; what is shown is
// as if it had never been. One that the server may have carried out cannot be
// called off: kind busy. A message that some have already goes to nobody else,
// and that is told by an error of kind refused.
func (s *Store) Cancel(ctx context.Context, id mail.OpID) error {
	var told *mail.Error
	err := s.Write(ctx, func(t *Tx) error {
		list, err := t.actOf(id)
		if err != nil {
			return err
		}
		for _, o := range list {
			if o.state == mail.StateInflight || o.state == mail.StateUnknown && o.kind != mail.OpSend {
				return mail.Errorf(mail.KindBusy, "cancel the operation", "the server may have it already; undo it instead when it is done")
			}
			if told, err = t.partly(o); err != nil {
				return err
			}
			if err := t.cancel(o); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && told != nil {
		return told
	}
	return err
}

// cancel deletes one operation, what depends on it, and what it alone made.
func (t *Tx) cancel(o opRow) error {
	t.waiting(t.accountKey(o.account))
	dependents, err := t.dependents(o.id)
	if err != nil {
		return err
	}
	for _, d := range dependents {
		if err := t.cancel(d); err != nil {
			return err
		}
	}
	if o.kind == mail.OpSend {
		return t.callOff(o)
	}
	if err := t.dropOp(o); err != nil {
		return err
	}
	switch o.kind {
	case mail.OpCreateMailbox, mail.OpRenameMailbox, mail.OpDeleteMailbox:
		return t.cancelFolder(o)
	case mail.OpCopy, mail.OpAppend:
		p, err := t.place(o.placement)
		if err != nil || p == nil {
			return err
		}
		if p.bMailbox == 0 {
			return t.dropPlace(p)
		}
	}
	return t.refoldID(o.placement)
}

func (t *Tx) cancelFolder(o opRow) error {
	box, err := t.mailbox(o.mailbox)
	if err != nil {
		return nil // it went with its folder
	}
	t.tree(box.Account)
	switch o.kind {
	case mail.OpCreateMailbox:
		if box.Remote == "" {
			return t.uncreate(box)
		}
	case mail.OpRenameMailbox:
		return t.renamePaths(o.account, box, shownPath(box))
	}
	return nil
}

func (t *Tx) refoldID(id mail.PlacementID) error {
	p, err := t.place(id)
	if err != nil || p == nil {
		return err
	}
	return t.refold(p)
}

// Requeue puts back what was under way when the process or the connection
// ended: the server may have it, so each is looked at before it is repeated. And
// what our own disk held up is tried anew with each connection.
func (s *Store) Requeue(ctx context.Context, account mail.AccountID) error {
	return s.writeBatch(ctx, func(t *Tx) error {
		row, err := t.accountRow(account)
		if err != nil {
			return err
		}
		n, err := t.count(`UPDATE op SET state = 'pending' WHERE account = ? AND kind <> 'send' AND state IN ('inflight', 'unknown')`, row)
		if err != nil {
			return err
		}
		more, err := t.count(`UPDATE op SET not_before = created WHERE account = ? AND kind <> 'send' AND state = 'pending' AND error_kind = ?`, row, mail.KindDisk)
		if n+more > 0 {
			t.waiting(account)
		}
		return err
	})
}

// Due reports when the next operation of an account can be carried out; false
// if none waits for the time alone. What waits for another operation, a folder
// or a UID is not due: when that comes, the worker looks anyway.
func (s *Store) Due(ctx context.Context, account mail.AccountID) (at int64, waits bool, err error) {
	var first *int64
	err = s.Read(ctx, func(sn *Snapshot) error {
		_, err := sn.get([]any{&first}, `SELECT min(o.not_before) FROM op o JOIN account a ON a.id = o.account
			LEFT JOIN placement p ON p.id = CASE o.kind WHEN 'copy' THEN o.source ELSE o.placement END
			LEFT JOIN mailbox b ON b.id = p.b_mailbox LEFT JOIN mailbox d ON d.id = o.mailbox
			WHERE a.key = ? AND o.state = 'pending' AND o.kind <> 'send'
				AND NOT EXISTS (SELECT 1 FROM op e WHERE e.placement = o.placement AND e.id < o.id AND e.state <> 'failed' AND e.kind <> 'send')
				AND NOT EXISTS (SELECT 1 FROM op e WHERE e.id = o.after)
				AND (o.placement IS NULL OR
					(d.id IS NULL OR d.origin = 'local' OR d.remote <> '') AND (o.kind = 'append' OR p.b_uid IS NOT NULL OR b.origin = 'local'))`, account)
		return err
	})
	if first == nil {
		return 0, false, err
	}
	return *first, true, err
}

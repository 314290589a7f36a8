package store

import (
	"context"
	"strings"

	"postrider/mail"
)

// missingLimit is how many complete folder lists in a row must lack a mailbox
// before its mirror goes: a server that once answers with nothing (seen in the
// wild while it moves house) costs no mail.
const missingLimit = 3

const mailboxColumns = `m.id, a.key, m.path, m.remote, m.delim, m.role, m.origin, m.noselect, m.total, m.unread`

func scanMailbox(scan row) (m mail.Mailbox, err error) {
	err = scan(&m.ID, &m.Account, &m.Path, &m.Remote, &m.Delim, &m.Role, &m.Origin, &m.NoSelect, &m.Total, &m.Unread)
	return m, err
}

// Mailboxes returns the mailboxes of an account ("": of all) by path.
func (sn *Snapshot) Mailboxes(account mail.AccountID) (list []mail.Mailbox, err error) {
	err = sn.each(func(scan row) error {
		m, err := scanMailbox(scan)
		list = append(list, m)
		return err
	}, `SELECT `+mailboxColumns+` FROM mailbox m JOIN account a ON a.id = m.account
		WHERE ?1 = '' OR a.key = ?1 ORDER BY a.id, m.role <> 'inbox', m.path`, account)
	return list, err
}

// Mailbox returns one mailbox; kind gone where there is none.
func (sn *Snapshot) Mailbox(id mail.MailboxID) (m mail.Mailbox, err error) {
	err = sn.each(func(scan row) error { m, err = scanMailbox(scan); return err },
		`SELECT `+mailboxColumns+` FROM mailbox m JOIN account a ON a.id = m.account WHERE m.id = ?`, id)
	if err == nil && m.ID == 0 {
		err = mail.Errorf(mail.KindGone, "find the mailbox", "this mailbox is not there any more")
	}
	return m, err
}

func (t *Tx) mailbox(id mail.MailboxID) (m mail.Mailbox, err error) {
	err = t.each(func(scan row) error { m, err = scanMailbox(scan); return err },
		`SELECT `+mailboxColumns+` FROM mailbox m JOIN account a ON a.id = m.account WHERE m.id = ?`, id)
	if err == nil && m.ID == 0 {
		err = mail.Errorf(mail.KindGone, "find the mailbox", "this mailbox is not there any more")
	}
	return m, err
}

// addMailbox inserts a mailbox, or returns the one with this path.
func (t *Tx) addMailbox(m mail.Mailbox) (mail.MailboxID, error) {
	account, err := t.accountRow(m.Account)
	if err != nil {
		return 0, err
	}
	if found, err := t.get([]any{&m.ID}, `SELECT id FROM mailbox WHERE account=? AND path=?`, account, m.Path); found || err != nil {
		return m.ID, err
	}
	id, err := t.insert(`INSERT INTO mailbox (account, path, remote, delim, role, origin, noselect) VALUES (?,?,?,?,?,?,?)`,
		account, m.Path, m.Remote, m.Delim, m.Role, m.Origin, m.NoSelect)
	t.tree(m.Account)
	return mail.MailboxID(id), err
}

// Listed is the server's list of mailboxes, complete. It returns the mirror's
// mailboxes for them, in the order given. A mailbox that the list lacks goes
// after the third list without it, and only with nothing waiting in it.
func (m *Mirror) Listed(ctx context.Context, list []mail.Mailbox) (known []mail.Mailbox, err error) {
	if err := m.markBegin(ctx); err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, nil // every account has an inbox: this list is no list
	}
	if known, err = m.asListed(ctx, list); err != nil || known != nil {
		return known, err
	}
	err = m.s.writeBatch(ctx, func(t *Tx) error {
		account, err := t.accountRow(m.account)
		if err != nil {
			return err
		}
		if _, err := t.exec(`UPDATE mailbox SET missing = missing + 1, gone = CASE missing WHEN 0 THEN ? ELSE gone END
			WHERE account = ? AND origin = 'remote'`, m.mark, account); err != nil {
			return err
		}
		known = known[:0]
		for _, box := range list {
			box.Account, box.Origin = m.account, mail.Remote
			if box, err = t.listed(box); err != nil {
				return err
			}
			known = append(known, box)
		}
		return t.forgetMissing(account, m.account)
	})
	return known, err
}

// markBegin remembers which placements are older than this pull.
func (m *Mirror) markBegin(ctx context.Context) error {
	return m.s.Read(ctx, func(sn *Snapshot) error {
		_, err := sn.get([]any{&m.mark}, `SELECT coalesce(max(id), 0) FROM placement`)
		return err
	})
}

// asListed returns the mailboxes if they are just as listed, as they nearly
// always are: then there is nothing to write. Else nil.
func (m *Mirror) asListed(ctx context.Context, list []mail.Mailbox) (known []mail.Mailbox, err error) {
	here := map[string]mail.Mailbox{}
	missed := 0
	err = m.s.Read(ctx, func(sn *Snapshot) error {
		boxes, err := sn.Mailboxes(m.account)
		for _, b := range boxes {
			if b.Origin == mail.Remote && b.Remote != "" {
				here[b.Remote] = b
			}
		}
		if err != nil {
			return err
		}
		_, err = sn.get([]any{&missed}, `SELECT count(*) FROM mailbox m JOIN account a ON a.id = m.account WHERE a.key = ? AND m.missing > 0`, m.account)
		return err
	})
	if err != nil || missed > 0 || len(here) != len(list) {
		return nil, err
	}
	for _, box := range list {
		old, ok := here[box.Remote]
		if !ok || old.Role != box.Role || old.NoSelect != box.NoSelect || old.Delim != box.Delim {
			return nil, nil
		}
		known = append(known, old)
	}
	return known, nil
}

func (t *Tx) listed(box mail.Mailbox) (mail.Mailbox, error) {
	account, err := t.accountRow(box.Account)
	if err != nil {
		return box, err
	}
	var old mail.Mailbox
	found, err := t.get([]any{&old.ID, &old.Path, &old.Role, &old.NoSelect},
		`SELECT id, path, role, noselect FROM mailbox WHERE account=? AND remote=? AND origin='remote'`, account, box.Remote)
	if err != nil {
		return box, err
	}
	if !found {
		box.Path, err = t.freePath(account, box)
		if err != nil {
			return box, err
		}
		if box.ID, err = t.addMailbox(box); err != nil {
			return box, err
		}
		_, err := t.exec(`UPDATE mailbox SET remote=?, delim=?, origin='remote', missing=0 WHERE id=?`, box.Remote, box.Delim, box.ID)
		return box, err
	}
	if old.Role != box.Role || old.NoSelect != box.NoSelect {
		t.tree(box.Account)
	}
	box.ID, box.Path = old.ID, old.Path
	_, err = t.exec(`UPDATE mailbox SET role=?, noselect=?, delim=?, missing=0 WHERE id=?`, box.Role, box.NoSelect, box.Delim, box.ID)
	return box, err
}

// freePath keeps two server names apart that are shown the same. A mailbox that
// was made here and that the server now lists is the same one.
func (t *Tx) freePath(account int64, box mail.Mailbox) (string, error) {
	path := box.Path
	for {
		var remote string
		var origin mail.Origin
		taken, err := t.get([]any{&remote, &origin}, `SELECT remote, origin FROM mailbox WHERE account=? AND path=?`, account, path)
		if err != nil || !taken || remote == "" && origin == mail.Remote {
			return path, err
		}
		path += "'"
	}
}

// forgetMissing lets go of the mailboxes that the server does not list any more.
// What was in one that another client renamed has turned up under the new name
// since, and is recognised there; the rest stays a while, as all that is lost.
func (t *Tx) forgetMissing(account int64, key mail.AccountID) error {
	type missing struct {
		id   mail.MailboxID
		mark mail.PlacementID
	}
	var list []missing
	err := t.each(func(scan row) error {
		var m missing
		err := scan(&m.id, &m.mark)
		list = append(list, m)
		return err
	}, `SELECT id, gone FROM mailbox WHERE account = ? AND origin = 'remote' AND missing >= ? AND remote <> ''
		AND NOT EXISTS (SELECT 1 FROM op WHERE op.mailbox = mailbox.id)`, account, missingLimit)
	if err != nil || len(list) == 0 {
		return err
	}
	t.tree(key)
	for _, m := range list {
		if err := t.forget(m.id, m.mark); err != nil {
			return err
		}
	}
	return nil
}

// forget deletes a mailbox whose newest placement was mark when it went.
func (t *Tx) forget(box mail.MailboxID, mark mail.PlacementID) error {
	if err := t.saveFrom(box); err != nil {
		return err
	}
	held, err := t.places(`SELECT `+placeColumns+` FROM placement WHERE b_mailbox = ?`, box)
	if err != nil {
		return err
	}
	for _, p := range held {
		if err := t.vanished(p.id, mark); err != nil {
			return err
		}
	}
	_, err = t.exec(`DELETE FROM mailbox WHERE id = ?`, box)
	return err
}

// saveFrom keeps what the person has moved or copied out of a mailbox that the
// server dropped before it could do the same: the bytes are uploaded instead.
func (t *Tx) saveFrom(box mail.MailboxID) error {
	list, err := t.places(`SELECT `+placeColumns+` FROM placement p WHERE b_mailbox = ?1
		AND (EXISTS (SELECT 1 FROM op WHERE placement = p.id) OR EXISTS (SELECT 1 FROM op WHERE source = p.id))`, box)
	if err != nil {
		return err
	}
	for _, p := range list {
		if err := t.rescueCopies(p); err != nil {
			return err
		}
		if p.mailbox == 0 || p.mailbox == box {
			continue
		}
		if err := t.uploadMoved(p); err != nil {
			return err
		}
	}
	return nil
}

// uploadMoved makes an upload of all that waits for p, if its bytes are here.
func (t *Tx) uploadMoved(p *place) error {
	var length int64
	if _, err := t.get([]any{&length}, `SELECT length FROM message WHERE id = ?`, p.message); err != nil || length == 0 {
		return err
	}
	ops, err := t.opsOf(p.id)
	if err != nil || len(ops) == 0 {
		return err
	}
	to := p.mailbox
	if err := t.dropOps(p); err != nil {
		return err
	}
	p.bMailbox, p.bUID, p.modseq, p.bFlags = 0, 0, 0, p.flags
	return t.queue(p, &opRow{kind: mail.OpAppend, mailbox: to, act: ops[0].act})
}

// below reports whether path is parent itself or lies below it.
func below(path, parent string) bool {
	return path == parent || strings.HasPrefix(path, parent+"/")
}

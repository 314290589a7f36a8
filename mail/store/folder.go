package store

import (
	"strings"

	"postrider/mail"
)

func (t *Tx) createMailbox(op mail.CreateMailbox, act int64) error {
	path, err := cleanPath(op.Path)
	if err != nil {
		return err
	}
	account, err := t.accountRow(op.Account)
	if err != nil {
		return err
	}
	var taken int64
	if found, err := t.get([]any{&taken}, `SELECT id FROM mailbox WHERE account=? AND path=?`, account, path); err != nil || found {
		if found {
			err = mail.Errorf(mail.KindInput, "create the folder", "there is a folder %s already", path)
		}
		return err
	}
	origin, delim, err := t.livesIn(account)
	if err != nil {
		return err
	}
	id, err := t.addMailbox(mail.Mailbox{Account: op.Account, Path: path, Origin: origin, Delim: delim})
	if err != nil || origin == mail.Local {
		return err
	}
	t.waiting(op.Account)
	return t.addOp(&opRow{account: account, kind: mail.OpCreateMailbox, mailbox: id, path: remoteName(path, delim), act: act})
}

// livesIn says where an account's folders live, and what parts their levels.
func (t *Tx) livesIn(account int64) (mail.Origin, string, error) {
	var protocol Protocol
	if _, err := t.get([]any{&protocol}, `SELECT protocol FROM account WHERE id = ?`, account); err != nil {
		return "", "", err
	}
	if protocol == POP3 {
		return mail.Local, "/", nil
	}
	delim := "/"
	_, err := t.get([]any{&delim}, `SELECT delim FROM mailbox WHERE account = ? AND delim <> '' LIMIT 1`, account)
	return mail.Remote, delim, err
}

func remoteName(path, delim string) string {
	if delim == "" {
		return path
	}
	return strings.ReplaceAll(path, "/", delim)
}

func (t *Tx) renameMailbox(op mail.RenameMailbox, act int64) error {
	path, err := cleanPath(op.Path)
	if err != nil {
		return err
	}
	box, err := t.mailbox(op.Mailbox)
	if err != nil {
		return err
	}
	if box.Role == mail.RoleInbox || below(path, box.Path) {
		return mail.Errorf(mail.KindInput, "rename the folder", "%s cannot become %s", box.Path, path)
	}
	account, err := t.accountRow(box.Account)
	if err != nil {
		return err
	}
	if err := t.renamePaths(account, box, path); err != nil {
		return err
	}
	t.tree(box.Account)
	if box.Origin == mail.Local {
		return nil
	}
	t.waiting(box.Account)
	return t.addOp(&opRow{account: account, kind: mail.OpRenameMailbox, mailbox: box.ID, path: remoteName(path, box.Delim), act: act})
}

// renamePaths shows a folder and all below it under a new path. The server's
// names follow when the server has done the same.
func (t *Tx) renamePaths(account int64, box mail.Mailbox, path string) error {
	var list []mail.Mailbox
	err := t.each(func(scan row) error {
		var m mail.Mailbox
		err := scan(&m.ID, &m.Path)
		if below(m.Path, box.Path) {
			list = append(list, m)
		}
		return err
	}, `SELECT id, path FROM mailbox WHERE account = ?`, account)
	if err != nil {
		return err
	}
	for _, m := range list {
		to := path + strings.TrimPrefix(m.Path, box.Path)
		n, err := t.count(`UPDATE OR IGNORE mailbox SET path = ? WHERE id = ?`, to, m.ID)
		if err == nil && n == 0 {
			err = mail.Errorf(mail.KindInput, "rename the folder", "there is a folder %s already", to)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// deleteMailbox deletes a folder that holds neither messages nor folders.
func (t *Tx) deleteMailbox(op mail.DeleteMailbox, act int64) error {
	box, err := t.mailbox(op.Mailbox)
	if err != nil {
		return err
	}
	account, err := t.accountRow(box.Account)
	if err != nil {
		return err
	}
	if err := t.mayDelete(account, box); err != nil {
		return err
	}
	t.tree(box.Account)
	if box.Origin == mail.Local || box.Remote == "" {
		_, err := t.exec(`DELETE FROM mailbox WHERE id = ?`, box.ID)
		return err
	}
	t.waiting(box.Account)
	return t.addOp(&opRow{account: account, kind: mail.OpDeleteMailbox, mailbox: box.ID, act: act})
}

func (t *Tx) mayDelete(account int64, box mail.Mailbox) error {
	var inside int
	_, err := t.get([]any{&inside}, `SELECT (SELECT count(*) FROM placement WHERE mailbox = ?1 OR b_mailbox = ?1) +
		(SELECT count(*) FROM mailbox WHERE account = ?2 AND substr(path, 1, length(?3)) = ?3)`, box.ID, account, box.Path+"/")
	switch {
	case err != nil:
		return err
	case inside > 0:
		return mail.Errorf(mail.KindInput, "delete the folder", "%s is not empty", box.Path)
	case box.Role != mail.RoleNone:
		return mail.Errorf(mail.KindInput, "delete the folder", "%s is needed: it is the account's %s folder", box.Path, box.Role)
	}
	return nil
}

func likePrefix(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s) + "%"
}

package store

import "postrider/mail"

// roleNames are the names under which a missing mailbox is made.
var roleNames = map[mail.Role]string{
	mail.RoleSent: "Sent", mail.RoleDrafts: "Drafts", mail.RoleOutbox: "Outbox",
}

// roleBox returns an account's mailbox for a role: the one that has it, else one
// of its usual name, else a new one, which the server is to make too.
func (t *Tx) roleBox(account int64, role mail.Role, act int64) (mail.Mailbox, error) {
	var id mail.MailboxID
	found, err := t.get([]any{&id}, `SELECT id FROM mailbox WHERE account = ?1 AND noselect = 0 AND (role = ?2 OR role = '' AND lower(path) = lower(?3))
		ORDER BY role <> ?2, id LIMIT 1`, account, role, roleNames[role])
	if err != nil {
		return mail.Mailbox{}, err
	}
	if found {
		return t.mailbox(id)
	}
	key := t.accountKey(account)
	if err := t.createMailbox(mail.CreateMailbox{Account: key, Path: roleNames[role]}, act); err != nil {
		return mail.Mailbox{}, err
	}
	if _, err := t.get([]any{&id}, `SELECT id FROM mailbox WHERE account = ? AND path = ?`, account, roleNames[role]); err != nil {
		return mail.Mailbox{}, err
	}
	return t.mailbox(id)
}

// outbox returns the account's Outbox, which is on this computer whatever the
// account is; a folder of that name on the server is another.
func (t *Tx) outbox(account int64) (mail.Mailbox, error) {
	var id mail.MailboxID
	found, err := t.get([]any{&id}, `SELECT id FROM mailbox WHERE account = ? AND role = 'outbox' AND origin = 'local'`, account)
	if err != nil {
		return mail.Mailbox{}, err
	}
	if !found {
		box := mail.Mailbox{Account: t.accountKey(account), Path: roleNames[mail.RoleOutbox], Role: mail.RoleOutbox, Origin: mail.Local}
		for taken := true; taken; {
			var one int
			if taken, err = t.get([]any{&one}, `SELECT 1 FROM mailbox WHERE account = ? AND path = ?`, account, box.Path); err != nil {
				return box, err
			}
			if taken {
				box.Path += "'"
			}
		}
		if id, err = t.addMailbox(box); err != nil {
			return box, err
		}
	}
	return t.mailbox(id)
}

package store

import (
	"context"
	"encoding/json"
	"time"

	"postrider/mail"
)

// Protocol says which kind of account it is.
type Protocol string

const (
	IMAP Protocol = "imap"
	POP3 Protocol = "pop3"
)

// AddAccount makes room for an account; one that is there stays as it is. A
// POP3 account gets its local mailboxes.
func (s *Store) AddAccount(ctx context.Context, key mail.AccountID, protocol Protocol) error {
	return s.Write(ctx, func(t *Tx) error {
		n, err := t.count(`INSERT INTO account (key, protocol) VALUES (?, ?) ON CONFLICT DO NOTHING`, key, protocol)
		if err != nil || n == 0 {
			return err
		}
		t.tree(key)
		if protocol != POP3 {
			return nil
		}
		for _, m := range localMailboxes {
			if _, err := t.addMailbox(mail.Mailbox{Account: key, Path: m.path, Role: m.role, Origin: mail.Local}); err != nil {
				return err
			}
		}
		return nil
	})
}

var localMailboxes = []struct {
	path string
	role mail.Role
}{
	{"INBOX", mail.RoleInbox}, {"Drafts", mail.RoleDrafts}, {"Sent", mail.RoleSent},
	{"Archive", mail.RoleArchive}, {"Junk", mail.RoleJunk}, {"Trash", mail.RoleTrash},
}

// RemoveAccount forgets an account with all its mail that is nowhere else.
func (s *Store) RemoveAccount(ctx context.Context, key mail.AccountID) error {
	return s.Write(ctx, func(t *Tx) error {
		_, err := t.exec(`DELETE FROM account WHERE key = ?`, key)
		t.s.accounts.Clear()
		t.tree(key)
		return err
	})
}

// SetSynced notes how the last sync of an account ended.
func (s *Store) SetSynced(ctx context.Context, key mail.AccountID, at time.Time, failed *mail.Error) error {
	var e mail.Error
	if failed != nil {
		e = *failed
	}
	return s.writeBatch(ctx, func(t *Tx) error {
		if failed == nil {
			if _, err := t.exec(`UPDATE account SET last_sync = ? WHERE key = ?`, at.Unix(), key); err != nil {
				return err
			}
		}
		_, err := t.exec(`UPDATE account SET error_kind=?, error_message=?, error_detail=? WHERE key=?`, e.Kind, sentence(failed), e.Detail, key)
		return err
	})
}

// AccountState is what the store remembers of an account.
type AccountState struct {
	Account  mail.AccountID
	Protocol Protocol
	LastSync time.Time   // zero: never
	Err      *mail.Error // how the last sync failed; nil: it did not
}

// Accounts returns the state of all accounts.
func (sn *Snapshot) Accounts() (list []AccountState, err error) {
	err = sn.each(func(scan row) error {
		var a AccountState
		var last int64
		var e mail.Error
		if err := scan(&a.Account, &a.Protocol, &last, &e.Kind, &e.Message, &e.Detail); err != nil {
			return err
		}
		a.LastSync = moment(last)
		if e.Kind != "" {
			e.Account = a.Account
			a.Err = &e
		}
		list = append(list, a)
		return nil
	}, `SELECT key, protocol, last_sync, error_kind, error_message, error_detail FROM account ORDER BY id`)
	return list, err
}

// Notes reads into v what a driver keeps about its server (JSON).
func (s *Store) Notes(ctx context.Context, key mail.AccountID, v any) error {
	var text string
	err := s.Read(ctx, func(sn *Snapshot) error {
		_, err := sn.get([]any{&text}, `SELECT notes FROM account WHERE key = ?`, key)
		return err
	})
	if err != nil || text == "" {
		return err
	}
	return json.Unmarshal([]byte(text), v)
}

// SetNotes keeps what a driver learnt about its server.
func (s *Store) SetNotes(ctx context.Context, key mail.AccountID, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return s.writeBatch(ctx, func(t *Tx) error {
		_, err := t.exec(`UPDATE account SET notes = ? WHERE key = ?`, string(text), key)
		return err
	})
}

// accountRow returns the row id of an account.
func (t *Tx) accountRow(key mail.AccountID) (id int64, err error) {
	if id, ok := t.s.accounts.Load(key); ok {
		return id.(int64), nil
	}
	found, err := t.get([]any{&id}, `SELECT id FROM account WHERE key = ?`, key)
	if err == nil && !found {
		err = mail.Errorf(mail.KindInput, "find the account", "there is no account %q in the store", key)
	}
	if err == nil {
		t.s.accounts.Store(key, id)
		t.s.accounts.Store(id, key)
	}
	return id, err
}

// accountKey is the other way round; "" where there is none.
func (t *Tx) accountKey(id int64) (key mail.AccountID) {
	if key, ok := t.s.accounts.Load(id); ok {
		return key.(mail.AccountID)
	}
	if found, _ := t.get([]any{&key}, `SELECT key FROM account WHERE id = ?`, id); found {
		t.s.accounts.Store(id, key)
	}
	return key
}

func sentence(e *mail.Error) string {
	if e == nil {
		return ""
	}
	return e.Sentence()
}

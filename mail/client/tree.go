package client

import (
	"context"
	"slices"
	"strings"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/store"
)

// Tree is the accounts and their mailboxes at one moment, by the names that
// people give them:
//
//	ADDRESS or ID             an account
//	ACCOUNT/Path/With/Levels  a mailbox
//	ACCOUNT/@role             the mailbox of an account with that role
//	@role                     those of all accounts together
//	Path                      wherever there is one
type Tree struct {
	Accounts  []Member
	Mailboxes []mail.Mailbox
}

// Member is an account of the file, or one of which only mail is left.
type Member struct {
	accounts.Account
	State   store.AccountState
	Removed bool // not in the accounts file any more
}

// Tree reads the accounts and their mailboxes.
func (c *Client) Tree(ctx context.Context) (*Tree, error) {
	list, err := c.All()
	if err != nil {
		return nil, err
	}
	t := &Tree{}
	err = c.Read(ctx, func(sn *store.Snapshot) (err error) {
		if t.Mailboxes, err = sn.Mailboxes(""); err != nil {
			return err
		}
		states, err := sn.Accounts()
		t.Accounts = members(list, states)
		return err
	})
	return t, err
}

func members(list []accounts.Account, states []store.AccountState) (all []Member) {
	for _, acc := range list {
		m := Member{Account: acc}
		for _, s := range states {
			if s.Account == acc.ID {
				m.State = s
			}
		}
		all = append(all, m)
	}
	for _, s := range states {
		if !slices.ContainsFunc(list, func(a accounts.Account) bool { return a.ID == s.Account }) {
			all = append(all, Member{Account: accounts.Account{ID: s.Account, Protocol: accounts.Protocol(s.Protocol)}, State: s, Removed: true})
		}
	}
	return all
}

// Name is what to call an account: its address, or its id where the address
// names several, or none.
func (t *Tree) Name(id mail.AccountID) string {
	at := slices.IndexFunc(t.Accounts, func(m Member) bool { return m.ID == id })
	if at < 0 || t.Accounts[at].Address == "" {
		return string(id)
	}
	for i, m := range t.Accounts {
		if i != at && strings.EqualFold(m.Address, t.Accounts[at].Address) {
			return string(id)
		}
	}
	return t.Accounts[at].Address
}

// FullName is the name by which Find finds exactly this mailbox.
func (t *Tree) FullName(m mail.Mailbox) string { return t.Name(m.Account) + "/" + m.Path }

// At returns the mailbox of an account at a path; INBOX in any case.
func (t *Tree) At(account mail.AccountID, path string) (mail.Mailbox, bool) {
	for _, m := range t.Mailboxes {
		if m.Account == account && (m.Path == path || m.Role == mail.RoleInbox && strings.EqualFold(m.Path, path)) {
			return m, true
		}
	}
	return mail.Mailbox{}, false
}

// Box returns the mailbox with an id.
func (t *Tree) Box(id mail.MailboxID) (mail.Mailbox, bool) {
	i := slices.IndexFunc(t.Mailboxes, func(m mail.Mailbox) bool { return m.ID == id })
	if i < 0 {
		return mail.Mailbox{}, false
	}
	return t.Mailboxes[i], true
}

// Role returns an account's mailbox for a role: the one that the server says
// is it, or one of the usual name.
func (t *Tree) Role(account mail.AccountID, role mail.Role) (mail.Mailbox, bool) {
	byName := mail.Mailbox{}
	for _, m := range t.Mailboxes {
		switch {
		case m.Account != account || m.NoSelect:
		case m.Role == role:
			return m, true
		case m.Role == mail.RoleNone && roleNames[role] != "" && strings.EqualFold(m.Path, roleNames[role]):
			byName = m
		}
	}
	return byName, byName.ID != 0
}

// roleNames are the names under which a missing folder is made.
var roleNames = map[mail.Role]string{
	mail.RoleSent: "Sent", mail.RoleDrafts: "Drafts", mail.RoleArchive: "Archive", mail.RoleTrash: "Trash", mail.RoleJunk: "Junk",
}

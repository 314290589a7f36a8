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

// Account returns the accounts that a name means: several with one address.
func (t *Tree) Account(name string) (ids []mail.AccountID) {
	for _, m := range t.Accounts {
		if string(m.ID) == name {
			return []mail.AccountID{m.ID}
		}
		if m.Address != "" && strings.EqualFold(m.Address, name) {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// Lookup returns the mailboxes that a name means, none if it means nothing.
func (t *Tree) Lookup(name string) (list []mail.Mailbox) {
	ids, rest, named := t.split(name)
	role, byRole := strings.CutPrefix(strings.ToLower(rest), "@")
	if byRole {
		return t.roles(ids, named, mail.Role(role))
	}
	for _, m := range t.Mailboxes {
		if (!named || slices.Contains(ids, m.Account)) && strings.EqualFold(m.Path, strings.Trim(rest, "/")) {
			list = append(list, m)
		}
	}
	return exact(list, rest)
}

// roles returns the mailboxes with a role of some accounts, or of all.
func (t *Tree) roles(ids []mail.AccountID, some bool, role mail.Role) (list []mail.Mailbox) {
	for _, acc := range t.Accounts {
		if some && !slices.Contains(ids, acc.ID) || role == mail.RoleNone {
			continue
		}
		if m, ok := t.Role(acc.ID, role); ok {
			list = append(list, m)
		}
	}
	return list
}

// split parts the account from the rest of a mailbox name. Addresses may hold
// slashes, so the longest account that fits is taken.
func (t *Tree) split(name string) (ids []mail.AccountID, rest string, named bool) {
	rest = name
	for i := len(name) - 1; i > 0; i-- {
		if name[i] != '/' {
			continue
		}
		if ids = t.Account(name[:i]); len(ids) > 0 {
			return ids, name[i+1:], true
		}
	}
	return nil, rest, false
}

// exact drops mailboxes whose path differs in case from a name that others
// match to the letter.
func exact(list []mail.Mailbox, name string) []mail.Mailbox {
	var same []mail.Mailbox
	for _, m := range list {
		if m.Path == name {
			same = append(same, m)
		}
	}
	if len(same) > 0 {
		return same
	}
	return list
}

// Find returns the mailboxes that a name means: at least one, but for a role of
// all accounts together, which may be nowhere yet.
func (t *Tree) Find(name string) ([]mail.Mailbox, error) {
	const op = "find the mailbox"
	list := t.Lookup(name)
	if len(list) > 0 || isRole(name) {
		return list, nil
	}
	ids, rest, named := t.split(name)
	switch {
	case len(t.Accounts) == 0:
		return nil, mail.Errorf(mail.KindInput, op, "there is no mailbox %q: no account has been added yet", name)
	case named && len(ids) > 0:
		return nil, &mail.Error{Op: op, Account: ids[0], Mailbox: rest, Kind: mail.KindInput, Message: t.hint(ids, rest)}
	case strings.Contains(name, "@") && !strings.HasPrefix(name, "@"):
		return nil, mail.Errorf(mail.KindInput, op, "there is no account for %q; there are %s", name, t.names())
	}
	return nil, mail.Errorf(mail.KindInput, op, "there is no mailbox %q; name one as ACCOUNT/Path, see `postrider mailboxes`", name)
}

// isRole reports whether a name is a role alone.
func isRole(name string) bool {
	role, ok := strings.CutPrefix(strings.ToLower(name), "@")
	return ok && slices.Contains([]mail.Role{mail.RoleInbox, mail.RoleSent, mail.RoleDrafts, mail.RoleArchive, mail.RoleTrash,
		mail.RoleJunk, mail.RoleOutbox, mail.RoleAll, mail.RoleFlagged}, mail.Role(role))
}

func (t *Tree) hint(ids []mail.AccountID, path string) string {
	for _, m := range t.Mailboxes {
		if slices.Contains(ids, m.Account) {
			return "there is no mailbox \"" + path + "\" in this account; see `postrider mailboxes`"
		}
	}
	return "there is no mailbox \"" + path + "\" in this account yet: it has not been synced"
}

func (t *Tree) names() string {
	var names []string
	for _, m := range t.Accounts {
		names = append(names, t.Name(m.ID))
	}
	return strings.Join(names, ", ")
}

// One returns the one mailbox that a name means.
func (t *Tree) One(name string) (mail.Mailbox, error) {
	list, err := t.Find(name)
	if err != nil {
		return mail.Mailbox{}, err
	}
	if len(list) == 0 {
		return mail.Mailbox{}, mail.Errorf(mail.KindInput, "find the mailbox", "no account has a mailbox %s", name)
	}
	if len(list) > 1 {
		var names []string
		for _, m := range list[:min(len(list), 5)] {
			names = append(names, t.FullName(m))
		}
		return mail.Mailbox{}, mail.Errorf(mail.KindInput, "find the mailbox", "%q means %d mailboxes: %s", name, len(list), strings.Join(names, ", "))
	}
	return list[0], nil
}

// Place parts the name of a mailbox that need not exist into account and path.
func (t *Tree) Place(name string) (mail.AccountID, string, error) {
	ids, path, named := t.split(name)
	switch {
	case !named:
		return "", "", mail.Errorf(mail.KindInput, "find the account", "%q names no account; write ACCOUNT/Path with one of %s", name, t.names())
	case len(ids) > 1:
		return "", "", mail.Errorf(mail.KindInput, "find the account", "%q names %d accounts; use the id instead of the address", name, len(ids))
	}
	return ids[0], strings.Trim(path, "/"), nil
}

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

package client

import (
	"slices"
	"strings"

	"postrider/mail"
)

// Account returns the accounts that a name means: an id, an address, which
// several may have, or what the person calls them.
func (t *Tree) Account(name string) (ids []mail.AccountID) {
	for _, m := range t.Accounts {
		if string(m.ID) == name {
			return []mail.AccountID{m.ID}
		}
		if m.Address != "" && strings.EqualFold(m.Address, name) || m.Label != "" && strings.EqualFold(m.Label, name) {
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

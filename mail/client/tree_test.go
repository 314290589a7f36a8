package client

import (
	"slices"
	"strings"
	"testing"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/store"
)

// grove has an IMAP and a POP3 account of one person, one of another with a
// slash in the address, and the rests of a removed one.
func grove() *Tree {
	member := func(id mail.AccountID, address string) Member {
		return Member{Account: accounts.Account{ID: id, Address: address}}
	}
	t := &Tree{Accounts: []Member{
		member("aaaaaaaa", "ann@example.org"), member("bbbbbbbb", "Ann@example.org"), member("cccccccc", "sales/ann@example.com"),
		{Account: accounts.Account{ID: "dddddddd"}, State: store.AccountState{}, Removed: true},
	}}
	add := func(id mail.MailboxID, account mail.AccountID, path string, role mail.Role) {
		t.Mailboxes = append(t.Mailboxes, mail.Mailbox{ID: id, Account: account, Path: path, Role: role})
	}
	add(1, "aaaaaaaa", "INBOX", mail.RoleInbox)
	add(2, "aaaaaaaa", "Work/Übersicht", mail.RoleNone)
	add(3, "aaaaaaaa", "Papierkorb", mail.RoleTrash)
	add(4, "aaaaaaaa", "Trash", mail.RoleNone)
	add(5, "bbbbbbbb", "INBOX", mail.RoleInbox)
	add(6, "bbbbbbbb", "trash", mail.RoleNone)
	add(7, "cccccccc", "INBOX", mail.RoleInbox)
	add(8, "cccccccc", "work", mail.RoleNone)
	add(9, "cccccccc", "Work", mail.RoleNone)
	add(10, "dddddddd", "INBOX", mail.RoleInbox)
	return t
}

func TestAccountsGoByWhatThePersonCallsThem(t *testing.T) {
	tree := grove()
	tree.Accounts[2].Label = "Sales"
	if got := tree.Account("sales"); !slices.Equal(got, []mail.AccountID{"cccccccc"}) {
		t.Errorf("sales is %v", got)
	}
	if got := tree.Lookup("Sales/INBOX"); len(got) != 1 || got[0].ID != 7 {
		t.Errorf("Sales/INBOX is %v", got)
	}
}

func TestNamesOfMailboxes(t *testing.T) {
	for _, c := range []struct {
		name string
		want []mail.MailboxID
	}{
		{"aaaaaaaa/INBOX", []mail.MailboxID{1}},
		{"aaaaaaaa/inbox", []mail.MailboxID{1}},
		{"aaaaaaaa/@inbox", []mail.MailboxID{1}},
		{"aaaaaaaa/@INBOX", []mail.MailboxID{1}},
		{"ann@example.org/INBOX", []mail.MailboxID{1, 5}}, // two accounts of one address
		{"@inbox", []mail.MailboxID{1, 5, 7, 10}},
		{"aaaaaaaa/@trash", []mail.MailboxID{3}}, // what the server says beats a name
		{"bbbbbbbb/@trash", []mail.MailboxID{6}}, // made here, and not yet told by the server
		{"@trash", []mail.MailboxID{3, 6}},
		{"aaaaaaaa/Work/Übersicht", []mail.MailboxID{2}},
		{"aaaaaaaa/Work/Übersicht/", []mail.MailboxID{2}},
		{"sales/ann@example.com/INBOX", []mail.MailboxID{7}}, // the longest account that fits
		{"cccccccc/work", []mail.MailboxID{8}},
		{"cccccccc/WORK", []mail.MailboxID{8, 9}},
		{"Work/Übersicht", []mail.MailboxID{2}},
		{"dddddddd/INBOX", []mail.MailboxID{10}},
		{"@archive", nil},
		{"@", nil}, {"", nil}, {"/", nil}, {"aaaaaaaa/", nil}, {"aaaaaaaa", nil}, {"nobody@example.org/INBOX", nil},
	} {
		var got []mail.MailboxID
		for _, m := range grove().Lookup(c.name) {
			got = append(got, m.ID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("Lookup(%q) = %v, want %v", c.name, got, c.want)
		}
	}
}

// TestNamesRoundTrip: whatever name is printed for a mailbox names it again.
func TestNamesRoundTrip(t *testing.T) {
	tree := grove()
	for _, m := range tree.Mailboxes {
		got, err := tree.One(tree.FullName(m))
		if err != nil || got.ID != m.ID {
			t.Errorf("One(%q) = %d, %v; want %d", tree.FullName(m), got.ID, err, m.ID)
		}
	}
}

// TestUnknownNamesAreExplained: the error says what could have been meant.
func TestUnknownNamesAreExplained(t *testing.T) {
	for name, want := range map[string]string{
		"nobody@example.org/INBOX": "there are aaaaaaaa, bbbbbbbb, sales/ann@example.com",
		"aaaaaaaa/Nowhere":         `no mailbox "Nowhere" in this account`,
		"Nowhere":                  "ACCOUNT/Path",
		"@nowhere":                 "no mailbox",
	} {
		_, err := grove().Find(name)
		if !mail.Is(err, mail.KindInput) || !strings.Contains(err.Error(), want) {
			t.Errorf("Find(%q): %v, want it to say %q", name, err, want)
		}
	}
	if list, err := grove().Find("@archive"); err != nil || len(list) != 0 {
		t.Errorf("Find(@archive) = %v, %v; a role may be nowhere yet", list, err)
	}
	if _, err := grove().One("@inbox"); !mail.Is(err, mail.KindInput) {
		t.Errorf("One(@inbox) of four mailboxes: %v", err)
	}
}

func TestPlace(t *testing.T) {
	for name, want := range map[string]string{
		"aaaaaaaa/New/Folder":        "aaaaaaaa New/Folder",
		"sales/ann@example.com/New":  "cccccccc New",
		"SALES/ann@example.com/Ü/x/": "cccccccc Ü/x",
		"ann@example.org/New":        "", // two accounts
		"New":                        "",
		"nobody@example.org/New":     "",
	} {
		account, path, err := grove().Place(name)
		if got := string(account) + " " + path; err == nil && got != want || err != nil && want != "" {
			t.Errorf("Place(%q) = %q, %v; want %q", name, got, err, want)
		}
	}
}

func TestCan(t *testing.T) {
	inbox := mail.Mailbox{Path: "INBOX", Role: mail.RoleInbox}
	for _, c := range []struct {
		verb Verb
		m    mail.Mailbox
		want bool
	}{
		{List, inbox, true}, {File, inbox, true}, {Rename, inbox, false}, {Delete, inbox, false},
		{File, mail.Mailbox{NoSelect: true}, false}, {Rename, mail.Mailbox{NoSelect: true}, true}, {Delete, mail.Mailbox{NoSelect: true}, true},
		{File, mail.Mailbox{Role: mail.RoleFlagged}, false},
		{Delete, mail.Mailbox{Total: 1}, false}, {Delete, mail.Mailbox{}, true},
	} {
		if got, why := Can(c.verb, c.m); got != c.want || got != (why == "") {
			t.Errorf("Can(%s, %+v) = %v, %q; want %v, with a reason if not", c.verb, c.m, got, why, c.want)
		}
	}
}

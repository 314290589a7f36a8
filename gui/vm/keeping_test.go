package vm_test

import (
	"strings"
	"testing"

	"postrider/accounts"
	"postrider/gui/vm"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/store"
)

// TestServerKeepsWhatThePersonPicksOut of what would leave it, and lets it leave
// when they say so.
func TestServerKeepsWhatThePersonPicksOut(t *testing.T) {
	w := newWorld(t)
	home := w.roster.Accounts[1]
	p := vm.NewCustodyPage(&w.Desk, w.client, w.roster, home.ID)
	p.Consider(accounts.Keep{Mode: accounts.KeepDays, Days: 14})
	w.settle()
	p.Choose(func(err error) {
		if err != nil {
			t.Error(err)
		}
	})
	w.settle()
	p.Load()
	w.settle()
	first := p.Next[0]
	noError := func(err error) {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
	}
	before := p.Sentence
	p.KeepOnServer([]mail.PlacementID{first.ID}, noError)
	w.settle()
	if p.Next[0].ID == first.ID || p.Sentence == before || !strings.HasPrefix(p.Kept, "1 message stays on the server") {
		t.Errorf("kept %d: next is %+v; %q; %q", first.ID, p.Next[0], p.Sentence, p.Kept)
	}
	p.Free(noError)
	w.settle()
	if p.Sentence != before || p.Kept != "" {
		t.Errorf("let go: %q, %q", p.Sentence, p.Kept)
	}
}

// TestIMAPAccountSaysHowMuchOfItIsHere, and keeps less from now on without
// throwing anything away.
func TestIMAPAccountSaysHowMuchOfItIsHere(t *testing.T) {
	w := newWorld(t)
	work := w.roster.Accounts[0]
	p := vm.NewHoldingPage(&w.Desk, w.client, w.roster, work.ID)
	p.Load()
	w.settle()
	if !p.Ready || p.Both == 0 || p.ServerOnly != 0 || p.Text != "All of this account’s mail is here, too." {
		t.Fatalf("%+v", p)
	}
	all := p.Both
	p.Choose(accounts.Offline{Mode: accounts.OfflineHeaders}, func(err error) {
		if err != nil {
			t.Error(err)
		}
	})
	w.settle()
	list, _ := w.client.All()
	if list[0].Offline.Mode != accounts.OfflineHeaders || p.Both != all {
		t.Errorf("the account keeps %v here, and has %d of %d", list[0].Offline, p.Both, all)
	}
}

func TestFoldersAreMadeRenamedAndDeleted(t *testing.T) {
	w := newWorld(t)
	v := vm.NewVerbs(&w.Desk, w.client, w.roster)
	home := w.roster.Accounts[1]
	head := vm.Place{Kind: vm.AnAccount, Account: home.ID}
	for _, name := range []string{"", "  ", "a/b"} {
		if _, why := w.roster.NewFolder(head, name); why == "" {
			t.Errorf("%q was taken for a name", name)
		}
	}
	path, _ := w.roster.NewFolder(head, " Recipes ")
	var made mail.Mailbox
	v.CreateFolder(home.ID, path, func(m mail.Mailbox, err error) {
		if err != nil {
			t.Error(err)
		}
		made = m
	})
	w.settle()
	w.catchUp()
	if made.Path != "Recipes" {
		t.Fatalf("made %+v", made)
	}
	v.CreateFolder(home.ID, path, func(_ mail.Mailbox, err error) {
		if !mail.Is(err, mail.KindInput) {
			t.Errorf("the same once more: %v", err)
		}
	})
	w.settle()
	inside, _ := w.roster.NewFolder(vm.Place{Kind: vm.AFolder, Account: home.ID, Mailbox: made.ID}, "Soup")
	v.CreateFolder(home.ID, inside, func(m mail.Mailbox, err error) {
		if err != nil || m.Path != "Recipes/Soup" {
			t.Errorf("inside: %+v, %v", m, err)
		}
	})
	w.settle()
	w.catchUp()
	if can, why := v.CanFolder(client.Delete, made); can || why != "there are folders inside" {
		t.Errorf("deleting one with another inside: %v %q", can, why)
	}
	soup, _ := w.roster.Tree().At(home.ID, "Recipes/Soup")
	renamed, _ := w.roster.RenamedFolder(soup, "Stew")
	v.RenameFolder(soup.ID, renamed, func(err error) {
		if err != nil {
			t.Error(err)
		}
	})
	w.settle()
	w.catchUp()
	if m, ok := w.roster.Tree().At(home.ID, "Recipes/Stew"); !ok || m.ID != soup.ID {
		t.Errorf("renamed: %+v", w.roster.Tree().Mailboxes)
	}
	v.DeleteFolder(soup.ID, func(err error) {
		if err != nil {
			t.Error(err)
		}
	})
	w.settle()
	w.catchUp()
	if can, _ := v.CanFolder(client.Delete, made); !can {
		t.Error("an empty folder cannot be deleted")
	}
	inbox, _ := w.roster.Tree().Role(home.ID, mail.RoleInbox)
	if can, why := v.CanFolder(client.Rename, inbox); can || why == "" {
		t.Error("the inbox can be renamed")
	}
}

// TestAllOfAFolderIsOneAct that can be taken back.
func TestAllOfAFolderIsOneAct(t *testing.T) {
	w := newWorld(t)
	v := vm.NewVerbs(&w.Desk, w.client, w.roster)
	work := w.roster.Accounts[0]
	boxes := w.roster.Newsworthy(work.ID)
	unread := w.roster.Unread(vm.Place{Kind: vm.AllUnread})
	v.DoAll(vm.MarkRead, boxes, store.Unread, nil)
	w.settle()
	w.catchUp()
	if len(boxes) == 0 || len(w.roster.Newsworthy(work.ID)) != 0 || w.roster.Unread(vm.Place{Kind: vm.AllUnread}) >= unread {
		t.Errorf("of %v, unread is %v", boxes, w.roster.Newsworthy(work.ID))
	}
	v.Undo(nil)
	w.settle()
	w.catchUp()
	if got := w.roster.Unread(vm.Place{Kind: vm.AllUnread}); got != unread {
		t.Errorf("undone, %d are unread, not %d", got, unread)
	}
}

package vm_test

import (
	"strings"
	"testing"
	"time"

	"postrider/gui/vm"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/store"
)

func (w *world) verbs() *vm.Verbs {
	v := vm.NewVerbs(&w.Desk, w.client, w.roster)
	v.Failed = func(text, detail string) { w.t.Errorf("failed: %s (%s)", text, detail) }
	return v
}

func (w *world) row(id mail.PlacementID) client.Row {
	w.t.Helper()
	r, err := w.client.Row(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

func ids(rows ...client.Row) (list []mail.PlacementID) {
	for _, r := range rows {
		list = append(list, r.ID)
	}
	return list
}

// TestVerbsAreUndone: each verb does what it says, says what it did, and one
// undo brings everything back, whatever was done in passing meanwhile.
func TestVerbsAreUndone(t *testing.T) {
	w := newWorld(t)
	v := w.verbs()
	rows := append(w.some(0, 3), w.some(1, 2)...)
	reading, _ := w.roster.Tree().At(w.roster.Accounts[0].ID, "Projects/Reading room")
	other := w.some(1, 3)[2]
	if err := w.client.DoInPassing(t.Context(), mail.SetFlags{Targets: ids(rows...), Patch: mail.FlagPatch{Remove: mail.Bits(mail.Seen | mail.Flagged)}}); err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		rows[i] = w.row(rows[i].ID)
	}
	role := func(role mail.Role) func(client.Row) bool {
		return func(r client.Row) bool { return w.roster.RoleOf(r.Mailbox) == role }
	}
	for _, tt := range []struct {
		act  vm.Act
		n    int
		want string
		is   func(client.Row) bool
	}{
		{vm.Act{Verb: vm.Archive}, 1, "“" + rows[0].Subject + "” archived in Fernlight", role(mail.RoleArchive)},
		{vm.Act{Verb: vm.Archive}, 5, "5 messages archived", role(mail.RoleArchive)},
		{vm.Act{Verb: vm.Delete}, 5, "5 messages moved to the trash", role(mail.RoleTrash)},
		{vm.Act{Verb: vm.Junk}, 2, "2 messages moved to junk", func(r client.Row) bool { return role(mail.RoleJunk)(r) && r.Flags.Has(mail.Junk) }},
		{vm.Act{Verb: vm.MoveTo, To: reading.ID}, 3, "3 messages moved to Reading room", func(r client.Row) bool { return r.Mailbox == reading.ID }},
		{vm.Act{Verb: vm.MarkRead}, 5, "5 messages marked as read", func(r client.Row) bool { return r.Flags.Has(mail.Seen) }},
		{vm.Act{Verb: vm.Star}, 1, "“" + rows[0].Subject + "” starred", func(r client.Row) bool { return r.Flags.Has(mail.Flagged) }},
		{vm.Act{Verb: vm.AddTag, Tag: "urgent"}, 2, "2 messages tagged urgent", func(r client.Row) bool { return strings.Contains(r.Flags.Keywords, "urgent") }},
	} {
		t.Run(string(tt.act.Verb), func(t *testing.T) {
			tt.act.IDs = ids(rows[:tt.n]...)
			did := false
			v.Do(tt.act, func(ok bool) { did = ok })
			w.settle()
			if !did || v.Bar == nil || v.Bar.Text != tt.want {
				t.Fatalf("done %v, the bar says %+v, want %q", did, v.Bar, tt.want)
			}
			for _, r := range rows[:tt.n] {
				if now := w.row(r.ID); !tt.is(now) {
					t.Errorf("%s is in %s with %v", r.Subject, now.Path, now.Flags.Names())
				}
			}
			seen := mail.SetFlags{Targets: ids(other), Patch: mail.FlagPatch{Add: mail.Bits(mail.Seen)}}
			if err := w.client.DoInPassing(t.Context(), seen); err != nil {
				t.Fatal(err)
			}
			v.Undo(nil)
			w.settle()
			for _, r := range rows[:tt.n] {
				if now := w.row(r.ID); now.Mailbox != r.Mailbox || now.Flags != r.Flags {
					t.Errorf("after the undo %s is in %s with %v, it was in %s with %v", r.Subject, now.Path, now.Flags.Names(), r.Path, r.Flags.Names())
				}
			}
			if v.Bar != nil {
				t.Error("the bar is still there")
			}
		})
	}
}

func TestBarGoesAfterItsTimeAndTheKeyStillUndoes(t *testing.T) {
	w := newWorld(t)
	v := w.verbs()
	r := w.some(0, 1)[0]
	v.Do(vm.Act{Verb: vm.Archive, IDs: ids(r)}, nil)
	w.pass(9 * time.Second)
	if v.Bar == nil {
		t.Fatal("the bar has gone too soon")
	}
	w.pass(2 * time.Second)
	if v.Bar != nil {
		t.Error("the bar stays")
	}
	v.Undo(nil)
	w.settle()
	if w.row(r.ID).Mailbox != r.Mailbox {
		t.Error("nothing was undone")
	}
	failed := ""
	v.Failed = func(text, _ string) { failed = text }
	v.Undo(nil)
	w.settle()
	if failed != "There is nothing to undo." {
		t.Errorf("a second undo says %q", failed)
	}
}

func TestMarkingWhatIsMarkedDoesNothing(t *testing.T) {
	w := newWorld(t)
	v := w.verbs()
	r := w.some(0, 2)
	v.Do(vm.Act{Verb: vm.Star, IDs: ids(r...)}, nil)
	w.settle()
	v.Close()
	did := true
	v.Do(vm.Act{Verb: vm.Star, IDs: ids(r...)}, func(ok bool) { did = ok })
	w.settle()
	if did || v.Bar != nil {
		t.Errorf("starring stars: %v, %+v", did, v.Bar)
	}
}

func TestDeletingFromTheTrashIsForGoodAndAsksFirst(t *testing.T) {
	w := newWorld(t)
	v := w.verbs()
	r := w.some(0, 1)[0]
	if text := v.Warning(vm.Delete, 1, []mail.MailboxID{r.Mailbox}); text != "" {
		t.Errorf("deleting from the inbox asks %q", text)
	}
	v.Do(vm.Act{Verb: vm.Delete, IDs: ids(r)}, nil)
	w.settle()
	trashed := w.row(r.ID)
	if text := v.Warning(vm.Delete, 1, []mail.MailboxID{trashed.Mailbox}); !strings.Contains(text, "for good") {
		t.Errorf("deleting from the trash asks %q", text)
	}
	v.Do(vm.Act{Verb: vm.Delete, IDs: ids(r)}, nil)
	w.settle()
	if v.Bar == nil || !strings.HasSuffix(v.Bar.Text, "deleted for good") {
		t.Errorf("the bar says %+v", v.Bar)
	}
	if _, err := w.client.Row(t.Context(), r.ID); !mail.Is(err, mail.KindGone) {
		t.Errorf("it is still there: %v", err)
	}
}

func TestVerbsSayWhyNot(t *testing.T) {
	w := newWorld(t)
	v := w.verbs()
	box := func(role mail.Role) []mail.MailboxID {
		m, _ := w.roster.Tree().Role(w.roster.Accounts[0].ID, role)
		return []mail.MailboxID{m.ID}
	}
	for _, tt := range []struct {
		verb vm.Verb
		role mail.Role
		ok   bool
	}{
		{vm.Archive, mail.RoleInbox, true}, {vm.Archive, mail.RoleArchive, false}, {vm.Archive, mail.RoleDrafts, false},
		{vm.Junk, mail.RoleInbox, true}, {vm.Junk, mail.RoleJunk, false}, {vm.Junk, mail.RoleSent, false},
		{vm.NotJunk, mail.RoleJunk, true}, {vm.NotJunk, mail.RoleInbox, false}, {vm.Delete, mail.RoleTrash, true},
	} {
		if ok, why := v.Can(tt.verb, box(tt.role)); ok != tt.ok || ok == (why != "") {
			t.Errorf("%s in %s: %v %q", tt.verb, tt.role, ok, why)
		}
	}
	if ok, _ := v.Can(vm.Archive, nil); ok {
		t.Error("nothing can be archived")
	}
}

func TestChooserFindsFoldersByTheirLetters(t *testing.T) {
	w := newWorld(t)
	v := w.verbs()
	inbox := w.some(0, 1)[0].Mailbox
	c := v.Chooser([]mail.MailboxID{inbox})
	for _, choice := range c.Choices {
		if choice.Mailbox == inbox || choice.Role == mail.RoleDrafts {
			t.Errorf("%+v is a choice", choice)
		}
	}
	for text, want := range map[string]string{"rea": "Reading room", "room proj": "Reading room", "fern arch": "Archive", "zzz": ""} {
		c.Type(text)
		got, ok := c.Chosen()
		if got.Title != want || ok != (want != "") {
			t.Errorf("%q finds %+v", text, got)
		}
	}
	c.Type("arch")
	if got, _ := c.Chosen(); got.Account != "Fernlight" || got.Hits[0] != (vm.Range{From: 0, Until: 4}) {
		t.Errorf("the account's own archive is not first: %+v", got)
	}
	letters, _ := w.roster.Tree().At(w.roster.Accounts[3].ID, "News")
	v.Do(vm.Act{Verb: vm.CopyTo, To: letters.ID, IDs: ids(w.some(0, 1)...)}, nil)
	w.settle()
	c = v.Chooser([]mail.MailboxID{inbox})
	if got, _ := c.Chosen(); got.Mailbox != letters.ID || !got.Recent {
		t.Errorf("the folder used last is not first: %+v", got)
	}
}

func TestThousandsAreOneAct(t *testing.T) {
	w := newWorld(t)
	v := w.verbs()
	all := []mail.PlacementID{}
	for _, m := range w.roster.Tree().Mailboxes {
		rows, err := w.client.List(t.Context(), client.Page{Mailboxes: []mail.MailboxID{m.ID}, Filter: store.Unread, Limit: 5000})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, ids(rows...)...)
	}
	v.Do(vm.Act{Verb: vm.MarkRead, IDs: all}, nil)
	w.settle()
	w.catchUp()
	if n := w.roster.Unread(vm.Place{Kind: vm.AllUnread}); n != 0 {
		t.Errorf("%d are unread", n)
	}
	v.Undo(nil)
	w.settle()
	w.catchUp()
	if n := w.roster.Unread(vm.Place{Kind: vm.AllUnread}); n == 0 {
		t.Error("none is unread after the undo")
	}
}

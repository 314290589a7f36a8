package vm_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"postrider/gui/vm"
	"postrider/mail"
	"postrider/mail/client"
)

// drawn is a sidebar as text, a line an entry.
func drawn(entries []vm.Entry) (lines []string) {
	for _, e := range entries {
		line := strings.Repeat("  ", e.Depth) + e.Title
		if e.Place.Kind == vm.AnAccount {
			line = fmt.Sprintf("%s [%s]", line, e.Protocol)
		}
		if e.Count > 0 {
			line += fmt.Sprintf(" %d", e.Count)
		}
		if e.Folded {
			line += " +"
		}
		lines = append(lines, line)
	}
	return lines
}

func TestSidebarShowsViewsThenAccountsThenFolders(t *testing.T) {
	w := newWorld(t)
	s := vm.NewSidebar(w.roster, nil)
	lines := drawn(s.Entries)
	t.Log("\n" + strings.Join(lines, "\n"))
	for i, want := range []string{"All inboxes", "Unread", "Starred", "Fernlight [IMAP]", "Inbox"} {
		if i >= len(lines) || !strings.HasPrefix(lines[i], want) {
			t.Fatalf("line %d is not %q:\n%s", i, want, strings.Join(lines, "\n"))
		}
	}
	order := func(names ...string) {
		last := -1
		for _, name := range names {
			at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(strings.TrimSpace(l), name) })
			if at <= last {
				t.Errorf("%s is not after what it should follow:\n%s", name, strings.Join(lines, "\n"))
			}
			last = at
		}
	}
	order("Fernlight", "Inbox", "Drafts", "Sent", "Archive", "Projects", "Entrance hall", "Glare model", "Łódź", "Märkische Höfe", "Reading room", "Junk", "Trash", "Home [POP]", "Sailing club [IMAP]", "Letters [IMAP]")
	for _, e := range s.Entries {
		if e.Title == "Sailing club" && (e.Health != vm.NeedsYou || e.State != "Sign-in needed") {
			t.Errorf("the account that was refused is %v, %q", e.Health, e.State)
		}
		if e.Title == "Fernlight" && e.Health != vm.Fine {
			t.Errorf("Fernlight is %v, %q", e.Health, e.State)
		}
	}
}

func TestSidebarFollowsCountsWithoutReadingAllAnew(t *testing.T) {
	w := newWorld(t)
	s := vm.NewSidebar(w.roster, nil)
	inboxes := vm.Place{Kind: vm.AllInboxes}
	before, _ := s.Find(inboxes)
	rows, err := w.client.List(t.Context(), client.Page{Mailboxes: w.roster.Mailboxes(inboxes), Filter: client.Unread, Limit: 2})
	if err != nil || len(rows) < 2 {
		t.Fatal(len(rows), err)
	}
	tree := w.roster.Tree()
	_, err = w.client.Do(t.Context(), mail.SetFlags{Targets: []mail.PlacementID{rows[0].ID, rows[1].ID}, Patch: mail.FlagPatch{Add: mail.Bits(mail.Seen)}})
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	s.Changed = func() { told++ }
	w.catchUp()
	after, _ := s.Find(inboxes)
	if after.Count != before.Count-2 {
		t.Errorf("All inboxes has %d, want %d", after.Count, before.Count-2)
	}
	if told != 1 {
		t.Errorf("told %d times, want once", told)
	}
	if w.roster.Tree() != tree {
		t.Error("the whole tree was read again for a count")
	}
}

func TestSidebarFolds(t *testing.T) {
	w := newWorld(t)
	var kept []string
	s := vm.NewSidebar(w.roster, nil)
	s.Folds = func(keys []string) { kept = keys }
	head := s.Entries[3]
	n, inside := len(s.Entries), w.roster.Unread(vm.Place{Kind: vm.AnAccount, Account: head.Place.Account})
	s.Toggle(head.Place)
	if len(s.Entries) >= n || s.Entries[4].Place.Kind != vm.AnAccount {
		t.Errorf("folding an account left %d of %d lines", len(s.Entries), n)
	}
	if s.Entries[3].Count != inside {
		t.Errorf("a folded account shows %d, want what is new in its inbox, %d", s.Entries[3].Count, inside)
	}
	again := vm.NewSidebar(w.roster, kept)
	if got := drawn(again.Entries); !slices.Equal(got, drawn(s.Entries)) {
		t.Errorf("after a restart:\n%s", strings.Join(got, "\n"))
	}
	s.Toggle(head.Place)
	if len(s.Entries) != n {
		t.Errorf("unfolding brought %d of %d lines", len(s.Entries), n)
	}
}

func TestSidebarSaysWhereMessagesMayGo(t *testing.T) {
	w := newWorld(t)
	s := vm.NewSidebar(w.roster, nil)
	for _, e := range s.Entries {
		ok, why := s.CanDrop(e.Place)
		want := e.Place.Kind == vm.AFolder && !e.Bare && e.Role != mail.RoleDrafts
		if ok != want || ok == (why != "") {
			t.Errorf("dropping on %s: %v %q", e.Title, ok, why)
		}
	}
}

func TestSidebarLeavesAFolderThatIsGone(t *testing.T) {
	w := newWorld(t)
	s := vm.NewSidebar(w.roster, nil)
	box, err := w.client.Create(t.Context(), w.roster.Accounts[1].ID, "Old/Letters 10")
	if err != nil {
		t.Fatal(err)
	}
	w.catchUp()
	p := vm.Place{Kind: vm.AFolder, Account: box.Account, Mailbox: box.ID}
	e, ok := s.Find(p)
	if !ok || e.Depth != 1 || e.Title != "Letters 10" {
		t.Fatalf("the new folder is not shown: %+v", e)
	}
	above, ok := s.Find(vm.Place{Kind: vm.AFolder, Account: box.Account, Level: "Old"})
	if !ok {
		for _, e := range s.Entries {
			if e.Title == "Old" {
				above, ok = e, true
			}
		}
	}
	if !ok || !above.Parent {
		t.Fatalf("the level above it is not shown: %v", drawn(s.Entries))
	}
	s.Choose(p)
	if s.Chosen != p || s.Title(p) != "Letters 10" || s.Subtitle(p) != "Home" {
		t.Errorf("chosen %+v, %q, %q", s.Chosen, s.Title(p), s.Subtitle(p))
	}
	if _, err := w.client.Do(t.Context(), mail.DeleteMailbox{Mailbox: box.ID}); err != nil {
		t.Fatal(err)
	}
	w.catchUp()
	if s.Chosen.Kind != vm.AllInboxes {
		t.Errorf("chosen %+v, a folder that is gone", s.Chosen)
	}
}

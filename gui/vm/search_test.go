package vm_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"postrider/gui/vm"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/query"
)

func (w *world) search() *vm.Search { return vm.NewSearch(&w.Desk, w.client, w.roster) }

func TestSearchAnswersEachKeystrokeAndDropsStaleOnes(t *testing.T) {
	w := newWorld(t)
	s := w.search()
	answers := 0
	s.Changed = func() {
		if !s.Busy {
			answers++
		}
	}
	s.Type("l")
	w.settle()
	all := len(s.Rows)
	if all < 10 || s.Busy {
		t.Fatalf("one letter finds %d", all)
	}
	answers = 0
	for n := range len("lighting") {
		s.Type("lighting"[:n+1])
	}
	w.settle()
	if answers != 1 {
		t.Errorf("%d answers, want that of the last keystroke", answers)
	}
	if len(s.Rows) == 0 || len(s.Rows) >= all {
		t.Errorf("the whole word finds %d, its letter %d", len(s.Rows), all)
	}
	for i, r := range s.Rows {
		if i > 0 && r.Date.After(s.Rows[i-1].Date) {
			t.Error("the newest is not first")
		}
	}
	s.Close()
	if s.Active || s.Rows != nil || s.Query() != "" {
		t.Errorf("a closed search has %q and %d rows", s.Query(), len(s.Rows))
	}
}

func TestSearchOperatorsBecomeChips(t *testing.T) {
	w := newWorld(t)
	s := w.search()
	s.Type(`from:ines`)
	w.settle()
	if len(s.Chips) != 0 {
		t.Error("a chip while it is typed")
	}
	before := len(s.Rows)
	s.Type(`from:ines `)
	s.Type(s.Text + `is:unread -in:Trash after:2020-09 "reading room" `)
	w.settle()
	var got []string
	for _, c := range s.Chips {
		got = append(got, c.Name+" "+c.Value)
	}
	if want := []string{"from ines", "is unread", "not in Trash", "after September 2020"}; !slices.Equal(got, want) {
		t.Errorf("chips %q, want %q", got, want)
	}
	if s.Text != `"reading room" ` {
		t.Errorf("left in the field: %q", s.Text)
	}
	if s.Query() != `from:ines is:unread -in:Trash after:2020-09 "reading room" ` {
		t.Errorf("the query is %q", s.Query())
	}
	for range 3 {
		s.RemoveChip(1)
	}
	s.Type("")
	w.settle()
	if len(s.Rows) != before {
		t.Errorf("%d rows, with the chip alone, want %d", len(s.Rows), before)
	}
	s.EditChip()
	w.settle()
	if s.Text != "from:ines" || len(s.Chips) != 0 {
		t.Errorf("after Backspace: %q, %v", s.Text, s.Chips)
	}
	s.Type("is:unread OR lamp ")
	if len(s.Chips) != 0 || s.Text != "is:unread OR lamp " {
		t.Errorf("an OR was taken apart: %v %q", s.Chips, s.Text)
	}
}

func TestSearchMarksWhatItFound(t *testing.T) {
	w := newWorld(t)
	s := w.search()
	s.Type("pendan")
	w.settle()
	if len(s.Rows) == 0 {
		t.Fatal("nothing found")
	}
	var told []mail.PlacementID
	s.Marked = func(ids []mail.PlacementID) { told = ids }
	s.Want(s.Rows)
	w.settle()
	if len(told) != len(s.Rows) {
		t.Errorf("told of %d of %d", len(told), len(s.Rows))
	}
	for _, r := range s.Rows {
		m := s.Marks(r)
		shown := 0
		for _, part := range []struct {
			text string
			hits []query.Span
		}{{r.Subject, m.Subject}, {m.Text, m.Passage}} {
			for _, h := range part.hits {
				shown++
				if word := part.text[h.From:h.Until]; !strings.EqualFold(word, "pendan") {
					t.Errorf("marked %q", word)
				}
			}
		}
		if shown == 0 {
			t.Errorf("nothing is marked in %q: %q", r.Subject, m.Text)
		}
	}
}

func TestSearchSuggestsPeopleFoldersAndOperators(t *testing.T) {
	w := newWorld(t)
	s := w.search()
	s.Type("")
	w.settle()
	named := func(name, value string) (vm.Suggestion, bool) {
		for _, g := range s.Suggestions {
			if g.Name == name && g.Value == value {
				return g, true
			}
		}
		return vm.Suggestion{}, false
	}
	for _, tt := range []struct{ text, name, value string }{
		{"ine", "from", "Ines Moreau"}, {"from:mor", "from", "Ines Moreau"}, {"to:t.bra", "to", "Tomasz Brandt"}, {"in:read", "in", "Reading room"},
		{"att", "has", "attachment"}, {"unr", "is", "unread"}, {"fil", "filename", ""}, {"account:hom", "account", "Home"}, {"lamp is:st", "is", "starred"},
	} {
		s.Type(tt.text)
		if _, ok := named(tt.name, tt.value); !ok {
			t.Errorf("%q suggests %+v", tt.text, s.Suggestions)
		}
	}
	s.Type("lighting from:mor")
	g, _ := named("from", "Ines Moreau")
	s.Take(g)
	w.settle()
	if s.Text != "lighting " || len(s.Chips) != 1 || s.Chips[0].Value != "Ines Moreau" || len(s.Rows) == 0 {
		t.Fatalf("taken: %q %+v, %d found", s.Text, s.Chips, len(s.Rows))
	}
	for _, r := range s.Rows {
		if r.FromName != "Ines Moreau" {
			t.Errorf("found one from %s", r.FromName)
		}
	}
}

func TestSearchNarrowsAndSorts(t *testing.T) {
	w := newWorld(t)
	s := w.search()
	s.Type("lamp")
	w.settle()
	if len(s.Narrow) == 0 {
		t.Fatalf("nothing narrows %d messages", len(s.Rows))
	}
	for _, g := range s.Narrow {
		if g.Name == "in" {
			n := len(s.Rows)
			s.Narrowed(g)
			w.settle()
			if len(s.Rows) == 0 || len(s.Rows) >= n {
				t.Errorf("%s %s leaves %d of %d", g.Name, g.Value, len(s.Rows), n)
			}
			break
		}
	}
	s.Close()
	s.Type("lamp")
	s.Sort(vm.BySize)
	w.settle()
	if !slices.IsSortedFunc(s.Rows, func(a, b client.Row) int { return int(b.Size - a.Size) }) {
		t.Error("not by size")
	}
}

func TestSearchSaysWhatItLookedThrough(t *testing.T) {
	w := newWorld(t)
	s := w.search()
	s.Type("zzzz")
	w.settle()
	if s.Summary != "Nothing found" || !strings.HasPrefix(s.Covered, "Searched all ") || !strings.Contains(s.Covered, " messages on this computer") {
		t.Errorf("%q, %q", s.Summary, s.Covered)
	}
	if strings.Contains(s.Covered, "not downloaded") {
		t.Errorf("everything is here: %q", s.Covered)
	}
	w.pass(2 * time.Minute)
}

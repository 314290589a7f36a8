package vm_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"postrider/gui/vm"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/store"
)

func TestRowSaysWho(t *testing.T) {
	h := newHall(t)
	me, ines, tomasz, jo := "Me Myself <me@test.example>", "Ines Moreau <ines@x.example>", `"Nowak, Tomasz" <tom@x.example>`, "jo@x.example"
	h.comes("one/INBOX", letter{id: "a", from: ines, ago: 5 * time.Hour}, letter{id: "b", refs: "a", from: tomasz, ago: 4 * time.Hour, flags: []string{`\Seen`}})
	h.comes("one/Sent", letter{id: "c", refs: "a", from: me, ago: 3 * time.Hour, flags: []string{`\Seen`}})
	v := h.view("one/INBOX")
	v.Conversations = true
	h.open(v)
	check := func(i int, who string, count int) {
		t.Helper()
		h.list.Want(0, 10)
		h.settle()
		if row := h.list.Row(i); row.Who != who || row.Count != count || row.Loading {
			t.Errorf("row %d is from %q, %d messages; want %q, %d", i, row.Who, row.Count, who, count)
		}
	}
	check(0, "Ines, Tomasz, me", 3)
	h.comes("one/INBOX", letter{refs: "a", from: jo, ago: 2 * time.Hour})
	h.pass(time.Second)
	check(0, "Ines, Tomasz, me, jo", 4)
	h.comes("one/INBOX", letter{refs: "a", from: "Zoë <z@x.example>", ago: time.Hour})
	h.comes("one/Trash", letter{refs: "a", from: "Junk <j@x.example>"})
	h.pass(time.Second)
	check(0, "Ines … jo, Zoë", 5)
	h.comes("two/INBOX", letter{refs: "a", from: ines})
	h.pass(time.Second)
	check(0, "Ines … jo, Zoë", 5) // a conversation is of one account
	h.open(h.view("one/INBOX"))
	check(3, "Ines Moreau", 1)
	h.open(h.view("one/Sent"))
	check(0, "To Bob", 1)
	if row := h.list.Row(0); row.Unread || row.Kept != vm.OnServer {
		t.Errorf("the sent message shows %+v", row)
	}
}

// TestReplyElsewhereShows in the inbox's row when it was sent, though the inbox
// did not change.
func TestReplyElsewhereShows(t *testing.T) {
	h := newHall(t)
	h.comes("one/INBOX", letter{id: "a"})
	v := h.view("one/INBOX")
	v.Conversations = true
	h.open(v)
	h.deltas = nil
	h.comes("one/Sent", letter{refs: "a", from: "me@test.example", flags: []string{`\Seen`}})
	h.settle()
	if row := h.list.Row(0); row.Who != "Ada, me" || row.Count != 2 || len(h.deltas) != 1 || len(h.deltas[0].Rows) != 1 {
		t.Errorf("the row shows %q, %d messages; told %+v", row.Who, row.Count, h.deltas)
	}
	h.deltas = nil
	h.comes("two/INBOX", letter{})
	h.settle()
	if len(h.deltas) > 0 {
		t.Errorf("what has nothing to do with the rows is told: %+v", h.deltas)
	}
}

func TestDays(t *testing.T) {
	h := newHall(t)
	h.now = time.Date(2026, 3, 19, 10, 0, 0, 0, time.UTC) // a Thursday
	day := 24 * time.Hour
	for _, ago := range []time.Duration{0, 9 * time.Hour, 11 * time.Hour, 2 * day, 3 * day, 4 * day, 8 * day, 11 * day, 15 * day, 20 * day, 70 * day, 80 * day, 400 * day} {
		h.comes("one/INBOX", letter{ago: ago})
	}
	h.comes("one/INBOX", letter{ago: -10 * time.Hour}) // its clock is wrong
	v := h.view("one/INBOX")
	days := func() string {
		var all []string
		for _, d := range h.list.Days() {
			all = append(all, fmt.Sprint(d.At, " ", d.Title))
		}
		return strings.Join(all, ", ")
	}
	h.open(v)
	if got, want := days(), "0 Today, 3 Yesterday, 4 This week, 6 Last week, 8 This month, 10 February, 11 January, 12 December 2025, 13 February 2025"; got != want {
		t.Errorf("the days are %s\nwant %s", got, want)
	}
	h.Desk.Style.Sunday = true
	h.open(v)
	if got := days(); !strings.Contains(got, "4 This week, 7 Last week, 9 This month, 10 February") {
		t.Errorf("with weeks from Sunday on the days are %s", got)
	}
	h.deltas = nil
	h.pass(14*time.Hour + time.Minute)
	if got := days(); !strings.HasPrefix(got, "0 Yesterday, 3 This week, 7 Last week") || len(h.deltas) == 0 {
		t.Errorf("after midnight the days are %s; told %v", got, h.deltas)
	}
	v.Sort.Reverse = true
	h.open(v)
	if got := days(); !strings.HasPrefix(got, "0 February 2025, 1 December 2025, 2 January") || !strings.HasSuffix(got, "7 This week, 11 Yesterday") {
		t.Errorf("oldest first the days are %s", got)
	}
	v.Sort.By = client.BySubject
	h.open(v)
	if len(h.list.Days()) > 0 {
		t.Error("a list by subject has days")
	}
}

// TestManyComeWithoutMuchToDo: however much changes, one question is under way
// at a time.
func TestManyComeWithoutMuchToDo(t *testing.T) {
	h, v, _ := filledInbox(t, 10)
	for range 50 {
		h.comes("one/INBOX", letter{}, letter{}, letter{})
		if len(h.jobs) > 2 {
			t.Fatalf("%d questions are waiting", len(h.jobs))
		}
	}
	h.deltas = nil
	h.settle()
	if got, want := len(h.shown()), len(h.truth(v)); got != want || len(h.deltas) > 6 {
		t.Errorf("%d rows, want %d; told %d times", got, want, len(h.deltas))
	}
}

func TestCloseAndSelectNothing(t *testing.T) {
	h, _, ids := filledInbox(t, 3)
	h.list.PickID(ids[1])
	h.list.PickNone()
	if h.list.PickedCount() != 0 || h.list.Cursor() != 1 {
		t.Errorf("%d are selected, the cursor is at %d", h.list.PickedCount(), h.list.Cursor())
	}
	h.list.Close()
	h.comes("one/INBOX", letter{})
	h.settle()
	if h.list.Len() != 0 || h.list.CursorID() != 0 || h.list.Loading() {
		t.Error("a closed list shows something")
	}
}

// TestFoundMessagesStayWhereTheyGo: a list of what was found follows messages
// from mailbox to mailbox.
func TestFoundMessagesStayWhereTheyGo(t *testing.T) {
	h, _, ids := filledInbox(t, 10)
	find := func(at ...int) {
		t.Helper()
		var some []mail.PlacementID
		for _, i := range at {
			some = append(some, ids[i])
		}
		rows, err := read(h.store, h.ctx, func(sn *store.Snapshot) ([]client.Row, error) { return sn.Rows(some) })
		h.must(err)
		h.list.ShowFound(rows)
		h.settle()
	}
	find(7, 2, 4)
	if got := h.subjects(0, 3); got != "s2 s4 s7" || !h.list.Whole() || len(h.list.Days()) == 0 {
		t.Errorf("found are %s", got)
	}
	h.list.Pick(1)
	find(4, 5, 7)
	if h.list.Cursor() != 0 || h.list.PickedCount() != 1 {
		t.Errorf("as the search goes on, %d are selected, the cursor is at %d", h.list.PickedCount(), h.list.Cursor())
	}
	h.move("one/Archive", ids[4])
	h.pass(time.Second)
	if row := h.list.Row(0); h.list.Len() != 3 || row.Row.Path != "Archive" {
		t.Errorf("what was moved shows %+v", row)
	}
	h.do(mail.Expunge{Targets: ids[4:5]})
	h.pass(time.Second)
	if got := h.subjects(0, 2); got != "s5 s7" || h.list.Len() != 2 || h.list.CursorID() != ids[5] {
		t.Errorf("without what was deleted it shows %s, %d rows", got, h.list.Len())
	}
	h.comes("one/INBOX", letter{})
	h.list.Apply([]mail.Batch{{Changes: []mail.Change{mail.Gap{}}}})
	h.pass(time.Minute)
	if h.list.Len() != 2 {
		t.Error("it shows what was not found")
	}
	h.open(h.view("one/INBOX"))
	if h.list.Found() || h.list.Len() != 10 {
		t.Errorf("back in the inbox there are %d rows", h.list.Len())
	}
}

package vm_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"postrider/gui/vm"
	"postrider/mail"
	"postrider/mail/client"
)

// filledInbox is an inbox with n messages, an hour apart, shown from row 0 on;
// ids are in the order of the list.
func filledInbox(t *testing.T, n int) (h *hall, v client.View, ids []mail.PlacementID) {
	t.Helper()
	h = newHall(t)
	var list []letter
	for i := range n {
		list = append(list, letter{subject: fmt.Sprint("s", i), ago: time.Duration(i) * time.Hour})
	}
	h.comes("one/INBOX", list...)
	v = h.view("one/INBOX")
	h.open(v)
	return h, v, h.truth(v)
}

// subjects are what some rows show.
func (h *hall) subjects(from, to int) string {
	var all []string
	h.list.Want(from, to)
	h.settle()
	for i := from; i < to; i++ {
		all = append(all, h.list.Row(i).Row.Subject)
	}
	return strings.Join(all, " ")
}

// moved is the sum of what deltas since the last call say of rows above.
func (h *hall) moved() (above int) {
	for _, d := range h.deltas {
		above += d.Above
	}
	h.deltas = nil
	return above
}

func TestWindowDoesNotMove(t *testing.T) {
	for _, c := range []struct {
		name   string
		happen func(h *hall, ids []mail.PlacementID)
		above  int
		shows  string
	}{
		{"two come above", func(h *hall, _ []mail.PlacementID) { h.comes("one/INBOX", letter{}, letter{}) }, 2, "s30 s31 s32"},
		{"one comes below", func(h *hall, _ []mail.PlacementID) { h.comes("one/INBOX", letter{ago: 50*time.Hour + time.Minute}) }, 0, "s30 s31 s32"},
		{"one above goes", func(h *hall, ids []mail.PlacementID) { h.move("one/Archive", ids[4]) }, -1, "s30 s31 s32"},
		{"the first of the window goes", func(h *hall, ids []mail.PlacementID) { h.move("one/Archive", ids[30]) }, 0, "s31 s32 s33"},
		{"all of the window goes, and one above", func(h *hall, ids []mail.PlacementID) { h.move("one/Archive", append(ids[30:40:40], ids[2])...) }, -1, "s40 s41 s42"},
		{"elsewhere", func(h *hall, ids []mail.PlacementID) { h.comes("two/INBOX", letter{}) }, 0, "s30 s31 s32"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, _, ids := filledInbox(t, 60)
			h.list.Want(30, 40)
			h.settle()
			h.deltas = nil
			c.happen(h, ids)
			h.pass(time.Second)
			above := h.moved()
			if got := h.subjects(30+above, 33+above); above != c.above || got != c.shows {
				t.Errorf("%d rows came above, and the window shows %s; want %d and %s", above, got, c.above, c.shows)
			}
		})
	}
}

// TestConversationComesUpWithoutTheWindow: the selection goes with it.
func TestConversationComesUpWithoutTheWindow(t *testing.T) {
	h, v, _ := filledInbox(t, 60)
	v.Conversations = true
	h.open(v)
	h.list.Want(30, 40)
	h.list.Pick(30)
	h.settle()
	h.deltas = nil
	h.comes("one/INBOX", letter{refs: "m31", subject: "again"})
	h.pass(time.Second)
	if above := h.moved(); above != 1 || h.list.Cursor() != 0 || h.subjects(30+above, 32+above) != "s31 s32" {
		t.Errorf("%d rows came above, the cursor is at %d, the window shows %s", above, h.list.Cursor(), h.subjects(31, 33))
	}
	if row := h.list.Row(0); row.Count != 2 || row.Row.Subject != "again" {
		t.Errorf("the conversation shows %+v", row)
	}
}

// TestOrderThatCameLate: what happened while all of it was read is not lost.
func TestOrderThatCameLate(t *testing.T) {
	h, v, ids := filledInbox(t, 250)
	h.list.Open(v)
	h.list.Want(0, 20)
	if h.list.Len() != 0 || !h.list.Loading() {
		t.Errorf("the list is %d long before anything was read", h.list.Len())
	}
	first := func(list *[]func()) {
		fn := (*list)[0]
		*list = (*list)[1:]
		fn()
	}
	first(&h.jobs)
	first(&h.posts)
	first(&h.jobs) // the order of all of it, as it is now
	late := h.posts[0]
	h.posts = nil
	h.settle()
	if h.list.Whole() || h.list.Len() != 250 || h.list.ID(50) != ids[50] || h.list.ID(200) != 0 || !h.list.Row(200).Loading {
		t.Errorf("with its first rows read, the list is %d long, and row 50 is %d", h.list.Len(), h.list.ID(50))
	}
	h.comes("one/INBOX", letter{})
	h.move("one/Archive", ids[3])
	h.settle()
	if h.list.Len() != 250 || h.list.IndexOf(ids[3]) != -1 || h.list.IndexOf(ids[4]) != 4 {
		t.Errorf("the first rows do not follow: %d rows, %d is at %d", h.list.Len(), ids[4], h.list.IndexOf(ids[4]))
	}
	late()
	h.settle()
	if got, want := h.shown(), h.truth(v); !h.list.Whole() || !slices.Equal(got, want) {
		t.Errorf("shows %v, want %v", got, want)
	}
}

// TestReadMessageStays in a list of unread ones until that is opened again.
func TestReadMessageStays(t *testing.T) {
	h, v, ids := filledInbox(t, 10)
	v.Filter = client.Unread
	h.open(v)
	h.flag(ids[4], `\Seen`)
	h.pass(time.Second)
	if h.list.Len() != 10 || h.list.Row(4).Unread || h.list.ID(4) != ids[4] {
		t.Errorf("%d rows; the one that was read shows %+v", h.list.Len(), h.list.Row(4))
	}
	h.list.Apply([]mail.Batch{{Changes: []mail.Change{mail.Gap{}}}})
	h.pass(time.Minute)
	if h.list.IndexOf(ids[4]) != 4 {
		t.Error("a gap took it away")
	}
	h.move("one/Archive", ids[4])
	h.settle()
	if h.list.Len() != 9 || h.list.IndexOf(ids[4]) != -1 {
		t.Error("it stays though it was moved away")
	}
	h.flag(ids[5], `\Seen`)
	h.open(v)
	if h.list.Len() != 8 {
		t.Errorf("opened again it has %d rows, want 8", h.list.Len())
	}
}

// TestSelectionGoesToTheNextRow when what was selected is gone.
func TestSelectionGoesToTheNextRow(t *testing.T) {
	for _, c := range []struct {
		name   string
		pick   func(l *vm.List)
		gone   []int
		cursor int // the old row that has the cursor then
		picked int
	}{
		{"one", func(l *vm.List) { l.Pick(3) }, []int{3}, 4, 1},
		{"the last", func(l *vm.List) { l.Pick(9) }, []int{9}, 8, 1},
		{"a range", func(l *vm.List) { l.Pick(2); l.PickTo(5, false) }, []int{2, 3, 4, 5}, 6, 1},
		{"a range upwards", func(l *vm.List) { l.Pick(5); l.PickTo(2, false) }, []int{2, 3, 4, 5}, 6, 1},
		{"some of it", func(l *vm.List) { l.Pick(2); l.PickTo(5, false) }, []int{2, 3}, 5, 2},
		{"another", func(l *vm.List) { l.Pick(2) }, []int{7}, 2, 1},
		{"scattered", func(l *vm.List) { l.Pick(1); l.PickAlso(4); l.PickAlso(8) }, []int{1, 4, 8}, 9, 1},
		{"with the next", func(l *vm.List) { l.Pick(3) }, []int{3, 4, 5, 6}, 7, 1},
		{"with all below", func(l *vm.List) { l.Pick(7) }, []int{7, 8, 9}, 6, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, _, ids := filledInbox(t, 10)
			c.pick(h.list)
			var gone []mail.PlacementID
			for _, i := range c.gone {
				gone = append(gone, ids[i])
			}
			h.move("one/Archive", gone...)
			h.pass(time.Second)
			if h.list.CursorID() != ids[c.cursor] || h.list.PickedCount() != c.picked || c.picked == 1 && !h.list.Picked(h.list.Cursor()) {
				t.Errorf("the cursor is on %d and %d are selected; want %d, and %d", h.list.CursorID(), h.list.PickedCount(), ids[c.cursor], c.picked)
			}
		})
	}
}

func TestPickAllIsWhatWasSeen(t *testing.T) {
	h, v, ids := filledInbox(t, 10)
	v.Conversations = true
	h.open(v)
	h.list.PickAll()
	h.list.PickAlso(2)
	h.comes("one/INBOX", letter{subject: "unseen"}, letter{refs: "m2", subject: "of one that is selected"})
	h.pass(time.Second)
	if h.list.Len() != 11 || h.list.PickedCount() != 9 {
		t.Errorf("%d of %d are selected, want 9 of 11", h.list.PickedCount(), h.list.Len())
	}
	var got []mail.PlacementID
	h.list.Targets(func(list []mail.PlacementID, err error) { got = list; h.must(err) })
	h.settle()
	if len(got) != 10 || slices.Contains(got, ids[2]) || !slices.Contains(got, ids[1]) {
		t.Errorf("that stands for %v; %v were there", got, ids)
	}
	h.move("one/Archive", got...)
	h.pass(time.Second)
	if got := h.subjects(0, h.list.Len()); got != "unseen s2" || h.list.PickedCount() != 0 {
		t.Errorf("left are %q, %d selected", got, h.list.PickedCount())
	}
}

func TestStepsAndRanges(t *testing.T) {
	h, _, _ := filledInbox(t, 30)
	l := h.list
	for _, c := range []struct {
		by     int
		extend bool
		at, n  int
	}{{1, false, 0, 1}, {1, false, 1, 1}, {5, true, 6, 6}, {-3, true, 3, 3}, {-4, true, 0, 2}, {0, false, 0, 1}, {100, false, 29, 1}, {-100, true, 0, 30}} {
		if at := l.Step(c.by, c.extend); at != c.at || l.PickedCount() != c.n || l.Cursor() != c.at {
			t.Fatalf("a step of %d (extend %v) comes to %d with %d selected, want %d with %d", c.by, c.extend, at, l.PickedCount(), c.at, c.n)
		}
	}
}

// TestGapKeepsSelectionAndPlace: all is read anew, and looks as before.
func TestGapKeepsSelectionAndPlace(t *testing.T) {
	h, v, ids := filledInbox(t, 60)
	h.list.Want(30, 40)
	h.list.Pick(32)
	h.list.PickTo(34, false)
	h.settle()
	h.deltas = nil
	h.comesUnheard("one/INBOX", letter{}, letter{})
	h.unheard(mail.Move{Targets: []mail.PlacementID{ids[33], ids[50]}, To: h.boxes["one/Archive"]})
	h.list.Apply([]mail.Batch{{Changes: []mail.Change{mail.Gap{}}}})
	h.pass(time.Minute)
	if got, want := h.shown(), h.truth(v); !slices.Equal(got, want) {
		t.Errorf("shows %v, want %v", got, want)
	}
	if above := h.moved(); above != 2 || h.list.PickedCount() != 2 || h.list.CursorID() != ids[34] {
		t.Errorf("%d rows came above; %d are selected, the cursor is on %d", above, h.list.PickedCount(), h.list.CursorID())
	}
}

func (h *hall) comesUnheard(box string, letters ...letter) {
	list := h.list
	h.list = vm.NewList(&h.Desk, library{h.store}, vm.ListOptions{})
	h.comes(box, letters...)
	h.list = list
}

func (h *hall) unheard(op mail.Op) {
	h.t.Helper()
	_, err := h.store.Do(h.ctx, op)
	h.must(err)
	h.batches()
}

package store

import (
	"fmt"
	"testing"
	"time"

	"postrider/mail"
)

// fetched is what a pull would still have to download of a mailbox.
func (r *room) fetched(box mail.MailboxID) []mail.UID {
	r.t.Helper()
	uids, err := r.mirrorOf(box).Bodiless(r.ctx, box, time.Time{}, 1000)
	r.must(err)
	return uids
}

// TestMoveWithoutNewUIDIsRecognised: a server without UIDPLUS does not say where
// a message went; it is recognised there, with its id, and not downloaded again.
func TestMoveWithoutNewUIDIsRecognised(t *testing.T) {
	r := newRoom(t)
	raw := letter("letter", "letter", "This is letter.")
	id := r.arrive(r.box("INBOX"), "letter")
	r.do(moveTo(r.box("A"), id))
	r.settle(r.task(acct), Done, 0)
	r.shows(r.box("A"), "letter")
	r.pull(r.box("INBOX"), 1)
	r.pull(r.box("A"), 1, head(12, raw, `\Answered`))
	r.shows(r.box("A"), `letter \Answered`)
	if got := r.find(r.box("A"), "letter"); got.ID != id || got.UID != 12 || !got.Here {
		t.Errorf("it is %+v now, was %d", got, id)
	}
	if uids := r.fetched(r.box("A")); len(uids) != 0 {
		t.Errorf("%v would be downloaded again", uids)
	}
}

// TestMoveCutOffIsRecognised: the connection ended after the server had moved
// the message and before it said so.
func TestMoveCutOffIsRecognised(t *testing.T) {
	raw := letter("letter", "letter", "This is letter.")
	for _, first := range []string{"source", "destination"} {
		t.Run(first+" is looked at first", func(t *testing.T) {
			r := newRoom(t)
			id := r.arrive(r.box("INBOX"), "letter")
			r.do(moveTo(r.box("A"), id))
			r.settle(r.task(acct), Unknown, 0)
			if first == "source" {
				r.pull(r.box("INBOX"), 1)
				r.pull(r.box("A"), 1, head(12, raw))
			} else {
				r.pull(r.box("A"), 1, head(12, raw))
				r.pull(r.box("INBOX"), 1)
			}
			r.shows(r.box("INBOX"))
			r.shows(r.box("A"), "letter")
			if got := r.find(r.box("A"), "letter"); got.ID != id || got.UID != 12 {
				t.Errorf("it is %d with UID %d now, was %d", got.ID, got.UID, id)
			}
			if list := r.pending(acct); len(list) != 0 {
				t.Errorf("still waiting: %+v", list)
			}
		})
	}
}

// TestMoveNotDoneStays: the same cut, but the server had done nothing.
func TestMoveNotDoneStays(t *testing.T) {
	r := newRoom(t)
	raw := letter("letter", "letter", "This is letter.")
	id := r.arrive(r.box("INBOX"), "letter")
	r.do(moveTo(r.box("A"), id))
	r.settle(r.task(acct), Unknown, 0)
	r.pull(r.box("INBOX"), 1, head(1, raw))
	r.pull(r.box("A"), 1)
	r.shows(r.box("A"), "letter")
	if task := r.task(acct); task == nil || task.Kind != mail.OpMove || !task.Again {
		t.Errorf("the move is not tried again: %+v", task)
	}
}

// TestWaitingIsGivenUpAfterACompleteScan: what waits to be recognised and is not
// among all that the server has, is gone; before the scan is complete, it is not.
func TestWaitingIsGivenUpAfterACompleteScan(t *testing.T) {
	r := newRoom(t)
	id := r.arrive(r.box("INBOX"), "letter")
	r.do(moveTo(r.box("A"), id))
	r.settle(r.task(acct), Done, 0)
	m := r.Mirror(acct)
	r.must(m.Begin(r.ctx, r.box("A"), 1))
	r.seen(r.box("A"), head(1, letter("other", "other", "")))
	r.shows(r.box("A"), "letter", "other")
	_, err := m.Complete(r.ctx, r.box("A"), []mail.UIDRange{{First: 1, Last: 1}}, 0, false)
	r.must(err)
	r.shows(r.box("A"), "other")
}

// TestWhatArrivesDuringAScanIsNotGivenUp: a move that ended after the scan of
// its destination had begun waits for the next.
func TestWhatArrivesDuringAScanIsNotGivenUp(t *testing.T) {
	r := newRoom(t)
	id := r.arrive(r.box("INBOX"), "letter")
	m := r.Mirror(acct)
	r.must(m.Begin(r.ctx, r.box("A"), 1))
	r.do(moveTo(r.box("A"), id))
	r.settle(r.task(acct), Done, 0)
	_, err := m.Complete(r.ctx, r.box("A"), nil, 0, false)
	r.must(err)
	r.shows(r.box("A"), "letter")
}

// TestNewUIDValidityFetchesNothingAgain: every UID is void, and every message is
// the same: ids, bytes and pending operations stay.
func TestNewUIDValidityFetchesNothingAgain(t *testing.T) {
	r := newRoom(t)
	var before, after []Seen
	for i := range 30 {
		raw := letter(fmt.Sprint("id", i), fmt.Sprint("m", i), "")
		before = append(before, r.whole(mail.UID(i+1), raw))
		after = append(after, head(mail.UID(500-i), raw))
	}
	box := r.box("INBOX")
	r.pull(box, 1, before...)
	ids := map[string]mail.PlacementID{}
	for _, row := range r.rows(box) {
		ids[row.Subject] = row.ID
	}
	r.do(flags(ids["m3"], `\Flagged`))
	r.pull(box, 2, after...)
	if uids := r.fetched(box); len(uids) != 0 {
		t.Errorf("%v would be downloaded again", uids)
	}
	for _, row := range r.rows(box) {
		if row.ID != ids[row.Subject] || !row.Here {
			t.Errorf("%s is %d now, was %d", row.Subject, row.ID, ids[row.Subject])
		}
	}
	task := r.task(acct)
	if task == nil || task.Validity != 2 || task.Items[0].UID != 497 {
		t.Errorf("what waited is sent as %+v\n%s", task, r.Dump(r.ctx))
	}
}

// TestNoUIDValidityIsANewOneEachTime: without one (RFC 9051 2.3.1.1) UIDs hold
// for a session; nothing is lost by it, and nothing is fetched again.
func TestNoUIDValidityIsANewOneEachTime(t *testing.T) {
	r := newRoom(t)
	a, b := letter("a", "a", ""), letter("b", "b", "")
	box := r.box("INBOX")
	r.pull(box, 9, r.whole(1, a), r.whole(2, b))
	ids := map[string]mail.PlacementID{"a": r.find(box, "a").ID, "b": r.find(box, "b").ID}
	for _, c := range []struct {
		validity   mail.UIDValidity
		uidA, uidB mail.UID
	}{{0, 2, 1}, {0, 1, 2}, {0, 2, 1}, {9, 1, 2}} {
		m := r.Mirror(acct)
		r.must(m.Begin(r.ctx, box, c.validity))
		list := []Seen{head(c.uidA, a), head(c.uidB, b)}
		unknown := r.seen(box, Seen{UID: 1}, Seen{UID: 2})
		if len(unknown) != 2 {
			t.Errorf("under UIDVALIDITY %d the UIDs of the last session are still believed", c.validity)
		}
		r.seen(box, list...)
		_, err := m.Complete(r.ctx, box, present(list), 0, false)
		r.must(err)
		for name, uid := range map[string]mail.UID{"a": c.uidA, "b": c.uidB} {
			if row := r.find(box, name); row.ID != ids[name] || row.UID != uid || !row.Here {
				t.Errorf("%s is %+v", name, row)
			}
		}
	}
}

// TestMessageMovedByAnotherClientIsTheSame: it keeps its id and its bytes,
// whichever mailbox is looked at first.
func TestMessageMovedByAnotherClientIsTheSame(t *testing.T) {
	r := newRoom(t)
	raw := letter("letter", "letter", "This is letter.")
	id := r.arrive(r.box("INBOX"), "letter")
	r.pull(r.box("INBOX"), 1)
	r.shows(r.box("INBOX"))
	r.clock.pass(time.Hour)
	r.pull(r.box("A"), 1, head(5, raw, `\Seen`))
	if got := r.find(r.box("A"), "letter"); got.ID != id || !got.Here || got.Flags != mail.Bits(mail.Seen) {
		t.Errorf("it is %+v now, was %d", got, id)
	}
	if uids := r.fetched(r.box("A")); len(uids) != 0 {
		t.Errorf("%v would be downloaded again", uids)
	}
}

// TestDestinationSeenFirstCostsOneRow: the original is still there when its new
// place is seen: two rows for a moment, one body.
func TestDestinationSeenFirstCostsNoBody(t *testing.T) {
	r := newRoom(t)
	raw := letter("letter", "letter", "This is letter.")
	r.arrive(r.box("INBOX"), "letter")
	r.pull(r.box("A"), 1, head(5, raw))
	r.pull(r.box("INBOX"), 1)
	r.shows(r.box("A"), "letter")
	r.seen(r.box("A"), r.whole(5, raw))
	r.must(r.Purge(r.ctx))
	if n := r.number(`SELECT count(*) FROM message`); n != 1 {
		t.Errorf("%d messages, want one", n)
	}
}

// TestTwinsThatAreNotTheSameAreBothKept: the same Message-ID, subject, date and
// size, other words. Neither may pass for the other.
func TestTwinsThatAreNotTheSameAreBothKept(t *testing.T) {
	one, two := letter("twin", "twin", "the first text"), letter("twin", "twin", "another text!!")
	if len(one) != len(two) {
		t.Fatal("the test needs the same size")
	}
	texts := func(r *room, box mail.MailboxID) map[string]bool {
		found := map[string]bool{}
		for _, row := range r.rows(box) {
			raw, err := r.Raw(r.ctx, row.Message)
			r.must(err)
			found[string(raw)] = true
		}
		return found
	}
	both := func(r *room, box mail.MailboxID) {
		r.t.Helper()
		if found := texts(r, box); !found[string(one)] || !found[string(two)] {
			r.t.Errorf("only %d of 2 are shown\n%s", len(found), r.Dump(r.ctx))
		}
	}
	t.Run("side by side", func(t *testing.T) {
		r := newRoom(t)
		r.pull(r.box("INBOX"), 1, head(1, one), head(2, two))
		r.pull(r.box("INBOX"), 1, r.whole(1, one), r.whole(2, two))
		both(r, r.box("INBOX"))
	})
	t.Run("new UIDVALIDITY, bytes at once", func(t *testing.T) {
		r := newRoom(t)
		r.pull(r.box("INBOX"), 1, r.whole(1, one), r.whole(2, two))
		r.pull(r.box("INBOX"), 2, r.whole(8, two), r.whole(9, one))
		both(r, r.box("INBOX"))
	})
	t.Run("new UIDVALIDITY, headers first", func(t *testing.T) {
		r := newRoom(t)
		r.pull(r.box("INBOX"), 1, r.whole(1, one), r.whole(2, two))
		r.pull(r.box("INBOX"), 2, head(8, two), head(9, one))
		if uids := r.fetched(r.box("INBOX")); len(uids) != 2 {
			t.Fatalf("%v are asked for: which of two it is cannot be told from the headers", uids)
		}
		r.seen(r.box("INBOX"), r.whole(8, two), r.whole(9, one))
		both(r, r.box("INBOX"))
	})
	t.Run("moved, and a twin in the destination", func(t *testing.T) {
		r := newRoom(t)
		r.pull(r.box("INBOX"), 1, r.whole(1, one))
		r.do(moveTo(r.box("A"), r.find(r.box("INBOX"), "twin").ID))
		r.settle(r.task(acct), Unknown, 0)
		r.pull(r.box("A"), 1, r.whole(5, two))
		r.pull(r.box("INBOX"), 1)
		r.pull(r.box("A"), 1, r.whole(5, two), r.whole(6, one))
		both(r, r.box("A"))
	})
	t.Run("moved, and a twin in the destination, headers only", func(t *testing.T) {
		r := newRoom(t)
		r.pull(r.box("INBOX"), 1, r.whole(1, one))
		r.do(moveTo(r.box("A"), r.find(r.box("INBOX"), "twin").ID))
		r.settle(r.task(acct), Unknown, 0)
		r.pull(r.box("A"), 1, r.whole(5, two))
		r.pull(r.box("INBOX"), 1)
		r.pull(r.box("A"), 1, head(5, two), head(6, one))
		both(r, r.box("A"))
		for _, row := range r.rows(r.box("A")) {
			raw, err := r.Raw(r.ctx, row.Message)
			r.must(err)
			if want := map[mail.UID]string{5: string(two), 6: string(one)}[row.UID]; string(raw) != want {
				t.Errorf("UID %d is shown with the text of the other", row.UID)
			}
		}
	})
	t.Run("one deleted, the other delivered", func(t *testing.T) {
		r := newRoom(t)
		r.pull(r.box("INBOX"), 1, r.whole(1, one))
		r.pull(r.box("INBOX"), 1)
		r.pull(r.box("INBOX"), 1, r.whole(2, two))
		if found := texts(r, r.box("INBOX")); !found[string(two)] || len(found) != 1 {
			t.Errorf("what is shown is not what the server has")
		}
	})
}

// TestNamelessNoticeIsNotTakenForAnOlderOne: without Message-ID and Date nothing
// in the headers tells today's notice from yesterday's.
func TestNamelessNoticeIsNotTakenForAnOlderOne(t *testing.T) {
	notice := func(text string) []byte {
		return []byte("From: cron@test.example\r\nSubject: backup\r\n\r\n" + text + "\r\n")
	}
	r := newRoom(t)
	r.pull(r.box("INBOX"), 1, r.whole(1, notice("all went well")))
	r.pull(r.box("INBOX"), 1)
	r.pull(r.box("INBOX"), 1, head(2, notice("disk has died")))
	if uids := r.fetched(r.box("INBOX")); len(uids) != 1 {
		t.Error("yesterday's text would be shown")
	}
}

// TestRenumberedUnderTheSameUIDValidity: a server restored from a backup. The
// UIDs name other messages now, and what is shown must follow.
func TestRenumberedUnderTheSameUIDValidity(t *testing.T) {
	r := newRoom(t)
	a, b, c := letter("a", "a", "first"), letter("b", "b", "second"), letter("c", "c", "third")
	box := r.box("INBOX")
	r.pull(box, 1, r.whole(1, a), r.whole(2, b), r.whole(3, c))
	ids := map[string]mail.PlacementID{}
	for _, row := range r.rows(box) {
		ids[row.Subject] = row.ID
	}
	r.pull(box, 1, head(1, b), head(2, c), head(3, a))
	for subject, uid := range map[string]mail.UID{"a": 3, "b": 1, "c": 2} {
		if row := r.find(box, subject); row.UID != uid || row.ID != ids[subject] {
			t.Errorf("%s has UID %d and id %d, want %d and %d", subject, row.UID, row.ID, uid, ids[subject])
		}
	}
	if uids := r.fetched(box); len(uids) != 0 {
		t.Errorf("%v would be downloaded again", uids)
	}
}

// TestRenumberedNamelessMessages: with nothing but the Date to tell them apart,
// deleting one must not delete the other.
func TestRenumberedNamelessMessages(t *testing.T) {
	notice := func(day int, text string) []byte {
		return fmt.Appendf(nil, "From: cron@test.example\r\nSubject: backup\r\nDate: Mon, %02d Feb 2026 10:00:00 +0000\r\n\r\n%s\r\n", day, text)
	}
	one, two := notice(2, "all went well"), notice(9, "disk has died")
	r := newRoom(t)
	box := r.box("INBOX")
	r.pull(box, 1, r.whole(1, one), r.whole(2, two))
	r.pull(box, 1, head(1, two), head(2, one))
	for _, row := range r.rows(box) {
		raw, err := r.Raw(r.ctx, row.Message)
		r.must(err)
		if want := map[mail.UID]string{1: string(two), 2: string(one)}[row.UID]; string(raw) != want {
			t.Errorf("UID %d is shown with the text of another", row.UID)
		}
	}
}

// TestSizeThatVariesIsNoOtherMessage: Exchange counts RFC822.SIZE anew from one
// day to the next.
func TestSizeThatVariesIsNoOtherMessage(t *testing.T) {
	r := newRoom(t)
	raw := letter("letter", "letter", "")
	box := r.box("INBOX")
	r.pull(box, 1, r.whole(1, raw))
	id := r.find(box, "letter").ID
	o := head(1, raw, `\Seen`)
	o.Size += 17
	r.pull(box, 1, o)
	if got := r.find(box, "letter"); got.ID != id || !got.Here || !got.Flags.Has(mail.Seen) {
		t.Errorf("it is %+v now, was %d", got, id)
	}
}

// TestOneMessageUnderTwoLabels: the server says that two placements are one
// message (Gmail): one body.
func TestOneMessageUnderTwoLabels(t *testing.T) {
	r := newRoom(t)
	raw := letter("letter", "letter", "")
	o := r.whole(1, raw)
	o.RemoteID = "1794"
	r.seen(r.box("INBOX"), o)
	label := head(1, raw)
	label.RemoteID = "1794"
	r.seen(r.box("A"), label)
	if a, b := r.find(r.box("INBOX"), "letter"), r.find(r.box("A"), "letter"); a.Message != b.Message || !b.Here {
		t.Errorf("two messages: %d and %d", a.Message, b.Message)
	}
}

package store

import (
	"testing"

	"postrider/mail"
)

// both is one pull of two mailboxes, the destination of a move first: both are
// looked at before either is known to be complete.
func (r *room) both(destination, source []Seen) {
	r.t.Helper()
	m := r.Mirror(acct)
	_, err := m.Listed(r.ctx, r.mailboxes(acct))
	r.must(err)
	for _, b := range []struct {
		box  mail.MailboxID
		list []Seen
	}{{r.box("A"), destination}, {r.box("INBOX"), source}} {
		r.must(m.Begin(r.ctx, b.box, 1))
		_, err := m.Seen(r.ctx, b.box, b.list)
		r.must(err)
	}
	for _, b := range []struct {
		box  mail.MailboxID
		list []Seen
	}{{r.box("A"), destination}, {r.box("INBOX"), source}} {
		_, err := m.Complete(r.ctx, b.box, present(b.list), 0, false)
		r.must(err)
	}
}

// TestMessageMovedByOthersIsFollowed: the pull comes to where it went before it
// learns that it left. What the person did to it meanwhile goes with it.
func TestMessageMovedByOthersIsFollowed(t *testing.T) {
	r := newRoom(t)
	raw := letter("letter", "letter", "This is letter.")
	id := r.arrive(r.box("INBOX"), "letter")
	r.do(flags(id, "work"))
	r.both([]Seen{head(5, raw, `\Seen`)}, nil)
	r.shows(r.box("INBOX"))
	r.shows(r.box("A"), `letter \Seen work`)
	if got := r.find(r.box("A"), "letter"); got.ID != id || got.UID != 5 || !got.Here {
		t.Errorf("it is %+v now, was %d", got, id)
	}
	if task := r.task(acct); task == nil || task.Kind != mail.OpFlags || task.From.ID != r.box("A") || task.Items[0].UID != 5 {
		t.Errorf("what waited is sent as %+v", task)
	}
}

// TestDeletionDoesNotFollow: what others moved away from a deletion that was
// never sent stays where they put it.
func TestDeletionDoesNotFollow(t *testing.T) {
	r := newRoom(t)
	raw := letter("letter", "letter", "This is letter.")
	id := r.arrive(r.box("INBOX"), "letter")
	r.do(expunge(id))
	r.both([]Seen{head(5, raw)}, nil)
	r.shows(r.box("A"), "letter")
	if task := r.task(acct); task != nil {
		t.Errorf("%+v is sent", task)
	}
}

// TestOlderTwinIsNotFollowed: a copy that was known before the pull is another
// message, and so is one with other bytes.
func TestOlderTwinIsNotFollowed(t *testing.T) {
	r := newRoom(t)
	raw := letter("letter", "letter", "This is letter.")
	r.arrive(r.box("INBOX"), "letter")
	r.uids[r.box("A")] = 4
	copied := r.arrive(r.box("A"), "letter")
	r.both([]Seen{head(5, raw)}, nil)
	r.shows(r.box("INBOX"))
	if got := r.find(r.box("A"), "letter").ID; got != copied {
		t.Errorf("the copy is %d now, was %d", got, copied)
	}
	r.arrive(r.box("INBOX"), "twin")
	other := letter("twin", "twin", "This is nive.")
	r.both([]Seen{head(5, raw), r.whole(6, other)}, nil)
	r.shows(r.box("A"), "letter", "twin")
	got, err := r.Raw(r.ctx, r.find(r.box("A"), "twin").Message)
	r.must(err)
	if string(got) != string(other) {
		t.Errorf("it reads %q", got)
	}
}

// TestUndoneCopyLeavesWhatWasThere: a copy that was cut off is tried again, and
// the driver finds the message in the destination: one that was there all along.
// Taking the copy back must not delete that.
func TestUndoneCopyLeavesWhatWasThere(t *testing.T) {
	for _, to := range []string{"INBOX", "A"} {
		r := newRoom(t)
		r.arrive(r.box("A"), "letter")
		id := r.arrive(r.box("INBOX"), "letter")
		r.do(copyTo(r.box(to), id))
		r.settle(r.task(acct), Unknown, 0)
		r.settle(r.task(acct), Done, 1)
		r.undo()
		r.shows(r.box("INBOX"), "letter")
		r.shows(r.box("A"), "letter")
		if task := r.task(acct); task != nil {
			t.Errorf("copied to %s: %+v is sent", to, task)
		}
	}
}

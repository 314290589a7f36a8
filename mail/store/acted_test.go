package store

import (
	"testing"

	"postrider/mail"
)

// TestUndoActTakesBackThatActAlone: what was done after it stays.
func TestUndoActTakesBackThatActAlone(t *testing.T) {
	r := newRoom(t)
	a, b := r.arrive(r.box("INBOX"), "a"), r.arrive(r.box("INBOX"), "b")
	moved, err := r.Act(r.ctx, moveTo(r.box("A"), a), flags(a, "work"))
	r.must(err)
	r.do(flags(b, `\Seen`))
	_, err = r.UndoAct(r.ctx, moved.Act)
	r.must(err)
	r.shows(r.box("INBOX"), "a", `b \Seen`)
	r.shows(r.box("A"))
	_, err = r.UndoAct(r.ctx, moved.Act)
	r.isKind(err, mail.KindGone)
	r.undo()
	r.shows(r.box("INBOX"), "a", "b")
}

// TestUndoPassesOverWhatWasDoneInPassing: it is carried out all the same.
func TestUndoPassesOverWhatWasDoneInPassing(t *testing.T) {
	r := newRoom(t)
	a, b := r.arrive(r.box("INBOX"), "a"), r.arrive(r.box("INBOX"), "b")
	r.do(moveTo(r.box("A"), a))
	r.must(r.DoInPassing(r.ctx, flags(b, `\Seen`)))
	r.undo()
	r.shows(r.box("INBOX"), "a", `b \Seen`)
	if kinds := r.carryOut(acct); len(kinds) != 1 || kinds[0] != mail.OpFlags {
		t.Errorf("the server is sent %v", kinds)
	}
}

func TestLocateKeepsOrderAndLeavesOutWhatIsGone(t *testing.T) {
	r := newRoom(t)
	a, b := r.arrive(r.box("INBOX"), "a"), r.arrive(r.box("A"), "b", `\Seen`, "work")
	gone := r.arrive(r.box("INBOX"), "gone")
	r.do(expunge(gone))
	var got []Located
	r.must(r.Read(r.ctx, func(sn *Snapshot) (err error) {
		got, err = sn.Locate([]mail.PlacementID{b, gone, a, 99999})
		return err
	}))
	if len(got) != 2 || got[0].ID != b || got[1].ID != a {
		t.Fatalf("got %+v", got)
	}
	if got[0].Mailbox != r.box("A") || got[0].Account != acct || got[0].Flags != mail.FlagsOf(`\Seen`, "work") {
		t.Errorf("got %+v", got[0])
	}
}

package store

import (
	"testing"
	"time"

	"postrider/mail"
)

// TestUndoOfWhatStillWaits: nothing of it reaches the server.
func TestUndoOfWhatStillWaits(t *testing.T) {
	for _, c := range []struct {
		name string
		ops  func(r *room, id mail.PlacementID) []mail.Op
	}{
		{"flags", func(r *room, id mail.PlacementID) []mail.Op { return []mail.Op{flags(id, `\Flagged`, "work")} }},
		{"move", func(r *room, id mail.PlacementID) []mail.Op { return []mail.Op{moveTo(r.box("A"), id)} }},
		{"copy", func(r *room, id mail.PlacementID) []mail.Op { return []mail.Op{copyTo(r.box("A"), id)} }},
		{"expunge", func(r *room, id mail.PlacementID) []mail.Op { return []mail.Op{expunge(id)} }},
		{"junk: a mark and a move are one act", func(r *room, id mail.PlacementID) []mail.Op {
			return []mail.Op{flags(id, "$Junk"), moveTo(r.box("A"), id)}
		}},
		{"copy to another account", func(r *room, id mail.PlacementID) []mail.Op {
			return []mail.Op{copyTo(r.box("imap0002/INBOX"), id)}
		}},
		{"copy to this computer", func(r *room, id mail.PlacementID) []mail.Op {
			return []mail.Op{copyTo(r.box("pop00001/Archive"), id)}
		}},
		{"move to another account", func(r *room, id mail.PlacementID) []mail.Op {
			return []mail.Op{moveTo(r.box("imap0002/INBOX"), id)}
		}},
		{"move to this computer", func(r *room, id mail.PlacementID) []mail.Op {
			return []mail.Op{moveTo(r.box("pop00001/Archive"), id)}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRoom(t)
			id := r.arrive(r.box("INBOX"), "letter", `\Seen`)
			r.do(c.ops(r, id)...)
			r.undo()
			r.shows(r.box("INBOX"), `letter \Seen`)
			for _, elsewhere := range []string{"A", "imap0002/INBOX", "pop00001/Archive"} {
				r.shows(r.box(elsewhere))
			}
			if list := r.pending(""); len(list) != 0 {
				t.Errorf("still waiting: %+v", list)
			}
			if r.row(id).Subject != "letter" {
				t.Error("the id has changed")
			}
		})
	}
}

// TestUndoOfWhatWasCarriedOut: the server gets the inverse.
func TestUndoOfWhatWasCarriedOut(t *testing.T) {
	for _, c := range []struct {
		name  string
		op    func(r *room, id mail.PlacementID) mail.Op
		kinds []mail.OpKind
	}{
		{"flags", func(r *room, id mail.PlacementID) mail.Op { return unflag(id, `\Seen`) }, []mail.OpKind{mail.OpFlags}},
		{"move", func(r *room, id mail.PlacementID) mail.Op { return moveTo(r.box("A"), id) }, []mail.OpKind{mail.OpMove}},
		{"copy", func(r *room, id mail.PlacementID) mail.Op { return copyTo(r.box("A"), id) }, []mail.OpKind{mail.OpExpunge}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRoom(t)
			id := r.arrive(r.box("INBOX"), "letter", `\Seen`)
			r.do(c.op(r, id))
			r.carryOut(acct)
			r.undo()
			r.shows(r.box("INBOX"), `letter \Seen`)
			r.shows(r.box("A"))
			kinds := r.carryOut(acct)
			if len(kinds) != 1 || kinds[0] != c.kinds[0] {
				t.Errorf("the server is sent %v, want %v", kinds, c.kinds)
			}
			r.shows(r.box("INBOX"), `letter \Seen`)
			r.shows(r.box("A"))
		})
	}
}

// TestUndoOnThisComputer: a POP3 account's acts are done at once, and undone at
// once.
func TestUndoOnThisComputer(t *testing.T) {
	for _, c := range []struct {
		name string
		op   func(r *room, id mail.PlacementID) mail.Op
	}{
		{"flags", func(r *room, id mail.PlacementID) mail.Op { return flags(id, `\Seen`) }},
		{"move", func(r *room, id mail.PlacementID) mail.Op { return moveTo(r.box("pop00001/Trash"), id) }},
		{"copy", func(r *room, id mail.PlacementID) mail.Op { return copyTo(r.box("pop00001/Trash"), id) }},
		{"delete for good", func(r *room, id mail.PlacementID) mail.Op { return expunge(id) }},
		{"move to a server", func(r *room, id mail.PlacementID) mail.Op { return moveTo(r.box("A"), id) }},
		{"copy to a server", func(r *room, id mail.PlacementID) mail.Op { return copyTo(r.box("A"), id) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRoom(t)
			id := r.deliver("u1", letter("letter", "letter", ""))
			r.do(c.op(r, id))
			r.undo()
			r.shows(r.box("pop00001/INBOX"), "letter")
			r.shows(r.box("pop00001/Trash"))
			r.shows(r.box("A"))
			if list := r.pending(""); len(list) != 0 {
				t.Errorf("still waiting: %+v", list)
			}
			if e := r.ledger()["u1"]; !e.Deleted.IsZero() || e.Placement != id {
				t.Errorf("the ledger says %+v", e)
			}
		})
	}
}

func TestUndoTakesBackOneActAtATime(t *testing.T) {
	r := newRoom(t)
	id := r.arrive(r.box("INBOX"), "letter")
	r.do(flags(id, `\Seen`))
	r.do(flags(id, `\Flagged`))
	r.do(moveTo(r.box("A"), id))
	r.undo()
	r.shows(r.box("INBOX"), `letter \Seen \Flagged`)
	r.undo()
	r.shows(r.box("INBOX"), `letter \Seen`)
	r.undo()
	r.shows(r.box("INBOX"), `letter`)
	_, err := r.Undo(r.ctx)
	r.isKind(err, mail.KindGone)
}

// TestUndoLeavesOthersChangesAlone: what another client did to the same message
// meanwhile is not the person's act, and stays.
func TestUndoLeavesOthersChangesAlone(t *testing.T) {
	for _, c := range []struct {
		name string
		op   func(r *room, id mail.PlacementID) mail.Op
	}{
		{"flags", func(r *room, id mail.PlacementID) mail.Op { return flags(id, `\Flagged`) }},
		{"move", func(r *room, id mail.PlacementID) mail.Op { return moveTo(r.box("A"), id) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRoom(t)
			id := r.arrive(r.box("INBOX"), "letter", "work")
			r.do(c.op(r, id))
			r.carryOut(acct)
			row := r.row(id)
			r.seen(row.Mailbox, Seen{UID: row.UID, Flags: row.Flags.Apply(mail.FlagPatch{Add: mail.FlagsOf(`\Seen`), Remove: mail.FlagsOf("work")})})
			r.undo()
			r.shows(r.box("INBOX"), `letter \Seen`)
		})
	}
}

func TestUndoOfManyReturnsThoseThatChanged(t *testing.T) {
	r := newRoom(t)
	a, b := r.arrive(r.box("INBOX"), "a"), r.arrive(r.box("INBOX"), "b")
	r.do(moveTo(r.box("A"), a, b))
	if changed := r.undo(); len(changed) != 2 {
		t.Errorf("undo changed %v", changed)
	}
	r.shows(r.box("INBOX"), "a", "b")
}

func TestUndoIsForgottenAfterADay(t *testing.T) {
	r := newRoom(t)
	id := r.arrive(r.box("INBOX"), "letter")
	r.do(flags(id, `\Seen`))
	r.clock.pass(25 * time.Hour)
	_, err := r.Undo(r.ctx)
	r.isKind(err, mail.KindGone)
}

// TestDeletedDraftComesBackByUndo: a draft that never reached the server is on
// this computer alone; deleting it for good must not be the end of it at once.
func TestDeletedDraftComesBackByUndo(t *testing.T) {
	r := newRoom(t)
	id := r.upload(r.box("A"), letter("draft", "draft", "my words"))
	r.do(expunge(id))
	r.shows(r.box("A"))
	r.undo()
	r.shows(r.box("A"), "draft")
	if kinds := r.carryOut(acct); len(kinds) != 1 || kinds[0] != mail.OpAppend {
		t.Errorf("the server is sent %v, want one append", kinds)
	}
	r.shows(r.box("A"), "draft")
}

// TestDeletedDraftIsNeverUploaded: with no undo there is nothing to send.
func TestDeletedDraftIsNeverUploaded(t *testing.T) {
	r := newRoom(t)
	id := r.upload(r.box("A"), letter("draft", "draft", "my words"))
	r.do(expunge(id))
	if kinds := r.carryOut(acct); len(kinds) != 0 {
		t.Errorf("the server is sent %v", kinds)
	}
	if list := r.pending(acct); len(list) != 0 {
		t.Errorf("still waiting: %+v", list)
	}
}

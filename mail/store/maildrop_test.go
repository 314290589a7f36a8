package store

import (
	"testing"
	"time"

	"postrider/mail"
)

// TestLedgerRemembersForSixtyDays what left the maildrop: a server that brings
// it back within that time brings nothing twice. The mail stays for good.
func TestLedgerRemembersForSixtyDays(t *testing.T) {
	for days, twice := range map[int]bool{1: false, 59: false, 61: true} {
		r := newRoom(t)
		raw := letter("a", "a", "")
		r.deliver("u1", raw)
		r.must(r.Mirror(pop).Left(r.ctx, []Entry{r.ledger()["u1"]}))
		r.clock.pass(time.Duration(days) * 24 * time.Hour)
		r.must(r.Mirror(pop).Left(r.ctx, nil))
		r.shows(r.box("pop00001/INBOX"), "a")
		if _, known := r.ledger()["u1"]; known == twice {
			t.Errorf("after %d days it is known: %v", days, known)
		}
		r.deliver("u1", raw)
		if n := len(r.rows(r.box("pop00001/INBOX"))); (n == 2) != twice {
			t.Errorf("brought back after %d days, it is there %d times", days, n)
		}
	}
}

// TestServedIsRememberedForAsLongAsItIs: what stays on the server never runs out.
func TestServedIsRememberedForAsLongAsItIs(t *testing.T) {
	r := newRoom(t)
	r.deliver("u1", letter("a", "a", ""))
	r.clock.pass(400 * 24 * time.Hour)
	r.must(r.Mirror(pop).Left(r.ctx, nil))
	if e := r.ledger()["u1"]; !e.Served || !e.Here {
		t.Errorf("the ledger says %+v", e)
	}
}

// TestDeliveryIsAllOrNothing: the messages and their UIDLs are one step, and a
// maildrop that names a mailbox which is gone loses none.
func TestDeliveryIsAllOrNothing(t *testing.T) {
	r := newRoom(t)
	list := []Delivery{
		{UIDL: "u1", Received: start, Staged: r.stage(letter("a", "a", ""))},
		{UIDL: "u2", Received: start, Staged: r.stage(letter("b", "b", ""))},
	}
	_, err := r.Mirror(pop).Deliver(r.ctx, 4711, list, r.listing())
	r.isKind(err, mail.KindGone)
	if len(r.ledger()) != 0 {
		t.Errorf("the ledger says %+v", r.ledger())
	}
	for i, name := range []string{"a", "b"} {
		list[i].Staged = r.stage(letter(name, name, ""))
	}
	added, err := r.Mirror(pop).Deliver(r.ctx, r.box("pop00001/INBOX"), list, r.listing())
	if err != nil || added != 2 {
		t.Errorf("%d added, %v", added, err)
	}
	r.shows(r.box("pop00001/INBOX"), "a", "b")
	r.reopen()
	if n := len(r.ledger()); n != 2 {
		t.Errorf("after a restart the ledger has %d", n)
	}
}

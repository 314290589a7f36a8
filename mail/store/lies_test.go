package store

import (
	"fmt"
	"testing"
	"time"

	"postrider/mail"
)

// TestUIDZeroIsNoMessage: no message has it (RFC 9051 2.3.1.1).
func TestUIDZeroIsNoMessage(t *testing.T) {
	r := newRoom(t)
	r.pull(r.box("INBOX"), 1, head(0, letter("ghost", "ghost", "")), head(1, letter("real", "real", "")))
	r.shows(r.box("INBOX"), "real")
}

// TestOneUIDForTwoMessages: the later word counts, and the other message is not
// attached to it.
func TestOneUIDForTwoMessages(t *testing.T) {
	a, b := letter("a", "a", "first"), letter("b", "b", "second")
	for name, list := range map[string]func(r *room) []Seen{
		"in one answer, with headers": func(r *room) []Seen { return []Seen{head(1, a), head(1, b)} },
		"in one answer, with bodies":  func(r *room) []Seen { return []Seen{r.whole(1, a), r.whole(1, b)} },
		"twice the same":              func(r *room) []Seen { return []Seen{r.whole(1, b), r.whole(1, b)} },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRoom(t)
			r.pull(r.box("INBOX"), 1, list(r)...)
			r.shows(r.box("INBOX"), "b")
			r.seen(r.box("INBOX"), r.whole(1, b))
			raw, err := r.Raw(r.ctx, r.find(r.box("INBOX"), "b").Message)
			if err != nil || string(raw) != string(b) {
				t.Errorf("under the headers of b there is %q, %v", raw, err)
			}
		})
	}
}

// TestOtherBytesUnderAKnownUIDAreKept: a server that gives another text than
// before for the same headers does not destroy the first.
func TestOtherBytesUnderAKnownUIDAreKept(t *testing.T) {
	r := newRoom(t)
	one, two := letter("a", "a", "first text"), letter("a", "a", "second text")
	r.seen(r.box("INBOX"), r.whole(1, one))
	first := r.find(r.box("INBOX"), "a").Message
	r.seen(r.box("INBOX"), r.whole(1, two))
	now, err := r.Raw(r.ctx, r.find(r.box("INBOX"), "a").Message)
	if err != nil || string(now) != string(two) {
		t.Errorf("the server's last word is not shown: %q, %v", now, err)
	}
	before, err := r.Raw(r.ctx, first)
	if err != nil || string(before) != string(one) {
		t.Errorf("the first text is gone: %q, %v", before, err)
	}
}

// TestOlderFlagsDoNotOvertake: an answer that was under way while a newer one
// came (RFC 7162).
func TestOlderFlagsDoNotOvertake(t *testing.T) {
	r := newRoom(t)
	o := head(1, letter("a", "a", ""), `\Seen`)
	o.ModSeq = 20
	r.seen(r.box("INBOX"), o)
	r.seen(r.box("INBOX"), Seen{UID: 1, ModSeq: 10})
	r.shows(r.box("INBOX"), `a \Seen`)
	r.seen(r.box("INBOX"), Seen{UID: 1, ModSeq: 30, Flags: mail.Bits(mail.Flagged)})
	r.shows(r.box("INBOX"), `a \Flagged`)
}

// many fills a mailbox with n small messages, without bodies.
func many(n int) (list []Seen) {
	for i := range n {
		list = append(list, head(mail.UID(i+1), letter(fmt.Sprint("n", i), fmt.Sprint("n", i), "")))
	}
	return list
}

// TestBrake: a pull that takes away more than 50 messages and a fifth of a
// mailbox is not believed until it is confirmed.
func TestBrake(t *testing.T) {
	for _, c := range []struct {
		name       string
		have, keep int
		braked     bool
	}{
		{"an empty answer", 120, 0, true},
		{"more than a fifth and more than 50", 200, 140, true},
		{"50 exactly", 100, 50, false},
		{"a fifth exactly", 300, 240, false},
		{"a small mailbox, emptied", 40, 0, false},
		{"one of many", 300, 299, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRoom(t)
			list := many(c.have)
			r.pull(r.box("INBOX"), 1, list...)
			loss := r.pull(r.box("INBOX"), 1, list[:c.keep]...)
			if loss.Braked != c.braked || loss.Removed != c.have-c.keep {
				t.Errorf("the loss is %+v, want braked %v of %d", loss, c.braked, c.have-c.keep)
			}
			want := c.keep
			if c.braked {
				want = c.have
			}
			if n := len(r.rows(r.box("INBOX"))); n != want {
				t.Errorf("%d are shown, want %d", n, want)
			}
			loss, err := r.Mirror(acct).Complete(r.ctx, r.box("INBOX"), present(list[:c.keep]), 0, true)
			r.must(err)
			if n := len(r.rows(r.box("INBOX"))); loss.Braked || n != c.keep {
				t.Errorf("confirmed, %d are shown, want %d (%+v)", n, c.keep, loss)
			}
		})
	}
}

// TestBrakeHoldsForNewUIDValidityToo: when all UIDs are void and the server
// shows nothing, nothing is recognised; that is the same loss.
func TestBrakeHoldsForNewUIDValidityToo(t *testing.T) {
	r := newRoom(t)
	list := many(120)
	r.pull(r.box("INBOX"), 1, list...)
	if loss := r.pull(r.box("INBOX"), 2); !loss.Braked || loss.Removed != 120 {
		t.Errorf("the loss is %+v", loss)
	}
	if n := len(r.rows(r.box("INBOX"))); n != 120 {
		t.Fatalf("%d of 120 are shown", n)
	}
	r.pull(r.box("INBOX"), 2, list...)
	if n := len(r.rows(r.box("INBOX"))); n != 120 {
		t.Errorf("after the server came to its senses %d of 120 are shown", n)
	}
}

func TestBrakeHoldsForVanishedToo(t *testing.T) {
	r := newRoom(t)
	r.pull(r.box("INBOX"), 1, many(120)...)
	all := []mail.UIDRange{{First: 1}}
	loss, err := r.Mirror(acct).Vanished(r.ctx, r.box("INBOX"), all, false)
	if err != nil || !loss.Braked || len(r.rows(r.box("INBOX"))) != 120 {
		t.Errorf("%+v, %v", loss, err)
	}
	loss, err = r.Mirror(acct).Vanished(r.ctx, r.box("INBOX"), all, true)
	if err != nil || loss.Removed != 120 || len(r.rows(r.box("INBOX"))) != 0 {
		t.Errorf("confirmed: %+v, %v", loss, err)
	}
}

// TestArrivalsAfterTheScanAreNotGone: Complete speaks of UIDs below next only.
func TestArrivalsAfterTheScanAreNotGone(t *testing.T) {
	r := newRoom(t)
	r.pull(r.box("INBOX"), 1, head(1, letter("a", "a", "")))
	r.seen(r.box("INBOX"), head(2, letter("b", "b", "")))
	_, err := r.Mirror(acct).Complete(r.ctx, r.box("INBOX"), []mail.UIDRange{{First: 1, Last: 1}}, 2, false)
	r.must(err)
	r.shows(r.box("INBOX"), "a", "b")
}

// TestEmptyFolderListOnceCostsNothing, and neither does one without a folder
// that is there again the next time.
func TestIncompleteFolderListCostsNothing(t *testing.T) {
	r := newRoom(t)
	r.arrive(r.box("A"), "letter")
	for range 5 {
		r.listed(acct)
	}
	r.listed(acct, "INBOX", "Archive", "Trash")
	r.listed(acct, "INBOX", "Archive", "Trash")
	r.shows(r.box("A"), "letter")
	r.listed(acct, "INBOX", "Archive", "Trash", "A")
	r.listed(acct, "INBOX", "Archive", "Trash")
	r.listed(acct, "INBOX", "Archive", "Trash")
	r.shows(r.box("A"), "letter")
	r.listed(acct, "INBOX", "Archive", "Trash")
	if _, there := r.boxes[string(acct)+"/A"]; there {
		t.Error("after three lists without it the folder is still here")
	}
}

// TestFolderNamesOfAnyKindAreKeptApart: names that are shown alike, or try to
// leave the store, are just names.
func TestFolderNamesOfAnyKindAreKeptApart(t *testing.T) {
	r := newRoom(t)
	names := []string{"INBOX", "..", "../..", "/etc", ".", "a\\b", "work", "Work", "WORK", "x'; DROP TABLE mailbox; --", "Ärger", "A\u0308rger"}
	known := r.listed(acct, names...)
	seen := map[mail.MailboxID]bool{}
	for i, box := range known {
		if box.Remote != names[i] || seen[box.ID] {
			t.Errorf("%q became %+v", names[i], box)
		}
		seen[box.ID] = true
		r.seen(box.ID, head(1, letter(fmt.Sprint(i), fmt.Sprint("in ", i), "")))
	}
	for i, box := range known {
		r.shows(box.ID, fmt.Sprint("in ", i))
	}
}

// TestNoDateFromTheServerIsNow: a server that leaves INTERNALDATE out.
func TestNoDateFromTheServerIsNow(t *testing.T) {
	r := newRoom(t)
	raw := []byte("Subject: undated\r\n\r\nhello\r\n")
	for uid, o := range []Seen{head(1, raw), r.whole(1, raw)} {
		o.UID, o.Received = mail.UID(uid+1), time.Time{}
		r.seen(r.box("INBOX"), o)
	}
	for _, row := range r.rows(r.box("INBOX")) {
		if !row.Date.Equal(start) || !row.Received.Equal(start) {
			t.Errorf("it is sorted by %v, received %v", row.Date, row.Received)
		}
	}
}

// TestOneMessageTwiceInAMailbox by the server's word, of which the bytes are
// here under another: all of it becomes one, and flags still follow.
func TestOneMessageTwiceInAMailbox(t *testing.T) {
	r := newRoom(t)
	raw := letter("a", "a", "")
	r.seen(r.box("imap0002/INBOX"), r.whole(1, raw))
	twice := func(uid mail.UID, flags ...string) Seen {
		o := head(uid, raw, flags...)
		o.RemoteID = "1794"
		return o
	}
	r.seen(r.box("INBOX"), twice(1), twice(2))
	body := r.whole(1, raw)
	body.RemoteID = "1794"
	r.seen(r.box("INBOX"), body, twice(2, `\Seen`))
	r.shows(r.box("INBOX"), "a", `a \Seen`)
	r.must(r.Purge(r.ctx))
	if n := r.number(`SELECT count(*) FROM message`); n != 1 {
		t.Errorf("%d messages", n)
	}
}

// TestRewoundServerIsBelieved: restored from a backup, it counts modification
// sequences anew, under the same UIDVALIDITY.
func TestRewoundServerIsBelieved(t *testing.T) {
	r := newRoom(t)
	o := head(1, letter("a", "a", ""))
	o.ModSeq = 900
	r.seen(r.box("INBOX"), o)
	r.must(r.Mirror(acct).Rewound(r.ctx, r.box("INBOX")))
	r.seen(r.box("INBOX"), Seen{UID: 1, ModSeq: 5, Flags: mail.Bits(mail.Seen)})
	r.shows(r.box("INBOX"), `a \Seen`)
}

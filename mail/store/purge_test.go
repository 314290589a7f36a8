package store

import (
	"fmt"
	"testing"
	"time"

	"postrider/mail"
	"postrider/mail/store/pack"
)

// TestDeletedMailIsPurgedAfterADay: until then it may turn up elsewhere, or be
// undone. Its words go with it.
func TestDeletedMailIsPurgedAfterADay(t *testing.T) {
	r := newRoom(t)
	r.arrive(r.box("INBOX"), "stays")
	r.do(expunge(r.arrive(r.box("INBOX"), "goes")))
	r.carryOut(acct)
	r.must(r.Indexed(r.ctx))
	for _, step := range []struct {
		pass time.Duration
		want int
	}{{time.Hour, 2}, {20 * time.Hour, 2}, {4 * time.Hour, 1}} {
		r.clock.pass(step.pass)
		r.must(r.Purge(r.ctx))
		if n := r.number(`SELECT count(*) FROM message`); n != step.want {
			t.Errorf("%v later there are %d messages, want %d", r.clock.at.Sub(start), n, step.want)
		}
	}
	rows, err := r.indexRows(r.ctx)
	if err != nil || len(rows) != 1 {
		t.Errorf("the index has %d rows, %v", len(rows), err)
	}
	r.shows(r.box("INBOX"), "stays")
	r.clean()
}

// TestPurgeSparesWhatWaits: a message that an operation still needs.
func TestPurgeSparesWhatWaits(t *testing.T) {
	r := newRoom(t)
	id := r.arrive(r.box("INBOX"), "letter")
	r.pull(r.box("INBOX"), 1, r.whole(1, letter("letter", "letter", "This is letter.")))
	r.do(copyTo(r.box("A"), id))
	r.pull(r.box("INBOX"), 1)
	r.clock.pass(48 * time.Hour)
	r.must(r.Purge(r.ctx))
	r.shows(r.box("A"), "letter")
	if raw, err := r.Raw(r.ctx, r.find(r.box("A"), "letter").Message); err != nil || len(raw) == 0 {
		t.Errorf("the bytes to upload are gone: %v", err)
	}
}

// TestPurgeSparesWhatWasJustKept: a draft's bytes are stored first, and put into
// a mailbox by the next call; a purge between the two must not take them.
func TestPurgeSparesWhatWasJustKept(t *testing.T) {
	r := newRoom(t)
	id, err := r.Keep(r.ctx, r.stage(letter("draft", "draft", "my words")))
	r.must(err)
	r.must(r.Purge(r.ctx))
	r.do(mail.Append{Mailbox: r.box("A"), Message: id, Received: start})
	r.shows(r.box("A"), "draft")
}

// TestPurgeForgetsWhatWasKeptForNothing: nobody put it anywhere.
func TestPurgeForgetsWhatWasKeptForNothing(t *testing.T) {
	r := newRoom(t)
	_, err := r.Keep(r.ctx, r.stage(letter("draft", "draft", "my words")))
	r.must(err)
	r.must(r.Indexed(r.ctx))
	r.clock.pass(25 * time.Hour)
	r.must(r.Purge(r.ctx))
	if n := r.number(`SELECT count(*) FROM message`); n != 0 {
		t.Errorf("%d messages are left", n)
	}
}

// TestSpaceOfPurgedMailIsGivenBack: a pack that is mostly dead is written anew,
// and every message that is left reads as before.
func TestSpaceOfPurgedMailIsGivenBack(t *testing.T) {
	r := newRoom(t)
	box := r.box("INBOX")
	noise := func(i int) []byte { return letter(fmt.Sprint("n", i), fmt.Sprint("n", i), noisy(i, 20_000)) }
	var list []Seen
	for i := range 20 {
		list = append(list, r.whole(mail.UID(i+1), noise(i)))
	}
	r.seen(box, list...)
	r.must(r.Indexed(r.ctx))
	size := r.packed()
	r.newPack()
	_, err := r.Mirror(acct).Vanished(r.ctx, box, []mail.UIDRange{{First: 1, Last: 15}}, true)
	r.must(err)
	r.clock.pass(25 * time.Hour)
	r.must(r.Purge(r.ctx))
	if now := r.packed(); now > size/2 {
		t.Errorf("%d octets are used, were %d", now, size)
	}
	for i := 15; i < 20; i++ {
		raw, err := r.Raw(r.ctx, r.find(box, fmt.Sprint("n", i)).Message)
		if err != nil || string(raw) != string(noise(i)) {
			t.Errorf("message %d reads %d octets, %v", i, len(raw), err)
		}
	}
	r.clean()
	r.reopen()
}

// noisy is text that does not compress away.
func noisy(seed, n int) string {
	b := make([]byte, n)
	x := uint32(seed)*2654435761 + 1
	for i := range b {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		b[i] = 'A' + byte(x%50)
	}
	return string(b)
}

// packed is how large the packs are.
func (r *room) packed() int64 {
	r.t.Helper()
	stats, err := r.packs.Stats()
	r.must(err)
	return stats.Bytes
}

// newPack has the next message begin another pack, as it does when one is full.
func (r *room) newPack() {
	r.t.Helper()
	r.atRest(func() {
		r.must(r.packs.Close())
		var err error
		r.packs, err = pack.Open(r.path("packs"), pack.Options{PackSize: 4096})
		r.must(err)
	})
	r.arrive(r.box("A"), "the first of a new pack")
	r.must(r.Indexed(r.ctx))
}

// TestRemovedAccountLeavesNothing of its own, and all that others have too.
func TestRemovedAccountLeavesNothing(t *testing.T) {
	r := newRoom(t)
	raw := letter("both", "both", "")
	r.seen(r.box("INBOX"), r.whole(1, raw), r.whole(2, letter("one", "one", "")))
	r.seen(r.box("imap0002/INBOX"), r.whole(1, raw))
	r.do(flags(r.find(r.box("INBOX"), "one").ID, `\Seen`))
	r.must(r.Indexed(r.ctx))
	r.must(r.RemoveAccount(r.ctx, acct))
	r.clock.pass(25 * time.Hour)
	r.must(r.Purge(r.ctx))
	r.look()
	r.shows(r.box("imap0002/INBOX"), "both")
	if n := r.number(`SELECT (SELECT count(*) FROM message) + (SELECT count(*) FROM op)`); n != 1 {
		t.Errorf("%d rows are left, want one message", n)
	}
	r.must(r.AddAccount(r.ctx, acct, IMAP))
	r.listed(acct, "INBOX")
	r.shows(r.box("INBOX"))
}

package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"postrider/mail"
)

// TestFeedCountsUpByOne: batches come in the order of their commits, and none is
// missing.
func TestFeedCountsUpByOne(t *testing.T) {
	r := newRoom(t)
	sub, seq := r.Subscribe()
	ids := []mail.PlacementID{r.arrive(r.box("INBOX"), "a"), r.arrive(r.box("INBOX"), "b")}
	r.do(flags(ids[0], `\Seen`))
	r.do(moveTo(r.box("A"), ids...))
	for _, b := range r.batches(sub) {
		if seq++; b.Seq != seq {
			t.Fatalf("batch %d comes where %d was due", b.Seq, seq)
		}
		if len(b.Changes) == 0 {
			t.Errorf("batch %d is empty", b.Seq)
		}
	}
}

// TestBatchSaysWhatChanged, once for each mailbox, whatever order it happened in.
func TestBatchSaysWhatChanged(t *testing.T) {
	r := newRoom(t)
	inbox, a := r.box("INBOX"), r.box("A")
	one, two := r.arrive(inbox, "one"), r.arrive(inbox, "two")
	for _, c := range []struct {
		name string
		do   func()
		want []mail.Change
	}{
		{"arrivals are one change", func() {
			r.seen(inbox, head(11, letter("x", "x", "")), head(12, letter("y", "y", "")), head(13, letter("z", "z", "")))
		}, []mail.Change{
			mail.PlacementsAdded{Mailbox: inbox, IDs: []mail.PlacementID{3, 4, 5}}, mail.MailboxChanged{Mailbox: inbox},
		}},
		{"flags", func() {
			r.do(mail.SetFlags{Targets: []mail.PlacementID{two, one}, Patch: mail.FlagPatch{Add: mail.Bits(mail.Seen)}})
		}, []mail.Change{
			mail.PlacementsChanged{Mailbox: inbox, IDs: []mail.PlacementID{one, two}, Mask: mail.ChangedFlags},
			mail.MailboxChanged{Mailbox: inbox}, mail.OpsChanged{Account: acct},
		}},
		{"a move", func() { r.do(moveTo(a, two, one)) }, []mail.Change{
			mail.PlacementsRemoved{Mailbox: inbox, IDs: []mail.PlacementID{one, two}},
			mail.PlacementsAdded{Mailbox: a, IDs: []mail.PlacementID{one, two}},
			mail.MailboxChanged{Mailbox: inbox}, mail.MailboxChanged{Mailbox: a}, mail.OpsChanged{Account: acct},
		}},
		{"what moves there and back in one act has not moved", func() { r.do(moveTo(inbox, one), moveTo(a, one)) }, []mail.Change{
			mail.MailboxChanged{Mailbox: a}, mail.OpsChanged{Account: acct},
		}},
		{"the server's word that changes nothing", func() { r.seen(inbox, Seen{UID: 11}) }, nil},
	} {
		sub, _ := r.Subscribe()
		c.do()
		got := r.changes(sub)
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, c.want)
		}
		sub.Close()
	}
}

// TestAcknowledgementFlickersNothing: what the person did is shown already.
func TestAcknowledgementFlickersNothing(t *testing.T) {
	r := newRoom(t)
	id := r.arrive(r.box("INBOX"), "a")
	r.do(flags(id, `\Seen`), moveTo(r.box("A"), id))
	sub, _ := r.Subscribe()
	r.carryOut(acct)
	for _, c := range r.changes(sub) {
		switch c.(type) {
		case mail.PlacementsAdded, mail.PlacementsRemoved, mail.PlacementsChanged:
			t.Errorf("rows are drawn again: %+v", c)
		}
	}
}

// TestRefusedTransactionSaysNothing: what was rolled back has not happened.
func TestRefusedTransactionSaysNothing(t *testing.T) {
	r := newRoom(t)
	id := r.arrive(r.box("INBOX"), "a")
	sub, _ := r.Subscribe()
	no := errors.New("no")
	err := r.Write(r.ctx, func(t *Tx) error {
		p, err := t.place(id)
		if err != nil {
			return err
		}
		if err := t.remove(p); err != nil {
			return err
		}
		return no
	})
	if !errors.Is(err, no) {
		t.Fatal(err)
	}
	if list := r.changes(sub); len(list) != 0 {
		t.Errorf("told of %+v", list)
	}
	r.shows(r.box("INBOX"), "a")
}

// TestSlowSubscriberGetsAGap in place of more than thirty thousand changes, and
// the rest after it.
func TestSlowSubscriberGetsAGap(t *testing.T) {
	r := newRoom(t)
	sub, seq := r.Subscribe()
	for range 30 {
		r.Publish(mail.PlacementsAdded{Mailbox: 1, IDs: make([]mail.PlacementID, 1200)})
	}
	last, err := sub.Next(r.ctx)
	r.must(err)
	gap, ok := last[0].Changes[0].(mail.Gap)
	if !ok || gap.UpTo <= seq || gap.UpTo != last[0].Seq {
		t.Fatalf("first comes %+v", last[0])
	}
	for i, b := range last[1:] {
		if b.Seq != gap.UpTo+uint64(i)+1 {
			t.Errorf("after the gap comes %d", b.Seq)
		}
	}
	if end := last[len(last)-1].Seq; end != seq+30 {
		t.Errorf("the last is %d, want %d", end, seq+30)
	}
}

func TestSubscriptionEndsWithItsContextAndItsStore(t *testing.T) {
	r := newRoom(t)
	sub, _ := r.Subscribe()
	ctx, cancel := context.WithCancel(r.ctx)
	cancel()
	if _, err := sub.Next(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("after its context: %v", err)
	}
	r.end()
	for range 2 {
		if _, err := sub.Next(context.Background()); !mail.Is(err, mail.KindCanceled) {
			t.Errorf("after its store: %v", err)
		}
	}
	sub.Close()
}

// TestSnapshotAndDeltasMissNothing: a reader that takes a snapshot in the middle
// of things and follows from there knows at the end what the store knows.
func TestSnapshotAndDeltasMissNothing(t *testing.T) {
	r := newRoom(t)
	inbox := r.box("INBOX")
	var writers, readers sync.WaitGroup
	stop, done := context.WithCancel(r.ctx)
	for range 3 {
		readers.Go(func() { r.follow(stop, inbox) })
	}
	writers.Go(func() {
		for uid := range mail.UID(80) {
			r.seen(inbox, head(uid+1, letter(fmt.Sprint("m", uid), fmt.Sprint("m", uid), "")))
		}
	})
	writers.Go(func() {
		for i := range 80 {
			rows := r.rows(inbox)
			if len(rows) == 0 {
				continue
			}
			to := r.box([]string{"A", "INBOX"}[i%2])
			if _, err := r.Do(r.ctx, moveTo(to, rows[i%len(rows)].ID)); err != nil && !mail.Is(err, mail.KindGone) {
				t.Error(err)
			}
		}
	})
	writers.Wait()
	r.Publish(mail.AccountStatus{Account: "end"})
	readers.Wait()
	done()
}

// follow keeps a set of what is in a mailbox until the end is told, and holds
// it against the store.
func (r *room) follow(ctx context.Context, box mail.MailboxID) {
	sub, _ := r.Subscribe()
	defer sub.Close()
	shown := map[mail.PlacementID]bool{}
	reload := func() {
		clear(shown)
		for _, row := range r.rows(box) {
			shown[row.ID] = true
		}
	}
	reload()
	for ended := false; !ended; {
		list, err := sub.Next(ctx)
		if err != nil {
			r.t.Error(err)
			return
		}
		for _, b := range list {
			for _, c := range b.Changes {
				switch c := c.(type) {
				case mail.Gap:
					reload()
				case mail.PlacementsAdded:
					for _, id := range c.IDs {
						if c.Mailbox == box {
							shown[id] = true
						}
					}
				case mail.PlacementsRemoved:
					for _, id := range c.IDs {
						if c.Mailbox == box {
							delete(shown, id)
						}
					}
				case mail.AccountStatus:
					ended = c.Account == "end"
				}
			}
		}
	}
	rows := r.rows(box)
	if len(rows) != len(shown) {
		r.t.Errorf("the reader knows %d, the store %d", len(shown), len(rows))
	}
	for _, row := range rows {
		if !shown[row.ID] {
			r.t.Errorf("the reader does not know %d", row.ID)
		}
	}
}

// TestMergedMessageIsTold: a row whose message turned out to be another one that
// is here already is told of.
func TestMergedMessageIsTold(t *testing.T) {
	r := newRoom(t)
	raw := letter("a", "a", "")
	r.seen(r.box("A"), r.whole(1, raw))
	r.seen(r.box("INBOX"), head(1, raw))
	id := r.find(r.box("INBOX"), "a").ID
	sub, _ := r.Subscribe()
	r.must(r.Mirror(acct).Attach(r.ctx, id, r.stage(raw)))
	list := r.changes(sub)
	if !r.row(id).Here {
		t.Error("the bytes are not there")
	}
	if !slices.ContainsFunc(list, func(c mail.Change) bool {
		p, ok := c.(mail.PlacementsChanged)
		return ok && slices.Contains(p.IDs, id) && p.Mask&mail.ChangedMessage != 0
	}) {
		t.Errorf("told of %+v only", list)
	}
}

package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"postrider/mail"
)

// crowd fills the mailboxes of the room with n messages in conversations, some
// with dates that no clock should show, and returns all mailboxes.
func (r *room) crowd(n int) (boxes []mail.MailboxID) {
	r.t.Helper()
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, name := range []string{"INBOX", "A", "Archive", "imap0002/INBOX"} {
		boxes = append(boxes, r.box(name))
	}
	for i := range n {
		var flags []string
		for _, f := range []string{`\Seen`, `\Flagged`} {
			if rnd.IntN(2) == 0 {
				flags = append(flags, f)
			}
		}
		raw := fmt.Appendf(nil, "Message-ID: <%d@x>\r\nReferences: <%d@x>\r\nFrom: %c <w@x.example>\r\nSubject: Re: s%d\r\n", i, rnd.IntN(i+1), 'A'+rnd.IntN(26), rnd.IntN(9))
		box := boxes[rnd.IntN(len(boxes))]
		r.uids[box]++
		o := head(r.uids[box], append(raw, "\r\n"...), flags...)
		o.Received, o.Size = start.Add(-time.Duration(rnd.IntN(n/2))*time.Minute), int64(rnd.IntN(100))
		switch rnd.IntN(20) {
		case 0:
			o.Received = time.Unix(-int64(rnd.IntN(1e6)), 0)
		case 1:
			o.Received = time.Unix(1<<33+int64(rnd.IntN(1e6)), 0)
		}
		r.seen(box, o)
	}
	return boxes
}

func (r *room) spine(v View) (s Spine) {
	r.t.Helper()
	r.must(r.Read(r.ctx, func(sn *Snapshot) (err error) {
		s, err = sn.Spine(v)
		return err
	}))
	return s
}

// TestViewsAreWhatTheirMessagesSay: against the definition, message by message.
func TestViewsAreWhatTheirMessagesSay(t *testing.T) {
	r := newRoom(t)
	boxes := r.crowd(600)
	var rows []Row
	for _, b := range boxes {
		rows = append(rows, r.rows(b)...)
	}
	for _, some := range [][]mail.MailboxID{boxes[:1], boxes[:3], boxes, {}} {
		for _, filter := range []Filter{All, Unread, Starred, Attached} {
			for _, conversations := range []bool{false, true} {
				v := View{Mailboxes: some, Filter: filter, Conversations: conversations}
				want := defined(v, rows)
				r.sameView(v, want)
			}
		}
	}
}

// defined is a view by its definition, newest first.
func defined(v View, rows []Row) (ids []mail.PlacementID) {
	var list []spineEntry
	account := map[mail.PlacementID]mail.AccountID{}
	for _, row := range rows {
		if slices.Contains(v.Mailboxes, row.Mailbox) && v.Filter.passes(row.Flags.System, row.Attachments) {
			list = append(list, spineEntry{StampOf(row.Date.Unix()), row.ID, row.Thread})
			account[row.ID] = row.Account
		}
	}
	slices.SortFunc(list, spineEntry.newer)
	met := map[string]bool{}
	for _, e := range list {
		key := fmt.Sprint(account[e.id], e.thread)
		if v.Conversations && met[key] {
			continue
		}
		met[key] = true
		ids = append(ids, e.id)
	}
	return ids
}

// sameView holds all that is read of a view against what it should be.
func (r *room) sameView(v View, want []mail.PlacementID) {
	r.t.Helper()
	s := r.spine(v)
	slices.Reverse(s.IDs)
	if !slices.Equal(s.IDs, want) {
		r.t.Errorf("%+v: the spine has %v, want %v", v, s.IDs, want)
	}
	for _, n := range []int{1, 7, 50, 5000} {
		var top Spine
		var all bool
		r.must(r.Read(r.ctx, func(sn *Snapshot) (err error) {
			top, all, err = sn.Top(v, n)
			return err
		}))
		if !slices.Equal(top.IDs, want[:min(n, len(want))]) || all != (n >= len(want)) {
			r.t.Errorf("%+v: the top %d are %v (all: %v), want the first of %v", v, n, top.IDs, all, want)
		}
	}
}

func TestViewsInOtherOrders(t *testing.T) {
	r := newRoom(t)
	boxes := r.crowd(200)
	rows := map[mail.PlacementID]Row{}
	for _, b := range boxes {
		for _, row := range r.rows(b) {
			rows[row.ID] = row
		}
	}
	for by, less := range map[SortKey]func(a, b Row) bool{
		BySender:  func(a, b Row) bool { return a.FromName < b.FromName },
		BySubject: func(a, b Row) bool { return a.Subject < b.Subject },
		BySize:    func(a, b Row) bool { return a.Size > b.Size },
	} {
		s := r.spine(View{Mailboxes: boxes, Sort: Sort{By: by}})
		if s.Len() != len(rows) {
			t.Errorf("by %s there are %d of %d", by, s.Len(), len(rows))
		}
		for i := 1; i < s.Len(); i++ {
			a, b := rows[s.IDs[i-1]], rows[s.IDs[i]]
			if less(b, a) || !less(a, b) && StampOf(a.Date.Unix()) < StampOf(b.Date.Unix()) {
				t.Errorf("by %s, %q of %s comes before %q of %s", by, a.Subject, a.Date, b.Subject, b.Date)
			}
		}
	}
}

// TestConversationsThatBecomeOneAreTold: a list by conversation has to know of
// the rows that are not conversations of their own any more.
func TestConversationsThatBecomeOneAreTold(t *testing.T) {
	r := newRoom(t)
	inbox := r.box("INBOX")
	reply := func(id, refs string) []byte {
		return fmt.Appendf(nil, "Message-ID: <%s@x>\r\nReferences: %s\r\nSubject: %s\r\n\r\n", id, refs, id)
	}
	r.seen(inbox, head(1, reply("a", "<r@x>")), head(2, reply("b", "<s@x>")))
	a, b := r.find(inbox, "a"), r.find(inbox, "b")
	sub, _ := r.Subscribe()
	r.seen(r.box("A"), head(1, reply("c", "<r@x> <s@x>")))
	told := false
	for _, c := range r.changes(sub) {
		if c, ok := c.(mail.PlacementsChanged); ok && c.Mailbox == inbox && c.Mask&mail.ChangedMessage != 0 {
			told = slices.Contains(c.IDs, a.ID) || slices.Contains(c.IDs, b.ID)
		}
	}
	if !told {
		t.Error("the inbox is not told")
	}
	v := View{Mailboxes: []mail.MailboxID{inbox}, Conversations: true}
	if s := r.spine(v); s.Len() != 1 {
		t.Errorf("the inbox has %d conversations, want 1", s.Len())
	}
	r.must(r.Read(r.ctx, func(sn *Snapshot) error {
		n, err := sn.News(v, []mail.PlacementID{a.ID})
		if err == nil && (len(n.Groups) != 1 || len(n.Groups[0].Members) != 2 || len(n.Gone) > 0) {
			t.Errorf("the news are %+v", n)
		}
		return err
	}))
}

// TestSpineEndsWithItsQuestion: who has gone on to another mailbox does not keep
// a reader busy.
func TestSpineEndsWithItsQuestion(t *testing.T) {
	r := newRoom(t)
	boxes := r.crowd(20)
	ctx, stop := context.WithCancel(r.ctx)
	err := r.Read(ctx, func(sn *Snapshot) error {
		stop()
		_, err := sn.Spine(View{Mailboxes: boxes})
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
}

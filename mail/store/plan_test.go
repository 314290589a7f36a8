package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"postrider/mail"
	"postrider/mail/query"
)

// TestNoQueryWalksThroughATable: what people and workers do all the time costs
// as much in a large store as in a small one.
func TestNoQueryWalksThroughATable(t *testing.T) {
	r := newRoom(t)
	for i := range 20 {
		r.arrive(r.box("INBOX"), fmt.Sprint("m", i))
	}
	x := r.explained()
	id := r.arrive(r.box("INBOX"), "letter")
	r.look1(id)
	r.work(id)
	r.deliver("u1", letter("u1", "u1", ""))
	r.must(r.Mirror(pop).Recognised(r.ctx, []Entry{r.ledger()["u1"]}))
	r.must(r.Mirror(pop).Left(r.ctx, []Entry{r.ledger()["u1"]}))
	for _, s := range x.scans() {
		t.Error(s)
	}
	if len(x.seen) < 60 {
		t.Errorf("only %d queries were seen", len(x.seen))
	}
}

// look1 reads what a window reads.
func (r *room) look1(id mail.PlacementID) {
	r.t.Helper()
	boxes := []mail.MailboxID{r.box("INBOX"), r.box("imap0002/INBOX"), r.box("pop00001/INBOX")}
	r.must(r.Read(r.ctx, func(sn *Snapshot) error {
		for _, f := range []Filter{All, Unread, Starred} {
			for _, before := range []mail.PlacementID{0, id} {
				page := Page{Mailboxes: boxes, Filter: f, Before: before, Limit: 10}
				if _, err := sn.List(page); err != nil {
					return err
				}
				if _, err := sn.Conversations(page); err != nil {
					return err
				}
			}
		}
		if err := lookAtViews(sn, boxes, id); err != nil {
			return err
		}
		row, err := sn.Row(id)
		if err != nil {
			return err
		}
		if _, err := sn.Thread(row.Thread); err != nil {
			return err
		}
		if _, err := sn.SourceOf(id); err != nil {
			return err
		}
		_, err = sn.Mailboxes("")
		return err
	}))
	for _, text := range []string{"letter", "subject:letter is:unread", "is:starred", "in:INBOX before:2027", "letter OR is:unread", "-letter has:attachment"} {
		_, err := r.search(text)
		r.must(err)
	}
}

// lookAtViews reads what a list of any length reads.
func lookAtViews(sn *Snapshot, boxes []mail.MailboxID, id mail.PlacementID) error {
	for _, f := range []Filter{All, Unread, Starred, Attached} {
		for _, by := range []SortKey{ByDate, BySender, BySubject, BySize} {
			for _, conversations := range []bool{false, true} {
				v := View{Mailboxes: boxes, Filter: f, Conversations: conversations, Sort: Sort{By: by}}
				_, _, err := sn.Top(v, 10)
				if err == nil {
					_, err = sn.Spine(v)
				}
				if err == nil {
					_, err = sn.Gather(v, []mail.PlacementID{id})
				}
				if err == nil {
					_, err = sn.News(v, []mail.PlacementID{id})
				}
				if err == nil {
					_, err = sn.Members(v, []mail.PlacementID{id})
				}
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// work does what a worker and a person do.
func (r *room) work(id mail.PlacementID) {
	r.t.Helper()
	m := r.Mirror(acct)
	box := r.box("INBOX")
	for range 2 {
		r.do(flags(id, `\Seen`))
		r.do(copyTo(r.box("A"), id), moveTo(r.box("Archive"), id))
		r.carryOut(acct)
		r.undo()
		r.carryOut(acct)
		r.do(unflag(id, `\Seen`))
		r.settle(r.task(acct), Refused, 0)
		r.undo()
	}
	r.do(moveTo(r.box("imap0002/A"), id))
	r.carryOut(acct2)
	r.carryOut(acct)
	r.must(m.Begin(r.ctx, box, 2))
	r.seen(box, Seen{UID: 1}, head(2, letter("m3", "m3", "This is m3.")))
	_, err := m.Bodiless(r.ctx, box, time.Time{}, 10)
	r.must(err)
	_, err = m.State(r.ctx, box)
	r.must(err)
	_, err = m.Vanished(r.ctx, box, []mail.UIDRange{{First: 1, Last: 1}}, true)
	r.must(err)
	_, err = m.Complete(r.ctx, box, []mail.UIDRange{{First: 2, Last: 2}}, 3, true)
	r.must(err)
	r.must(m.Checkpoint(r.ctx, box, 3, 9))
}

// TestListWalksAlongTheIndexItNames: each filter has its own, and no page is
// sorted mailbox by mailbox.
func TestListWalksAlongTheIndexItNames(t *testing.T) {
	for filter, index := range map[Filter]string{All: "placement_list", Unread: "placement_unread", Starred: "placement_flagged"} {
		r := newRoom(t)
		x := r.explained()
		r.must(r.Read(r.ctx, func(sn *Snapshot) error {
			_, err := sn.List(Page{Mailboxes: []mail.MailboxID{1}, Filter: filter, Limit: 10})
			return err
		}))
		used := false
		for _, lines := range x.seen {
			for _, line := range lines {
				used = used || strings.HasPrefix(line, "SEARCH p USING ") && strings.Contains(line, index+" (mailbox=?")
			}
		}
		if !used {
			t.Errorf("%q does not use %s: %v", filter, index, x.seen)
		}
	}
}

func (r *room) search(text string, in ...mail.MailboxID) ([]Row, error) {
	found, err := r.Search(r.ctx, Search{
		Expr: query.Parse(text, query.Options{}).Expr, Mailboxes: in, Limit: 1000, Now: r.clock.at,
		Resolve: Resolver{
			Mailbox: func(name string) (ids []mail.MailboxID) {
				for _, m := range r.mailboxes("") {
					if strings.EqualFold(m.Path, name) {
						ids = append(ids, m.ID)
					}
				}
				return ids
			},
			Account: func(name string) []mail.AccountID { return []mail.AccountID{mail.AccountID(name)} },
		},
	})
	return found.Rows, err
}

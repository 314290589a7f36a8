package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"postrider/mail"
)

// dated is a message with a Date header as it is given.
func dated(name, date string) []byte {
	if date != "" {
		date = "Date: " + date + "\r\n"
	}
	return []byte("Message-ID: <" + name + "@test.example>\r\nSubject: " + name + "\r\n" + date + "\r\n" + name + "\r\n")
}

func (r *room) page(p Page) (rows []Row) {
	r.t.Helper()
	r.must(r.Read(r.ctx, func(sn *Snapshot) (err error) {
		rows, err = sn.List(p)
		return err
	}))
	return rows
}

// pages reads a list to its end in pages.
func (r *room) pages(p Page) (rows []Row) {
	r.t.Helper()
	for {
		next := r.page(p)
		rows = append(rows, next...)
		if len(next) < p.Limit {
			return rows
		}
		p.Before = next[len(next)-1].ID
	}
}

func subjects(rows []Row) (list []string) {
	for _, row := range rows {
		list = append(list, row.Subject)
	}
	return list
}

// TestPagesOfEqualDates: a page that ends among messages of one second neither
// repeats nor skips any.
func TestPagesOfEqualDates(t *testing.T) {
	r := newRoom(t)
	var list []Seen
	for i := range 23 {
		list = append(list, head(mail.UID(i+1), dated(fmt.Sprint("m", i), "Mon, 02 Mar 2026 10:00:00 +0000")))
	}
	r.seen(r.box("INBOX"), list...)
	for _, limit := range []int{1, 2, 5, 23, 24, 100} {
		rows := r.pages(Page{Mailboxes: []mail.MailboxID{r.box("INBOX")}, Limit: limit})
		if len(rows) != 23 {
			t.Errorf("in pages of %d there are %d", limit, len(rows))
		}
		if !slices.IsSortedFunc(rows, func(a, b Row) int { return int(b.ID - a.ID) }) {
			t.Errorf("in pages of %d the order is %v", limit, subjects(rows))
		}
	}
}

// TestPageContinuesAfterARowThatLeft: the row that a page ended with may have
// been moved or deleted meanwhile.
func TestPageContinuesAfterARowThatLeft(t *testing.T) {
	r := newRoom(t)
	var ids []mail.PlacementID
	for i := range 4 {
		ids = append(ids, r.arrive(r.box("INBOX"), fmt.Sprint("m", i)))
	}
	r.do(moveTo(r.box("A"), ids[2]))
	rows := r.page(Page{Mailboxes: []mail.MailboxID{r.box("INBOX")}, Before: ids[2], Limit: 10})
	if got := subjects(rows); !slices.Equal(got, []string{"m1", "m0"}) {
		t.Errorf("after m2 come %v", got)
	}
	err := r.Read(r.ctx, func(sn *Snapshot) error {
		_, err := sn.List(Page{Mailboxes: []mail.MailboxID{1}, Before: 4711, Limit: 1})
		return err
	})
	r.isKind(err, mail.KindGone)
}

// TestUnifiedInboxIsMergedByDate, whatever the accounts.
func TestUnifiedInboxIsMergedByDate(t *testing.T) {
	r := newRoom(t)
	inboxes := []mail.MailboxID{r.box("INBOX"), r.box("imap0002/INBOX"), r.box("pop00001/INBOX")}
	for i := range 12 {
		raw := dated(fmt.Sprintf("m%02d", i), time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(time.RFC1123Z))
		if i%3 == 2 {
			r.deliver(mail.UIDL(fmt.Sprint(i)), raw)
			continue
		}
		r.seen(inboxes[i%3], head(mail.UID(i+1), raw))
	}
	want := []string{"m11", "m10", "m09", "m08", "m07", "m06", "m05", "m04", "m03", "m02", "m01", "m00"}
	if got := subjects(r.pages(Page{Mailboxes: inboxes, Limit: 5})); !slices.Equal(got, want) {
		t.Errorf("merged: %v", got)
	}
	if got := r.page(Page{Limit: 5}); len(got) != 0 {
		t.Errorf("no mailbox has %v", subjects(got))
	}
}

func TestFiltersShowWhatIsShown(t *testing.T) {
	r := newRoom(t)
	inbox := r.box("INBOX")
	a, b := r.arrive(inbox, "a", `\Seen`), r.arrive(inbox, "b", `\Flagged`)
	list := func(f Filter) []string {
		return subjects(r.pages(Page{Mailboxes: []mail.MailboxID{inbox}, Filter: f, Limit: 1}))
	}
	r.do(flags(a, `\Flagged`))
	r.do(flags(b, `\Seen`))
	if got := list(Unread); len(got) != 0 {
		t.Errorf("unread: %v", got)
	}
	if got := list(Starred); !slices.Equal(got, []string{"b", "a"}) {
		t.Errorf("starred: %v", got)
	}
	r.undo()
	if got := list(Unread); !slices.Equal(got, []string{"b"}) {
		t.Errorf("after the undo unread are %v", got)
	}
}

// TestOddDatesSortByArrival: what no calendar has, what lies far ahead and what
// is older than mail is sorted by when it came.
func TestOddDatesSortByArrival(t *testing.T) {
	for date, odd := range map[string]bool{
		"Mon, 02 Mar 2026 10:00:00 +0000":  false,
		"Tue, 03 Mar 2026 11:00:00 +0000":  false, // a clock that is ahead by a time zone
		"Sat, 01 Jan 2000 00:00:00 +0000":  false,
		"":                                 true,
		"yesterday":                        true,
		"Thu, 01 Jan 1970 00:00:00 +0000":  true,
		"Mon, 02 Mar 2099 10:00:00 +0000":  true,
		"Fri, 31 Dec 99999 23:59:59 +0000": true,
		"Mon, 02 Mar 1926 10:00:00 +0000":  true,
	} {
		r := newRoom(t)
		r.seen(r.box("INBOX"), head(1, dated("m", date)))
		got := r.rows(r.box("INBOX"))[0].Date
		if got.Equal(start) != odd {
			t.Errorf("%q is sorted by %v", date, got)
		}
	}
}

// TestCountsFollowWhatIsShown, not what the server has.
func TestCountsFollowWhatIsShown(t *testing.T) {
	r := newRoom(t)
	counts := func(path string) (int, int) {
		for _, m := range r.mailboxes(acct) {
			if m.Path == path {
				return m.Total, m.Unread
			}
		}
		return -1, -1
	}
	a := r.arrive(r.box("INBOX"), "a")
	b := r.arrive(r.box("INBOX"), "b", `\Seen`)
	for _, step := range []struct {
		name                               string
		do                                 func()
		inbox, inboxUnread, other, otherUn int
	}{
		{"two arrived", func() {}, 2, 1, 0, 0},
		{"one is read", func() { r.do(flags(a, `\Seen`)) }, 2, 0, 0, 0},
		{"one is unread", func() { r.do(unflag(b, `\Seen`)) }, 2, 1, 0, 0},
		{"and moved", func() { r.do(moveTo(r.box("A"), b)) }, 1, 0, 1, 1},
		{"and deleted", func() { r.do(expunge(b)) }, 1, 0, 0, 0},
		{"undone", func() { r.undo() }, 1, 0, 1, 1},
		{"carried out", func() { r.carryOut(acct) }, 1, 0, 1, 1},
		{"copied", func() { r.do(copyTo(r.box("A"), a)) }, 1, 0, 2, 1},
	} {
		step.do()
		total, unread := counts("INBOX")
		otherTotal, otherUnread := counts("A")
		if total != step.inbox || unread != step.inboxUnread || otherTotal != step.other || otherUnread != step.otherUn {
			t.Errorf("%s: INBOX %d/%d, A %d/%d", step.name, total, unread, otherTotal, otherUnread)
		}
	}
}

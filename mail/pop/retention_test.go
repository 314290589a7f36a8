package pop_test

import (
	"strings"
	"testing"
	"time"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/pop"
	"postrider/mail/store"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// TestLeaves is what a person is told before anything happens.
func TestLeaves(t *testing.T) {
	days := func(n int) time.Time { return noon.AddDate(0, 0, n) }
	fresh := store.Entry{UIDL: "a", Taken: noon, Served: true, Sure: true, Here: true}
	with := func(change func(*store.Entry)) store.Entry {
		e := fresh
		change(&e)
		return e
	}
	deleted := with(func(e *store.Entry) { e.Deleted = days(1); e.Here = false })
	left := with(func(e *store.Entry) { e.Served = false })
	nameless := with(func(e *store.Entry) { e.UIDL = "header 00ff" })
	kept := with(func(e *store.Entry) { e.Kept = true })
	dropped := with(func(e *store.Entry) { e.Kept, e.Deleted, e.Here = true, days(1), false })
	short := with(func(e *store.Entry) { e.Sure = false })
	for _, tt := range []struct {
		keep   string
		entry  store.Entry
		at     time.Time // zero: it stays
		reason string    // a part of it
	}{
		{"forever", fresh, time.Time{}, "leaves all mail"},
		{"forever", deleted, time.Time{}, "leaves all mail"},
		{"forever", left, time.Time{}, "does not have it"},
		{"until-deleted", fresh, time.Time{}, "until it is deleted here"},
		{"until-deleted", deleted, days(1), "was deleted here"},
		{"until-deleted", left, time.Time{}, "does not have it"},
		{"until-deleted", nameless, time.Time{}, "until it is deleted here"},
		{"days:14", fresh, days(14), "14 days after"},
		{"days:14", deleted, days(14), "14 days after"},
		{"days:14", left, time.Time{}, "does not have it"},
		{"days:14", nameless, time.Time{}, "no lasting ids"},
		{"none", fresh, noon, "safe on this computer"},
		{"none", nameless, noon, "safe on this computer"},
		{"none", left, time.Time{}, "does not have it"},
		{"none", short, noon, "compared once more"},
		{"none", kept, time.Time{}, "you want the server to keep it"},
		{"days:14", kept, time.Time{}, "you want the server to keep it"},
		{"until-deleted", dropped, days(1), "was deleted here"},
		{"none", dropped, noon, "safe on this computer"},
	} {
		keep, err := accounts.ParseKeep(tt.keep)
		if err != nil {
			t.Fatal(err)
		}
		at, reason := pop.Leaves(&accounts.Account{Keep: keep}, tt.entry, noon)
		if !at.Equal(tt.at) || !strings.Contains(reason, tt.reason) {
			t.Errorf("%s, %+v: leaves at %v because %q, want %v, %q", tt.keep, tt.entry, at, reason, tt.at, tt.reason)
		}
	}
	gmail := &accounts.Account{Keep: accounts.Keep{Mode: accounts.KeepNone}, Incoming: accounts.Server{Host: "pop.gmail.com", User: "recent:a@gmail.com"}}
	if at, _ := pop.Leaves(gmail, fresh, noon); !at.IsZero() {
		t.Error("mail would be deleted in Gmail's recent mode, which all clients share")
	}
}

// TestPolicies: what happens on the server is what Leaves says, whatever the
// person does and the clock shows.
func TestPolicies(t *testing.T) {
	day := 24 * time.Hour
	trash := func(c *client) { c.trash("b") }
	expunge := func(c *client) {
		c.do(mail.Expunge{Targets: []mail.PlacementID{c.one(mail.RoleInbox, "b").ID}})
	}
	wait := func(d time.Duration) func(*client) { return func(c *client) { c.ahead += d } }
	for _, tt := range []struct {
		name, keep string
		act        func(*client)
		left       string // on the server, after another sync
	}{
		{"nothing", "forever", wait(0), "ua ub uc"},
		{"trash", "forever", trash, "ua ub uc"},
		{"for good", "forever", expunge, "ua ub uc"},
		{"400 days", "forever", wait(400 * day), "ua ub uc"},

		{"nothing", "until-deleted", wait(0), "ua ub uc"},
		{"400 days", "until-deleted", wait(400 * day), "ua ub uc"},
		{"trash", "until-deleted", trash, "ua uc"},
		{"for good", "until-deleted", expunge, "ua uc"},
		{"archive", "until-deleted", func(c *client) {
			c.do(mail.Move{Targets: []mail.PlacementID{c.one(mail.RoleInbox, "b").ID}, To: c.mailbox(mail.RoleArchive)})
		}, "ua ub uc"},
		{"trash and back", "until-deleted", func(c *client) {
			at := c.trash("b")
			c.do(mail.Move{Targets: []mail.PlacementID{at}, To: c.mailbox(mail.RoleInbox)})
		}, "ua ub uc"},
		{"a copy lives on", "until-deleted", func(c *client) {
			c.do(mail.Copy{Targets: []mail.PlacementID{c.one(mail.RoleInbox, "b").ID}, To: c.mailbox(mail.RoleArchive)})
			expunge(c)
		}, "ua ub uc"},
		{"trash, the clock set back", "until-deleted", func(c *client) { trash(c); c.ahead -= 400 * day }, "ua ub uc"},

		{"nothing", "days:14", wait(0), "ua ub uc"},
		{"trash", "days:14", trash, "ua ub uc"},
		{"13 days", "days:14", wait(13*day + 23*time.Hour), "ua ub uc"},
		{"15 days", "days:14", wait(15 * day), ""},
		{"the clock set ahead", "days:14", wait(400 * day), ""},
		{"the clock set back", "days:14", wait(-400 * day), "ua ub uc"},
		{"the clock set ahead and back", "days:14", func(c *client) { c.ahead = 400 * day; c.ahead = 0 }, "ua ub uc"},

		{"nothing", "none", wait(0), ""},
	} {
		t.Run(tt.keep+" "+tt.name, func(t *testing.T) {
			s := newOdd(t)
			for _, n := range []string{"a", "b", "c"} {
				s.add("u"+n, letterOf(n, 2000))
			}
			c := newClient(t, s.addr, "alice", tt.keep)
			c.sync()
			tt.act(c)
			told := ""
			for _, n := range strings.Fields("ua ub uc") {
				if at, _ := pop.Leaves(&c.account, c.entry(n), c.store.Now()); at.IsZero() || at.After(c.store.Now()) {
					told += " " + n
				}
			}
			if c.account.Keep.Mode != accounts.KeepNone && strings.TrimSpace(told) != tt.left {
				t.Errorf("the person is told that %q stay, want %q", told, tt.left)
			}
			before := c.subjects(mail.RoleInbox)
			c.sync()
			if got := s.left(); got != tt.left {
				t.Errorf("the server has %q, want %q", got, tt.left)
			}
			c.sync()
			c.want(before)
		})
	}
}

// TestClockJumps goes through a year of jumps of the clock: nothing is deleted
// before its time by the clock of that moment, nothing is lost or comes twice.
func TestClockJumps(t *testing.T) {
	s := newOdd(t)
	c := newClient(t, s.addr, "alice", "days:30")
	day := 24 * time.Hour
	s.add("ua", letterOf("a", 2000))
	for _, step := range []struct {
		ahead time.Duration
		add   string
		left  string
	}{
		{0, "b", "ua ub"},
		{29 * day, "", "ua ub"},
		{-400 * day, "c", "ua ub uc"}, // c is taken in "400 days ago"
		{0, "", "ua ub"},              // which is long ago then: it is safe here all the same
		{400 * day, "d", "ud"},
		{0, "", "ud"}, // d is taken in "in 400 days"
		{429 * day, "", "ud"},
		{431 * day, "", ""},
	} {
		c.ahead = step.ahead
		if step.add != "" {
			s.add("u"+step.add, letterOf(step.add, 2000))
		}
		c.sync()
		if got := s.left(); got != step.left {
			t.Errorf("at %v the server has %q, want %q", step.ahead, got, step.left)
		}
	}
	c.want("a b c d")
}

// TestServerKeepsWhatThePersonWants, and lets go of it when that is over.
func TestServerKeepsWhatThePersonWants(t *testing.T) {
	s := newOdd(t)
	for _, n := range []string{"a", "b", "c"} {
		s.add("u"+n, letterOf(n, 2000))
	}
	c := newClient(t, s.addr, "alice", "days:14")
	c.sync()
	want := func(keep bool, names ...string) {
		t.Helper()
		var ids []mail.PlacementID
		for _, n := range names {
			ids = append(ids, c.one(mail.RoleInbox, n).ID)
		}
		if err := c.store.KeepServed(t.Context(), c.account.ID, ids, keep); err != nil {
			t.Fatal(err)
		}
	}
	left := func(what, names string) {
		t.Helper()
		c.sync()
		if got := s.left(); got != names {
			t.Errorf("%s: the server has %q, want %q", what, got, names)
		}
	}
	want(true, "a", "b")
	c.ahead = 400 * 24 * time.Hour
	left("two are to stay", "ua ub")
	want(false, "a")
	left("one need not any more", "ub")
	c.account.Keep = accounts.Keep{}
	c.trash("b")
	left("it was deleted here", "")
}

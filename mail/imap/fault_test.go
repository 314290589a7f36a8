package imap_test

import (
	"flag"
	"fmt"
	"strings"
	"testing"
	"time"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/mailtest"
)

var runs = flag.Int("runs", 10, "how many seeds the tests with random faults try")

// TestTwoClientsAndARivalConverge: whatever they do offline and wherever their
// connections break, clean syncs bring them to what the server has, nothing is
// lost that nobody deleted, and nothing is there twice that nobody copied.
func TestTwoClientsAndARivalConverge(t *testing.T) {
	for _, k := range kinds {
		if k.rare && !*all {
			continue
		}
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			s := mailtest.Dovecot(t, k.option())
			for seed := range uint64(max(1, *runs/4)) {
				t.Run(fmt.Sprint(seed), func(t *testing.T) {
					tr := newTrial(t, s, k.lacks("MOVE"), seed)
					for _, c := range tr.clients {
						tr.clean(c)
					}
					for range 2 {
						tr.round(mailtest.Cut, mailtest.Reset, mailtest.Cut, mailtest.Reset, mailtest.Freeze)
					}
					tr.converge()
				})
			}
		})
	}
}

// TestFlippedBitsDeleteNothing: without TLS any bit may be another one. What is
// shown may be wrong then, but the server keeps what nobody deleted.
func TestFlippedBitsDeleteNothing(t *testing.T) {
	s := mailtest.Dovecot(t)
	for seed := range uint64(max(1, *runs/2)) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { newTrial(t, s, false, seed).flip() })
	}
}

// flip syncs while bits of what the server says are flipped.
func (tr *trial) flip() {
	for _, c := range tr.clients {
		tr.clean(c)
	}
	before, err := tr.rival.Picture()
	tr.must(err)
	for range 4 {
		for _, c := range tr.clients {
			c.proxy.ResetCounters()
			c.proxy.SetRules(mailtest.Rule{Conn: 1, Dir: mailtest.Down, Do: mailtest.Garble, After: 300 + tr.rand.Int64N(3000)})
			c.ahead += 5 * time.Minute
			c.timeout = 2 * time.Second
			_, err := c.worker.Once(tr.t.Context())
			tr.note("%s: %v", c.name, err)
			if mail.Is(err, mail.KindBug) {
				tr.must(err)
			}
			c.check()
		}
	}
	after, err := tr.rival.Picture()
	tr.must(err)
	if after != before {
		tr.t.Errorf("the server has\n%s\nhad\n%s\nafter\n%s", after, before, strings.Join(tr.log, "\n"))
	}
}

// TestOneCopyWhereverTheAnswerIsLost: the server has done what it was asked, and
// the connection ends before we hear of it.
func TestOneCopyWhereverTheAnswerIsLost(t *testing.T) {
	type do func(c *client) mail.Op
	upload := func(c *client) mail.Op {
		st, err := c.store.StageBytes(t.Context(), raw(9, "draft"))
		if err != nil {
			t.Fatal(err)
		}
		msg, err := c.store.Keep(t.Context(), st)
		if err != nil {
			t.Fatal(err)
		}
		return mail.Append{Mailbox: c.mailbox("A").ID, Message: msg, Received: time.Now()}
	}
	both := func(c *client) []mail.PlacementID {
		return []mail.PlacementID{c.one("INBOX", "one").ID, c.one("INBOX", "two").ID}
	}
	move := func(c *client) mail.Op { return mail.Move{Targets: both(c), To: c.mailbox("A").ID} }
	duplicate := func(c *client) mail.Op { return mail.Copy{Targets: both(c), To: c.mailbox("A").ID} }
	for _, k := range kinds {
		if k.rare && !*all {
			continue
		}
		cases := []struct {
			name   string
			op     do
			answer string // that is lost
			want   string
		}{
			{"append", upload, "Append completed", "A | draft | []\nINBOX | one | []\nINBOX | two | []"},
			{"copy", duplicate, "Copy completed", "A | one | []\nA | two | []\nINBOX | one | []\nINBOX | two | []"},
			{"move", move, "Move completed", "A | one | []\nA | two | []"},
		}
		if k.lacks("MOVE") {
			cases = cases[:2]
			for _, step := range []string{"Copy completed", "Store completed", "Expunge completed"} {
				cases = append(cases, struct {
					name   string
					op     do
					answer string
					want   string
				}{"move, " + step, move, step, "A | one | []\nA | two | []"})
			}
		}
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			s := mailtest.Dovecot(t, k.option())
			other, p := newRival(t, s), newLiar(t, s.IMAP)
			for _, step := range cases {
				t.Run(step.name, func(t *testing.T) { answerLost(t, other, p, step.op, step.answer, step.want) })
			}
		})
	}
}

func answerLost(t *testing.T, other rival, p *liar, op func(*client) mail.Op, answer, want string) {
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(other.empty())
	must(other.Deliver("INBOX", raw(1, "one")))
	must(other.Deliver("INBOX", raw(2, "two")))
	c := newClient(t, p.addr)
	c.sync()
	before := c.ids()
	c.do(op(c))
	p.says(once(func(said string) []string {
		if strings.Contains(said, answer) {
			return []string{hangUp}
		}
		return []string{said}
	}))
	if _, err := c.worker.Once(t.Context()); !mail.Is(err, mail.KindOffline) {
		t.Fatalf("the answer was not lost: %v", err)
	}
	p.says(nil)
	if rep := c.sync(); rep.Failed > 0 {
		t.Errorf("%d operations failed", rep.Failed)
	}
	c.sync()
	got, err := other.Picture()
	must(err)
	if got != want {
		t.Errorf("the server has\n%s\nwant\n%s", got, want)
	}
	if got := c.picture(); got != want {
		t.Errorf("the client shows\n%s\nwant\n%s", got, want)
	}
	if !strings.Contains(want, "INBOX") { // moved: the same messages
		for subject, id := range c.ids() {
			if before[subject] != id {
				t.Errorf("%s has id %d, had %d", subject, id, before[subject])
			}
		}
	}
	c.check()
}

// TestHalfAHeaderIsNone: the connection breaks within what lists show of a
// message. No body comes later that would put it right.
func TestHalfAHeaderIsNone(t *testing.T) {
	s := server(t)
	deliver(t, s, "one", "two", "three")
	proxy := mailtest.Proxy(t, s.IMAP)
	headers := func(a *accounts.Account) { a.Offline.Mode = accounts.OfflineHeaders }
	want := "INBOX | one | []\nINBOX | three | []\nINBOX | two | []"
	for after := int64(2000); after < 4000; after += 83 {
		c := newClient(t, proxy.Addr, headers)
		proxy.ResetCounters()
		proxy.SetRules(mailtest.Rule{Conn: 1, Do: mailtest.Cut, After: after})
		c.worker.Once(t.Context())
		proxy.SetRules()
		c.sync()
		if got := c.picture(); got != want {
			t.Errorf("after a cut at %d octets it shows\n%s\nwant\n%s", after, got, want)
		}
		for _, r := range c.rows() {
			if r.FromAddr != "ada@test.example" || r.MessageID == "" {
				t.Errorf("after a cut at %d octets: %q from %q, %q", after, r.Subject, r.FromAddr, r.MessageID)
			}
		}
	}
}

package imap_test

import (
	"fmt"
	"strings"
	"testing"

	"postrider/mail"
	"postrider/mail/mailtest"
	"postrider/mail/store"
)

// TestServerThatLiesTakesNothingAway: in one session, the server says what is
// not so. Whatever the client makes of that, two sessions later it shows what
// the server has, under the ids that the person knows, without downloading it
// again, and the server has what it had.
func TestServerThatLiesTakesNothingAway(t *testing.T) {
	storm := func(n int) func(string) []string { // after the answer to LIST, or to the first FETCH
		return once(func(said string) []string {
			if !strings.Contains(said, "OK") || !strings.Contains(said, "completed") || strings.HasPrefix(said, "*") {
				return []string{said}
			}
			lines := []string{}
			for range n {
				lines = append(lines, "* 1 EXPUNGE")
			}
			return append(lines, said)
		})
	}
	p, other := oddServer(t)
	for _, c := range []struct {
		name  string
		lie   func(n int) func(string) []string
		blind bool // nobody could know what became of flags
	}{
		{"expunges that did not happen", storm, false},
		{"no messages, by SELECT", func(int) func(string) []string { return instead(`^\* \d+ EXISTS$`, "* 0 EXISTS") }, false},
		{"no messages at all", func(int) func(string) []string {
			return both(instead(`^\* \d+ EXISTS$`, "* 0 EXISTS"), instead(`^\* \d+ FETCH .*[^}]$`, ""),
				instead(`MESSAGES \d+`, "MESSAGES 0"), instead(`^\* (E?SEARCH).*`, "* SEARCH"))
		}, false},
		{"half of the messages", func(n int) func(string) []string {
			return both(instead(`^\* \d+ EXISTS$`, fmt.Sprintf("* %d EXISTS", n/2)), instead(`MESSAGES \d+`, fmt.Sprintf("MESSAGES %d", n/2)))
		}, false},
		{"more messages than there are", func(int) func(string) []string { return instead(`^\* \d+ EXISTS$`, "* 4294967295 EXISTS") }, false},
		{"a search that finds nothing", func(int) func(string) []string {
			return both(instead(`^\* ESEARCH \(TAG "?(\S+?)"?\).*`, `* ESEARCH (TAG "$1") UID`), instead(`^\* SEARCH .*`, "* SEARCH"))
		}, false},
		{"a search that finds everything", func(int) func(string) []string {
			return both(instead(`^\* ESEARCH \(TAG "?(\S+?)"?\).*`, `* ESEARCH (TAG "$1") UID ALL 1:4294967295`))
		}, false},
		{"one UID for all", func(int) func(string) []string { return instead(`UID \d+`, "UID 7") }, true},
		{"UID 0", func(int) func(string) []string { return instead(`UID \d+`, "UID 0") }, true},
		{"UIDVALIDITY 0", func(int) func(string) []string { return instead(`UIDVALIDITY \d+`, "UIDVALIDITY 0") }, false},
		{"no UIDVALIDITY", func(int) func(string) []string {
			return both(instead(`^\* OK \[UIDVALIDITY.*`, ""), instead(`UIDVALIDITY \d+ `, ""))
		}, false},
		{"another UIDVALIDITY", func(int) func(string) []string { return instead(`UIDVALIDITY \d+`, "UIDVALIDITY 77") }, false},
		{"no UIDNEXT", func(int) func(string) []string {
			return both(instead(`^\* OK \[UIDNEXT.*`, ""), instead(`UIDNEXT \d+ `, ""))
		}, false},
		{"a HIGHESTMODSEQ of old", func(int) func(string) []string { return instead(`HIGHESTMODSEQ \d+`, "HIGHESTMODSEQ 1") }, false},
		{"no folders", func(int) func(string) []string { return instead(`^\* (LIST|STATUS) .*`, "") }, false},
		{"the inbox only", func(int) func(string) []string { return instead(`^\* (LIST \(.*\) "/"|STATUS) "?(A|B)"? ?.*`, "") }, false},
		{"other folders", func(int) func(string) []string { return instead(`^\* LIST \(.*\) "/" (A|B)`, `* LIST () "/" no$1`) }, false},
	} {
		for _, n := range []int{12, 60} { // below the brake and above it
			t.Run(fmt.Sprintf("%s/%d", c.name, n), func(t *testing.T) {
				lied(t, p, other, n, c.blind, c.lie(n))
			})
		}
	}
}

// oddServer is one Dovecot for all lies, with a rival that knows the truth.
func oddServer(t *testing.T, opts ...mailtest.Option) (*liar, rival) {
	t.Helper()
	s := mailtest.Dovecot(t, opts...)
	return newLiar(t, s.IMAP), newRival(t, s)
}

func lied(t *testing.T, p *liar, other rival, n int, blind bool, lie func(string) []string) {
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(other.empty())
	for i := range n {
		must(other.Deliver("INBOX", raw(i, fmt.Sprint("m", i))))
	}
	must(other.Deliver("A", raw(1000, "in A")))
	truth, err := other.Picture()
	must(err)
	c := newClient(t, p.addr)
	c.sync()
	before := c.ids()

	must(other.Deliver("B", raw(1001, "new"))) // so that there is something to look at
	if !blind {
		must(other.SetFlags("INBOX", "m3", star))
	}
	p.says(lie)
	for range 2 {
		_, err := c.worker.Once(t.Context())
		if mail.Is(err, mail.KindBug) {
			t.Errorf("the session of lies: %v", err)
		}
	}
	p.says(nil)
	in := int64(0)
	for range 2 {
		in += c.sync().In
	}
	want, err := other.Picture()
	must(err)
	if got := c.picture(); got != want {
		t.Errorf("the client shows\n%s\nthe server has\n%s", got, want)
	}
	if strings.Count(want, "\n") != strings.Count(truth, "\n")+1 {
		t.Errorf("the server has\n%s\nhad\n%s", want, truth)
	}
	after := c.ids()
	for subject, id := range before {
		if after[subject] != id {
			t.Errorf("%s has id %d, had %d", subject, after[subject], id)
		}
	}
	if limit := int64(7000 + 500*n); in > limit {
		t.Errorf("making it good brought %d octets, more than %d", in, limit)
	}
	c.check()
}

// ids are the ids of all messages by subject.
func (c *client) ids() map[string]mail.PlacementID {
	c.t.Helper()
	found := map[string]mail.PlacementID{}
	c.read(func(sn *store.Snapshot) error {
		boxes, err := sn.Mailboxes(id)
		for _, b := range boxes {
			rows, err := sn.List(store.Page{Mailboxes: []mail.MailboxID{b.ID}, Limit: 1 << 20})
			if err != nil {
				return err
			}
			for _, r := range rows {
				found[r.Subject] = r.ID
			}
		}
		return err
	})
	return found
}

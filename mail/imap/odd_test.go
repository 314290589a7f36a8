package imap_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
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
	lies := []struct {
		name    string
		lie     func(n int) func(string) []string
		removes bool // it says that messages are gone
		blind   bool // nobody could know what became of flags
	}{
		{"expunges that did not happen", storm, true, false},
		{"no messages, by SELECT", func(int) func(string) []string { return instead(`^\* \d+ EXISTS$`, "* 0 EXISTS") }, true, false},
		{"no messages at all", func(int) func(string) []string {
			return both(instead(`^\* \d+ EXISTS$`, "* 0 EXISTS"), instead(`^\* \d+ FETCH .*[^}]$`, ""),
				instead(`MESSAGES \d+`, "MESSAGES 0"), instead(`^\* (E?SEARCH).*`, "* SEARCH"))
		}, true, false},
		{"half of the messages", func(n int) func(string) []string {
			return both(instead(`^\* \d+ EXISTS$`, fmt.Sprintf("* %d EXISTS", n/2)), instead(`MESSAGES \d+`, fmt.Sprintf("MESSAGES %d", n/2)))
		}, true, false},
		{"more messages than there are", func(int) func(string) []string { return instead(`^\* \d+ EXISTS$`, "* 4294967295 EXISTS") }, false, false},
		{"a search that finds nothing", func(int) func(string) []string {
			return both(instead(`^\* ESEARCH \(TAG "?(\S+?)"?\).*`, `* ESEARCH (TAG "$1") UID`), instead(`^\* SEARCH .*`, "* SEARCH"))
		}, true, false},
		{"a search that finds everything", func(int) func(string) []string {
			return both(instead(`^\* ESEARCH \(TAG "?(\S+?)"?\).*`, `* ESEARCH (TAG "$1") UID ALL 1:4294967295`))
		}, false, false},
		{"one UID for all", func(int) func(string) []string { return instead(`UID \d+`, "UID 7") }, false, true},
		{"UID 0", func(int) func(string) []string { return instead(`UID \d+`, "UID 0") }, false, true},
		{"UIDVALIDITY 0", func(int) func(string) []string { return instead(`UIDVALIDITY \d+`, "UIDVALIDITY 0") }, false, false},
		{"no UIDVALIDITY", func(int) func(string) []string {
			return both(instead(`^\* OK \[UIDVALIDITY.*`, ""), instead(`UIDVALIDITY \d+ `, ""))
		}, false, false},
		{"another UIDVALIDITY", func(int) func(string) []string { return instead(`UIDVALIDITY \d+`, "UIDVALIDITY 77") }, true, false},
		{"no UIDNEXT", func(int) func(string) []string {
			return both(instead(`^\* OK \[UIDNEXT.*`, ""), instead(`UIDNEXT \d+ `, ""))
		}, false, false},
		{"a HIGHESTMODSEQ of old", func(int) func(string) []string { return instead(`HIGHESTMODSEQ \d+`, "HIGHESTMODSEQ 1") }, false, false},
		{"no folders", func(int) func(string) []string { return instead(`^\* (LIST|STATUS) .*`, "") }, false, false},
		{"the inbox only", func(int) func(string) []string { return instead(`^\* (LIST \(.*\) "/"|STATUS) "?(A|B)"? ?.*`, "") }, false, false},
		{"other folders", func(int) func(string) []string { return instead(`^\* LIST \(.*\) "/" (A|B)`, `* LIST () "/" no$1`) }, false, false},
	}
	tell := func(t *testing.T, k kind) {
		p, other := oddServer(t, k.option())
		for _, c := range lies {
			sizes := []int{60}
			if c.removes {
				sizes = []int{12, 60} // below the brake, and above it
			}
			for _, n := range sizes {
				t.Run(fmt.Sprintf("%s/%d", c.name, n), func(t *testing.T) { lied(t, p, other, n, c.blind, c.lie(n)) })
			}
		}
	}
	for _, k := range kinds {
		if k.name == "modern" || *all && !k.rare {
			t.Run(k.name, func(t *testing.T) { tell(t, k) })
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
	var letters [][]byte
	for i := range n {
		letters = append(letters, raw(i, fmt.Sprint("m", i)))
	}
	must(other.server.Deliver("alice", letters...))
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
	if limit := int64(10_000 + 500*n); in > limit {
		t.Errorf("making it good brought %d octets, more than %d", in, limit)
	}
	c.check()
}

// rows are all messages that are shown.
func (c *client) rows() (rows []store.Row) {
	c.t.Helper()
	c.read(func(sn *store.Snapshot) error {
		boxes, err := sn.Mailboxes(id)
		for _, b := range boxes {
			more, err := sn.List(store.Page{Mailboxes: []mail.MailboxID{b.ID}, Limit: 1 << 20})
			if err != nil {
				return err
			}
			rows = append(rows, more...)
		}
		return err
	})
	return rows
}

// ids are the ids of all messages by subject.
func (c *client) ids() map[string]mail.PlacementID {
	c.t.Helper()
	found := map[string]mail.PlacementID{}
	for _, r := range c.rows() {
		found[r.Subject] = r.ID
	}
	return found
}

// TestUIDsOfOthersDeleteNothing: a server that was restored from a backup gives
// the UIDs that we know to other messages, under the same UIDVALIDITY.
func TestUIDsOfOthersDeleteNothing(t *testing.T) {
	for _, k := range kinds {
		if k.rare && !*all {
			continue
		}
		t.Run(k.name, func(t *testing.T) {
			s := mailtest.Dovecot(t, k.option())
			other := newRival(t, s)
			must := func(err error) {
				t.Helper()
				if err != nil {
					t.Fatal(err)
				}
			}
			must(other.empty())
			for i, name := range []string{"one", "two", "three", "four", "five"} {
				must(other.Deliver("A", raw(i, name)))
			}
			data, err := other.Select("A", nil).Wait()
			must(err)
			c := newClient(t, s.IMAP)
			c.sync()
			c.do(mail.Expunge{Targets: []mail.PlacementID{c.one("A", "one").ID}})
			c.do(mail.Move{Targets: []mail.PlacementID{c.one("A", "two").ID}, To: c.mailbox("B").ID})
			must(other.Renumber("A"))
			other.Unselect().Wait()
			if out, err := s.Doveadm("mailbox", "update", "-u", "alice", "--uid-validity", fmt.Sprint(data.UIDValidity), "A"); err != nil {
				t.Fatal(err, out)
			}
			for range 4 {
				c.sync()
			}
			want := "A | five | []\nA | four | []\nA | three | []\nB | two | []"
			got, err := other.Picture()
			must(err)
			if got != want {
				t.Errorf("the server has\n%s\nwant\n%s", got, want)
			}
			if got := c.picture(); got != want {
				t.Errorf("the client shows\n%s\nwant\n%s", got, want)
			}
			c.check()
		})
	}
}

// TestBodiesUnderOtherUIDs: in the first session, the server answers for other
// UIDs than it was asked about. What the person then deletes is what is deleted.
func TestBodiesUnderOtherUIDs(t *testing.T) {
	p, other := oddServer(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(other.empty())
	for i := range 6 {
		must(other.Deliver("A", raw(i, fmt.Sprint("m", i+1))))
	}
	swap := map[string]string{"2": "5", "5": "2"}
	uid := regexp.MustCompile(`^(\* \d+ FETCH \(UID )(2|5) `)
	p.says(func(said string) []string {
		if m := uid.FindStringSubmatch(said); m != nil {
			said = m[1] + swap[m[2]] + " " + said[len(m[0]):]
		}
		return []string{said}
	})
	c := newClient(t, p.addr)
	c.sync()
	p.says(nil)
	c.do(mail.Expunge{Targets: []mail.PlacementID{c.one("A", "m2").ID}})
	c.do(mail.Move{Targets: []mail.PlacementID{c.one("A", "m5").ID}, To: c.mailbox("B").ID})
	for range 4 {
		c.sync()
	}
	want := "A | m1 | []\nA | m3 | []\nA | m4 | []\nA | m6 | []\nB | m5 | []"
	got, err := other.Picture()
	must(err)
	if got != want {
		t.Errorf("the server has\n%s\nwant\n%s", got, want)
	}
	if got := c.picture(); got != want {
		t.Errorf("the client shows\n%s\nwant\n%s", got, want)
	}
	c.check()
}

// TestRefusedFetchIsAskedAgain: what the server would not show in one session is
// not taken for seen.
func TestRefusedFetchIsAskedAgain(t *testing.T) {
	p, other := oddServer(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, answer := range []string{"NO Some of the messages could not be FETCHed", "NO [UNAVAILABLE] later", "BAD no", "OK"} {
		t.Run(answer, func(t *testing.T) {
			must(other.empty())
			for i, name := range []string{"one", "two", "three"} {
				must(other.Deliver("INBOX", raw(i, name)))
			}
			c := newClient(t, p.addr)
			c.sync()
			if answer != "OK" { // and nothing: of flags nobody could know
				must(other.SetFlags("INBOX", "one", star))
			}
			must(other.Expunge("INBOX", "two"))
			must(other.Deliver("INBOX", raw(4, "four")))
			p.says(both(instead(`^\* \d+ FETCH .*[^}]$`, ""), instead(`^(\S+) OK (Fetch|Search) completed.*`, "$1 "+answer)))
			_, err := c.worker.Once(t.Context())
			if err != nil && mail.Is(err, mail.KindBug) {
				t.Error(err)
			}
			p.says(nil)
			c.sync()
			c.sync()
			want, err := other.Picture()
			must(err)
			if got := c.picture(); got != want {
				t.Errorf("the client shows\n%s\nthe server has\n%s", got, want)
			}
			c.check()
		})
	}
}

// TestMoveThatMayNotDelete: the person may read a folder and not take anything
// away from it. They are told, and no copies pile up.
func TestMoveThatMayNotDelete(t *testing.T) {
	for _, k := range kinds {
		if k.rare && !*all {
			continue
		}
		t.Run(k.name, func(t *testing.T) {
			s := mailtest.Dovecot(t, k.option(), mailtest.Config("protocol imap {\n mail_plugins = acl\n}\nplugin {\n acl = vfile\n}"))
			other := newRival(t, s)
			must := func(err error) {
				t.Helper()
				if err != nil {
					t.Fatal(err)
				}
			}
			must(other.empty())
			must(other.Deliver("A", raw(1, "one")))
			must(other.Deliver("A", raw(2, "two")))
			must(os.WriteFile(filepath.Join(s.Dir, "home/alice/Maildir/.A/dovecot-acl"), []byte("owner lrwsip\n"), 0o644))
			c := newClient(t, s.IMAP)
			c.sync()
			c.do(mail.Move{Targets: []mail.PlacementID{c.one("A", "one").ID, c.one("A", "two").ID}, To: c.mailbox("B").ID})
			rep := c.sync()
			c.sync()
			got, err := other.Picture()
			must(err)
			want := "A | one | []\nA | two | []"
			if k.lacks("MOVE") { // it copies, and does not say that it will not delete
				want += "\nB | one | []\nB | two | []"
			} else if rep.Failed != 2 {
				t.Errorf("%d operations failed, want 2", rep.Failed)
			}
			if got != want {
				t.Errorf("the server has\n%s\nwant\n%s", got, want)
			}
			if got := c.picture(); got != want {
				t.Errorf("the client shows\n%s\nwant\n%s", got, want)
			}
			c.check()
		})
	}
}

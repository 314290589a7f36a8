package pop_test

import (
	"fmt"
	"strings"
	"testing"

	"postrider/mail"
	"postrider/mail/mailtest"
)

// poor are servers that lack commands; all have the others.
var poor = map[string]struct{ caps, without string }{
	"everything":            {"TOP\nUIDL\nPIPELINING", ""},
	"no CAPA":               {"", " CAPA "},
	"no TOP":                {"UIDL\nPIPELINING", " TOP "},
	"no UIDL":               {"TOP\nPIPELINING", " UIDL "},
	"no CAPA, no UIDL":      {"", " CAPA UIDL "},
	"no UIDL, no TOP":       {"PIPELINING", " UIDL TOP "},
	"nothing but RFC 1939":  {"", " CAPA UIDL TOP "},
	"TOP that is a promise": {"TOP\nUIDL", " TOP "},
}

func newPoor(t *testing.T, name string) *odd {
	s := newOdd(t)
	s.caps, s.without = poor[name].caps, poor[name].without
	return s
}

// TestPoorServers: whatever a server lacks, each message comes once, also when
// others take some away, and goes when it may.
func TestPoorServers(t *testing.T) {
	for name := range poor {
		t.Run(name, func(t *testing.T) {
			s := newPoor(t, name)
			for _, n := range []string{"a", "b", "c"} {
				s.add("u"+n, letterOf(n, 2000))
			}
			// The same header and size as a's, and two that say nothing of themselves.
			twin := letterOf("a", 2000)
			copy(twin[len(twin)-10:], "differs!")
			s.add("ut", twin)
			s.add("uw", []byte("Subject: w\r\n\r\nfirst\r\n"))
			s.add("ux", []byte("Subject: w\r\n\r\nother\r\n"))
			c := newClient(t, s.addr, "alice", "until-deleted")
			c.sync()
			c.want("a a b c w w")
			c.sync()
			s.change(func() { s.letters = s.letters[1:] })
			s.add("ud", letterOf("d", 2000))
			c.sync()
			c.want("a a b c d w w")
			c.trash("b")
			c.sync()
			if got, want := s.left(), "uc ut uw ux ud"; got != want {
				t.Errorf("the server has %q, want %q", got, want)
			}
			c.sync()
			c.want("a a c d w w")
		})
	}
}

// TestPoorServersNone empties servers that lack commands.
func TestPoorServersNone(t *testing.T) {
	for name := range poor {
		t.Run(name, func(t *testing.T) {
			s := newPoor(t, name)
			c := newClient(t, s.addr, "alice", "none")
			for _, n := range []string{"a", "b", "c"} {
				s.add("u"+n, letterOf(n, 2000))
				s.quit = map[string]string{"a": "before", "b": "after", "c": "-ERR"}[n]
				c.worker.Once(t.Context())
			}
			s.change(func() { s.quit = "" })
			c.sync()
			c.sync()
			c.want("a b c")
			if got := s.left(); got != "" {
				t.Errorf("the server has %q left", got)
			}
		})
	}
}

// TestDaysNeedNames: where messages have no lasting ids, none is deleted for
// its age.
func TestDaysNeedNames(t *testing.T) {
	s := newPoor(t, "no UIDL")
	s.add("ua", letterOf("a", 2000))
	c := newClient(t, s.addr, "alice", "days:3")
	c.sync()
	c.ahead = 100 * 24 * 3600e9
	c.sync()
	if s.left() != "ua" {
		t.Error("it was deleted")
	}
}

// TestNames: servers give names that do not name.
func TestNames(t *testing.T) {
	for name, tt := range map[string]struct {
		names  string // of a, b, c
		then   func(*odd)
		want   string
		again  int // RETRs of the second sync, at most
		policy string
	}{
		"all new":      {"1 2 3", func(s *odd) { rename(s, "x y z") }, "a b c", 0, "forever"},
		"all shifted":  {"1 2 3", func(s *odd) { rename(s, "2 3 4") }, "a b c", 3, "forever"},
		"all permuted": {"1 2 3", func(s *odd) { rename(s, "3 1 2") }, "a b c", 3, "forever"},
		"one reused": {"1 2 3", func(s *odd) {
			s.letters[1] = &letter{uidl: "2", raw: letterOf("new", 2500)}
		}, "a b c new", 1, "forever"},
		"numbers of places": {"1 2 3", func(s *odd) {
			s.letters = append(s.letters[1:], &letter{raw: letterOf("d", 2800)})
			rename(s, "1 2 3")
		}, "a b c d", 3, "forever"},
		"all the same": {"x x x", func(s *odd) {
			s.letters = append(s.letters, &letter{uidl: "x", raw: letterOf("d", 2800)})
		}, "a b c d", 1, "forever"},
		"two the same": {"x x y", func(*odd) {}, "a b c", 0, "forever"},
		"a twin comes": {"1 2 3", func(s *odd) {
			s.letters = append(s.letters, &letter{uidl: "2", raw: letterOf("d", 2800)})
		}, "a b c d", 1, "forever"},
		"not a name":    {"\x01 2\x1b[2J " + strings.Repeat("z", 600), func(*odd) {}, "a b c", 0, "forever"},
		"no name":       {"- 2 3", func(s *odd) { s.letters[0].uidl = "" }, "a b c", 1, "forever"},
		"reused, none":  {"1 2 3", func(s *odd) { s.letters = []*letter{{uidl: "1", raw: letterOf("d", 2000)}} }, "a b c d", 1, "none"},
		"all new, none": {"1 2 3", func(s *odd) { rename(s, "x y z") }, "a b c", 0, "none"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newOdd(t)
			for i, n := range []string{"a", "b", "c"} {
				s.add(strings.Split(tt.names, " ")[i], letterOf(n, 2000+100*i))
			}
			c := newClient(t, s.addr, "alice", tt.policy)
			c.sync()
			c.want("a b c")
			s.change(func() { tt.then(s) })
			s.asked("RETR")
			c.sync()
			c.want(tt.want)
			if n := s.asked("RETR"); n > tt.again {
				t.Errorf("%d messages were downloaded again, want %d at most", n, tt.again)
			}
			c.sync()
			c.want(tt.want)
			if n := s.asked("RETR"); n > 0 {
				t.Errorf("then %d once more", n)
			}
		})
	}
}

func rename(s *odd, names string) {
	for i, n := range strings.Fields(names)[:len(s.letters)] {
		s.letters[i].uidl = n
	}
}

// TestReusedNameIsNotDeleted: a name that names another message by now, of the
// same size, does not let that be deleted for the first one's sake.
func TestReusedNameIsNotDeleted(t *testing.T) {
	for _, header := range []string{"has", "lacks"} {
		t.Run(header, func(t *testing.T) {
			first, second := letterOf("a", 2000), letterOf("z", 2000)
			if header == "lacks" {
				first, second = []byte("Subject: a\r\n\r\nfirst\r\n"), []byte("Subject: z\r\n\r\nother\r\n")
			}
			s := newOdd(t)
			m := s.add("1", first)
			c := newClient(t, s.addr, "alice", "until-deleted")
			c.sync()
			c.trash("a")
			s.change(func() { m.raw = second })
			c.sync()
			c.want("z")
			if s.left() != "1" {
				t.Error("the new message was deleted")
			}
			c.sync()
			if s.left() != "1" {
				t.Error("the new message was deleted later")
			}
		})
	}
}

// TestRefusedMessage: one that the server will not give keeps nothing back, is
// told about, and tried again.
func TestRefusedMessage(t *testing.T) {
	for _, words := range []string{"internal error in /var/mail", "[SYS/TEMP] try later"} {
		s := newOdd(t)
		s.add("ua", letterOf("a", 2000))
		bad := s.add("ub", letterOf("b", 2000))
		s.add("uc", letterOf("c", 2000))
		bad.err = words
		c := newClient(t, s.addr, "alice", "none")
		e := c.fails(mail.KindRefused)
		if !strings.Contains(e.Detail, strings.TrimPrefix(words, "[SYS/TEMP] ")) || !strings.Contains(e.Message, "tried again") {
			t.Errorf("the person is told %q (%s)", e.Message, e.Detail)
		}
		c.want("a c")
		if got := s.left(); got != "ub" {
			t.Errorf("the server has %q, want ub alone", got)
		}
		s.change(func() { bad.err = "" })
		c.sync()
		c.want("a b c")
		if got := s.left(); got != "" {
			t.Errorf("the server has %q left", got)
		}
	}
}

// TestShortMessage: a message with fewer octets than were announced is kept,
// but goes from the server only when a second download said the same.
func TestShortMessage(t *testing.T) {
	whole := letterOf("a", 4000)
	for name, tt := range map[string]struct {
		then []byte // what the second download gives
		want string
	}{
		"the server counts otherwise": {whole[:2000], "a"},
		"it was cut off":              {whole, "a a"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newOdd(t)
			m := s.add("ua", whole)
			m.sent = append(whole[:1998:1998], "\r\n"...)
			s.add("ub", letterOf("b", 2000))
			c := newClient(t, s.addr, "alice", "none")
			c.sync()
			c.want("a b")
			if got := s.left(); got != "ua" {
				t.Errorf("the server has %q, want ua alone", got)
			}
			if _, reason := leaves(c, "ua"); !strings.Contains(reason, "compared") {
				t.Errorf("the reason is %q", reason)
			}
			s.change(func() {
				if name == "it was cut off" {
					m.sent = nil
				}
			})
			c.sync()
			c.want(strings.TrimSpace(tt.want + " b"))
			if got := s.left(); got != "" {
				t.Errorf("the server has %q left", got)
			}
			if name == "it was cut off" && c.hashes()[sha(whole)] != 1 {
				t.Error("the whole message is not here")
			}
		})
	}
}

// TestFalseEnd: a line of a single dot that the server did not stuff looks like
// the end of a message. What follows gives it away, and the stump is not kept.
func TestFalseEnd(t *testing.T) {
	c := newClient(t, mailtest.Script(t, `
		S: +OK hello
		C: CAPA
		S: -ERR what?
		C: USER alice
		S: +OK
		C: PASS *
		S: +OK
		C: UIDL
		S: +OK
		S: 1 a
		S: 2 b
		S: .
		C: LIST
		S: +OK
		S: 1 70
		S: 2 30
		S: .
		C: CAPA
		S: -ERR what?
		C: RETR 2
		S: +OK
		S: Subject: b
		S:
		S: a second message
		S: .
		C: RETR 1
		S: +OK
		S: Subject: a
		S:
		S: begin
		S: .
		C: NOOP
		S= "and the rest of the message\r\n.\r\n+OK\r\n"
	`), "alice", "none")
	c.fails(mail.KindGarbled)
	c.want("b")
}

// TestComesBack: mail that vanished from the server stays here, and is known
// when it comes back.
func TestComesBack(t *testing.T) {
	s := newOdd(t)
	for _, n := range []string{"a", "b", "c"} {
		s.add("u"+n, letterOf(n, 2000))
	}
	c := newClient(t, s.addr, "alice", "until-deleted")
	c.sync()
	all := s.letters
	s.change(func() { s.letters = nil })
	c.sync()
	c.want("a b c")
	if e := c.entry("ua"); e.Served || !e.Here {
		t.Errorf("then a is %+v", e)
	}
	s.change(func() { s.letters = all })
	s.asked("RETR")
	c.sync()
	c.want("a b c")
	if e := c.entry("ua"); !e.Served || s.asked("RETR") > 0 {
		t.Errorf("back, a is %+v", e)
	}
}

// TestSameBytes: a maildrop may well have a message twice.
func TestSameBytes(t *testing.T) {
	s := newOdd(t)
	for i := range 3 {
		s.add(fmt.Sprint("u", i), letterOf("a", 2000))
	}
	c := newClient(t, s.addr, "alice", "until-deleted")
	c.sync()
	c.want("a a a")
	s.asked("RETR")
	c.sync()
	c.want("a a a")
	if n := s.asked("RETR"); n > 0 {
		t.Errorf("%d were downloaded again", n)
	}
	var all []mail.PlacementID
	for _, r := range c.list(mail.RoleInbox) {
		all = append(all, r.ID)
	}
	c.do(mail.Expunge{Targets: all[:1]})
	c.sync()
	if got := s.left(); got != "u0 u1 u2" {
		t.Errorf("with copies kept here, the server has %q", got)
	}
	c.do(mail.Expunge{Targets: all[1:]})
	c.sync()
	if got := s.left(); got != "" {
		t.Errorf("the server has %q left", got)
	}
}

// TestDamaged: bytes that this computer lost come again.
func TestDamaged(t *testing.T) {
	for name := range poor {
		for _, how := range []string{"sync", "bring"} {
			t.Run(name+" "+how, func(t *testing.T) {
				s := newPoor(t, name)
				s.add("ua", letterOf("a", 2000))
				s.add("ub", letterOf("b", 2000))
				c := newClient(t, s.addr, "alice", "until-deleted")
				c.sync()
				at := c.one(mail.RoleInbox, "a").ID
				c.damage()
				if how == "bring" {
					if err := c.worker.Bring(t.Context(), at); err != nil {
						t.Fatal(err)
					}
				} else {
					c.sync()
				}
				row := c.one(mail.RoleInbox, "a")
				if !row.Here || row.ID != at {
					t.Fatalf("a is %+v", row)
				}
				if how == "sync" {
					c.want("a b")
					if c.hashes()[sha(letterOf("a", 2000))] != 1 {
						t.Error("a has other bytes")
					}
				}
				c.sync()
			})
		}
	}
}

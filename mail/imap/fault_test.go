package imap_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/dial"
	"postrider/mail/engine"
	"postrider/mail/imap"
	"postrider/mail/imap/wire"
	"postrider/mail/mailtest"
	"postrider/mail/store"
)

var runs = flag.Int("runs", 10, "how many seeds the tests with random faults try")

var boxes = []string{"INBOX", "A", "B"}

// trial is two clients of one account, a third that is not ours, and a proxy
// before each of ours that breaks connections.
type trial struct {
	t       *testing.T
	rand    *rand.Rand
	server  *mailtest.Server
	rival   rival
	clients []*troubled
	copies  bool // the server has no MOVE: one that is cut may leave two

	log    []string
	made   int
	lost   map[string]bool // subjects that somebody deleted
	copied map[string]bool // subjects that somebody copied
}

// troubled is a client behind a proxy, on a clock that is ahead.
type troubled struct {
	*client
	name    string
	proxy   *mailtest.FaultProxy
	ahead   time.Duration
	timeout time.Duration
}

func newTrial(t *testing.T, s *mailtest.Server, copies bool, seed uint64) *trial {
	tr := &trial{
		t: t, rand: rand.New(rand.NewPCG(seed, 11)), server: s, rival: newRival(t, s), copies: copies,
		lost: map[string]bool{}, copied: map[string]bool{},
	}
	tr.must(tr.rival.empty())
	for _, name := range []string{"ada", "bob"} {
		tr.clients = append(tr.clients, tr.newClient(name))
	}
	for range 3 + tr.rand.IntN(5) {
		tr.deliver()
	}
	return tr
}

func (tr *trial) newClient(name string) *troubled {
	c := &troubled{client: &client{t: tr.t}, name: name, proxy: mailtest.Proxy(tr.t, tr.server.IMAP)}
	s, err := store.Open(tr.t.Context(), folder(tr.t), store.Options{Now: func() time.Time { return time.Now().Add(c.ahead) }})
	tr.must(err)
	tr.t.Cleanup(func() { s.Close() })
	tr.must(s.AddAccount(tr.t.Context(), id, store.IMAP))
	c.store = s
	c.worker = engine.NewWorker(s, id, func(ctx context.Context) (engine.Driver, error) {
		return imap.Connect(imap.Config{
			Account: account(c.proxy.Addr), Store: s, Dialer: &dial.Dialer{}, Timeout: c.timeout, Lingering: time.Nanosecond,
			Credentials: func(context.Context) (wire.Credentials, error) {
				return wire.Credentials{User: "alice", Password: mailtest.Password("alice")}, nil
			},
		})(ctx)
	})
	return c
}

func (tr *trial) must(err error) {
	tr.t.Helper()
	if err != nil {
		tr.t.Fatalf("%v\n%s", err, strings.Join(tr.log, "\n"))
	}
}

func (tr *trial) note(format string, args ...any) {
	tr.log = append(tr.log, fmt.Sprintf(format, args...))
}

func (tr *trial) pick() string { return boxes[tr.rand.IntN(len(boxes))] }

// next is a message that nobody has seen.
func (tr *trial) next() (name string, text []byte) {
	tr.made++
	name = fmt.Sprintf("m%d", tr.made)
	return name, raw(tr.made, name)
}

func (tr *trial) deliver() {
	name, text := tr.next()
	box := tr.pick()
	tr.note("deliver %s to %s", name, box)
	tr.must(tr.rival.Deliver(box, text))
}

var patches = []mail.FlagPatch{
	{Add: mail.Bits(mail.Seen)}, {Remove: mail.Bits(mail.Seen)}, {Add: mail.Bits(mail.Flagged)},
	{Add: mail.FlagsOf("work")}, {Remove: mail.FlagsOf("work")},
}

// act is something the person does, offline.
func (tr *trial) act(c *troubled) {
	rows := c.rows()
	n := tr.rand.IntN(12)
	if len(rows) == 0 || n == 11 {
		tr.append(c)
		return
	}
	r := rows[tr.rand.IntN(len(rows))]
	ids := []mail.PlacementID{r.ID}
	to := tr.pick()
	var op mail.Op
	switch {
	case n < 4:
		op = mail.SetFlags{Targets: ids, Patch: patches[tr.rand.IntN(len(patches))]}
	case n < 8:
		if tr.copies {
			tr.copied[r.Subject] = true
		}
		op = mail.Move{Targets: ids, To: c.mailbox(to).ID}
	case n < 9 && to != r.Path:
		tr.copied[r.Subject] = true
		op = mail.Copy{Targets: ids, To: c.mailbox(to).ID}
	case n < 10:
		tr.note("%s: undo", c.name)
		_, err := c.store.Undo(tr.t.Context())
		tr.must(ignoreGone(err))
		return
	default:
		tr.lost[r.Subject] = true
		op = mail.Expunge{Targets: ids}
	}
	tr.note("%s: %s of %s (%s) to %s", c.name, op.Kind(), r.Subject, r.Path, to)
	_, err := c.store.Do(tr.t.Context(), op)
	tr.must(ignoreGone(err))
}

// append keeps a draft, say.
func (tr *trial) append(c *troubled) {
	name, text := tr.next()
	box := tr.pick()
	tr.note("%s: append %s to %s", c.name, name, box)
	tr.lost[name] = true // an undo takes it away again
	st, err := c.store.StageBytes(tr.t.Context(), text)
	tr.must(err)
	msg, err := c.store.Keep(tr.t.Context(), st)
	tr.must(err)
	c.do(mail.Append{Mailbox: c.mailbox(box).ID, Message: msg, Received: time.Now()})
}

func ignoreGone(err error) error {
	if mail.Is(err, mail.KindGone) || mail.Is(err, mail.KindRefused) || mail.Is(err, mail.KindInput) {
		return nil
	}
	return err
}

// meddle is what the third client and the administrator do.
func (tr *trial) meddle() {
	box, to := tr.pick(), tr.pick()
	if _, err := tr.rival.Select(box, nil).Wait(); err != nil { // Dovecot hangs up now and then after a new UIDVALIDITY
		tr.rival = newRival(tr.t, tr.server)
		_, err = tr.rival.Select(box, nil).Wait()
		tr.must(err)
	}
	list, err := tr.rival.headers(box)
	tr.must(err)
	n := tr.rand.IntN(12)
	if len(list) == 0 || n == 0 {
		tr.deliver()
		return
	}
	m := list[tr.rand.IntN(len(list))]
	switch {
	case n < 5:
		tr.note("rival: flags of %s (%s)", m.subject, box)
		tr.must(tr.rival.SetFlags(box, m.subject, patches[tr.rand.IntN(len(patches))]))
	case n < 9 && to != box:
		tr.note("rival: move %s (%s) to %s", m.subject, box, to)
		if tr.copies || tr.lost[m.subject] { // an upload whose answer is lost is looked for where it went to, and not elsewhere
			tr.copied[m.subject] = true
		}
		tr.must(tr.rival.Move(box, m.subject, to))
	case n < 10:
		tr.note("rival: expunge %s (%s)", m.subject, box)
		tr.lost[m.subject] = true
		tr.must(tr.rival.Expunge(box, m.subject))
	case n < 11 && box != "INBOX":
		tr.note("rival: renumber %s", box)
		if tr.copies {
			for _, m := range list {
				tr.copied[m.subject] = true
			}
		}
		tr.must(tr.rival.Renumber(box))
	default:
		tr.note("doveadm: new UIDVALIDITY of %s", box)
		tr.rival.Unselect().Wait() // Dovecot ends connections that have it open
		if out, err := tr.server.Doveadm("mailbox", "update", "-u", "alice", "--uid-validity", fmt.Sprint(2_000_000_000+tr.rand.IntN(1_000_000)), box); err != nil {
			tr.t.Fatal(err, out)
		}
	}
}

// trouble syncs while the connection is broken in one of these ways.
func (tr *trial) trouble(c *troubled, ways ...mailtest.Action) {
	rule := mailtest.Rule{Conn: 1, Dir: mailtest.Down, Do: ways[tr.rand.IntN(len(ways))], After: 300 + tr.rand.Int64N(7000)}
	if tr.rand.IntN(3) == 0 {
		rule.Dir, rule.After = mailtest.Up, tr.rand.Int64N(1500)
	}
	if rule.Do == mailtest.Freeze {
		c.timeout = time.Second
	}
	c.proxy.ResetCounters()
	c.proxy.SetRules(rule)
	_, err := c.worker.Once(tr.t.Context())
	c.proxy.SetRules()
	c.timeout = 0
	tr.note("%s: sync, with %v after %d octets (direction %d): %v", c.name, rule.Do, rule.After, rule.Dir, err)
	if mail.Is(err, mail.KindBug) || mail.Is(err, mail.KindSignIn) && rule.Do != mailtest.Garble {
		tr.must(err)
	}
}

// clean syncs without trouble, a while later.
func (tr *trial) clean(c *troubled) {
	tr.t.Helper()
	c.ahead += 5 * time.Minute
	rep, err := c.worker.Once(tr.t.Context())
	tr.note("%s: clean sync: %+v", c.name, rep.Counts)
	tr.must(err)
}

// round is some time offline, and one sync each, in trouble.
func (tr *trial) round(ways ...mailtest.Action) {
	for _, c := range tr.clients {
		for range 1 + tr.rand.IntN(4) {
			tr.act(c)
		}
		for range tr.rand.IntN(3) {
			tr.meddle()
		}
		tr.trouble(c, ways...)
	}
}

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

// converge syncs in turn until nothing is left to do, and compares.
func (tr *trial) converge() {
	for range 3 {
		for _, c := range tr.clients {
			tr.clean(c)
		}
	}
	want, err := tr.rival.Picture()
	tr.must(err)
	for _, c := range tr.clients {
		if got := c.picture(); got != want {
			tr.t.Log(c.store.Dump(context.WithoutCancel(tr.t.Context())))
			tr.t.Fatalf("%s shows\n%s\nthe server has\n%s\nafter\n%s", c.name, got, want, strings.Join(tr.log, "\n"))
		}
		tr.whole(c)
		c.check()
	}
	tr.census(want)
}

// whole fails the test unless every message a client shows has its own bytes.
func (tr *trial) whole(c *troubled) {
	for _, box := range boxes {
		for _, r := range c.list(box) {
			var n int
			fmt.Sscanf(r.Subject, "m%d", &n)
			got, err := c.store.Raw(tr.t.Context(), r.Message)
			if err != nil || string(got) != string(raw(n, r.Subject)) {
				tr.t.Errorf("%s: %s reads %q, %v\n%s", c.name, r.Subject, got, err, strings.Join(tr.log, "\n"))
			}
		}
	}
}

// census counts every message that was ever made.
func (tr *trial) census(picture string) {
	count := map[string]int{}
	for line := range strings.Lines(picture) {
		count[strings.Split(line, " | ")[1]]++
	}
	for i := range tr.made {
		name := fmt.Sprintf("m%d", i+1)
		switch n := count[name]; {
		case n == 0 && !tr.lost[name]:
			tr.t.Errorf("%s is lost\n%s", name, strings.Join(tr.log, "\n"))
		case n > 1 && !tr.copied[name]:
			tr.t.Errorf("%s is there %d times\n%s", name, n, strings.Join(tr.log, "\n"))
		}
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

package imap_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"postrider/mail"
	"postrider/mail/dial"
	"postrider/mail/engine"
	"postrider/mail/imap"
	"postrider/mail/imap/wire"
	"postrider/mail/mailtest"
	"postrider/mail/store"
)

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

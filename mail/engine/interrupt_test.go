package engine_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"postrider/mail"
	"postrider/mail/engine"
	"postrider/mail/engine/enginetest"
	"postrider/mail/store"
)

var runs = flag.Int("runs", 200, "how many seeds TestInterruptedAnywhereConverges tries")

var boxes = []string{"INBOX", "A", "B"}

// fastDir is a temporary folder in memory where there is one: these tests are
// about order, not about fsync.
func fastDir(t testing.TB) string {
	if dir, err := os.MkdirTemp("/dev/shm", "postrider-test-"); err == nil {
		t.Cleanup(func() { os.RemoveAll(dir) })
		return dir
	}
	return t.TempDir()
}

// trial is a server, a person's client that is interrupted, and a rival.
type trial struct {
	t      testing.TB
	rand   *rand.Rand
	server *enginetest.Server
	store  *store.Store
	steps  *enginetest.Steps
	worker *engine.Worker
	log    []string
	made   int
	lost   map[string]bool // subjects that somebody deleted
	copied map[string]bool // subjects that somebody copied
}

const account = mail.AccountID("acct")

func newTrial(t testing.TB, seed uint64) *trial {
	r := rand.New(rand.NewPCG(seed, 7))
	tr := &trial{t: t, rand: r, server: enginetest.NewServer("A", "B"), steps: &enginetest.Steps{}, lost: map[string]bool{}, copied: map[string]bool{}}
	tr.server.Traits = enginetest.Traits{NoUIDPlus: r.IntN(2) == 0, NoCondStore: r.IntN(3) == 0, NoMove: r.IntN(3) == 0}
	s, err := store.Open(t.Context(), fastDir(t), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := s.AddAccount(t.Context(), account, store.IMAP); err != nil {
		t.Fatal(err)
	}
	tr.store = s
	tr.worker = engine.NewWorker(s, account, enginetest.Connect(tr.server, s, tr.steps))
	for range 3 + r.IntN(5) {
		tr.deliver()
	}
	return tr
}

func (tr *trial) note(format string, args ...any) {
	tr.log = append(tr.log, fmt.Sprintf(format, args...))
}

func (tr *trial) deliver() {
	tr.made++
	name := fmt.Sprintf("m%d", tr.made)
	box := boxes[tr.rand.IntN(len(boxes))]
	tr.server.Add(box, enginetest.Raw(name, name), mail.Flags{})
	tr.note("deliver %s to %s", name, box)
}

func (tr *trial) sync() error {
	_, err := tr.worker.Once(tr.t.Context())
	return err
}

func (tr *trial) must(err error) {
	tr.t.Helper()
	if err != nil {
		tr.t.Fatalf("%v\n%s", err, strings.Join(tr.log, "\n"))
	}
}

// shown is every message the client shows, newest first.
func (tr *trial) shown() (rows []store.Row) {
	tr.must(tr.store.Read(tr.t.Context(), func(sn *store.Snapshot) error {
		list, err := sn.Mailboxes(account)
		if err != nil {
			return err
		}
		for _, b := range list {
			page, err := sn.List(store.Page{Mailboxes: []mail.MailboxID{b.ID}, Limit: 1000})
			if err != nil {
				return err
			}
			rows = append(rows, page...)
		}
		return nil
	}))
	return rows
}

func (tr *trial) mailbox(path string) (id mail.MailboxID) {
	tr.must(tr.store.Read(tr.t.Context(), func(sn *store.Snapshot) error {
		list, err := sn.Mailboxes(account)
		for _, b := range list {
			if b.Path == path {
				id = b.ID
			}
		}
		return err
	}))
	return id
}

func (tr *trial) picture() string {
	var lines []string
	for _, r := range tr.shown() {
		lines = append(lines, enginetest.Line(r.Path, r.Subject, r.Flags))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

var patches = []mail.FlagPatch{
	{Add: mail.Bits(mail.Seen)}, {Remove: mail.Bits(mail.Seen)}, {Add: mail.Bits(mail.Flagged)},
	{Add: mail.FlagsOf("work")}, {Remove: mail.FlagsOf("work")},
}

// act is something the person does with what they see.
func (tr *trial) act() {
	rows := tr.shown()
	if len(rows) == 0 {
		return
	}
	r := rows[tr.rand.IntN(len(rows))]
	ids := []mail.PlacementID{r.ID}
	to := boxes[tr.rand.IntN(len(boxes))]
	var op mail.Op
	switch n := tr.rand.IntN(10); {
	case n < 4:
		op = mail.SetFlags{Targets: ids, Patch: patches[tr.rand.IntN(len(patches))]}
	case n < 7:
		op = mail.Move{Targets: ids, To: tr.mailbox(to)}
	case n < 8:
		tr.copied[r.Subject] = true
		op = mail.Copy{Targets: ids, To: tr.mailbox(to)}
	case n < 9:
		tr.must(ignoreGone(tr.undo()))
		return
	default:
		tr.lost[r.Subject] = true
		op = mail.Expunge{Targets: ids}
	}
	tr.note("person: %s of %s (%s) %+v", op.Kind(), r.Subject, r.Path, op)
	_, err := tr.store.Do(tr.t.Context(), op)
	tr.must(ignoreGone(err))
}

func (tr *trial) undo() error {
	tr.note("person: undo")
	_, err := tr.store.Undo(tr.t.Context())
	return err
}

func ignoreGone(err error) error {
	if mail.Is(err, mail.KindGone) || mail.Is(err, mail.KindRefused) {
		return nil
	}
	return err
}

// rival is what another client of the same account does.
func (tr *trial) rival() {
	box := boxes[tr.rand.IntN(len(boxes))]
	uids := tr.server.UIDs(box)
	if len(uids) == 0 || tr.rand.IntN(6) == 0 {
		tr.deliver()
		return
	}
	uid := uids[tr.rand.IntN(len(uids))]
	to := boxes[tr.rand.IntN(len(boxes))]
	switch n := tr.rand.IntN(10); {
	case n < 4:
		tr.server.SetFlags(box, uid, patches[tr.rand.IntN(len(patches))])
		tr.note("rival: flags %s/%d", box, uid)
	case n < 8:
		if to == box { // no client does, and a copy to where a message is cannot be told from it
			return
		}
		if tr.server.Traits.NoMove { // between our COPY and our EXPUNGE it makes two, which nobody can help
			tr.copied[tr.server.Subject(box, uid)] = true
		}
		tr.server.Move(box, uid, to)
		tr.note("rival: move %s/%d to %s", box, uid, to)
	case n < 9:
		tr.lost[tr.server.Subject(box, uid)] = true
		tr.server.Expunge(box, uid)
		tr.note("rival: expunge %s/%d", box, uid)
	default:
		if tr.server.Traits.NoMove {
			for _, u := range uids {
				tr.copied[tr.server.Subject(box, u)] = true
			}
		}
		tr.server.Renumber(box)
		tr.note("rival: new UIDVALIDITY of %s", box)
	}
}

// TestInterruptedAnywhereConverges: whatever the person does offline, whatever
// another client does meanwhile, and wherever the connection is cut, two clean
// syncs later both sides show the same, nothing that nobody deleted is lost,
// and nothing is there twice that nobody copied.
func TestInterruptedAnywhereConverges(t *testing.T) {
	for seed := range uint64(*runs) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			converge(newTrial(t, seed))
		})
	}
}

func converge(tr *trial) {
	t := tr.t
	tr.must(tr.sync())
	for range 2 {
		for range 1 + tr.rand.IntN(4) {
			tr.act()
		}
		for range tr.rand.IntN(3) {
			tr.rival()
		}
		meddle := tr.rand.IntN(2) == 0
		*tr.steps = enginetest.Steps{Fail: 1 + tr.rand.IntN(25), Each: func() {
			if meddle && tr.rand.IntN(8) == 0 {
				tr.rival()
			}
		}}
		err := tr.sync()
		tr.note("sync cut before step %d: %v", tr.steps.Fail, err)
	}
	*tr.steps = enginetest.Steps{}
	for range 3 {
		tr.must(tr.sync())
	}
	if got, want := tr.picture(), tr.server.Picture(); got != want {
		tr.dump()
		t.Fatalf("the client shows\n%s\nthe server has\n%s\nafter\n%s", got, want, strings.Join(tr.log, "\n"))
	}
	tr.census()
	rep, err := tr.store.Check(context.WithoutCancel(t.Context()), false, nil)
	if err != nil || !rep.OK() {
		t.Fatalf("check: %v %+v\nafter\n%s", err, rep.Problems, strings.Join(tr.log, "\n"))
	}
}

// census counts every message that was ever delivered.
func (tr *trial) census() {
	count := map[string]int{}
	for line := range strings.Lines(tr.server.Picture()) {
		count[strings.Split(line, " | ")[1]]++
	}
	for i := 1; i <= tr.made; i++ {
		name := fmt.Sprintf("m%d", i)
		switch n := count[name]; {
		case n == 0 && !tr.lost[name]:
			tr.t.Errorf("%s is lost\n%s", name, strings.Join(tr.log, "\n"))
		case n > 1 && !tr.copied[name]:
			tr.t.Errorf("%s is there %d times\n%s", name, n, strings.Join(tr.log, "\n"))
		}
	}
}

// dump prints what the store has, for the person who debugs this at night.
func (tr *trial) dump() {
	tr.t.Log(tr.store.Dump(context.WithoutCancel(tr.t.Context())))
}

package store

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"postrider/mail"
)

func TestShownIsBaseWithOperationsInOrder(t *testing.T) {
	base := place{bMailbox: 1, bFlags: mail.FlagsOf(`\Seen`, "work")}
	patch := func(p mail.FlagPatch) opRow { return opRow{kind: mail.OpFlags, patch: p} }
	star := patch(mail.FlagPatch{Add: mail.Bits(mail.Flagged)})
	unstar := patch(mail.FlagPatch{Remove: mail.Bits(mail.Flagged)})
	failed := func(o opRow) opRow { o.state = mail.StateFailed; return o }
	for _, c := range []struct {
		name string
		base place
		ops  []opRow
		want shown
	}{
		{"nothing waits", base, nil, shown{1, base.bFlags}},
		{"a patch leaves other flags alone", base, []opRow{star}, shown{1, mail.FlagsOf(`\Seen`, `\Flagged`, "work")}},
		{"the later patch wins", base, []opRow{star, unstar}, shown{1, base.bFlags}},
		{"and the other way round", base, []opRow{unstar, star}, shown{1, mail.FlagsOf(`\Seen`, `\Flagged`, "work")}},
		{"a move", base, []opRow{{kind: mail.OpMove, mailbox: 2}}, shown{2, base.bFlags}},
		{"a move and back", base, []opRow{{kind: mail.OpMove, mailbox: 2}, {kind: mail.OpMove, mailbox: 1}}, shown{1, base.bFlags}},
		{"deleted for good", base, []opRow{{kind: mail.OpMove, mailbox: 2}, {kind: mail.OpExpunge}}, shown{0, base.bFlags}},
		{"a copy not made yet", place{bFlags: base.bFlags}, []opRow{{kind: mail.OpCopy, mailbox: 3}}, shown{3, base.bFlags}},
		{"an upload not made yet", place{}, []opRow{{kind: mail.OpAppend, mailbox: 3}, star}, shown{3, mail.Bits(mail.Flagged)}},
		{"what failed counts for nothing", base, []opRow{failed(opRow{kind: mail.OpMove, mailbox: 2}), star, failed(opRow{kind: mail.OpExpunge})},
			shown{1, mail.FlagsOf(`\Seen`, `\Flagged`, "work")}},
	} {
		if got := fold(&c.base, c.ops); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// model is what one message should be, by the rules alone.
type model struct {
	box   mail.MailboxID
	flags mail.Flags
	queue []mail.Op // not settled, in order
}

func (m *model) shown() shown {
	s := shown{m.box, m.flags}
	for _, op := range m.queue {
		s = applied(s, op)
	}
	return s
}

func applied(s shown, op mail.Op) shown {
	switch op := op.(type) {
	case mail.SetFlags:
		s.flags = s.flags.Apply(op.Patch)
	case mail.Move:
		s.mailbox = op.To
	case mail.Expunge:
		s.mailbox = 0
	}
	return s
}

// TestEffectiveIsAlwaysFold plays random acts, settlements and news from the
// server, and holds every message against the model after each.
func TestEffectiveIsAlwaysFold(t *testing.T) {
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			g := newGame(t, seed)
			for range 60 {
				g.turn()
				g.compare()
			}
		})
	}
}

type game struct {
	*room
	rand   *rand.Rand
	places map[mail.PlacementID]*model
	ids    []mail.PlacementID
	log    []string
}

func newGame(t *testing.T, seed uint64) *game {
	g := &game{room: newRoom(t), rand: rand.New(rand.NewPCG(seed, 1)), places: map[mail.PlacementID]*model{}}
	for i := range 5 {
		id := g.arrive(g.box("INBOX"), fmt.Sprint("m", i))
		g.ids = append(g.ids, id)
		g.places[id] = &model{box: g.box("INBOX")}
	}
	return g
}

var somePatches = []mail.FlagPatch{
	{Add: mail.Bits(mail.Seen)}, {Remove: mail.Bits(mail.Seen)}, {Add: mail.Bits(mail.Flagged)}, {Remove: mail.Bits(mail.Flagged)},
	{Add: mail.FlagsOf("work")}, {Remove: mail.FlagsOf("work"), Add: mail.FlagsOf("home")},
}

func (g *game) turn() {
	id := g.ids[g.rand.IntN(len(g.ids))]
	m := g.places[id]
	switch n := g.rand.IntN(10); {
	case n < 4 && m.shown().mailbox != 0:
		g.act(id, mail.SetFlags{Targets: []mail.PlacementID{id}, Patch: somePatches[g.rand.IntN(len(somePatches))]})
	case n < 6 && m.shown().mailbox != 0:
		g.act(id, moveTo(g.box([]string{"INBOX", "A", "Archive"}[g.rand.IntN(3)]), id))
	case n < 7 && m.shown().mailbox != 0 && len(m.queue) > 0:
		g.act(id, expunge(id))
	case n < 8:
		g.news(id)
	default:
		g.push()
	}
}

func (g *game) act(id mail.PlacementID, op mail.Op) {
	m := g.places[id]
	if applied(m.shown(), op) == m.shown() {
		return // changes nothing: no operation
	}
	g.log = append(g.log, fmt.Sprintf("do %s of %d: %+v", op.Kind(), id, op))
	g.do(op)
	m.queue = append(m.queue, op)
}

// news is the server's word on the flags of a message.
func (g *game) news(id mail.PlacementID) {
	m := g.places[id]
	uid := mail.UID(g.number(`SELECT coalesce(b_uid, 0) FROM placement WHERE id = ?`, id))
	if uid == 0 || m.box == 0 {
		return
	}
	m.flags = m.flags.Apply(somePatches[g.rand.IntN(len(somePatches))])
	g.log = append(g.log, fmt.Sprintf("server: %d has %v", id, m.flags.Names()))
	g.seen(m.box, Seen{UID: uid, Flags: m.flags})
}

// push carries out a task, or has it refused, or put off.
func (g *game) push() {
	task := g.task(acct)
	if task == nil {
		return
	}
	how := []Outcome{Done, Done, Refused, Stale}[g.rand.IntN(4)]
	for _, item := range task.Items {
		m := g.places[item.Placement]
		g.log = append(g.log, fmt.Sprintf("server: %s of %d ends %d", task.Kind, item.Placement, how))
		for range item.Ops {
			if how == Done {
				s := applied(shown{m.box, m.flags}, m.queue[0])
				m.box, m.flags = s.mailbox, s.flags
			}
			if how != Stale {
				m.queue = m.queue[1:]
			}
		}
	}
	uid := mail.UID(0)
	if how == Done && task.Kind == mail.OpMove {
		uid = g.uids[task.To.ID] + 1
		g.uids[task.To.ID] += mail.UID(len(task.Items))
	}
	g.settle(task, how, uid)
}

func (g *game) compare() {
	g.t.Helper()
	for id, m := range g.places {
		var got shown
		g.must(g.Read(g.ctx, func(sn *Snapshot) error {
			_, err := sn.get([]any{&got.mailbox, &got.flags.System, &got.flags.Keywords},
				`SELECT coalesce(mailbox, 0), flags, keywords FROM placement WHERE id = ?`, id)
			return err
		}))
		if got != m.shown() {
			g.t.Fatalf("%d is shown as %+v, want %+v\n%v\n%s", id, got, m.shown(), g.log, g.Dump(g.ctx))
		}
	}
}

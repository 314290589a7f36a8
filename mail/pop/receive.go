package pop

import (
	"bytes"
	"context"
	"encoding/hex"
	"io"
	"slices"
	"time"

	"postrider/mail"
	"postrider/mail/engine"
	"postrider/mail/pop/pop3"
	"postrider/mail/store"
	"postrider/mail/store/intake"
)

// chunk is how many messages are asked for between two looks at what the person
// wants meanwhile.
const chunk = 500

// receive takes in what is not known, newest first: servers add at the end.
func (p *pulling) receive(ctx context.Context) error {
	var list []*item
	for _, it := range slices.Backward(p.items) {
		if it.entry == nil {
			list = append(list, it)
		}
	}
	if len(list) == 0 {
		return nil
	}
	p.of = len(list)
	known := p.known()
	in := intake.New(ctx, p.m.Store(), func(batch []intake.Message[arrival]) error { return p.keep(ctx, batch, known) })
	err := p.retrieve(ctx, in, list)
	if stored := in.Close(); stored != nil {
		return stored
	}
	if err != nil {
		return err
	}
	return p.learnDelay(ctx)
}

func (p *pulling) retrieve(ctx context.Context, in *intake.Intake[arrival], list []*item) error {
	for part := range slices.Chunk(list, chunk) {
		want := make([]pop3.Scan, len(part))
		for i, it := range part {
			want[i] = pop3.Scan{Num: it.num, Size: it.size}
		}
		r := receiving{p: p, ctx: ctx, in: in}
		err := p.client.RetrieveAll(ctx, want, p.window(), r.take)
		if err := r.end(ctx, err); err != nil {
			return err
		}
		if err := p.scope.Between(ctx); err != nil {
			return err
		}
	}
	return nil
}

// learnDelay notes a LOGIN-DELAY that the server names only after the sign-in.
// It asks for nothing: to retrieve, the client has.
func (p *pulling) learnDelay(ctx context.Context) error {
	caps, err := p.client.Caps(ctx)
	if err != nil || caps.LoginDelay <= p.delay(ctx) {
		return err
	}
	return p.signedIn(ctx, caps.LoginDelay)
}

// receiving is one run of RETR.
type receiving struct {
	p    *pulling
	ctx  context.Context
	in   *intake.Intake[arrival]
	held *arrival // the last complete message
}

// arrival is a message that came whole: in raw, or staged if it is large.
type arrival struct {
	item   *item
	raw    []byte
	staged *store.Staged
	head   string
	short  bool // fewer octets came than were announced
	odd    bool // it is not as long as was announced
}

// take reads one message. It is handed over only when the next answer has
// begun: then its end was one, and not a line of it that looks like it.
func (r *receiving) take(m *pop3.Message) error {
	if err := r.release(); err != nil {
		return err
	}
	a := &arrival{item: r.p.byNum[m.Num]}
	if err := r.read(m, a); err != nil {
		return r.failed(err)
	}
	a.short = m.Received() < m.Announced
	a.odd = m.Received() != m.Announced
	r.held = a
	return nil
}

// read reads a message into memory; one that has no place there is staged as it
// comes.
func (r *receiving) read(m *pop3.Message, a *arrival) (err error) {
	if a.raw, err = readUpTo(m, m.Announced); err != nil {
		return err
	}
	if a.head = a.item.head.sum; a.head == "" {
		a.head = headOf(a.raw).sum
	}
	if !m.Complete() {
		a.staged, err = r.p.m.Store().Stage(r.ctx, io.MultiReader(bytes.NewReader(a.raw), m))
		a.raw = nil
	}
	return err
}

// failed passes over a message that the server will not give, or the store not
// take. Any other error ends the run.
func (r *receiving) failed(err error) error {
	switch mail.KindOf(err) {
	case mail.KindGone:
		return nil
	case mail.KindRefused, mail.KindBusy:
		r.p.refuse(err)
		return nil
	}
	return err
}

// release hands over the message that was held.
func (r *receiving) release() error {
	a := r.held
	r.held = nil
	switch {
	case a == nil:
		return nil
	case a.staged != nil:
		return r.in.AddStaged(*a, a.staged)
	}
	raw := a.raw
	a.raw = nil
	return r.in.Add(*a, raw)
}

// end hands over the last message of a run that ended with err, if it can be
// believed to be whole: an odd one if the server goes on answering in order.
func (r *receiving) end(ctx context.Context, err error) error {
	if r.held == nil {
		return err
	}
	if err == nil && r.held.odd {
		if err = r.p.client.Noop(ctx); r.p.client.Over() == nil {
			err = nil // a refusal is an answer too
		}
	}
	if err != nil && (r.held.odd || mail.Is(err, mail.KindGarbled)) {
		r.held.staged.Release()
		return err
	}
	if failed := r.release(); err == nil {
		err = failed
	}
	return err
}

// keep stores messages: the one step after which the server may lose them.
func (p *pulling) keep(ctx context.Context, batch []intake.Message[arrival], known func(mail.UIDL) bool) error {
	list := make([]store.Delivery, len(batch))
	for i, msg := range batch {
		list[i] = store.Delivery{
			UIDL: keyOf(msg.Of.item, msg.Staged), Size: msg.Of.item.size, Head: msg.Of.head, Short: msg.Of.short,
			Received: received(msg.Staged, p.m.Store().Now()), Staged: msg.Staged,
		}
	}
	if _, err := p.m.Deliver(ctx, p.inbox.ID, list, known); err != nil {
		return err
	}
	for i, msg := range batch {
		msg.Of.item.key, msg.Of.item.proof = list[i].UIDL, true
		p.taken[list[i].UIDL] = true
	}
	p.done += len(batch)
	p.scope.Progress(engine.Progress{Doing: p.inbox.Path, Done: p.done, Of: p.of})
	return nil
}

// keyOf is the name of a message in the ledger: for want of any other, one of
// its bytes.
func keyOf(it *item, st *store.Staged) mail.UIDL {
	if it.key != "" {
		return it.key
	}
	hash := st.Hash()
	return mail.UIDL(byContent + hex.EncodeToString(hash[:]))
}

// received is when a message arrived: POP3 does not say, but the topmost
// Received field does, and else its date is better than none.
func received(st *store.Staged, now time.Time) time.Time {
	for _, t := range []time.Time{st.Received(), st.Date()} {
		if t.Year() > 1970 && t.Before(now.AddDate(0, 0, 2)) {
			return t
		}
	}
	return now
}

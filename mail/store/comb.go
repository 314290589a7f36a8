package store

import (
	"postrider/mail"
	"postrider/mail/query"
)

// shortest parts the words that a search must find into those that beginnings
// answer and those for the index.
func (r *searching) shortest(positive []query.Expr) (short []begins, long []query.Expr) {
	for _, e := range positive {
		if w, ok := r.short(e); ok {
			short = append(short, w)
		} else {
			long = append(long, e)
		}
	}
	return short, long
}

func (r *searching) short(e query.Expr) (b begins, ok bool) {
	t, isText := e.(query.Text)
	field, kept := beginningField[t.Field]
	if !isText || !t.Prefix || !kept || !r.s.knowsBeginnings() {
		return b, false
	}
	tokens := query.Tokens(t.Value)
	if len(tokens) != 1 {
		return b, false
	}
	folded := []rune(query.Fold(tokens[0]))
	return beginsIn(field, query.BeginningOf(tokens[0])), len(folded) > 0 && len(folded) <= 3
}

// narrowest is the messages that have all of the beginnings; nil: there are
// none to have.
func (r *searching) narrowest(short []begins) (set *messageSet, err error) {
	for _, w := range short {
		one, err := r.begins(w)
		if err != nil {
			return nil, err
		}
		if set == nil {
			set = one
		} else {
			set.narrow(one)
		}
	}
	return set, nil
}

// lanes are the mailboxes that a search need look at (nil: all), and a condition
// for which they have an index of their own.
func (r *searching) lanes(rest query.And) (boxes []mail.MailboxID, cond string) {
	boxes = r.q.Mailboxes
	for _, e := range rest {
		switch e := e.(type) {
		case query.In:
			boxes = both(boxes, r.q.Resolve.Mailbox(e.Mailbox))
		case query.Is:
			switch e.State {
			case query.Unread:
				cond = filterSQL[Unread]
			case query.Flagged:
				cond = filterSQL[Starred]
			}
		}
	}
	return boxes, cond
}

// both are the mailboxes in two lists; nil is all, and none is not nil.
func both(a, b []mail.MailboxID) []mail.MailboxID {
	if a == nil {
		return append([]mail.MailboxID{}, b...)
	}
	in := map[mail.MailboxID]bool{}
	for _, id := range b {
		in[id] = true
	}
	kept := []mail.MailboxID{}
	for _, id := range a {
		if in[id] {
			kept = append(kept, id)
		}
	}
	return kept
}

// fewMessages is up to how many messages are looked up one by one, rather than
// met on the way through all.
const fewMessages = 3000

// combing says what to go along, and what to keep.
type combing struct {
	set   *messageSet      // nil: all
	boxes []mail.MailboxID // nil: all
	cond  string           // see lanes
	match string           // words for the index; "": none
	where string
	args  []any
}

// comb goes along the messages, newest first, and keeps those of the set that
// pass the filter.
func (r *searching) comb(c combing) error {
	if c.set != nil && c.set.count() <= fewMessages {
		return r.keep(c.set.list(), c.where, c.args)
	}
	lanes, err := r.open(c.boxes, c.cond)
	defer closeLanes(lanes)
	if err != nil {
		return err
	}
	for _, l := range lanes {
		if r.before < 1<<63-1 {
			l.below.date = r.before>>idBits + 1 // the same second may hold others
		}
	}
	b := batch{r: r, c: &c}
	err = along(lanes, func(id mail.MessageID, date int64) bool {
		if date < r.from>>idBits {
			return false
		}
		return b.add(id)
	})
	return firstError(err, b.err, r.ctx.Err(), b.flush())
}

// batch gathers messages to look at together.
type batch struct {
	r    *searching
	c    *combing
	ids  []mail.MessageID
	last mail.MessageID
	step int
	err  error
}

// add reports whether the search wants to see more.
func (b *batch) add(id mail.MessageID) bool {
	if id == b.last || b.c.set != nil && !b.c.set.has(id) {
		return true
	}
	b.last = id
	b.ids = append(b.ids, id)
	if len(b.ids) < searchSteps[min(b.step, len(searchSteps)-1)] {
		return true
	}
	b.err = b.flush()
	b.step++
	return b.err == nil && b.r.ctx.Err() == nil && len(b.r.rows) < b.r.q.Limit
}

// flush looks at what was gathered.
func (b *batch) flush() error {
	ids := b.ids
	b.ids = b.ids[:0]
	if len(ids) == 0 || len(b.r.rows) >= b.r.q.Limit || b.err != nil {
		return b.err
	}
	return b.r.keep(ids, b.c.where, b.c.args)
}

// walkFirst is how many steps a search in some mailboxes goes along the index
// before it looks at what is in them: a rare word, or many mailboxes, end so.
const walkFirst = 2

// mostMembers is how many messages of some mailboxes are gathered to look for a
// word among them.
const mostMembers = 100_000

// walkNarrowly looks for words in some mailboxes, or in a state that not all
// messages are in. A common word has most of its matches elsewhere: they are
// passed over without looking at each.
func (r *searching) walkNarrowly(c combing) error {
	ended, err := r.walk(c.match, c.set, walkFirst, c.where, c.args)
	if ended || err != nil || len(r.rows) >= r.q.Limit {
		return err
	}
	if members, err := r.members(c); err != nil {
		return err
	} else if c.set == nil {
		c.set = members
	} else if members != nil {
		c.set.narrow(members)
	}
	_, err = r.walk(c.match, c.set, len(searchSteps), c.where, c.args)
	return err
}

// members gathers the messages of a search's mailboxes; nil where there are too
// many.
func (r *searching) members(c combing) (*messageSet, error) {
	lanes, err := r.open(c.boxes, c.cond)
	defer closeLanes(lanes)
	if err != nil {
		return nil, err
	}
	set, n := newMessageSet(), 0
	for _, l := range lanes {
		for l.chunk = walkChunk; n < mostMembers; n += len(l.messages) {
			more, err := l.head()
			if err != nil {
				return nil, err
			}
			if !more {
				break
			}
			for _, id := range l.messages {
				set.add(id)
			}
			l.at = len(l.messages)
		}
	}
	if n >= mostMembers {
		return nil, nil
	}
	return set, nil
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// open opens the lanes of a search.
func (r *searching) open(boxes []mail.MailboxID, cond string) (lanes []*lane, err error) {
	if boxes == nil && cond != "" {
		all, err := r.sn.Mailboxes("")
		if err != nil {
			return nil, err
		}
		for _, m := range all {
			if m.Total > 0 {
				boxes = append(boxes, m.ID)
			}
		}
	}
	if boxes == nil {
		boxes = []mail.MailboxID{0}
	}
	for _, box := range boxes {
		l, err := r.lane(box, cond)
		if err != nil {
			return lanes, err
		}
		lanes = append(lanes, l)
	}
	return lanes, nil
}

func closeLanes(lanes []*lane) {
	for _, l := range lanes {
		l.st.Close()
	}
}

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

// comb goes along the messages, newest first, and keeps those of the set that
// pass the filter.
func (r *searching) comb(set *messageSet, rest query.And, where string, args []any) error {
	if set != nil && set.count() <= fewMessages {
		return r.keep(set.list(), where, args)
	}
	lanes, err := r.open(r.lanes(rest))
	defer closeLanes(lanes)
	if err != nil {
		return err
	}
	from, before := r.dates(rest)
	for _, l := range lanes {
		if before < 1<<63-1 {
			l.below.date = before >> idBits
		}
	}
	var ids []mail.MessageID
	step, last := 0, mail.MessageID(0)
	var failed error
	take := func() bool {
		failed = r.keep(ids, where, args)
		ids, step = ids[:0], step+1
		return failed == nil && r.ctx.Err() == nil && len(r.rows) < r.q.Limit
	}
	err = along(lanes, func(id mail.MessageID, date int64) bool {
		if date < from>>idBits {
			return false
		}
		if id == last || set != nil && !set.has(id) {
			return true
		}
		last = id
		ids = append(ids, id)
		return len(ids) < searchSteps[min(step, len(searchSteps)-1)] || take()
	})
	if err != nil || failed != nil || r.ctx.Err() != nil {
		return firstError(err, failed, r.ctx.Err())
	}
	if len(ids) > 0 && len(r.rows) < r.q.Limit {
		take()
	}
	return failed
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

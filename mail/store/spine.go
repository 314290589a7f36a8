package store

import (
	"cmp"
	"slices"

	"postrider/mail"
)

// Spine reads the whole order of a view: a walk along an index, about half a
// second for a million messages. By another key than the date it takes several
// times as long.
func (sn *Snapshot) Spine(v View) (Spine, error) {
	b := &spineBuilder{sn: sn, v: v}
	if err := b.build(); err != nil {
		return Spine{}, err
	}
	if v.Sort.By != ByDate {
		return sn.sorted(b.spine, v.Sort.By)
	}
	slices.Reverse(b.spine.IDs)
	slices.Reverse(b.spine.Dates)
	return b.spine, nil
}

type spineBuilder struct {
	sn    *Snapshot
	v     View
	spine Spine // newest first, until it is done
}

func (b *spineBuilder) build() error {
	groups, err := b.sn.byAccount(b.v.Mailboxes)
	if err != nil {
		return err
	}
	for _, boxes := range groups {
		part, err := b.account(boxes)
		if err != nil {
			return err
		}
		b.spine = mergeSpines(b.spine, part)
	}
	return nil
}

// account reads the mailboxes of one account, which share conversations.
func (b *spineBuilder) account(boxes []sized) (Spine, error) {
	if b.v.Conversations && len(boxes) > 1 {
		return b.conversations(boxes)
	}
	met := &threadSet{}
	var all Spine
	for _, box := range boxes {
		part := Spine{IDs: make([]mail.PlacementID, 0, box.expect(b.v.Filter)), Dates: make([]Stamp, 0, box.expect(b.v.Filter))}
		if err := b.sn.walk(box.id, b.v.Filter, newest, walkChunk, func(r run) bool {
			for i, id := range r.ids {
				if !b.v.Conversations || met.add(r.threads[i]) {
					part.IDs = append(part.IDs, id)
					part.Dates = append(part.Dates, StampOf(r.dates[i]))
				}
			}
			return true
		}); err != nil {
			return Spine{}, err
		}
		all = mergeSpines(all, part)
	}
	return all, nil
}

// conversations reads mailboxes that have parts of the same conversations.
func (b *spineBuilder) conversations(boxes []sized) (Spine, error) {
	n := 0
	for _, box := range boxes {
		n += box.expect(b.v.Filter)
	}
	all := make([]spineEntry, 0, n)
	for _, box := range boxes {
		if err := b.sn.walk(box.id, b.v.Filter, newest, walkChunk, func(r run) bool {
			for i, id := range r.ids {
				all = append(all, spineEntry{StampOf(r.dates[i]), id, r.threads[i]})
			}
			return true
		}); err != nil {
			return Spine{}, err
		}
	}
	slices.SortFunc(all, spineEntry.newer)
	return heads(all, len(all)), nil
}

type spineEntry struct {
	date   Stamp
	id     mail.PlacementID
	thread int64
}

// newer orders entries newest first.
func (e spineEntry) newer(o spineEntry) int {
	return cmp.Or(cmp.Compare(o.date, e.date), cmp.Compare(o.id, e.id))
}

// heads keeps the first entry of each conversation, up to n of them.
func heads(list []spineEntry, n int) (s Spine) {
	met := &threadSet{}
	for _, e := range list {
		if s.Len() == n {
			break
		}
		if met.add(e.thread) {
			s.IDs, s.Dates = append(s.IDs, e.id), append(s.Dates, e.date)
		}
	}
	return s
}

// threadSet is a set of conversations. Their numbers are row ids: a bit for
// each is less than a map of those there are.
type threadSet struct{ bits []uint64 }

// add reports whether the conversation is new to the set.
func (s *threadSet) add(thread int64) bool {
	word, bit := int(thread>>6), uint64(1)<<(thread&63)
	if word >= len(s.bits) {
		s.bits = append(s.bits, make([]uint64, word+1-len(s.bits)+len(s.bits)/4)...)
	}
	if s.bits[word]&bit != 0 {
		return false
	}
	s.bits[word] |= bit
	return true
}

// mergeSpines merges two that are newest first.
func mergeSpines(a, b Spine) Spine {
	if a.Len() == 0 {
		return b
	}
	if b.Len() == 0 {
		return a
	}
	s := Spine{IDs: make([]mail.PlacementID, 0, a.Len()+b.Len()), Dates: make([]Stamp, 0, a.Len()+b.Len())}
	for i, j := 0, 0; i < a.Len() || j < b.Len(); {
		from, at := &a, &i
		if i == a.Len() || j < b.Len() && (b.Dates[j] > a.Dates[i] || b.Dates[j] == a.Dates[i] && b.IDs[j] > a.IDs[i]) {
			from, at = &b, &j
		}
		s.IDs, s.Dates = append(s.IDs, from.IDs[*at]), append(s.Dates, from.Dates[*at])
		*at++
	}
	return s
}

// sized is a mailbox and what it is said to hold.
type sized struct {
	id            mail.MailboxID
	total, unread int
}

func (b sized) expect(f Filter) int {
	switch f {
	case All:
		return b.total
	case Unread:
		return b.unread
	}
	return 0
}

// byAccount groups mailboxes by the account that they are of; those that are
// gone are left out.
func (sn *Snapshot) byAccount(ids []mail.MailboxID) (groups [][]sized, err error) {
	list, err := sn.Mailboxes("")
	if err != nil {
		return nil, err
	}
	at := map[mail.AccountID]int{}
	for _, m := range list {
		if !slices.Contains(ids, m.ID) {
			continue
		}
		i, known := at[m.Account]
		if !known {
			i = len(groups)
			at[m.Account], groups = i, append(groups, nil)
		}
		groups[i] = append(groups[i], sized{m.ID, m.Total, m.Unread})
	}
	return groups, nil
}

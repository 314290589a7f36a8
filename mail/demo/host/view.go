package host

import (
	"slices"

	"github.com/emersion/go-imap/v2"

	"postrider/mail"
)

// view is a mailbox as one IMAP client knows it: message numbers count in it,
// and only news() changes it, when the client is told (RFC 9051 7.5.1).
type view struct {
	box      *mailbox
	readOnly bool
	bell     chan struct{} // rung when the mailbox changed

	// Guarded by User.mu.
	known   []*message // by message number; those gone are told at the next chance
	uidNext mail.UID   // of what is known
	modseq  uint64     // the client knows all flags up to here
	stale   bool       // it has not been told of all that is gone
	saved   imap.UIDSet
}

// open lets a client look into the mailbox. User.mu is held.
func (b *mailbox) open(readOnly bool) *view {
	v := &view{
		box: b, readOnly: readOnly, bell: make(chan struct{}, 1),
		known: slices.Clone(b.messages), uidNext: b.uidNext, modseq: b.modseq,
	}
	b.views[v] = struct{}{}
	return v
}

// close ends the view. User.mu is held.
func (v *view) close() { delete(v.box.views, v) }

// update is one untagged response: an EXPUNGE, an EXISTS, or changed flags.
type update struct {
	expunge uint32
	exists  uint32
	number  uint32
	uid     mail.UID
	flags   mail.Flags
}

// news brings the view up to date, and returns what the client has to be told.
// While allowExpunge is false message numbers must not change (RFC 9051 7.5.1).
// User.mu is held.
func (v *view) news(allowExpunge bool) []update {
	if v.modseq == v.box.modseq && (!v.stale || !allowExpunge) {
		return nil
	}
	updates := v.expunges(allowExpunge)
	updates = append(updates, v.changes()...)
	updates = append(updates, v.arrivals()...)
	v.modseq = v.box.modseq
	return updates
}

func (v *view) expunges(allowed bool) (updates []update) {
	if !allowed {
		v.stale = true // perhaps; looked at when it may be told
		return nil
	}
	kept := v.known[:0]
	for _, m := range v.known {
		if m.gone {
			updates = append(updates, update{expunge: uint32(len(kept)) + 1})
			continue
		}
		kept = append(kept, m)
	}
	clear(v.known[len(kept):])
	v.known, v.stale = kept, false
	return updates
}

func (v *view) changes() (updates []update) {
	for i, m := range v.known {
		if !m.gone && m.modseq > v.modseq && m.by != v {
			updates = append(updates, update{number: uint32(i) + 1, uid: m.uid, flags: m.Flags})
		}
	}
	return updates
}

func (v *view) arrivals() []update {
	all := v.box.messages
	i, _ := slices.BinarySearchFunc(all, v.uidNext, byUID)
	v.uidNext = v.box.uidNext
	if i == len(all) {
		return nil
	}
	v.known = append(v.known, all[i:]...)
	return []update{{exists: uint32(len(v.known))}}
}

func byUID(m *message, uid mail.UID) int {
	switch {
	case m.uid < uid:
		return -1
	case m.uid > uid:
		return 1
	}
	return 0
}

// numbered is a message with its number in a view.
type numbered struct {
	number uint32
	*message
}

// pick returns the messages of a set, in order. User.mu is held.
func (v *view) pick(set imap.NumSet) []numbered {
	in := make([]bool, len(v.known))
	switch set := set.(type) {
	case imap.SeqSet:
		for _, r := range set {
			first, last := span(r.Start, r.Stop, uint32(len(v.known)))
			v.mark(in, int(first)-1, int(last))
		}
	case imap.UIDSet:
		if imap.IsSearchRes(set) {
			set = v.saved
		}
		for _, r := range set {
			first, last := span(uint32(r.Start), uint32(r.Stop), v.lastUID())
			i, _ := slices.BinarySearchFunc(v.known, mail.UID(first), byUID)
			j, found := slices.BinarySearchFunc(v.known, mail.UID(last), byUID)
			if found {
				j++
			}
			v.mark(in, i, j)
		}
	}
	var picked []numbered
	for i, yes := range in {
		if yes {
			picked = append(picked, numbered{uint32(i) + 1, v.known[i]})
		}
	}
	return picked
}

// mark sets in[i:j], as far as it exists.
func (v *view) mark(in []bool, i, j int) {
	for i = max(i, 0); i < min(j, len(in)); i++ {
		in[i] = true
	}
}

func (v *view) lastUID() uint32 {
	if len(v.known) == 0 {
		return 0
	}
	return uint32(v.known[len(v.known)-1].uid)
}

// span resolves "*", which is 0 in a set, and turns a range the right way
// round (RFC 9051 9, seq-range).
func span(start, stop, star uint32) (first, last uint32) {
	if start == 0 {
		start = star
	}
	if stop == 0 {
		stop = star
	}
	return min(start, stop), max(start, stop)
}

package store

import (
	"slices"
	"sync"

	"postrider/mail/query"
)

// harvest collects the beginnings of one message after the other, each once:
// the longest only, which stand for the shorter. Nearly all are of ASCII
// letters: of those it keeps in a bitmap which it met, several times faster than
// in a map.
type harvest struct {
	plain [fields*plainWords/64 + 1]uint64
	other map[begins]struct{}
	list  []begins
}

// harvests keeps them for whoever stages next.
var harvests = sync.Pool{New: func() any { return &harvest{other: map[begins]struct{}{}} }}

// beginningsOf returns the beginnings of a message's words.
func beginningsOf(w words) []begins {
	g := harvests.Get().(*harvest)
	defer harvests.Put(g)
	g.gather(w)
	list := slices.Clone(g.list)
	g.reset()
	return list
}

func (g *harvest) gather(w words) {
	g.add(beginsIn(always, 1))
	for _, f := range []struct {
		field field
		text  string
	}{{inSender, w.sender}, {inRecipient, w.recipient}, {inCc, w.cc}, {inSubject, w.subject}, {anywhere, w.body}, {anywhere, w.filename}} {
		query.Beginnings(f.text, func(b query.Beginning) {
			g.add(beginsIn(f.field, b))
			if f.field != anywhere {
				g.add(beginsIn(anywhere, b))
			}
		})
	}
}

func (g *harvest) add(b begins) {
	if n, ok := b.plain(); ok {
		if bit := uint64(1) << (n & 63); g.plain[n>>6]&bit == 0 {
			g.plain[n>>6] |= bit
			g.list = append(g.list, b)
		}
		return
	}
	if _, met := g.other[b]; !met {
		g.other[b] = struct{}{}
		g.list = append(g.list, b)
	}
}

func (g *harvest) reset() {
	for _, b := range g.list {
		if n, ok := b.plain(); ok {
			g.plain[n>>6] = 0
		}
	}
	clear(g.other)
	g.list = g.list[:0]
}

// ordinals are how many letters and digits of ASCII there are, and none.
const ordinals = 1 + 26 + 10

// plainWords is how many beginnings they make.
const plainWords = ordinals * ordinals * ordinals

// ordinal numbers the folded letters and digits of ASCII from 1, and makes other
// characters stand out.
var ordinal = func() (t [128]uint32) {
	for i := range t {
		t[i] = foreign
	}
	t[0] = 0
	for i, c := range "abcdefghijklmnopqrstuvwxyz0123456789" {
		t[c] = uint32(1 + i)
	}
	return t
}()

const foreign = 1 << 8

// plain numbers the beginnings of ASCII letters and digits, below
// fields * plainWords; ok is false for others.
func (b begins) plain() (n uint32, ok bool) {
	const ascii = 0x7f | 0x7f<<query.LetterBits | 0x7f<<(2*query.LetterBits)
	word := b.word()
	if word&^ascii != 0 {
		return 0, false
	}
	x, y, z := ordinal[word&0x7f], ordinal[word>>query.LetterBits&0x7f], ordinal[word>>(2*query.LetterBits)&0x7f]
	if (x|y|z)&foreign != 0 {
		return 0, false
	}
	return ((uint32(b.field())*ordinals+x)*ordinals+y)*ordinals + z, true
}

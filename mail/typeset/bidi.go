package typeset

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// Direction is the direction of a paragraph.
type Direction uint8

const (
	Auto        Direction = iota // by the first letter that has a direction (UAX #9 P2, P3); left to right if none has
	LeftToRight                  // whatever the text says
	RightToLeft                  // whatever the text says
)

// maxDepth is UAX #9 BD2.
const maxDepth = 125

// LevelRun is a stretch of text with one embedding level: even runs from left to
// right, odd from right to left.
type LevelRun struct {
	Start, End int // byte offsets
	Level      uint8
}

// RTL tells whether the run is read from right to left.
func (r LevelRun) RTL() bool { return r.Level&1 == 1 }

// Levels applies the bidirectional algorithm (UAX #9, up to I2) to one
// paragraph. It returns the runs in logical order and the paragraph's level, 0
// or 1. White space at the end of a line still has to be put at the paragraph's
// level (L1), once lines are known. Characters that the algorithm removes (X9)
// have the level of their neighbour.
func Levels(text string, d Direction) (runs []LevelRun, base uint8) {
	if text == "" {
		return nil, directionLevel(d)
	}
	if d != RightToLeft && plainLTR(text) {
		return []LevelRun{{0, len(text), 0}}, 0
	}
	p := newBidiParagraph([]rune(text), d)
	levels := p.resolve()
	at := 0
	for i := range p.runes {
		_, n := utf8.DecodeRuneInString(text[at:]) // a byte that is no UTF-8 counts as a rune
		if k := len(runs); k > 0 && runs[k-1].Level == levels[i] {
			runs[k-1].End = at + n
		} else {
			runs = append(runs, LevelRun{at, at + n, levels[i]})
		}
		at += n
	}
	return runs, p.base
}

// VisualOrder returns the indices of what has the given levels, from left to
// right (UAX #9 L2).
func VisualOrder(levels []uint8) []int {
	order := make([]int, len(levels))
	highest, lowestOdd := uint8(0), uint8(255)
	for i, l := range levels {
		order[i] = i
		highest = max(highest, l)
		if l&1 == 1 {
			lowestOdd = min(lowestOdd, l)
		}
	}
	for l := highest; l >= lowestOdd && l > 0; l-- {
		for i := 0; i < len(order); {
			j := i
			for j < len(order) && levels[order[j]] >= l {
				j++
			}
			for a, b := i, j-1; a < b; a, b = a+1, b-1 {
				order[a], order[b] = order[b], order[a]
			}
			i = max(j, i+1)
		}
	}
	return order
}

func directionLevel(d Direction) uint8 {
	if d == RightToLeft {
		return 1
	}
	return 0
}

// plainLTR tells whether text has nothing that could run, or make others run,
// from right to left. It errs to the safe side.
func plainLTR(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= 0xD6 { // U+0580 and above
			return plainLTRSlow(text[i:])
		}
	}
	return true
}

func plainLTRSlow(text string) bool {
	for _, r := range text {
		if mayTurn(r) {
			return false
		}
	}
	return true
}

// mayTurn tells whether r has a right-to-left class or is a bidi control.
func mayTurn(r rune) bool {
	switch {
	case r < 0x590:
		return false
	case r <= 0x8FF:
		return true
	case r >= 0x200E && r <= 0x2069:
		return r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2066
	case r >= 0xFB1D && r <= 0xFDFF, r >= 0xFE70 && r <= 0xFEFF:
		return true
	}
	return r >= 0x10800 && r <= 0x10FFF || r >= 0x1E800 && r <= 0x1EFFF
}

// bidiClass is the class of a rune as UAX #9 has it.
func bidiClass(r rune) bidi.Class {
	p, _ := bidi.LookupRune(r)
	return p.Class()
}

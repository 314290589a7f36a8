package typeset

import "golang.org/x/text/unicode/bidi"

// bidiParagraph resolves the levels of one paragraph, by the rules of UAX #9.
// The names of the rules are in the comments.
type bidiParagraph struct {
	runes  []rune
	class  []bidi.Class // as it changes from rule to rule
	first  []bidi.Class // as Unicode has it
	levels []uint8
	match  []int // of an isolate initiator: its PDI, or -1; of a PDI: its initiator, or -1
	base   uint8
}

func newBidiParagraph(runes []rune, d Direction) *bidiParagraph {
	n := len(runes)
	p := &bidiParagraph{runes: runes, class: make([]bidi.Class, n), first: make([]bidi.Class, n), levels: make([]uint8, n), match: make([]int, n)}
	for i, r := range runes {
		p.first[i] = bidiClass(r)
	}
	copy(p.class, p.first)
	p.matchIsolates()
	p.base = directionLevel(d)
	if d == Auto {
		p.base = p.firstStrong(0, n)
	}
	return p
}

// resolve returns a level for each rune.
func (p *bidiParagraph) resolve() []uint8 {
	p.explicit()
	for _, s := range p.sequences() {
		s.weak()
		s.brackets()
		s.neutral()
		s.implicit()
	}
	p.separators()
	p.giveRemovedALevel()
	return p.levels
}

// matchIsolates pairs isolate initiators with their PDI (BD9).
func (p *bidiParagraph) matchIsolates() {
	var open []int
	for i, c := range p.first {
		p.match[i] = -1
		switch {
		case isInitiator(c):
			open = append(open, i)
		case c == bidi.PDI && len(open) > 0:
			j := open[len(open)-1]
			open = open[:len(open)-1]
			p.match[i], p.match[j] = j, i
		}
	}
}

// firstStrong is the level that the first strong character of [from,to) asks
// for, isolates skipped (P2, P3).
func (p *bidiParagraph) firstStrong(from, to int) uint8 {
	for i := from; i < to; i++ {
		switch c := p.first[i]; {
		case c == bidi.L:
			return 0
		case c == bidi.R || c == bidi.AL:
			return 1
		case isInitiator(c):
			if p.match[i] < 0 {
				return 0
			}
			i = p.match[i]
		}
	}
	return 0
}

// status is one entry of the directional status stack (X1).
type status struct {
	level    uint8
	override bidi.Class // L, R, or ON for none
	isolate  bool
}

// explicit applies X1 to X8.
func (p *bidiParagraph) explicit() {
	stack := []status{{p.base, bidi.ON, false}}
	var overflowIsolates, overflowEmbeddings, validIsolates int
	take := func(i int) {
		top := stack[len(stack)-1]
		p.levels[i] = top.level
		if top.override != bidi.ON {
			p.class[i] = top.override
		}
	}
	push := func(rtl bool, override bidi.Class, isolate bool) {
		next := nextLevel(stack[len(stack)-1].level, rtl)
		if next <= maxDepth && overflowIsolates == 0 && overflowEmbeddings == 0 {
			stack = append(stack, status{next, override, isolate})
			if isolate {
				validIsolates++
			}
			return
		}
		if isolate {
			overflowIsolates++
		} else if overflowIsolates == 0 {
			overflowEmbeddings++
		}
	}
	for i, c := range p.first {
		switch c {
		case bidi.RLE, bidi.LRE, bidi.RLO, bidi.LRO: // X2 to X5
			p.levels[i] = stack[len(stack)-1].level
			p.class[i] = bidi.BN
			push(c == bidi.RLE || c == bidi.RLO, overrideOf(c), false)
		case bidi.RLI, bidi.LRI, bidi.FSI: // X5a to X5c
			take(i)
			rtl := c == bidi.RLI
			if c == bidi.FSI {
				end := p.match[i]
				if end < 0 {
					end = len(p.first)
				}
				rtl = p.firstStrong(i+1, end) == 1
			}
			push(rtl, bidi.ON, true)
		case bidi.PDI: // X6a
			switch {
			case overflowIsolates > 0:
				overflowIsolates--
			case validIsolates > 0:
				overflowEmbeddings = 0
				for !stack[len(stack)-1].isolate {
					stack = stack[:len(stack)-1]
				}
				stack = stack[:len(stack)-1]
				validIsolates--
			}
			take(i)
		case bidi.PDF: // X7
			p.levels[i] = stack[len(stack)-1].level
			p.class[i] = bidi.BN
			switch {
			case overflowIsolates > 0:
			case overflowEmbeddings > 0:
				overflowEmbeddings--
			case !stack[len(stack)-1].isolate && len(stack) > 1:
				stack = stack[:len(stack)-1]
			}
		case bidi.B: // X8
			p.levels[i] = p.base
		case bidi.BN:
			p.levels[i] = stack[len(stack)-1].level
		default: // X6
			take(i)
		}
	}
}

// separators puts segment and paragraph separators, and white space before them
// or at the end of the text, at the paragraph's level (L1).
func (p *bidiParagraph) separators() {
	trailing := true
	for i := len(p.first) - 1; i >= 0; i-- {
		switch c := p.first[i]; {
		case c == bidi.B || c == bidi.S:
			trailing = true
			p.levels[i] = p.base
		case c == bidi.WS || isInitiator(c) || c == bidi.PDI:
			if trailing {
				p.levels[i] = p.base
			}
		case removed(c):
			if trailing {
				p.levels[i] = p.base
			}
		default:
			trailing = false
		}
	}
}

// giveRemovedALevel lets what X9 removes follow the rune before it, so that it
// does not part a run.
func (p *bidiParagraph) giveRemovedALevel() {
	last := p.base
	for i, c := range p.first {
		if removed(c) {
			p.levels[i] = last
		}
		last = p.levels[i]
	}
}

func nextLevel(l uint8, rtl bool) uint8 {
	if rtl {
		return (l + 1) | 1
	}
	return (l + 2) &^ 1
}

func overrideOf(c bidi.Class) bidi.Class {
	switch c {
	case bidi.RLO:
		return bidi.R
	case bidi.LRO:
		return bidi.L
	}
	return bidi.ON
}

func isInitiator(c bidi.Class) bool { return c == bidi.LRI || c == bidi.RLI || c == bidi.FSI }

// removed tells whether X9 takes characters of the class out of the text.
func removed(c bidi.Class) bool {
	switch c {
	case bidi.RLE, bidi.LRE, bidi.RLO, bidi.LRO, bidi.PDF, bidi.BN:
		return true
	}
	return false
}

package typeset

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// sequence is an isolating run sequence (BD13): the runes at which the rest of
// the rules look as if they stood side by side.
type sequence struct {
	p        *bidiParagraph
	at       []int // indices of runes
	level    uint8
	sos, eos bidi.Class
}

// sequences parts the text into isolating run sequences (X10). What X9 removes
// is in none.
func (p *bidiParagraph) sequences() []*sequence {
	runs, runOf := p.levelRuns()
	var out []*sequence
	for _, run := range runs {
		first := run[0]
		if p.first[first] == bidi.PDI && p.match[first] >= 0 {
			continue // goes on from its initiator
		}
		s := &sequence{p: p, level: p.levels[first]}
		for {
			s.at = append(s.at, run...)
			last := run[len(run)-1]
			if !isInitiator(p.first[last]) || p.match[last] < 0 {
				break
			}
			run = runs[runOf[p.match[last]]]
		}
		s.edges()
		out = append(out, s)
	}
	return out
}

// levelRuns lists the runs of one level without what X9 removes, and the run in
// which each rune is.
func (p *bidiParagraph) levelRuns() (runs [][]int, runOf []int) {
	runOf = make([]int, len(p.first))
	level := -1
	for i, c := range p.first {
		if removed(c) {
			continue
		}
		if int(p.levels[i]) != level {
			level = int(p.levels[i])
			runs = append(runs, nil)
		}
		n := len(runs) - 1
		runs[n] = append(runs[n], i)
		runOf[i] = n
	}
	return runs, runOf
}

// edges sets what stands before and after the sequence (X10).
func (s *sequence) edges() {
	p, first, last := s.p, s.at[0], s.at[len(s.at)-1]
	before, after := p.base, p.base
	for i := first - 1; i >= 0; i-- {
		if !removed(p.first[i]) {
			before = p.levels[i]
			break
		}
	}
	if !isInitiator(p.first[last]) || p.match[last] >= 0 {
		for i := last + 1; i < len(p.first); i++ {
			if !removed(p.first[i]) {
				after = p.levels[i]
				break
			}
		}
	}
	s.sos, s.eos = levelClass(max(s.level, before)), levelClass(max(s.level, after))
}

// weak applies W1 to W7.
func (s *sequence) weak() {
	class := s.p.class
	before := s.sos
	strong := s.sos // the last L, R or AL
	for _, i := range s.at {
		if class[i] == bidi.NSM { // W1
			class[i] = before
			if before == bidi.LRI || before == bidi.RLI || before == bidi.FSI || before == bidi.PDI {
				class[i] = bidi.ON
			}
		}
		switch class[i] {
		case bidi.L, bidi.R, bidi.AL:
			strong = class[i]
		case bidi.EN: // W2
			if strong == bidi.AL {
				class[i] = bidi.AN
			}
		}
		before = class[i]

	}
	for _, i := range s.at { // W3
		if class[i] == bidi.AL {
			class[i] = bidi.R
		}
	}
	for k := 1; k+1 < len(s.at); k++ { // W4
		l, c, r := class[s.at[k-1]], class[s.at[k]], class[s.at[k+1]]
		if l == r && (c == bidi.ES && l == bidi.EN || c == bidi.CS && (l == bidi.EN || l == bidi.AN)) {
			class[s.at[k]] = l
		}
	}
	s.terminators()
	strong = s.sos
	for _, i := range s.at {
		switch class[i] {
		case bidi.ES, bidi.ET, bidi.CS: // W6
			class[i] = bidi.ON
		case bidi.L, bidi.R:
			strong = class[i]
		case bidi.EN: // W7
			if strong == bidi.L {
				class[i] = bidi.L
			}
		}
	}
}

// terminators makes those beside European numbers part of them (W5).
func (s *sequence) terminators() {
	class := s.p.class
	for k := 0; k < len(s.at); {
		if class[s.at[k]] != bidi.ET {
			k++
			continue
		}
		end := k
		for end < len(s.at) && class[s.at[end]] == bidi.ET {
			end++
		}
		if k > 0 && class[s.at[k-1]] == bidi.EN || end < len(s.at) && class[s.at[end]] == bidi.EN {
			for _, i := range s.at[k:end] {
				class[i] = bidi.EN
			}
		}
		k = end
	}
}

// maxBrackets is the depth of the stack in BD16.
const maxBrackets = 63

// brackets applies N0.
func (s *sequence) brackets() {
	embedding := levelClass(s.level)
	for _, pair := range s.bracketPairs() {
		c := s.inside(pair, embedding)
		if c == bidi.ON {
			continue
		}
		if c != embedding && s.strongBefore(pair[0]) != c {
			c = embedding
		}
		s.setBracket(pair[0], c)
		s.setBracket(pair[1], c)
	}
}

// bracketPairs lists the pairs of BD16, by their opening one, as indices of s.at.
func (s *sequence) bracketPairs() (pairs [][2]int) {
	type open struct {
		mate rune
		k    int
	}
	var stack []open
	for k, i := range s.at {
		if s.p.class[i] != bidi.ON {
			continue
		}
		r := s.p.runes[i]
		prop, _ := bidi.LookupRune(r)
		if !prop.IsBracket() {
			continue
		}
		if prop.IsOpeningBracket() {
			if len(stack) == maxBrackets {
				return nil
			}
			stack = append(stack, open{canonicalBracket(mirror(r)), k})
			continue
		}
		for n := len(stack) - 1; n >= 0; n-- {
			if stack[n].mate == canonicalBracket(r) {
				pairs = append(pairs, [2]int{stack[n].k, k})
				stack = stack[:n]
				break
			}
		}
	}
	slices.SortFunc(pairs, func(a, b [2]int) int { return a[0] - b[0] })
	return pairs
}

// inside is the direction of what is between a pair: the embedding one if any has
// it, else the other if any has that, else ON.
func (s *sequence) inside(pair [2]int, embedding bidi.Class) bidi.Class {
	found := bidi.ON
	for _, i := range s.at[pair[0]+1 : pair[1]] {
		switch c := strongOf(s.p.class[i]); c {
		case bidi.ON:
		case embedding:
			return c
		default:
			found = c
		}
	}
	return found
}

func (s *sequence) strongBefore(k int) bidi.Class {
	for k--; k >= 0; k-- {
		if c := strongOf(s.p.class[s.at[k]]); c != bidi.ON {
			return c
		}
	}
	return s.sos
}

// setBracket gives a bracket its direction, and what was combined with it too.
func (s *sequence) setBracket(k int, c bidi.Class) {
	s.p.class[s.at[k]] = c
	for k++; k < len(s.at) && s.p.first[s.at[k]] == bidi.NSM; k++ {
		s.p.class[s.at[k]] = c
	}
}

// neutral applies N1 and N2.
func (s *sequence) neutral() {
	class := s.p.class
	for k := 0; k < len(s.at); {
		if !isNeutral(class[s.at[k]]) {
			k++
			continue
		}
		end := k
		for end < len(s.at) && isNeutral(class[s.at[end]]) {
			end++
		}
		before, after := s.sos, s.eos
		if k > 0 {
			before = strongOf(class[s.at[k-1]])
		}
		if end < len(s.at) {
			after = strongOf(class[s.at[end]])
		}
		c := levelClass(s.level)
		if before == after {
			c = before
		}
		for _, i := range s.at[k:end] {
			class[i] = c
		}
		k = end
	}
}

// implicit applies I1 and I2.
func (s *sequence) implicit() {
	for _, i := range s.at {
		switch c := s.p.class[i]; {
		case s.level&1 == 0 && c == bidi.R, s.level&1 == 1 && c != bidi.R:
			s.p.levels[i] = s.level + 1
		case s.level&1 == 0 && (c == bidi.AN || c == bidi.EN):
			s.p.levels[i] = s.level + 2
		}
	}
}

// strongOf takes numbers for R, as N0 and N1 do; ON means not strong.
func strongOf(c bidi.Class) bidi.Class {
	switch c {
	case bidi.L:
		return bidi.L
	case bidi.R, bidi.AL, bidi.EN, bidi.AN:
		return bidi.R
	}
	return bidi.ON
}

func isNeutral(c bidi.Class) bool {
	switch c {
	case bidi.B, bidi.S, bidi.WS, bidi.ON, bidi.LRI, bidi.RLI, bidi.FSI, bidi.PDI:
		return true
	}
	return false
}

func levelClass(l uint8) bidi.Class {
	if l&1 == 1 {
		return bidi.R
	}
	return bidi.L
}

// mirror is the bracket that faces r.
func mirror(r rune) rune {
	for _, m := range bidi.ReverseString(string(r)) {
		return m
	}
	return r
}

// canonicalBracket makes the two brackets that have a canonical equivalent equal
// to it (BD16).
func canonicalBracket(r rune) rune {
	switch r {
	case 0x2329:
		return 0x3008
	case 0x232A:
		return 0x3009
	}
	return r
}

package typeset

import "math"

// caret is a cluster of a line, with a place for the caret on both sides.
type caret struct {
	start, end int
	x, width   float64
	level      uint8
}

func (c caret) rtl() bool { return c.level&1 == 1 }

// before is where a caret stands that is in front of the cluster, as one reads.
func (c caret) before() float64 {
	if c.rtl() {
		return c.x + c.width
	}
	return c.x
}

func (c caret) after() float64 {
	if c.rtl() {
		return c.x
	}
	return c.x + c.width
}

// carets lists the line's clusters in the order of the text.
func (l *Line) carets() []caret {
	var out []caret
	for i := range l.atoms {
		out = l.atoms[i].carets(out)
	}
	return out
}

// CaretX is where a caret stands in front of the cluster at an offset of the
// text; at the line's end it stands after its last cluster. x is px from the
// left edge of the paragraph.
func (l *Line) CaretX(offset int) float64 {
	carets := l.carets()
	for _, c := range carets {
		if offset < c.end {
			return c.before()
		}
	}
	if n := len(carets); n > 0 {
		return carets[n-1].after()
	}
	return l.X
}

// Offset is the place in the text for a caret that is nearest to x.
func (l *Line) Offset(x float64) int {
	best, nearest := l.Start, math.Inf(1)
	try := func(offset int, at float64) {
		if d := math.Abs(at - x); d < nearest {
			best, nearest = offset, d
		}
	}
	for i := range l.atoms {
		if l.atoms[i].kind == breakPart {
			try(l.atoms[i].start, l.atoms[i].x)
			continue
		}
		for _, c := range l.atoms[i].carets(nil) {
			try(c.start, c.before())
			if d := math.Abs(c.after() - x); d < nearest-1e-6 {
				try(c.end, c.after())
			}
		}
	}
	return best
}

// Span is a stretch of a line, in px from the left edge of the paragraph.
type Span struct{ Left, Right float64 }

// Spans are the stretches that the text from one offset to another takes: with
// text in two directions there may be several. They do not overlap, and come
// from left to right.
func (l *Line) Spans(from, to int) []Span {
	var out []Span
	for _, i := range l.visual() {
		for _, c := range visualCarets(&l.atoms[i]) {
			if c.end <= from || c.start >= to || c.width == 0 {
				continue
			}
			if n := len(out); n > 0 && c.x-out[n-1].Right < 0.01 {
				out[n-1].Right = c.x + c.width
			} else {
				out = append(out, Span{c.x, c.x + c.width})
			}
		}
	}
	return out
}

// visual lists the atoms from left to right.
func (l *Line) visual() []int {
	levels := make([]uint8, len(l.atoms))
	for i, a := range l.atoms {
		levels[i] = a.level
	}
	return VisualOrder(levels)
}

// visualCarets lists the clusters of an atom from left to right.
func visualCarets(a *atom) []caret {
	out := a.carets(nil)
	if a.level&1 == 1 {
		for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
			out[i], out[j] = out[j], out[i]
		}
	}
	return out
}

package typeset

import (
	"math"
	"slices"
)

// atom is a part with all that is needed to place it in a line.
type atom struct {
	part
	set   *set
	style *Style
	span  int
	level uint8
	tail  float64 // px that the space after a word pulls it closer
	x     float64 // left edge, once placed
}

// atoms appends the parts of text, all in one style and at one level.
func (l *Library) atoms(to []atom, text string, base int, style *Style, span int, level uint8) []atom {
	return l.atomsWithin(to, text, base, style, span, level, math.Inf(1))
}

// atomsWithin stops after the first part for which there is no room.
func (l *Library) atomsWithin(to []atom, text string, base int, style *Style, span int, level uint8, room float64) []atom {
	s := l.set(*style)
	space := l.metricsOf(s, style.Size).Space
	var buf [48]part
	parts := cut(buf[:0], text, base)
	to = slices.Grow(to, min(len(parts), 1<<12))
	for _, p := range parts {
		a := atom{part: p, set: s, style: style, span: span, level: level}
		switch p.kind {
		case wordPart:
			a.shape(l, text[p.start-base:p.end-base])
		case spacePart, nbspPart:
			a.width = space + style.LetterSpacing
		}
		to = append(to, a)
		if room -= a.width; room < -slackRoom {
			break
		}
	}
	if level&1 == 0 {
		l.kernSpaces(to, text, base)
	}
	return to
}

func (l *Library) metricsOf(s *set, size float64) Metrics { return s.metrics(size, l.hasty) }

// shape sets the word of an atom, whose text is given.
func (a *atom) shape(l *Library, text string) {
	a.w = l.word(a.set, text, a.level&1 == 1)
	a.tail = 0
	a.width = a.w.width*a.style.Size + float64(len(a.w.stops))*a.style.LetterSpacing
}

// split parts a word at an offset, and shapes both sides anew.
func (a *atom) split(l *Library, text string, at int) (left, right atom) {
	left, right = *a, *a
	left.end, right.start = at, at
	left.shape(l, text[left.start:at])
	right.shape(l, text[at:right.end])
	return left, right
}

// prefix is how wide the word is up to an offset, in px.
func (a *atom) prefix(at int) float64 {
	width := 0.0
	for _, s := range a.w.stops {
		if a.start+s.start >= at {
			break
		}
		width += s.width*a.style.Size + a.style.LetterSpacing
	}
	return width
}

// runs appends what is drawn of the atom.
func (a *atom) runs(to []GlyphRun) []GlyphRun {
	if a.kind != wordPart {
		return to
	}
	x := a.x
	for _, r := range a.w.runs {
		g := GlyphRun{
			Face: r.face, Size: a.style.Size, X: x, Width: r.width * a.style.Size,
			Bold: r.bold, Oblique: r.oblique, RTL: a.level&1 == 1, Span: a.span,
			Start: a.start + r.start, End: a.start + r.end, Base: a.start, Glyphs: r.glyphs,
		}
		if a.style.LetterSpacing != 0 {
			g.space(a.style.LetterSpacing)
		}
		x += g.Width
		if g.Face != nil && len(g.Glyphs) > 0 {
			to = append(to, g)
		}
	}
	return to
}

// space adds letter-spacing after each cluster.
func (g *GlyphRun) space(px float64) {
	em := float32(px / g.Size)
	spaced := make([]Glyph, len(g.Glyphs))
	shift := float32(0)
	for i, gl := range g.Glyphs {
		gl.X += shift
		if i+1 == len(g.Glyphs) || g.Glyphs[i+1].Cluster != gl.Cluster {
			gl.Advance += em
			shift += em
		}
		spaced[i] = gl
	}
	g.Glyphs, g.Width = spaced, g.Width+float64(shift)*g.Size
}

// carets appends the atom's clusters, in the order of the text.
func (a *atom) carets(to []caret) []caret {
	if a.kind != wordPart {
		return append(to, caret{a.start, a.end, a.x, a.width, a.level})
	}
	size, extra := a.style.Size, a.style.LetterSpacing
	n := len(a.w.stops)
	for i, s := range a.w.stops {
		k := i // how many stand left of it
		if a.level&1 == 1 {
			k = n - 1 - i
		}
		c := caret{a.start + s.start, a.start + s.end, a.x + s.x*size + float64(k)*extra, s.width*size + extra, a.level}
		if i == n-1 {
			c.width += a.tail
		}
		to = append(to, c)
	}
	return to
}

// slackRoom is how far beyond its room a line is cut into atoms: kerning may pull
// them together by some px.
const slackRoom = 24

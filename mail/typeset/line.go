package typeset

import (
	"math"
	"unicode/utf8"
)

// Line is one line of text, set.
type Line struct {
	Start, End      int        // byte offsets of what it shows, white space at its end and what broke it included
	Runs            []GlyphRun // from left to right; Y is 0 at the baseline; white space has none
	X               float64    // left edge of what is to be seen, from the left edge of the paragraph
	Width           float64    // of that, px; spaces that hang at the end of a broken line do not count
	Ascent, Descent float64    // the largest of its styles, px
	Top, Height     float64    // where it stands in its paragraph, px
	RTL             bool       // the paragraph runs from right to left
	Truncated       bool       // an ellipsis stands for the rest of the text

	atoms []atom // in the order of the text
	hang  int    // how many at the end are spaces that hang
}

// Baseline is where the line's baseline is, from the top of the paragraph.
func (l *Line) Baseline() float64 {
	return l.Top + math.Round((l.Height-l.Ascent-l.Descent)/2) + l.Ascent
}

// LineOptions say how one line is set. The zero value sets it as it is.
type LineOptions struct {
	Direction Direction
	Max       float64 // px; a wider text ends in an ellipsis; 0 is no limit
}

// Run sets text in one direction, whatever its letters say: a piece of a line
// whose directions are known. White space at its end counts.
func (l *Library) Run(text string, s Style, rtl bool) *Line {
	level := uint8(0)
	if rtl {
		level = 1
	}
	style := s
	line := &Line{End: len(text), RTL: rtl, atoms: l.atoms(nil, text, 0, &style, 0, level)}
	line.place(level, 0)
	line.measure(l)
	return line
}

// Line sets text in one line: what would break it is taken for a space. If it is
// wider than the options allow, an ellipsis takes the place of what does not fit.
func (l *Library) Line(text string, s Style, o LineOptions) *Line {
	text = oneLine(text)
	style := s
	room := math.Inf(1)
	if o.Max > 0 {
		room = o.Max
		text = clip(text, o.Max, s.Size)
	}
	line, fits := l.line(text, &style, o.Direction, room)
	if fits {
		line.finish(l, &style)
		return line
	}
	return l.truncate(line, text, &style, o)
}

// Width is how wide text is in one line, px.
func (l *Library) Width(text string, s Style) float64 {
	style := s
	line, _ := l.line(oneLine(text), &style, Auto, math.Inf(1))
	width := 0.0
	for i := range line.atoms {
		width += line.atoms[i].width
	}
	return width
}

// line cuts text into atoms, in its order, and no more of them than there is room
// for: fits tells that all have some. They are not placed yet.
func (l *Library) line(text string, style *Style, d Direction, room float64) (line *Line, fits bool) {
	levels, base := Levels(text, d)
	line = &Line{End: len(text), RTL: base == 1}
	for _, r := range levels {
		n := len(line.atoms)
		line.atoms = l.atomsWithin(line.atoms, text[r.Start:r.End], r.Start, style, 0, r.Level, room)
		for _, a := range line.atoms[n:] {
			room -= a.width
		}
		if room < -rounding {
			return line, false
		}
	}
	return line, true
}

// finish places the atoms and measures the line.
func (l *Line) finish(lib *Library, style *Style) {
	base := uint8(0)
	if l.RTL {
		base = 1
	}
	l.place(base, 0)
	l.measure(lib)
	if len(l.atoms) == 0 {
		m := lib.Metrics(*style)
		l.Ascent, l.Descent = m.Ascent, m.Descent
		l.Height = l.Ascent + l.Descent
	}
}

const ellipsis = "…"

// rounding forgives what adding up in another order changes.
const rounding = 1e-6

// truncate sets as much of a line that is too wide as fits before an ellipsis.
// It is cut in the order of the text, and between clusters.
func (l *Library) truncate(full *Line, text string, style *Style, o LineOptions) *Line {
	d := LeftToRight
	if full.RTL {
		d = RightToLeft
	}
	end := full.fit(o.Max - l.word(l.set(*style), ellipsis, full.RTL).width*style.Size - style.LetterSpacing)
	for {
		line, fits := l.line(trimSpace(text[:end])+ellipsis, style, d, o.Max)
		if fits || end == 0 {
			line.finish(l, style)
			line.Truncated, line.End = true, len(text)
			return line
		}
		_, n := utf8.DecodeLastRuneInString(text[:end]) // cut apart it became wider, as Arabic does
		end -= n
	}
}

// fit is the offset up to which the line has room, between two clusters.
func (l *Line) fit(room float64) (end int) {
	for i := range l.atoms {
		a := &l.atoms[i]
		if a.kind != wordPart || a.width <= room {
			if room -= a.width; room < 0 {
				return end
			}
			end = a.end
			continue
		}
		for _, s := range a.w.stops {
			if room -= s.width*a.style.Size + a.style.LetterSpacing; room < 0 {
				return end
			}
			end = a.start + s.end
		}
	}
	return end
}

// trimSpace takes the spaces from the end: an ellipsis follows a word.
func trimSpace(text string) string {
	for len(text) > 0 && text[len(text)-1] == ' ' {
		text = text[:len(text)-1]
	}
	return text
}

// place puts the atoms of a line side by side, from left to right as they are
// read, beginning at left. Spaces that hang are outside.
func (l *Line) place(base uint8, left float64) {
	order := l.order(base)
	hanging := 0.0
	for _, a := range l.atoms[len(l.atoms)-l.hang:] {
		hanging += a.width
	}
	x := left
	if base == 1 {
		x -= hanging // at the left end of a line that runs from right to left
	}
	l.X = left
	runs := 0
	for _, a := range l.atoms {
		if a.kind == wordPart {
			runs += len(a.w.runs)
		}
	}
	l.Runs = make([]GlyphRun, 0, runs)
	total := 0.0
	for _, i := range order {
		a := &l.atoms[i]
		a.x = x
		x += a.width
		total += a.width
		l.Runs = a.runs(l.Runs)
	}
	l.Width = total - hanging
}

// order is the visual order of the atoms; white space at the end is at the
// paragraph's level (UAX #9 L1).
func (l *Line) order(base uint8) []int {
	for i := len(l.atoms) - 1; i >= 0 && l.atoms[i].kind != wordPart && l.atoms[i].kind != nbspPart; i-- {
		l.atoms[i].level = base
	}
	levels := make([]uint8, len(l.atoms))
	for i, a := range l.atoms {
		levels[i] = a.level
	}
	return VisualOrder(levels)
}

// measure sets the line's height to what its styles need.
func (l *Line) measure(lib *Library) {
	var last *Style
	for i := range l.atoms {
		a := &l.atoms[i]
		if a.style == last {
			continue
		}
		last = a.style
		m := lib.metricsOf(a.set, a.style.Size)
		l.Ascent, l.Descent = max(l.Ascent, m.Ascent), max(l.Descent, m.Descent)
	}
	l.Height = l.Ascent + l.Descent
}

// oneLine takes what would break a line for spaces.
func oneLine(text string) string {
	for i := 0; i < len(text); i++ {
		if kind, n := spaceAt(text, i); n > 0 && (kind == breakPart || kind == tabPart) {
			return flatten(text, i)
		}
	}
	return text
}

// flatten keeps the length, so that offsets stay what they are.
func flatten(text string, from int) string {
	b := []byte(text)
	for i := from; i < len(b); i++ {
		if kind, n := spaceAt(text, i); n > 0 && (kind == breakPart || kind == tabPart) {
			b[i] = ' '
			for k := 1; k < n; k++ {
				b[i+k] = ' '
			}
			i += n - 1
		}
	}
	return string(b)
}

// clip cuts off what certainly does not fit, so that a row of a list does not set
// a whole mail: a rune is hardly narrower than a tenth of an em.
func clip(text string, width, size float64) string {
	if size <= 0 {
		return text
	}
	keep := int(width/size*10) + 64
	if len(text) <= keep {
		return text
	}
	for i := range text {
		if keep--; keep < 0 {
			return text[:i]
		}
	}
	return text
}

package typeset

import (
	"math"
	"sort"
	"strings"
)

// filler breaks a paragraph into lines, as many words in each as fit.
type filler struct {
	lib    *Library
	o      Options
	texts  []Text
	text   string
	ends   []int // where each text ends
	breaks []Break
	lines  []Line

	atoms []atom // of the paragraph being filled, what is not in a line yet
	base  uint8  // its level
	last  *Style // for empty lines
}

func newFiller(l *Library, texts []Text, o Options) *filler {
	if len(texts) == 0 {
		texts = []Text{{}}
	}
	f := &filler{lib: l, o: o, texts: texts}
	if o.Width <= 0 || math.IsNaN(o.Width) {
		f.o.Width = math.Inf(1)
	}
	f.text, f.ends = joined(texts)
	f.breaks = Breaks(f.text)
	f.last = &texts[0].Style
	return f
}

// fill makes all lines.
func (f *filler) fill() {
	from := 0
	for from < len(f.text) {
		to := f.hardBreak(from)
		f.paragraph(from, to)
		from = to
	}
	if n := len(f.text); n == 0 || endsInBreak(f.text) {
		f.empty(n)
	}
	if f.o.MaxLines > 0 && len(f.lines) > f.o.MaxLines {
		f.shorten()
	}
}

// enough tells that further lines would not be seen.
func (f *filler) enough() bool { return f.o.MaxLines > 0 && len(f.lines) > f.o.MaxLines }

// hardBreak is where the paragraph that begins at from ends, what breaks it
// included.
func (f *filler) hardBreak(from int) int {
	for i := from; i < len(f.text); i++ {
		if kind, n := spaceAt(f.text, i); n > 0 && kind == breakPart {
			return i + n
		}
	}
	return len(f.text)
}

func endsInBreak(text string) bool {
	for i := max(0, len(text)-3); i < len(text); i++ {
		if kind, n := spaceAt(text, i); n > 0 && kind == breakPart && i+n == len(text) {
			return true
		}
	}
	return false
}

// paragraph fills the lines of text[from:to].
func (f *filler) paragraph(from, to int) {
	if f.enough() {
		return
	}
	runs, base := Levels(f.text[from:to], f.o.Direction)
	f.base, f.atoms = base, f.atoms[:0:0]
	for _, r := range runs {
		f.addRun(from+r.Start, from+r.End, r.Level)
	}
	for len(f.atoms) > 0 && !f.enough() {
		f.next()
	}
}

// addRun adds the atoms of a run, which may have several styles.
func (f *filler) addRun(start, end int, level uint8) {
	for start < end {
		i := sort.SearchInts(f.ends, start+1)
		stop := min(end, f.ends[i])
		f.last = &f.texts[i].Style
		f.atoms = f.lib.atoms(f.atoms, f.text[start:stop], start, f.last, i, level)
		start = stop
	}
}

// next takes one line off the atoms.
func (f *filler) next() {
	var b fit
	x := 0.0
	for i := range f.atoms {
		a := &f.atoms[i]
		if a.kind == tabPart {
			a.width = f.tab(a, x)
		}
		if a.kind == wordPart && x+a.width > f.o.Width+slack {
			if f.tooWide(i, x, &b) {
				return
			}
		}
		x += a.width
		if i+1 == len(f.atoms) || f.mayBreak(a.end) {
			b = fit{i + 1, true}
		}
	}
	f.emit(len(f.atoms))
}

// slack forgives what adding up many widths gains.
const slack = 1.0 / 64

// fit is the last place so far where the line may end.
type fit struct {
	atoms int
	ok    bool
}

// tooWide ends the line if the word i, which begins at x and does not fit, allows
// it anywhere before its end.
func (f *filler) tooWide(i int, x float64, b *fit) bool {
	if at := f.inside(i, x, b.ok); at > 0 {
		f.emitCut(i, at)
		return true
	}
	if b.ok {
		f.emit(b.atoms)
		return true
	}
	if !f.o.BreakWords {
		return false
	}
	if at := f.anywhere(i, x); at > f.atoms[i].start {
		f.emitCut(i, at)
		return true
	}
	if i > 0 {
		f.emit(i)
	}
	return i > 0
}

// inside is the last break within the word i before which it fits; if nothing
// fits and there is no earlier break either, it is the first one. 0 for none.
func (f *filler) inside(i int, x float64, earlier bool) int {
	a := &f.atoms[i]
	k := sort.Search(len(f.breaks), func(k int) bool { return f.breaks[k].At > a.start })
	found := 0
	for ; k < len(f.breaks) && f.breaks[k].At < a.end; k++ {
		at := f.breaks[k].At
		if x+a.prefix(at) > f.o.Width+slack {
			if found == 0 && !earlier && !f.o.BreakWords {
				return at
			}
			return found
		}
		found = at
	}
	return found
}

// anywhere is the last cluster of the word i that begins within the line; the
// second one if even the first is too wide for a line of its own.
func (f *filler) anywhere(i int, x float64) int {
	a := &f.atoms[i]
	at := a.start
	for k, s := range a.w.stops {
		width := s.width*a.style.Size + a.style.LetterSpacing
		if x+width > f.o.Width+slack && (k > 0 || i > 0) {
			return at
		}
		x += width
		at = a.start + s.end
	}
	if at == a.end {
		return a.start
	}
	return at
}

func (f *filler) mayBreak(at int) bool {
	k := sort.Search(len(f.breaks), func(k int) bool { return f.breaks[k].At >= at })
	return k < len(f.breaks) && f.breaks[k].At == at
}

func (f *filler) tab(a *atom, x float64) float64 {
	tab := f.o.Tab
	if tab <= 0 {
		tab = 8 * f.lib.metricsOf(a.set, a.style.Size).Space
	}
	if tab <= 0 {
		return 0
	}
	return (math.Floor(x/tab+1e-9)+1)*tab - x
}

// emit makes a line of the first n atoms.
func (f *filler) emit(n int) {
	line := f.atoms[:n:n]
	f.atoms = f.atoms[n:]
	f.line(line)
}

// emitCut makes a line of the atoms before the word i, and of the word up to an
// offset.
func (f *filler) emitCut(i, at int) {
	left, right := f.atoms[i].split(f.lib, f.text, at)
	line := append(append(make([]atom, 0, i+1), f.atoms[:i]...), left)
	f.atoms[i] = right
	f.atoms = f.atoms[i:]
	f.line(line)
}

// line makes a line of atoms. One that ends at a soft hyphen shows it.
func (f *filler) line(atoms []atom) {
	if last := &atoms[len(atoms)-1]; last.end < len(f.text) && strings.HasSuffix(f.text[last.start:last.end], softHyphen) {
		hyphen := *last
		hyphen.part = part{start: last.end, end: last.end}
		hyphen.shape(f.lib, "-")
		atoms = append(atoms[:len(atoms):len(atoms)], hyphen)
	}
	line := Line{atoms: atoms, RTL: f.base == 1, Start: atoms[0].start, End: atoms[len(atoms)-1].end}
	for i := len(atoms) - 1; i >= 0 && (atoms[i].kind == spacePart || atoms[i].kind == breakPart); i-- {
		line.hang++
	}
	line.place(f.base, 0)
	line.measure(f.lib)
	f.finish(&line)
}

const softHyphen = "\u00ad"

// finish gives a line its height and its place, and adds it.
func (f *filler) finish(line *Line) {
	line.Height = f.lineHeight(line)
	f.o.align(line)
	f.lines = append(f.lines, *line)
}

func (f *filler) lineHeight(line *Line) float64 {
	if f.o.LineHeight > 0 {
		return f.o.LineHeight
	}
	gap := 0.0
	for i := range line.atoms {
		gap = max(gap, f.lib.metricsOf(line.atoms[i].set, line.atoms[i].style.Size).LineGap)
	}
	return line.Ascent + line.Descent + gap
}

// empty adds a line without text.
func (f *filler) empty(at int) {
	m := f.lib.Metrics(*f.last)
	line := Line{Start: at, End: at, Ascent: m.Ascent, Descent: m.Descent, RTL: f.o.Direction == RightToLeft}
	line.Height = m.LineHeight()
	if f.o.LineHeight > 0 {
		line.Height = f.o.LineHeight
	}
	f.o.align(&line)
	f.lines = append(f.lines, line)
}

// shorten ends the last line that is allowed with an ellipsis.
func (f *filler) shorten() {
	f.lines = f.lines[:f.o.MaxLines]
	last := &f.lines[len(f.lines)-1]
	if len(last.atoms) == 0 {
		return
	}
	f.ellipsis(last)
}

// ellipsis drops clusters from the end of a line until there is room for one.
func (f *filler) ellipsis(line *Line) {
	base := uint8(0)
	if line.RTL {
		base = 1
	}
	atoms := append([]atom(nil), line.atoms...)
	for len(atoms) > 0 && atoms[len(atoms)-1].kind != wordPart {
		atoms = atoms[:len(atoms)-1]
	}
	for {
		dots := f.dots(line, base)
		width := dots.width
		for _, a := range atoms {
			width += a.width
		}
		if width <= f.o.Width+slack || len(atoms) == 0 {
			*line = Line{Start: line.Start, End: len(f.text), RTL: line.RTL, Truncated: true, atoms: append(atoms, dots)}
			line.place(base, 0)
			line.measure(f.lib)
			line.Height = f.lineHeight(line)
			f.o.align(line)
			return
		}
		atoms = f.dropCluster(atoms)
	}
}

// dots is an ellipsis in the style that the line ends in.
func (f *filler) dots(line *Line, level uint8) atom {
	a := line.atoms[len(line.atoms)-1]
	a.part = part{start: a.end, end: a.end}
	a.level = level
	a.shape(f.lib, ellipsis)
	return a
}

// dropCluster takes the last cluster, and spaces before it.
func (f *filler) dropCluster(atoms []atom) []atom {
	last := &atoms[len(atoms)-1]
	if last.kind == wordPart && len(last.w.stops) > 1 {
		at := last.start + last.w.stops[len(last.w.stops)-1].start
		left, _ := last.split(f.lib, f.text, at)
		atoms[len(atoms)-1] = left
		return atoms
	}
	atoms = atoms[:len(atoms)-1]
	for len(atoms) > 0 && atoms[len(atoms)-1].kind != wordPart {
		atoms = atoms[:len(atoms)-1]
	}
	return atoms
}

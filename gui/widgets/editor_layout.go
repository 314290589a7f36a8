package widgets

import (
	"slices"
	"sort"
	"time"

	"fyne.io/fyne/v2"
)

// lineIndex is how many lines each paragraph has, known or guessed, and how many
// are above it.
type lineIndex struct {
	counts []int
	sums   []int // lines above each paragraph, right up to valid
	valid  int
}

func (x *lineIndex) splice(first, removed int, counts []int) {
	x.counts = slices.Replace(x.counts, first, first+removed, counts...)
	x.valid = min(x.valid, first)
}

func (x *lineIndex) set(i, count int) {
	if x.counts[i] != count {
		x.counts[i] = count
		x.valid = min(x.valid, i)
	}
}

// above is how many lines are above paragraph i, and in all for one more than the
// last.
func (x *lineIndex) above(i int) int {
	if x.valid < i || len(x.sums) == 0 {
		x.sum()
	}
	return x.sums[i]
}

func (x *lineIndex) sum() {
	n := len(x.counts)
	x.sums = slices.Grow(x.sums[:min(len(x.sums), x.valid+1)], n+1)[:n+1]
	x.sums[0] = 0
	for i := x.valid; i < n; i++ {
		x.sums[i+1] = x.sums[i] + x.counts[i]
	}
	x.valid = n
}

// at is the paragraph that a line is of, and which line it is there.
func (x *lineIndex) at(line int) (par, within int) {
	n := len(x.counts)
	x.above(n)
	par = sort.Search(n, func(i int) bool { return x.sums[i+1] > line })
	par = min(par, n-1)
	return par, min(max(line-x.sums[par], 0), x.counts[par]-1)
}

// spliced hears that paragraphs are others now.
func (e *Editor) spliced(first, removed, added int) {
	counts := make([]int, added)
	for i := range counts {
		p := e.prose.pars[first+i]
		counts[i] = e.setter.guess(p.text)
		if n := len(p.set.lines); n > 0 {
			counts[i] = n
		}
	}
	e.lines.splice(first, removed, counts)
	e.setUp = min(e.setUp, first)
	e.looked = min(e.looked, first)
	e.look(first + added)
}

// look finds out how paragraphs look, from the first that may not know up to one,
// and on as long as that changes what follows.
func (e *Editor) look(upTo int) {
	state := passageState{}
	if e.looked > 0 {
		state = e.prose.pars[e.looked-1].look.after
	}
	for i := e.looked; i < len(e.prose.pars); i++ {
		p := e.prose.pars[i]
		if p.look.known && p.look.before == state {
			if i >= upTo {
				break
			}
		} else {
			e.relook(i, p, state)
		}
		state = p.look.after
	}
	e.looked = len(e.prose.pars)
}

// relook gives a paragraph other looks; it has to be set anew if its faces are
// others.
func (e *Editor) relook(i int, p *passage, state passageState) {
	was := p.look
	p.look = lookOf(p.text, state, e.plain)
	if was.known && !slices.Equal(was.traits, p.look.traits) {
		p.set = setting{}
		e.setUp = min(e.setUp, i)
	}
}

// at is a paragraph, set in lines.
func (e *Editor) at(i int) *passage {
	p := e.prose.pars[i]
	e.setter.set(p)
	e.lines.set(i, len(p.set.lines))
	return p
}

// unset has everything set anew.
func (e *Editor) unset() {
	e.setUp = 0
	for i, p := range e.prose.pars {
		if len(p.set.lines) == 0 {
			e.lines.counts[i] = e.setter.guess(p.text)
		}
	}
	e.lines.valid = 0
}

// measure takes over the size of the room and of the text.
func (e *Editor) measure() {
	size := e.Size()
	e.setter.library = library()
	if width := max(40, size.Width-2*editorSide); width != e.setter.width {
		anchor := e.anchor()
		e.setter.width = width
		e.unset()
		e.look(len(e.prose.pars))
		e.restore(anchor)
	}
	e.at(e.prose.caret.par)
	e.remeasure()
}

// remeasure takes over how many lines there are.
func (e *Editor) remeasure() {
	e.scroll.set(e.height(), int64(e.Size().Height))
}

func (e *Editor) height() int64 {
	return int64(editorTop+editorBottom) + int64(e.lines.above(len(e.prose.pars)))*int64(lineHeight)
}

// editorAnchor is what stands at the upper edge: so many px of a paragraph's line
// are above it.
type editorAnchor struct {
	par, line int
	rest      int64
}

func (e *Editor) anchor() (a editorAnchor) {
	off := e.scroll.off - int64(editorTop)
	if off <= 0 {
		return editorAnchor{rest: off}
	}
	a.par, a.line = e.lines.at(int(off / int64(lineHeight)))
	a.rest = off - int64(e.lines.above(a.par)+a.line)*int64(lineHeight)
	return a
}

// restore keeps what stood at the upper edge there, whatever became of what is
// above.
func (e *Editor) restore(a editorAnchor) {
	e.remeasure()
	if a.par >= len(e.prose.pars) {
		return
	}
	line := min(a.line, e.lines.counts[a.par]-1)
	e.scroll.shift(int64(editorTop) + int64(e.lines.above(a.par)+line)*int64(lineHeight) + a.rest)
}

// What cannot be seen yet is set for a moment at once, and then in steps that take
// so long and leave Fyne so long to do something else.
const (
	setFirst = time.Millisecond
	setFor   = 4 * time.Millisecond
	setEvery = 16 * time.Millisecond
)

// goOnSetting sets what cannot be seen.
func (e *Editor) goOnSetting() {
	if e.stepping {
		return
	}
	e.setFor(setFirst)
	e.waitSetting()
}

// waitSetting waits for the next step, if there is something left.
func (e *Editor) waitSetting() {
	if e.setUp < len(e.prose.pars) {
		e.stepping = true
		e.wait(setEvery, e.setStep)
	}
}

func (e *Editor) setStep() {
	e.stepping = false
	e.setFor(setFor)
	e.waitSetting()
}

// setFor sets paragraphs for a while. What can be seen stays where it is.
func (e *Editor) setFor(while time.Duration) {
	if e.setter.width == 0 || e.setUp >= len(e.prose.pars) {
		return
	}
	anchor, before := e.anchor(), e.height()
	began := e.now()
	for n := 0; e.setUp < len(e.prose.pars); e.setUp++ {
		if n++; n%2 == 0 && e.now().Sub(began) > while {
			break
		}
		e.at(e.setUp)
	}
	if e.height() != before {
		e.restore(anchor)
		e.arrange()
	}
}

// Resize is for Fyne.
func (e *Editor) Resize(size fyne.Size) {
	if size == e.Size() {
		return
	}
	tall := e.Size().Height
	e.BaseWidget.Resize(size)
	e.measure()
	if size.Height < tall && e.focused {
		e.reveal()
	}
	e.arrange()
	e.goOnSetting()
}

// caretLine is the line of its paragraph that the caret stands in.
func (e *Editor) caretLine() int {
	p := e.at(e.prose.caret.par)
	i := p.set.lineOf(e.prose.caret.at)
	if e.above && i > 0 && p.set.lines[i].start() == e.prose.caret.at {
		i--
	}
	return i
}

// top is the height of a line of a paragraph, from the top of the text.
func (e *Editor) top(par, line int) int64 {
	return int64(editorTop) + int64(e.lines.above(par)+line)*int64(lineHeight)
}

// caretX is where the caret is, from the left edge of the text.
func (e *Editor) caretX() float32 {
	return e.at(e.prose.caret.par).set.lines[e.caretLine()].caretX(e.prose.caret.at)
}

// reveal scrolls as little as needed to show the caret.
func (e *Editor) reveal() {
	line := e.caretLine()
	e.remeasure()
	top := e.top(e.prose.caret.par, line)
	air := int64(caretAir)
	if top == int64(editorTop) {
		air = int64(editorTop)
	}
	e.scroll.reveal(max(0, top-air), top+int64(lineHeight)+int64(caretAir))
}

// caretAir is the air that is kept above and below the caret.
const caretAir = 8

// hit is the place that is nearest to a point of the widget, and whether it is
// the end of a broken line.
func (e *Editor) hit(at fyne.Position) (to textPlace, above bool) {
	y := int64(at.Y) + e.scroll.off - int64(editorTop)
	if y >= int64(e.lines.above(len(e.prose.pars)))*int64(lineHeight) {
		return e.prose.end(), false
	}
	par, line := e.lines.at(int(max(0, y) / int64(lineHeight)))
	if n := len(e.at(par).set.lines); line >= n {
		line = n - 1
	}
	return e.inLine(par, line, at.X-editorSide)
}

// inLine is the place in a line that is nearest to x.
func (e *Editor) inLine(par, line int, x float32) (to textPlace, above bool) {
	p := e.at(par)
	l := p.set.lines[line]
	at := l.offset(x)
	if at < l.end() || line == len(p.set.lines)-1 {
		return textPlace{par, at}, false
	}
	if seen := p.set.visible(line, p.text); seen < l.end() && seen > l.start() {
		return textPlace{par, seen}, false
	}
	return textPlace{par, l.end()}, true
}

package box

import (
	"math"
	"strings"

	"postrider/mail/html/css"
	"postrider/mail/typeset"
)

// line is a line box.
type line struct {
	y, h     float64 // within the block's border box
	from, to int32   // its parts among the flow's frags
}

// frag is a part of an item, or of an inline box, that has its place on a line.
// Coordinates are within the border box of the block.
type frag struct {
	item       int32
	kind       fragKind
	first      bool    // of an inline box: it begins here
	last       bool    // and ends here
	x, y, w, h float32 // y is the baseline of text, the top of other things
	word       typeset.Word
	text       string
}

type fragKind uint8

const (
	textFrag fragKind = iota
	spaceFrag
	boxFrag  // an inline box; what is in it follows
	endFrag  // it ends
	atomFrag // its box has the place
)

// fragsAtMost bounds the parts of lines of a mail.
const fragsAtMost = 180_000

// lineMaker breaks a flow into lines.
type lineMaker struct {
	l     *layouter
	b     *Box
	f     *flow
	items []item
	s     space
	x, y  float64 // where the next line begins, at most

	entries []entry
	open    []inlineBox // the block itself, and the inline boxes that go on
	groups  []group
	waiting []*Box // floats that come below the line
	placed  int    // floats among the items before are placed
	started bool
	skip    int // bytes of the first item that are on the line before
}

// entry is an item on the line that is being made.
type entry struct {
	item  int
	x, w  float64
	text  string
	word  typeset.Word
	gone  bool // a space at the line's start
	shift float64
	group int
}

// layoutFlow breaks a block's content into lines, and gives their height.
func (l *layouter) layoutFlow(b *Box, x, y float64, s space) float64 {
	f := b.flow
	f.rtl = b.style.RTL
	items := l.items(f)
	f.lines, f.frags = f.lines[:0], f.frags[:0]
	if len(items) == 0 {
		return 0
	}
	if f.frags == nil {
		f.frags = make([]frag, 0, len(items)+len(items)/8)
	}
	m := l.takeMaker()
	m.b, m.f, m.items, m.s, m.x, m.y = b, f, items, s, x, y
	m.begin()
	for i := 0; i < len(items) && l.goesOn() && m.y < tallest && len(f.frags) < l.frags; {
		i = m.line(i)
	}
	if l.frags -= len(f.frags); l.frags <= 0 {
		l.cut = true
	}
	h := m.y - y
	l.makers = append(l.makers, m)
	return h
}

// takeMaker reuses the memory of one that is done: lines nest by inline-blocks.
func (l *layouter) takeMaker() *lineMaker {
	if n := len(l.makers); n > 0 {
		m := l.makers[n-1]
		l.makers = l.makers[:n-1]
		*m = lineMaker{l: l, entries: m.entries[:0], open: m.open[:0], groups: m.groups[:0], waiting: m.waiting[:0]}
		return m
	}
	return &lineMaker{l: l}
}

// scan is how far one line goes.
type scan struct {
	end     int // the first item that is not on it
	skip    int // bytes of that item that are
	left    float64
	room    float64
	width   float64 // without the spaces at its end
	spaces  float64 // those
	content bool    // there is something to be seen: the line has a height
	forced  bool    // the mail ended it
	narrow  bool    // floats stand beside it

	x    float64   // of the end so far, from its left
	last candidate // where it could end
	done bool
}

// line makes the line that begins with item i, and gives the first of the next.
func (m *lineMaker) line(i int) int {
	depth := len(m.open)
	sc := m.scan(i, 1.0/64)
	for sc.content && sc.width > max(0, sc.room)+tolerance && sc.narrow && !m.stiff(i) {
		n := m.s.floats.next(m.s.fy + m.y)
		if math.IsInf(n, 1) {
			break
		}
		m.y = n - m.s.fy
		sc = m.scan(i, 1.0/64)
	}
	h, up := m.heights(sc)
	if sc.content && len(m.s.floats.list) > 0 && m.pinched(sc, h) {
		m.open = m.open[:depth]
		sc = m.scan(i, h)
		h, up = m.heights(sc)
	}
	m.place(sc, h, up)
	if sc.content {
		m.y += h
		m.started = true
	}
	m.lowerFloats()
	m.clear(sc)
	m.skip = sc.skip
	return sc.end
}

// pinched reports whether a float further down leaves less room than a line of
// this height was made for.
func (m *lineMaker) pinched(sc scan, h float64) bool {
	left, room := m.band(h)
	return left > sc.left+tolerance || room < sc.room+m.indent()-tolerance
}

// band is the room for a line of a height.
func (m *lineMaker) band(h float64) (left, room float64) {
	x0, x1 := m.s.fx+m.x, m.s.fx+m.x+m.s.cw
	a, z := m.s.floats.band(m.s.fy+m.y, h, x0, x1)
	return a - m.s.fx, z - a
}

func (m *lineMaker) indent() float64 {
	if m.started || m.f.later {
		return 0
	}
	return m.b.style.Indent.Of(m.s.cw)
}

// scan finds out how much fits on a line. It fills entries.
func (m *lineMaker) scan(i int, h float64) scan {
	m.entries = m.entries[:0]
	left, room := m.band(h)
	sc := scan{left: left, room: room - m.indent(), narrow: room < m.s.cw-tolerance, last: candidate{item: -1}}
	for j := i; j < len(m.items) && !sc.done; j++ {
		if m.full(&sc, j) {
			return sc
		}
		m.take(&sc, j, m.entryOf(j, j == i && m.skip > 0))
	}
	if !sc.done {
		sc.end, sc.width = len(m.items), sc.x-sc.spaces
	}
	return sc
}

// full ends a line that has more on it than any line should.
func (m *lineMaker) full(sc *scan, j int) bool {
	if len(m.entries) <= entriesAtMost {
		return false
	}
	if sc.last.item < 0 {
		sc.last = candidate{j, len(m.entries), sc.x - sc.spaces, sc.spaces}
		sc.content = true
	}
	m.backTo(sc)
	return true
}

// entryOf is the entry of an item, or of what is left of it.
func (m *lineMaker) entryOf(j int, cut bool) entry {
	it := &m.items[j]
	e := entry{item: j, text: it.text, word: it.word, w: it.width}
	if cut {
		e.text = it.text[m.skip:]
		e.word = it.font.faces.Word(e.text, it.level&1 == 1)
		e.w = it.font.widthOf(e.word)
	}
	return e
}

// take puts an item on the line, or ends the line before it.
func (m *lineMaker) take(sc *scan, j int, e entry) {
	it := &m.items[j]
	switch it.kind {
	case breakItem:
		m.entries = append(m.entries, e)
		sc.end, sc.forced, sc.content, sc.width = j+1, true, true, sc.x-sc.spaces
		m.closers(sc)
	case floatItem:
		m.float(j, sc)
		m.entries = append(m.entries, e)
	case awayItem:
		m.entries = append(m.entries, e)
	case openItem, closeItem:
		m.push(sc, e)
		if e.w != 0 {
			sc.content, sc.spaces = true, 0
		}
	case spaceItem, tabItem:
		m.takeSpace(sc, it, e)
	case atomItem:
		e.w = m.atom(it)
		m.takeSolid(sc, it, e)
	default:
		m.takeSolid(sc, it, e)
	}
}

// push adds an entry at the end of the line.
func (m *lineMaker) push(sc *scan, e entry) {
	m.entries = append(m.entries, e)
	sc.x += e.w
}

// takeSpace adds white space: it vanishes at the line's start, and hangs at its
// end, unless the mail keeps it.
func (m *lineMaker) takeSpace(sc *scan, it *item, e entry) {
	if it.kind == tabItem {
		e.w = m.tab(it, sc.x)
	}
	hangs := !it.is(preserved) || it.is(mayBreak) && it.text != nbsp
	if !hangs {
		m.takeSolid(sc, it, e)
		return
	}
	switch {
	case it.is(preserved):
		sc.content = true
	case !sc.content && m.skip == 0:
		e.gone, e.w = true, 0
	}
	m.push(sc, e)
	sc.spaces += e.w
	if it.is(mayBreak) {
		sc.last = candidate{e.item + 1, len(m.entries), sc.x - sc.spaces, sc.spaces}
	}
}

// takeSolid adds what can be seen, if there is room for it.
func (m *lineMaker) takeSolid(sc *scan, it *item, e entry) {
	if sc.x+e.w+m.closing(e.item) > sc.room+tolerance {
		if n := m.cutAt(it, &e, sc.room-sc.x, sc.last.item < 0, sc.content && sc.last.item >= 0 || sc.x > 0); n > 0 && n < len(e.text) {
			m.cut(sc, it, e, n)
			return
		}
		if sc.last.item < 0 && sc.content && it.kind == wordItem && (it.is(anywhere) || it.is(everyhow)) {
			sc.last = candidate{e.item, len(m.entries), sc.x, 0} // a word goes on in another style
		}
		if sc.last.item >= 0 && sc.content {
			m.backTo(sc)
			return
		}
	}
	m.push(sc, e)
	sc.spaces, sc.content = 0, true
	if it.is(mayBreak) {
		sc.last = candidate{e.item + 1, len(m.entries), sc.x, 0}
	}
}

// entriesAtMost bounds what stands on one line.
const entriesAtMost = 8192

// candidate is a place where the line may end.
type candidate struct {
	item, entries int
	width, spaces float64
}

// backTo ends the line where it last could.
func (m *lineMaker) backTo(sc *scan) {
	m.entries = m.entries[:sc.last.entries]
	sc.end, sc.width, sc.spaces = sc.last.item, sc.last.width, sc.last.spaces
	m.hyphenate(sc)
	m.closers(sc)
}

const softHyphen = "\u00ad"

// hyphenate shows the soft hyphen that the line ends at.
func (m *lineMaker) hyphenate(sc *scan) {
	n := len(m.entries)
	if n == 0 || !strings.HasSuffix(m.entries[n-1].text, softHyphen) {
		return
	}
	e := &m.entries[n-1]
	it := &m.items[e.item]
	e.text = strings.TrimSuffix(e.text, softHyphen) + "-"
	e.word = it.font.faces.Word(e.text, it.level&1 == 1)
	sc.width -= e.w
	e.w = it.font.widthOf(e.word)
	sc.width += e.w
}

// closers ends the line with the ends of inline boxes that follow.
func (m *lineMaker) closers(sc *scan) {
	for sc.end < len(m.items) && m.items[sc.end].kind == closeItem {
		e := entry{item: sc.end, w: m.items[sc.end].width}
		m.entries = append(m.entries, e)
		sc.width += e.w
		sc.end++
	}
	sc.done = true
}

// stiff reports whether a line begins with words that no line may end in: browsers
// leave them beside floats, whatever the room.
func (m *lineMaker) stiff(i int) bool {
	for ; i < len(m.items); i++ {
		if it := &m.items[i]; it.kind == wordItem || it.kind == atomItem {
			return it.is(nowrap)
		}
	}
	return false
}

// closing is the room that the ends of inline boxes after item j need.
func (m *lineMaker) closing(j int) (w float64) {
	for j++; j < len(m.items) && m.items[j].kind == closeItem; j++ {
		w += m.items[j].width
	}
	return w
}

// cutAt is how many bytes of a word fit, if it may be broken here; 0 for none.
func (m *lineMaker) cutAt(it *item, e *entry, room float64, alone, others bool) int {
	if it.kind != wordItem || !it.is(everyhow) && !(it.is(anywhere) && alone) {
		return 0
	}
	x, n, least := 0.0, 0, 0
	strict := it.is(everyhow)
	for i := range e.word.Clusters() {
		_, end, _, w := e.word.Cluster(i)
		x += w*it.font.size + it.font.letter
		if strict && !typeset.MayCut(e.text, end) {
			continue
		}
		if least == 0 {
			least = end
		}
		if x > room+tolerance {
			break
		}
		n = end
	}
	if n == 0 && !others {
		return least
	}
	return n
}

// cut ends the line with the first n bytes of a word.
func (m *lineMaker) cut(sc *scan, it *item, e entry, n int) {
	whole := len(it.text) - len(e.text)
	e.text = e.text[:n]
	e.word = it.font.faces.Word(e.text, it.level&1 == 1)
	e.w = it.font.widthOf(e.word)
	m.push(sc, e)
	sc.end, sc.skip, sc.width, sc.spaces, sc.content, sc.done = e.item, whole+n, sc.x, 0, true, true
}

// tab is the width up to the next stop.
func (m *lineMaker) tab(it *item, x float64) float64 {
	size := m.f.pieces[it.piece].style.TabSize
	stop := float64(size) * it.font.space
	if stop <= 0 {
		return 0
	}
	return (math.Floor(x/stop+1e-9)+1)*stop - x
}

// atom lays a box on the line out, and gives its width with margins.
func (m *lineMaker) atom(it *item) float64 {
	k := m.f.pieces[it.piece].box
	if k.laidIn != m.s.cw || k.laidAt != m.l.pass {
		k.laidIn, k.laidAt = m.s.cw, m.l.pass
		m.l.layout(k, m.l.shrink(k, m.s.cw), own(m.s.cw, m.s.ch))
	}
	return k.w + k.margins(m.s.cw)
}

// float places a float beside the line if there is room, else below it.
func (m *lineMaker) float(j int, sc *scan) {
	if j < m.placed {
		return
	}
	m.placed = j + 1
	k := m.f.pieces[m.items[j].piece].box
	w := m.l.shrink(k, m.s.cw)
	m.l.layout(k, w, own(m.s.cw, m.s.ch))
	if sc.content && sc.x-sc.spaces+w+k.margins(m.s.cw) > sc.room+tolerance || len(m.waiting) > 0 {
		m.waiting = append(m.waiting, k)
		return
	}
	m.l.placeFloat(k, m.x, m.y, m.s)
	left, room := m.band(1.0 / 64)
	sc.left, sc.room = left, room-m.indent()
	sc.narrow = room < m.s.cw-tolerance
}

// lowerFloats places the floats that had to wait for the end of the line.
func (m *lineMaker) lowerFloats() {
	for _, k := range m.waiting {
		m.l.placeFloat(k, m.x, m.y, m.s)
	}
	m.waiting = m.waiting[:0]
}

// clear goes below floats after a br that asks for it.
func (m *lineMaker) clear(sc scan) {
	if !sc.forced {
		return
	}
	for k := len(m.entries) - 1; k >= 0; k-- {
		it := &m.items[m.entries[k].item]
		if it.kind != breakItem {
			continue
		}
		p := &m.f.pieces[it.piece]
		if p.kind == breakPiece && p.style.Clear != css.ClearNone {
			m.y = max(m.y, m.s.floats.below(m.s.fy+m.y, p.style.Clear)-m.s.fy)
		}
		return
	}
}

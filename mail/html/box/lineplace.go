package box

import (
	"postrider/mail/html/css"
	"postrider/mail/typeset"
)

// inlineBox is an inline box that is open on the line.
type inlineBox struct {
	piece    int32
	style    *css.Style
	font     *font
	up, down float64 // its extent above and below its baseline, leading included
	shift    float64 // how far its baseline is below that of its group
	group    int
	frag     int // its part on this line, among the flow's frags
	begun    bool
}

// group is what moves as one when things are aligned to the line's top or
// bottom. Group 0 is aligned to the baseline.
type group struct {
	up, down float64
	bottom   bool
	used     bool
}

func (g *group) hold(up, down, shift float64) {
	if !g.used {
		g.up, g.down, g.used = up-shift, down+shift, true
		return
	}
	g.up = max(g.up, up-shift)
	g.down = max(g.down, down+shift)
}

// begin opens the block itself.
func (m *lineMaker) begin() {
	f := m.l.font(m.b.style)
	up, down := f.extent(m.b.style)
	m.open = append(m.open[:0], inlineBox{piece: -1, style: m.b.style, font: f, up: up, down: down})
}

// heights finds out how high the line is, and how far its baseline is below its
// top. It moves entries up and down, but not sideways.
func (m *lineMaker) heights(sc scan) (h, up float64) {
	m.groups = append(m.groups[:0], group{})
	m.groups[0].hold(m.open[0].up, m.open[0].down, 0)
	for i := 1; i < len(m.open); i++ {
		m.align(&m.open[i], &m.open[i-1])
	}
	depth := len(m.open)
	m.stack(depth)
	if !sc.content {
		return 0, 0
	}
	up, down := m.groups[0].up, m.groups[0].down
	for _, g := range m.groups[1:] {
		if more := g.up + g.down - up - down; more > 0 {
			if g.bottom {
				up += more
			} else {
				down += more
			}
		}
	}
	return up + down, up
}

// stack goes over the entries, and gives each its height. It leaves open as it
// was: the boxes are opened and closed when the line is placed.
func (m *lineMaker) stack(depth int) {
	saved := append(m.l.scratch[:0], m.open...)
	for i := range m.entries {
		e := &m.entries[i]
		it := &m.items[e.item]
		top := &m.open[len(m.open)-1]
		switch it.kind {
		case openItem:
			p := &m.f.pieces[it.piece]
			up, down := it.font.extent(p.style)
			m.open = append(m.open, inlineBox{piece: it.piece, style: p.style, font: it.font, up: up, down: down})
			b := &m.open[len(m.open)-1]
			m.align(b, &m.open[len(m.open)-2])
			e.shift, e.group = b.shift, b.group
			continue
		case closeItem:
			if len(m.open) > 1 {
				m.open = m.open[:len(m.open)-1]
			}
			continue
		case atomItem:
			m.alignAtom(e, m.f.pieces[it.piece].box, top)
			continue
		case wordItem:
			m.holdFallback(it.font, top, e.word)
		}
		e.shift, e.group = top.shift, top.group
	}
	m.open = append(m.open[:0], saved...)
	m.l.scratch = saved
}

// align places the baseline of an inline box by its parent's (CSS 2.1 10.8.1).
func (m *lineMaker) align(b, parent *inlineBox) {
	b.group = parent.group
	b.shift = parent.shift + m.drop(b.style, parent, b.up, b.down, b.font.lineHeight(b.style))
	if v := b.style.VAlign; v == css.VATop || v == css.VABottom {
		m.groups = append(m.groups, group{bottom: v == css.VABottom})
		b.group, b.shift = len(m.groups)-1, 0
	}
	m.groups[b.group].hold(b.up, b.down, b.shift)
}

// drop is how far below its parent's baseline a box's baseline is.
func (m *lineMaker) drop(s *css.Style, parent *inlineBox, up, down, lineHeight float64) float64 {
	switch s.VAlign {
	case css.VALength:
		return -s.Raise.Of(lineHeight)
	case css.VASub:
		return snap(parent.font.size/5 + 1)
	case css.VASuper:
		return -snap(parent.font.size/3 + 1)
	case css.VATextTop:
		return up - parent.font.ascent
	case css.VATextBottom:
		return parent.font.descent - down
	case css.VABaselineMiddle:
		return (up - down) / 2
	case css.VAMiddle:
		return (up-down)/2 - parent.font.xHeight/2
	}
	return 0
}

// alignAtom places a box on the line.
func (m *lineMaker) alignAtom(e *entry, k *Box, parent *inlineBox) {
	up, down := k.ascent(m.s.cw)
	e.group = parent.group
	lineHeight := 0.0
	if k.style.VAlign == css.VALength {
		lineHeight = m.l.font(k.style).lineHeight(k.style)
	}
	e.shift = parent.shift + m.drop(k.style, parent, up, down, lineHeight)
	if v := k.style.VAlign; v == css.VATop || v == css.VABottom {
		m.groups = append(m.groups, group{bottom: v == css.VABottom})
		e.group, e.shift = len(m.groups)-1, 0
	}
	m.groups[e.group].hold(up, down, e.shift)
}

// ascent is how far a box on a line reaches above and below its baseline, with
// margins: that of its last line, or its lower edge if there is none.
func (b *Box) ascent(cw float64) (up, down float64) {
	h := b.h + b.margin(css.Top, cw) + b.margin(css.Bottom, cw)
	base := b.last
	if b.kind == tableBox || b.kind == flexBox {
		base = b.first
	}
	if base < 0 || b.kind != replacedBox && b.kind != tableBox && (scrolls(b.style.OverflowX) || scrolls(b.style.OverflowY)) {
		return h, 0
	}
	up = base + b.margin(css.Top, cw)
	return up, h - up
}

// holdFallback makes room for the faces that a word needs beside its style's
// first, where the mail leaves the line's height to the faces.
func (m *lineMaker) holdFallback(f *font, in *inlineBox, w typeset.Word) {
	if in.style.LineHeight >= 0 || f.size == 0 {
		return
	}
	w.Faces(func(face *typeset.Face) {
		if face == f.face {
			return
		}
		up, down := m.l.fallbackExtent(face, f.size)
		m.groups[in.group].hold(up, down, in.shift)
	})
}

func (l *layouter) fallbackExtent(face *typeset.Face, size float64) (up, down float64) {
	key := extentKey{face, size}
	e, ok := l.extents[key]
	if !ok {
		m := face.Metrics(size)
		half := floor(m.LineGap / 2)
		e = [2]float64{m.Ascent + half, m.Descent + m.LineGap - half}
		l.extents[key] = e
	}
	return e[0], e[1]
}

type extentKey struct {
	face *typeset.Face
	size float64
}

// place gives everything on the line its place.
func (m *lineMaker) place(sc scan, h, up float64) {
	x := m.x0(sc)
	m.sideways(sc, x)
	if !sc.content {
		m.pass()
		return
	}
	start := len(m.f.frags)
	for i := 1; i < len(m.open); i++ {
		m.part(&m.open[i], x, false, up, h)
	}
	for i := range m.entries {
		m.put(&m.entries[i], up, h)
	}
	end := x + sc.width
	for k := len(m.entries) - 1; k >= 0 && !m.f.bidi; k-- {
		if e := &m.entries[k]; !m.hangs(e) {
			end = e.x + e.w
			break
		}
	}
	for i := len(m.open) - 1; i > 0; i-- {
		m.end(&m.open[i], end, false)
	}
	base := m.y + up
	if m.b.first < 0 {
		m.b.first = base
	}
	m.b.last = base
	m.f.lines = append(m.f.lines, line{y: m.y, h: h, from: int32(start), to: int32(len(m.f.frags))})
}

// pass goes over what has no line: boxes begin and end there unseen.
func (m *lineMaker) pass() {
	for i := range m.entries {
		e := &m.entries[i]
		it := &m.items[e.item]
		switch it.kind {
		case openItem:
			p := &m.f.pieces[it.piece]
			b := inlineBox{piece: it.piece, style: p.style, font: it.font, group: e.group, shift: e.shift, frag: -1}
			b.up, b.down = it.font.extent(p.style)
			m.open = append(m.open, b)
		case closeItem:
			if n := len(m.open); n > 1 {
				m.open = m.open[:n-1]
			}
		case awayItem:
			m.l.leave(m.f.pieces[it.piece].box, m.b, e.x, m.y)
		}
	}
}

func (m *lineMaker) hangs(e *entry) bool {
	it := &m.items[e.item]
	return it.kind == spaceItem && !it.is(preserved) || it.kind == awayItem || it.kind == floatItem || it.kind == breakItem
}

// x0 is where the line's content begins.
func (m *lineMaker) x0(sc scan) float64 {
	s := m.b.style
	free := sc.room - sc.width
	left := sc.left
	if !s.RTL {
		left += m.indent()
	}
	align := s.Align
	switch {
	case align == css.AlignStart && s.RTL, align == css.AlignEnd && !s.RTL, align == css.AlignJustify && s.RTL:
		align = css.AlignRight
	}
	switch align {
	case css.AlignRight, css.AlignBlockRight:
		if free > 0 || s.RTL {
			return left + free
		}
	case css.AlignCenter, css.AlignBlockCenter:
		if free > 0 {
			return left + free/2
		}
		if s.RTL {
			return left + free
		}
	}
	return left
}

// sideways gives the entries their x, in visual order.
func (m *lineMaker) sideways(sc scan, x float64) {
	stretch := m.stretch(sc)
	if !m.f.bidi {
		for i := range m.entries {
			e := &m.entries[i]
			e.x = x
			x += e.w
			if stretch > 0 && m.items[e.item].kind == spaceItem {
				x += stretch
			}
		}
		return
	}
	m.visually(sc, x, stretch)
}

// visually is sideways for lines that have parts from right to left.
func (m *lineMaker) visually(sc scan, x, stretch float64) {
	base := uint8(0)
	if m.b.style.RTL {
		base = 1
		x -= sc.spaces
	}
	levels := make([]uint8, len(m.entries))
	trailing := true
	for i := len(m.entries) - 1; i >= 0; i-- {
		it := &m.items[m.entries[i].item]
		levels[i] = it.level
		if trailing && (m.hangs(&m.entries[i]) || it.kind == closeItem && it.width == 0) {
			levels[i] = base
		} else {
			trailing = false
		}
	}
	for _, i := range typeset.VisualOrder(levels) {
		e := &m.entries[i]
		e.x = x
		x += e.w
		if stretch > 0 && m.items[e.item].kind == spaceItem {
			x += stretch
		}
	}
}

// stretch is how much wider each space is in a justified line.
func (m *lineMaker) stretch(sc scan) float64 {
	if m.b.style.Align != css.AlignJustify || sc.forced || sc.end >= len(m.items) || sc.room <= sc.width {
		return 0
	}
	spaces := 0
	for i := range m.entries {
		if it := &m.items[m.entries[i].item]; it.kind == spaceItem && !m.entries[i].gone {
			spaces++
		}
	}
	for k := len(m.entries) - 1; k >= 0 && m.hangs(&m.entries[k]); k-- {
		if m.items[m.entries[k].item].kind == spaceItem {
			spaces--
		}
	}
	if spaces <= 0 {
		return 0
	}
	return (sc.room - sc.width) / float64(spaces)
}

// baseline is the height of an entry's baseline.
func (m *lineMaker) baseline(group int, shift, up, h float64) float64 {
	if group == 0 {
		return m.y + up + shift
	}
	g := &m.groups[group]
	if g.bottom {
		return m.y + h - g.down + shift
	}
	return m.y + g.up + shift
}

// put makes the frags of an entry.
func (m *lineMaker) put(e *entry, up, h float64) {
	it := &m.items[e.item]
	f := frag{item: int32(e.item), x: float32(e.x), w: float32(e.w), y: float32(m.baseline(e.group, e.shift, up, h)), text: e.text, word: e.word}
	switch it.kind {
	case wordItem:
		f.kind = textFrag
	case spaceItem, tabItem, breakItem:
		if e.gone {
			return
		}
		f.kind = spaceFrag
	case openItem:
		m.opened(e, it, up, h)
		return
	case closeItem:
		if n := len(m.open); n > 1 {
			p := &m.f.pieces[it.piece]
			m.end(&m.open[n-1], e.x+e.w-inlineMargin(p, css.Right), !p.cut)
			m.open = m.open[:n-1]
		}
		return
	case atomItem:
		k := m.f.pieces[it.piece].box
		a, _ := k.ascent(m.s.cw)
		k.x, k.y = e.x+k.margin(css.Left, m.s.cw), m.baseline(e.group, e.shift, up, h)-a+k.margin(css.Top, m.s.cw)
		f.kind = atomFrag
	case awayItem:
		m.l.leave(m.f.pieces[it.piece].box, m.b, e.x, m.y)
		return
	default:
		return
	}
	m.f.frags = append(doubled(m.f.frags), f)
	if m.f.bidi {
		m.widen(float32(e.x), float32(e.x+e.w))
	}
}

// widen keeps the open boxes around what is in them, whatever runs from right
// to left.
func (m *lineMaker) widen(x0, x1 float32) {
	for i := 1; i < len(m.open); i++ {
		f := &m.f.frags[m.open[i].frag]
		if !m.open[i].begun {
			f.x, f.w, m.open[i].begun = x0, x1-x0, true
			continue
		}
		right := max(f.x+f.w, x1)
		f.x = min(f.x, x0)
		f.w = right - f.x
	}
}

func inlineMargin(p *piece, side css.Side) float64 {
	if p.cut {
		return 0
	}
	return p.style.Margin[side].Of(0)
}

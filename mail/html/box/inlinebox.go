package box

import (
	"postrider/mail/html/css"
)

// opened begins an inline box on the line.
func (m *lineMaker) opened(e *entry, it *item, up, h float64) {
	p := &m.f.pieces[it.piece]
	b := inlineBox{piece: it.piece, style: p.style, font: it.font, group: e.group, shift: e.shift}
	b.up, b.down = it.font.extent(p.style)
	m.open = append(m.open, b)
	m.part(&m.open[len(m.open)-1], e.x+inlineMargin(p, css.Left), !p.cut, up, h)
}

// part adds the frag of an inline box on this line.
func (m *lineMaker) part(b *inlineBox, x float64, first bool, up, h float64) {
	s := b.style
	top := b.font.ascent + float64(s.Border[css.Top].Width) + max(0, s.Padding[css.Top].Of(m.s.cw))
	bottom := b.font.descent + float64(s.Border[css.Bottom].Width) + max(0, s.Padding[css.Bottom].Of(m.s.cw))
	b.frag = len(m.f.frags)
	b.begun = false
	m.f.frags = append(doubled(m.f.frags), frag{
		kind: boxFrag, item: b.piece, first: first, x: float32(x),
		y: float32(m.baseline(b.group, b.shift, up, h) - top), h: float32(top + bottom),
	})
}

// end ends a box's part on the line; last tells that the box ends with it.
func (m *lineMaker) end(b *inlineBox, x float64, last bool) {
	if b.frag < 0 || b.frag >= len(m.f.frags) {
		return
	}
	f := &m.f.frags[b.frag]
	if !m.f.bidi {
		f.w = float32(x) - f.x
	}
	f.last = last
	m.f.frags = append(doubled(m.f.frags), frag{kind: endFrag, item: b.piece})
}

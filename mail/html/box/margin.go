package box

import "postrider/mail/html/css"

// strut is a set of margins that collapse into one: the largest, less the most
// negative (CSS 2.1 8.3.1).
type strut struct{ most, least float64 }

func (s *strut) add(margin float64) {
	s.most = max(s.most, margin)
	s.least = min(s.least, margin)
}

func (s strut) with(t strut) strut {
	return strut{max(s.most, t.most), min(s.least, t.least)}
}

func (s strut) sum() float64 { return s.most + s.least }

// collapse computes the margins above and below a box with those of its
// children that collapse into them. It depends on no layout: whether there are
// lines shows in the content. So a box is laid out once, at its final height.
func (b *Box) collapse(cw float64) {
	if b.margined {
		return
	}
	b.margined = true
	b.top, b.bottom, b.through = strut{}, strut{}, false
	b.top.add(b.margin(css.Top, cw))
	b.bottom.add(b.margin(css.Bottom, cw))
	if b.independent() {
		return
	}
	openTop := b.edge(css.Top, cw) == 0
	openBottom := b.opensBelow(cw)
	if b.flow != nil {
		b.through = openTop && openBottom && blank(b.flow.pieces)
	} else {
		b.collapseKids(b.innerWidth(cw), openTop, openBottom)
	}
	if b.through {
		b.top = b.top.with(b.bottom)
		b.bottom = b.top
	}
}

// innerWidth is the width of a block's content, which percentages of its
// children's margins are of.
func (b *Box) innerWidth(cw float64) float64 {
	w := cw - b.margins(cw)
	if b.style.Width.IsSet() {
		w = b.widthIn(b.style.Width, cw)
	}
	return max(0, b.clampWidth(w, cw)-b.across(cw))
}

// opensBelow reports whether a box ends where its last child does.
func (b *Box) opensBelow(cw float64) bool {
	s := b.style
	if b.edge(css.Bottom, cw) != 0 || s.Ratio > 0 {
		return false
	}
	if s.Height.IsSet() && !s.Height.HasPercent() && s.Height.Px > 0 || s.MinHeight.IsSet() && s.MinHeight.Px > 0 {
		return false
	}
	return true
}

func (b *Box) collapseKids(cw float64, openTop, openBottom bool) {
	all := true
	for _, k := range b.kids {
		if k.floating() || k.absolute() {
			continue
		}
		k.collapse(cw)
		if openTop {
			b.top = b.top.with(k.top)
		}
		if !k.through {
			all = false
			break
		}
	}
	b.through = all && openTop && openBottom
	if !openBottom {
		return
	}
	for i := len(b.kids) - 1; i >= 0; i-- {
		k := b.kids[i]
		if k.floating() || k.absolute() {
			continue
		}
		k.collapse(cw)
		b.bottom = b.bottom.with(k.bottom)
		if !k.through {
			return
		}
	}
}

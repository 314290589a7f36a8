package box

import "postrider/mail/html/css"

// away is an absolutely placed box that waits until everything else has its
// place.
type away struct {
	box  *Box
	in   *Box    // where it would have stood
	x, y float64 // there
}

// leave takes a box out of the flow. x and y are where it would have been, in
// the border box of b.
func (l *layouter) leave(k, b *Box, x, y float64) {
	k.parent = b
	if k.awayAt > 0 { // what it is in is laid out again
		l.away[k.awayAt-1] = away{box: k, in: b, x: x, y: y}
		return
	}
	k.awayAt = len(l.away) + 1
	l.away = append(l.away, away{box: k, in: b, x: x, y: y})
}

// placeAway lays out the absolutely placed boxes. Those in them come after
// them, as they were met later. It promises nothing about boxes that a mail puts
// outside of its page: whoever paints clips them.
func (l *layouter) placeAway(root *Box) {
	for i := 0; i < len(l.away) && !l.over(); i++ {
		l.placeOne(l.away[i], root)
	}
}

// anchor is the containing block of an absolutely placed box: its padding box,
// and where the box would have stood in there.
type anchor struct {
	box       *Box
	left, top float64 // of the padding box, in the border box
	w, h      float64
	x, y      float64
}

func (l *layouter) anchorOf(a away, root *Box) anchor {
	x, y := a.x, a.y+a.in.lower
	at := a.in
	for at != root && !at.positioned() && at.parent != nil {
		x, y = x+at.x, y+at.y
		at = at.parent
		y += at.lower
	}
	if at == root && !root.positioned() {
		return anchor{box: at, left: -root.x, top: -root.y, w: l.width, h: firstScreen, x: x + root.x, y: y + root.y}
	}
	left, top := at.border(css.Left), at.border(css.Top)
	return anchor{
		box: at, left: left, top: top, x: x - left, y: y - top,
		w: max(0, at.w-left-at.border(css.Right)), h: max(0, at.h-top-at.border(css.Bottom)),
	}
}

func (l *layouter) placeOne(a away, root *Box) {
	k, c := a.box, l.anchorOf(a, root)
	s := k.style
	l.layout(k, l.awayWidth(k, c.w, c.x), own(c.w, c.h))
	if s.Inset[css.Top].IsSet() && s.Inset[css.Bottom].IsSet() && s.Height.Unit == css.Auto && k.kind != replacedBox && k.kind != tableBox {
		room := c.h - s.Inset[css.Top].Of(c.h) - s.Inset[css.Bottom].Of(c.h) - k.margin(css.Top, c.w) - k.margin(css.Bottom, c.w)
		k.h = max(k.h, room)
	}
	k.x = settle(s, css.Left, css.Right, c.x, c.w, k.w, c.w) + c.left
	k.y = settle(s, css.Top, css.Bottom, c.y, c.h, k.h, c.w) + c.top
	k.parent = c.box
	c.box.away = append(c.box.away, k)
}

// firstScreen is the height of the initial containing block. A pane has no
// height that a mail should know: what is placed by it stays near the top.
const firstScreen = 100

// awayWidth is the width of an absolutely placed box; x is where it would have
// stood.
func (l *layouter) awayWidth(k *Box, cw, x float64) float64 {
	s := k.style
	if k.kind == replacedBox || k.kind == tableBox || s.Width.Unit != css.Auto {
		return l.shrink(k, cw)
	}
	left, right := s.Inset[css.Left], s.Inset[css.Right]
	room := cw - left.Of(cw) - right.Of(cw)
	switch {
	case left.IsSet() && right.IsSet():
		return k.clampWidth(max(0, room-k.margins(cw)), cw)
	case !left.IsSet() && !right.IsSet():
		room = cw - x
	}
	return l.shrink(k, max(0, room))
}

// settle finds a place in one dimension, by the insets or where the box would
// have been (CSS 2.1 10.3.7, 10.6.4). base is what the insets are parts of, cw
// what the margins are.
func settle(s *css.Style, first, second css.Side, static, base, size, cw float64) float64 {
	start, end := s.Inset[first], s.Inset[second]
	before, after := s.Margin[first], s.Margin[second]
	if start.IsSet() && end.IsSet() {
		free := base - start.Of(base) - end.Of(base) - size
		switch {
		case before.Unit == css.Auto && after.Unit == css.Auto:
			return start.Of(base) + max(0, free/2)
		case before.Unit == css.Auto:
			return start.Of(base) + free - after.Of(cw)
		}
	}
	switch {
	case start.IsSet():
		return start.Of(base) + before.Of(cw)
	case end.IsSet():
		return base - end.Of(base) - size - after.Of(cw)
	}
	return static + before.Of(cw)
}

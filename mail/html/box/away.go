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

func (l *layouter) placeOne(a away, root *Box) {
	k := a.box
	x, y := a.x, a.y+a.in.lower
	at := a.in
	for at != root && !at.positioned() {
		x, y = x+at.x, y+at.y
		if at.parent == nil {
			break
		}
		at = at.parent
		y += at.lower
	}
	// The containing block is the padding box.
	left, top := at.border(css.Left), at.border(css.Top)
	cw := max(0, at.w-left-at.border(css.Right))
	ch := max(0, at.h-top-at.border(css.Bottom))
	if at == root && !root.positioned() {
		x, y, left, top = x+root.x, y+root.y, -root.x, -root.y
		cw, ch = l.width, firstScreen
	}
	x, y = x-left, y-top
	s := k.style
	inset := func(side css.Side, base float64) (float64, bool) {
		l := s.Inset[side]
		return l.Of(base), l.IsSet()
	}
	l1, setLeft := inset(css.Left, cw)
	r1, setRight := inset(css.Right, cw)
	t1, setTop := inset(css.Top, ch)
	b1, setBottom := inset(css.Bottom, ch)
	w := l.awayWidth(k, cw, l1, r1, setLeft && setRight, x)
	sp := own(cw, ch)
	l.layout(k, w, sp)
	if setTop && setBottom && s.Height.Unit == css.Auto && k.kind != replacedBox && k.kind != tableBox {
		k.h = max(k.h, ch-t1-b1-k.margin(css.Top, cw)-k.margin(css.Bottom, cw))
	}
	k.x = settle(x, l1, r1, setLeft, setRight, cw, k.w, k.style.Margin[css.Left], k.style.Margin[css.Right], cw) + left
	k.y = settle(y, t1, b1, setTop, setBottom, ch, k.h, k.style.Margin[css.Top], k.style.Margin[css.Bottom], cw) + top
	k.parent = at
	at.away = append(at.away, k)
}

// firstScreen is the height of the initial containing block. A pane has no
// height that a mail should know: what is placed by it stays near the top.
const firstScreen = 100

func (l *layouter) awayWidth(k *Box, cw, left, right float64, both bool, x float64) float64 {
	s := k.style
	if k.kind == replacedBox || k.kind == tableBox || s.Width.Unit != css.Auto {
		return l.shrink(k, cw)
	}
	if both {
		return k.clampWidth(max(0, cw-left-right-k.margins(cw)), cw)
	}
	room := cw - left - right
	if !s.Inset[css.Left].IsSet() && !s.Inset[css.Right].IsSet() {
		room = cw - x
	}
	return l.shrink(k, max(0, room))
}

// settle finds a place in one dimension, by the insets or where the box would
// have been (CSS 2.1 10.3.7, 10.6.4).
func settle(static, start, end float64, setStart, setEnd bool, base, size float64, before, after css.Length, cw float64) float64 {
	if setStart && setEnd {
		free := base - start - end - size
		switch {
		case before.Unit == css.Auto && after.Unit == css.Auto:
			return start + max(0, free/2)
		case before.Unit == css.Auto:
			return start + free - after.Of(cw)
		}
	}
	switch {
	case setStart:
		return start + before.Of(cw)
	case setEnd:
		return base - end - size - after.Of(cw)
	}
	return static + before.Of(cw)
}

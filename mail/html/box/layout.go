package box

import (
	"postrider/mail/html"
	"postrider/mail/html/css"
	"postrider/mail/html/display"
	"postrider/mail/typeset"
)

// layouter lays one document out at one width.
type layouter struct {
	doc     *html.Document
	styles  *css.Styles
	library *typeset.Library
	stop    func() bool
	stopped bool
	cut     bool    // something was left out, as there is too much
	left    int     // items that may still be made
	refills int     // cells that were laid out again
	frags   int     // parts of lines that may still be made
	width   float64 // of the pane
	steps   int
	grace   int // lines that may be made when the time is over
	away    []away
	fonts   map[fontKey]*font
	extents map[extentKey][2]float64
	makers  []*lineMaker
	scratch []inlineBox
	pass    int // grows when what is laid out already must be again
}

// space is where a box is laid out.
type space struct {
	cw, ch float64 // the containing block's width, and its height or unknown
	floats *floats
	fx, fy float64 // where the box's border box is among the floats
}

// own is the space for a box that keeps to itself.
func own(cw, ch float64) space { return space{cw: cw, ch: ch, floats: &floats{}} }

// over reports whether to give up. What is not laid out then is not seen.
func (l *layouter) over() bool {
	l.steps++
	if !l.stopped && l.steps&63 == 0 && l.stop != nil && l.stop() {
		l.stopped = true
	}
	return l.stopped
}

// goesOn reports whether another line may be made. When the time is over while
// words are set, those that are set still fill a screen.
func (l *layouter) goesOn() bool {
	if !l.over() {
		return true
	}
	l.grace--
	return l.grace >= 0
}

// graceLines is how many lines are made when the time is over.
const graceLines = 300

// layout gives a box its height, and what is in it its place. w is the width of
// its border box.
func (l *layouter) layout(b *Box, w float64, s space) {
	b.w = w
	if l.over() {
		return
	}
	b.first, b.last = noBaseline, noBaseline
	switch b.kind {
	case replacedBox:
		_, h := b.size(s.cw, s.ch)
		b.h = h + b.along(s.cw)
		if b.repl.baseful {
			b.first = b.edge(css.Top, s.cw) + h*b.repl.baseline()
			b.last = b.first
		}
	case controlBox:
		b.w, b.h = l.controlWidth(b.node), display.ControlHeight
	case tableBox:
		l.layoutTable(b, s)
	case flexBox:
		l.layoutFlex(b, s)
	default:
		l.layoutBlock(b, s)
	}
}

func (l *layouter) layoutBlock(b *Box, s space) {
	x, y := b.edge(css.Left, s.cw), b.edge(css.Top, s.cw)
	iw := max(0, b.w-x-b.edge(css.Right, s.cw))
	ch := b.innerHeight(s)
	inner := s
	if b.independent() {
		inner = own(iw, ch)
	}
	inner.cw, inner.ch = iw, ch
	var h float64
	switch {
	case b.flow != nil:
		h = l.layoutFlow(b, x, y, inner)
	case stacks(b.style.Display):
		h = l.layoutGrid(b, x, y, inner)
	default:
		h = l.stack(b, x, y, inner)
	}
	if b.independent() {
		h = max(h, inner.floats.bottom()-y)
	}
	if b.marker != "" && b.first < 0 {
		h = max(h, l.font(b.style).lineHeight(b.style)) // the marker has no line but its own
	}
	b.content = h
	b.h = b.usedHeight(h, s)
}

// innerHeight is the height of the content, if the mail says it.
func (b *Box) innerHeight(s space) float64 {
	if b.forced > 0 {
		return max(0, b.forced-b.along(s.cw))
	}
	if b.kind == cellBox {
		return unknown
	}
	if !definite(b.style.Height, s.ch) {
		return unknown
	}
	return max(0, b.clampHeight(b.heightIn(b.style.Height, s.ch, s.cw), s.ch, s.cw)-b.along(s.cw))
}

// usedHeight is the height of the border box for a content of height h.
func (b *Box) usedHeight(h float64, s space) float64 {
	full := h + b.along(s.cw)
	if b.kind == cellBox {
		return full
	}
	switch {
	case definite(b.style.Height, s.ch):
		full = b.heightIn(b.style.Height, s.ch, s.cw)
	case b.style.Ratio > 0 && b.style.Height.Unit == css.Auto:
		full = max(full, b.w/float64(b.style.Ratio))
	}
	return b.clampHeight(full, s.ch, s.cw)
}

// stack lays block-level children out below each other, and gives the height
// they take. x and y are the corner of the content in b.
func (l *layouter) stack(b *Box, x, y float64, s space) float64 {
	var end float64   // of the last box
	var pending strut // the margins below it
	head := !b.independent() && b.edge(css.Top, s.cw) == 0
	if head {
		b.collapse(s.cw)
	}
	for i, k := range b.kids {
		if l.stopped {
			break
		}
		at := end
		if !head {
			at += pending.with(b.marginFor(i, s.cw)).sum()
		}
		switch {
		case k.absolute():
			l.leave(k, b, x, y+at)
			continue
		case k.floating():
			l.layoutFloat(k, x, y+at, s)
			continue
		}
		k.collapse(s.cw)
		if !head {
			at = end + pending.with(k.top).sum()
		}
		cleared := false
		if k.style.Clear != css.ClearNone {
			if c := s.floats.below(s.fy+y+at, k.style.Clear) - s.fy - y; c > at {
				at, cleared = c, true
			}
		}
		l.layoutChild(b, k, x, y+at, s)
		if k.through && !cleared && k.h == 0 {
			if !head {
				pending = pending.with(k.top)
			}
			continue
		}
		l.takeBaseline(b, k)
		head = false
		end, pending = k.y-y+k.h, k.bottom
		if k.through { // but for what clears floats, in it or itself
			end, pending = at+k.h, strut{}
			if k.h > 0 {
				pending.add(k.margin(css.Bottom, s.cw))
			}
		}
	}
	if head || !b.independent() && b.opensBelow(s.cw) {
		return max(0, end)
	}
	if b.filled(end, s) {
		b.bottom = b.bottom.with(pending)
		return max(0, end)
	}
	return max(0, end+pending.sum())
}

// filled reports whether the content of a box is as high as the least height
// that the mail gives it: then that is as if it were not there, and the margin
// of the last child is below the box (CSS 2.1 8.3.1).
func (b *Box) filled(content float64, s space) bool {
	m := b.style.MinHeight
	if b.independent() || b.style.Height.Unit != css.Auto || b.style.Ratio > 0 || !definite(m, unknown) || b.edge(css.Bottom, s.cw) != 0 {
		return false
	}
	return content >= b.heightIn(m, unknown, s.cw)-b.along(s.cw)
}

// marginFor is the margin that collapses with those above child i before it is
// placed: none, but for a float that waits for the next block.
func (b *Box) marginFor(i int, cw float64) strut {
	if !b.kids[i].hangs {
		return strut{}
	}
	for _, k := range b.kids[i+1:] {
		if !k.floating() && !k.absolute() {
			k.collapse(cw)
			return k.top
		}
	}
	return strut{}
}

// takeBaseline hands the baselines of a child on.
func (l *layouter) takeBaseline(b, k *Box) {
	if k.first >= 0 && b.first < 0 {
		b.first = k.y + k.first
	}
	if k.last >= 0 {
		b.last = k.y + k.last
	}
}

// layoutChild lays out one block in a block, its border box at the height y.
func (l *layouter) layoutChild(b, k *Box, x, y float64, s space) {
	left, room := x, s.cw
	if k.independent() && len(s.floats.list) > 0 {
		y, left, room = l.beside(k, x, y, s)
	}
	w := l.blockWidth(k, s.cw, room)
	k.y = y
	k.x = left + l.offset(b, k, w, room)
	if room < s.cw && !centred(b, k) {
		k.x = max(left, x+l.offset(b, k, w, s.cw))
		if k.x+w > left+room {
			k.x = max(left, left+room-w)
		}
	}
	inner := s
	inner.fx, inner.fy = s.fx+k.x, s.fy+k.y
	l.layout(k, w, inner)
}

// centred reports whether the free room decides where a block is, rather than
// its margins.
func centred(b, k *Box) bool {
	if k.style.Margin[css.Left].Unit == css.Auto {
		return true
	}
	a := alignOf(b, k)
	return a == css.AlignBlockCenter || a == css.AlignBlockRight
}

// alignOf is how a block is aligned by what is around it.
func alignOf(b, k *Box) css.Align {
	if k.around != nil {
		return k.around.Align
	}
	return b.style.Align
}

// beside finds the place of a box that keeps clear of floats: as high as it
// fits (CSS 2.1 9.5).
func (l *layouter) beside(k *Box, x, y float64, s space) (at, left, room float64) {
	for {
		a, z := s.floats.band(s.fy+y, 1, s.fx+x, s.fx+x+s.cw)
		if z-a >= s.cw-tolerance {
			return y, x, s.cw
		}
		w := l.blockWidth(k, s.cw, z-a)
		if w <= z-a+tolerance {
			return y, a - s.fx, z - a
		}
		n := s.floats.next(s.fy + y)
		if n >= unbounded {
			return y, a - s.fx, z - a
		}
		y = n - s.fy
	}
}

// blockWidth is the width of a block-level border box. room is less than the
// containing block's width cw beside floats.
func (l *layouter) blockWidth(k *Box, cw, room float64) float64 {
	s := k.style
	switch {
	case k.kind == tableBox:
		return l.tableWidth(k, cw, room)
	case k.kind == controlBox:
		return l.controlWidth(k.node)
	case k.kind == replacedBox:
		w, _ := k.size(cw, unknown)
		return w + k.across(cw)
	case s.Width.IsSet():
		return k.clampWidth(k.widthIn(s.Width, cw), cw)
	case s.Width.Unit != css.Auto:
		return l.shrink(k, room)
	}
	if s.Ratio > 0 && definite(s.Height, unknown) {
		return k.clampWidth(k.heightIn(s.Height, unknown, cw)*float64(s.Ratio), cw)
	}
	return k.clampWidth(max(room-k.margins(cw), k.across(cw)), cw)
}

// offset is how far a block is from the left of its containing block: by its
// margins, or as alignment attributes around it say.
func (l *layouter) offset(b, k *Box, w, room float64) float64 {
	s := k.style
	left, right := k.margin(css.Left, room), k.margin(css.Right, room)
	free := room - w - left - right
	autoLeft, autoRight := s.Margin[css.Left].Unit == css.Auto, s.Margin[css.Right].Unit == css.Auto
	if free <= 0 {
		if b.style.RTL {
			return left + free
		}
		return left
	}
	switch {
	case autoLeft && autoRight:
		return free / 2
	case autoLeft:
		return free
	case autoRight:
		return left
	}
	switch alignOf(b, k) {
	case css.AlignBlockCenter:
		return left + free/2
	case css.AlignBlockRight:
		return left + free
	case css.AlignBlockLeft:
		return left
	}
	if b.style.RTL {
		return left + free
	}
	return left
}

// layoutFloat lays a float out, not above the height y of its container.
func (l *layouter) layoutFloat(k *Box, x, y float64, s space) {
	w := l.shrink(k, s.cw)
	l.layout(k, w, own(s.cw, s.ch))
	l.placeFloat(k, x, y, s)
}

func (l *layouter) placeFloat(k *Box, x, y float64, s space) {
	y = s.floats.below(s.fy+y, k.style.Clear) - s.fy
	fx, fy := s.floats.add(k.style.Float == css.FloatLeft, k.w+k.margins(s.cw), k.h+k.margin(css.Top, s.cw)+k.margin(css.Bottom, s.cw),
		s.fy+y, s.fx+x, s.fx+x+s.cw)
	k.x = fx - s.fx + k.margin(css.Left, s.cw)
	k.y = fy - s.fy + k.margin(css.Top, s.cw)
}

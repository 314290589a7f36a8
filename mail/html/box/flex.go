package box

import (
	"slices"

	"postrider/mail/html/css"
)

// flexItem is an item of a flex container while its size is found. The main
// axis is the horizontal one for rows.
type flexItem struct {
	box          *Box
	base, size   float64 // border box, along the main axis
	edges        float64 // of the base, what does not shrink
	least, most  float64
	margin       float64 // along the main axis
	frozen       bool
	grow, shrink float64
}

// flexRow reports whether the items of a container stand side by side.
func flexRow(s *css.Style) bool { return s.Flow == css.FlowRow || s.Flow == css.FlowRowReverse }

func (l *layouter) measureFlex(b *Box) (least, most float64) {
	row, n := flexRow(b.style), 0
	for _, k := range b.kids {
		if k.absolute() {
			continue
		}
		a, z := l.outer(k)
		n++
		switch {
		case !row:
			least, most = max(least, a), max(most, z)
		case b.style.FlexWrap == css.FlexNoWrap:
			least, most = least+a, most+z
		default:
			least, most = max(least, a), most+z
		}
	}
	if row && n > 1 {
		gaps := float64(n-1) * b.style.GapX.Of(0)
		most += gaps
		if b.style.FlexWrap == css.FlexNoWrap {
			least += gaps
		}
	}
	edges := b.across(0)
	return least + edges, most + edges
}

// layoutFlex lays out a flex container (CSS Flexible Box 1, section 9).
func (l *layouter) layoutFlex(b *Box, s space) {
	x, y := b.edge(css.Left, s.cw), b.edge(css.Top, s.cw)
	iw := max(0, b.w-x-b.edge(css.Right, s.cw))
	ch := b.innerHeight(s)
	var kids []*Box
	for _, k := range b.kids {
		if k.absolute() {
			l.leave(k, b, x, y)
			continue
		}
		kids = append(kids, k)
	}
	slices.SortStableFunc(kids, func(a, c *Box) int { return int(a.style.Order) - int(c.style.Order) })
	if ch == unknown {
		if m := b.style.MinHeight; definite(m, s.ch) {
			ch = -max(0, b.heightIn(m, s.ch, s.cw)-b.along(s.cw)) - 2 // at least
		}
	}
	f := flexing{l: l, b: b, x: x, y: y, w: iw, h: ch}
	if f.h < unknown {
		f.least, f.h = -f.h-2, unknown
	}
	var h float64
	if flexRow(b.style) {
		h = f.rows(kids)
	} else {
		h = f.column(kids)
	}
	b.content = h
	b.h = b.usedHeight(h, s)
}

// flexing is the layout of one container.
type flexing struct {
	l     *layouter
	b     *Box
	x, y  float64
	w, h  float64 // of the content; h may be unknown
	least float64 // of the height
	spare float64 // what each auto margin of the row takes
}

// rows lays items out in one or more rows, and gives their height.
func (f *flexing) rows(kids []*Box) float64 {
	s := f.b.style
	gapX, gapY := s.GapX.Of(f.w), s.GapY.Of(0)
	items := make([]flexItem, 0, len(kids))
	for _, k := range kids {
		items = append(items, f.item(k))
	}
	var lines [][]flexItem
	for len(items) > 0 {
		n := f.fits(items, gapX)
		lines = append(lines, items[:n])
		items = items[n:]
	}
	if s.FlexWrap == css.FlexWrapReverse {
		slices.Reverse(lines)
	}
	y := 0.0
	for i, line := range lines {
		if i > 0 {
			y += gapY
		}
		f.resolve(line, f.w-gapX*float64(len(line)-1))
		h := f.row(line, y, gapX, len(lines) == 1)
		y += h
	}
	return y
}

// item finds the size from which an item grows or shrinks.
func (f *flexing) item(k *Box) flexItem {
	s := k.style
	least, most := f.l.measure(k)
	it := flexItem{box: k, grow: float64(s.Grow), shrink: float64(s.Shrink), margin: k.margins(f.w), edges: k.across(f.w), most: unbounded}
	switch {
	case s.Basis.IsSet():
		it.base = k.widthIn(s.Basis, f.w)
	case s.Basis.Unit == css.Auto && s.Width.IsSet():
		it.base = k.widthIn(s.Width, f.w)
	case k.kind == replacedBox:
		w, _ := k.size(f.w, f.h)
		it.base = w + k.across(f.w)
	case k.kind == tableBox:
		it.base = f.l.tableWidth(k, f.w, unbounded)
	default:
		it.base = most + k.across(f.w) - k.across(0)
	}
	switch {
	case s.MinWidth.IsSet():
		it.least = k.widthIn(s.MinWidth, f.w)
	case !scrolls(s.OverflowX):
		it.least = least + it.edges - k.across(0)
		switch {
		case s.Width.IsSet() && k.kind == replacedBox: // its own size, not the one given (4.5)
			it.least = min(k.repl.w+k.across(f.w), k.widthIn(s.Width, f.w))
		case s.Width.IsSet():
			it.least = min(k.inner, k.widthIn(s.Width, f.w))
		}
	}
	if s.MaxWidth.IsSet() {
		it.most = k.widthIn(s.MaxWidth, f.w)
		it.least = min(it.least, it.most)
	}
	it.size = min(max(it.base, it.least), it.most)
	return it
}

// fits is how many items stand in the next row.
func (f *flexing) fits(items []flexItem, gap float64) int {
	if f.b.style.FlexWrap == css.FlexNoWrap {
		return len(items)
	}
	x := 0.0
	for i := range items {
		x += items[i].size + items[i].margin
		if i > 0 {
			x += gap
			if x > f.w+tolerance {
				return i
			}
		}
	}
	return len(items)
}

// resolve lets the items of a row grow or shrink into the room (9.7).
func (f *flexing) resolve(items []flexItem, room float64) {
	sum := 0.0
	for i := range items {
		sum += items[i].size + items[i].margin
	}
	growing := sum < room
	for i := range items {
		it := &items[i]
		it.frozen = growing && (it.grow == 0 || it.base > it.size) || !growing && (it.shrink == 0 || it.base < it.size)
		if !it.frozen {
			it.size = it.base
		}
	}
	for range items {
		if !f.share(items, room, growing) {
			return
		}
	}
}

// share gives out the free room once, and freezes what reached its bounds. It
// reports whether there is more to do.
func (f *flexing) share(items []flexItem, room float64, growing bool) bool {
	free, factors, open := room, 0.0, 0
	for i := range items {
		it := &items[i]
		free -= it.size + it.margin
		if it.frozen {
			continue
		}
		open++
		if growing {
			factors += it.grow
		} else {
			factors += it.shrink * (it.base - it.edges)
		}
	}
	if open == 0 || factors == 0 {
		return false
	}
	if growing && factors < 1 {
		free *= factors
	}
	violation := 0.0
	wanted := make([]float64, len(items))
	for i := range items {
		it := &items[i]
		if it.frozen {
			continue
		}
		factor := it.grow
		if !growing {
			factor = it.shrink * (it.base - it.edges)
		}
		wanted[i] = it.size + free*factor/factors
		violation += min(max(wanted[i], it.least), it.most) - wanted[i]
	}
	again := false
	for i := range items {
		it := &items[i]
		if it.frozen {
			continue
		}
		v := min(max(wanted[i], it.least), it.most)
		if violation == 0 || violation > 0 && v > wanted[i] || violation < 0 && v < wanted[i] {
			it.size, it.frozen = v, true
			again = again || violation != 0
		}
	}
	if violation == 0 {
		return false
	}
	return again
}

// row places the items of one row at the height y, and gives its height.
func (f *flexing) row(items []flexItem, y, gap float64, sole bool) float64 {
	var h, up, down float64
	for i := range items {
		k := items[i].box
		f.l.layout(k, items[i].size, own(f.w, f.h))
		if k.kind == replacedBox && k.style.Height.Unit == css.Auto && k.repl.ratio > 0 {
			// It keeps its shape at the width that it was given.
			k.h = k.clampHeight((k.w-k.across(f.w))/k.repl.ratio+k.along(f.w), f.h, f.w)
		}
		full := k.h + k.margin(css.Top, f.w) + k.margin(css.Bottom, f.w)
		h = max(h, full)
		if f.align(k) == css.PlaceBaseline {
			a := f.baseline(k)
			up, down = max(up, a), max(down, full-a)
		}
	}
	h = max(h, up+down)
	if sole {
		h = max(h, f.least)
		if f.h >= 0 {
			h = f.h
		}
	}
	used := gap * float64(len(items)-1)
	for i := range items {
		used += items[i].size + items[i].margin
	}
	x, between := f.justify(f.w-used, len(items), items)
	if f.b.style.Flow == css.FlowRowReverse != f.b.style.RTL {
		x = f.w - x
		for i := range items {
			x -= items[i].size + items[i].margin
			f.across(items[i].box, f.x+x, y, h, up)
			x -= gap + between
		}
		return h
	}
	for i := range items {
		k := items[i].box
		if k.style.Margin[css.Left].Unit == css.Auto {
			x += f.spare
		}
		f.across(k, f.x+x, y, h, up)
		x += items[i].size + items[i].margin + gap + between
		if k.style.Margin[css.Right].Unit == css.Auto {
			x += f.spare
		}
	}
	return h
}

// across places an item in its row.
func (f *flexing) across(k *Box, x, y, h, up float64) {
	top, bottom := k.margin(css.Top, f.w), k.margin(css.Bottom, f.w)
	k.x = x + k.margin(css.Left, f.w)
	free := h - k.h - top - bottom
	at := 0.0
	autoTop, autoBottom := k.style.Margin[css.Top].Unit == css.Auto, k.style.Margin[css.Bottom].Unit == css.Auto
	switch {
	case autoTop && autoBottom:
		at = free / 2
	case autoTop:
		at = free
	case autoBottom:
	default:
		switch f.align(k) {
		case css.PlaceEnd:
			at = free
		case css.PlaceCenter:
			at = free / 2
		case css.PlaceBaseline:
			at = up - f.baseline(k)
		case css.PlaceAuto, css.PlaceStretch:
			if free > 0 && k.style.Height.Unit == css.Auto {
				f.stretch(k, k.clampHeight(k.h+free, f.h, f.w))
			}
		}
	}
	k.y = f.y + y + at + top
	f.l.takeBaseline(f.b, k)
}

// stretch makes an item as high as its row. What knows what to do with the
// height is laid out again.
func (f *flexing) stretch(k *Box, h float64) {
	knows := k.kind == tableBox || k.kind == flexBox || k.kind == blockBox && fills(k)
	if knows && f.l.refills < refillsAtMost {
		f.l.refills++
		f.l.pass++
		k.forced = h
		f.l.layout(k, k.w, own(f.w, f.h))
		k.forced = 0
	}
	k.h = max(k.h, h)
}

func (f *flexing) align(k *Box) css.Place {
	if p := k.style.AlignSelf; p != css.PlaceAuto {
		return p
	}
	return f.b.style.AlignItems
}

// baseline is how far an item's baseline is below the top of its margin box.
func (f *flexing) baseline(k *Box) float64 {
	if k.first >= 0 {
		return k.margin(css.Top, f.w) + k.first
	}
	return k.margin(css.Top, f.w) + k.h
}

// justify is where the first item begins, and what lies between items.
func (f *flexing) justify(free float64, n int, items []flexItem) (start, between float64) {
	autos := 0
	for i := range items {
		for _, side := range []css.Side{css.Left, css.Right} {
			if items[i].box.style.Margin[side].Unit == css.Auto {
				autos++
			}
		}
	}
	f.spare = 0
	if autos > 0 && free > 0 {
		f.spare = free / float64(autos)
		return 0, 0
	}
	return spread(f.b.style.Justify, free, n)
}

// spread is justify-content.
func spread(p css.Place, free float64, n int) (start, between float64) {
	switch p {
	case css.PlaceEnd:
		return free, 0
	case css.PlaceCenter:
		return free / 2, 0
	}
	if free <= 0 {
		return 0, 0
	}
	switch p {
	case css.PlaceBetween:
		if n > 1 {
			return 0, free / float64(n-1)
		}
	case css.PlaceAround:
		each := free / float64(n)
		return each / 2, each
	case css.PlaceEvenly:
		each := free / float64(n+1)
		return each, each
	}
	return 0, 0
}

// column lays items out below each other, and gives their height.
func (f *flexing) column(kids []*Box) float64 {
	gap := f.b.style.GapY.Of(0)
	used, grow := 0.0, 0.0
	for i, k := range kids {
		w := f.columnWidth(k)
		f.l.layout(k, w, own(f.w, f.h))
		if b := k.style.Basis; b.IsSet() && definite(b, f.h) && (k.style.Grow == 0 || b.Px > 0) {
			k.h = max(k.h, k.heightIn(b, f.h, f.w))
		}
		used += k.h + k.margin(css.Top, f.w) + k.margin(css.Bottom, f.w)
		if i > 0 {
			used += gap
		}
		grow += float64(k.style.Grow)
	}
	room := max(used, f.least)
	if f.h >= 0 {
		room = f.h
	}
	free := room - used
	if free > 0 && grow > 0 {
		for _, k := range kids {
			k.h += free * float64(k.style.Grow) / max(grow, 1)
		}
		free = 0
	}
	at, between := spread(f.b.style.Justify, free, len(kids))
	if f.b.style.Flow == css.FlowColumnReverse {
		slices.Reverse(kids)
		at, between = spread(reversed(f.b.style.Justify), free, len(kids))
	}
	for _, k := range kids {
		at += k.margin(css.Top, f.w)
		k.x, k.y = f.x+f.sideways(k), f.y+at
		at += k.h + k.margin(css.Bottom, f.w) + gap + between
		f.l.takeBaseline(f.b, k)
	}
	return used
}

func reversed(p css.Place) css.Place {
	switch p {
	case css.PlaceAuto, css.PlaceStart:
		return css.PlaceEnd
	case css.PlaceEnd:
		return css.PlaceStart
	}
	return p
}

// columnWidth is the width of an item of a column.
func (f *flexing) columnWidth(k *Box) float64 {
	a := f.align(k)
	stretched := a == css.PlaceAuto || a == css.PlaceStretch
	auto := k.style.Margin[css.Left].Unit == css.Auto || k.style.Margin[css.Right].Unit == css.Auto
	if k.style.Width.Unit == css.Auto && stretched && !auto && k.kind != replacedBox && k.kind != tableBox {
		return k.clampWidth(f.w-k.margins(f.w), f.w)
	}
	return f.l.shrink(k, f.w)
}

// sideways is where an item of a column stands.
func (f *flexing) sideways(k *Box) float64 {
	left := k.margin(css.Left, f.w)
	free := f.w - k.w - k.margins(f.w)
	autoLeft, autoRight := k.style.Margin[css.Left].Unit == css.Auto, k.style.Margin[css.Right].Unit == css.Auto
	switch {
	case autoLeft && autoRight:
		return left + max(0, free/2)
	case autoLeft:
		return left + max(0, free)
	case autoRight:
		return left
	}
	switch f.align(k) {
	case css.PlaceEnd:
		return left + free
	case css.PlaceCenter:
		return left + free/2
	}
	if f.b.style.RTL {
		return left + free
	}
	return left
}

package box

import (
	"slices"

	"postrider/mail/html/css"
)

// rowSize is what is known of a table's row while its height is found.
type rowSize struct {
	h         float64
	up, down  float64 // around the baseline that its cells share
	based     bool    // there are such cells
	given     bool    // the row or a cell in it has a height in px
	percent   float64 // of the table's height; below 0: none
	spanStart bool    // a cell over several rows begins here
}

// layoutTable lays out cells and rows, the table's width being set.
func (l *layouter) layoutTable(b *Box, s space) {
	t := l.grid(b)
	top := l.captions(b, s, false)
	t.top = top
	left := b.edge(css.Left, s.cw)
	l.columnWidths(b, left, s.cw)
	rows := make([]rowSize, len(t.rows))
	for i, r := range t.rows {
		rows[i].percent = -1
		switch h := r.style.Height; {
		case h.HasPercent():
			rows[i].percent = float64(h.Pct)
		case h.IsSet() && h.Px > 0:
			rows[i].h, rows[i].given = float64(h.Px), true
		}
	}
	for _, cell := range t.cells {
		if l.over() {
			break
		}
		l.layout(cell, t.cellWidth(cell), own(b.w-b.across(s.cw), unknown))
		cell.content = cell.h
		l.growRow(cell, rows, b.w-b.across(s.cw))
	}
	for i := range rows {
		if rows[i].based {
			rows[i].h = max(rows[i].h, rows[i].up+rows[i].down)
		}
	}
	l.spanRows(t, rows)
	l.stretchTable(b, rows, s)
	l.placeRows(b, rows, left, top, s)
	t.height = b.h - top
	b.h += l.captions(b, s, true)
}

// cellWidth is the width of the columns of a cell.
func (t *table) cellWidth(cell *Box) float64 {
	from, to := int(cell.columnAt), int(cell.columnAt+cell.colspan)
	w := t.gaps(from, to)
	for i := from; i < to; i++ {
		w += t.w[i]
	}
	return w
}

// columnWidths divides the width of the table among its columns.
func (l *layouter) columnWidths(b *Box, left, cw float64) {
	t := b.table
	if t.w == nil {
		t.w, t.x = make([]float64, len(t.cols)), make([]float64, len(t.cols))
	}
	room := max(0, b.w-b.across(cw)-t.spacing())
	distribute(room, t.cols, true, fixedLayout(b), t.w)
	x := left
	for i, w := range t.w {
		if t.sole[i] {
			x += t.gapX
		}
		t.x[i] = x
		x += w
	}
	if b.style.RTL {
		for i := range t.x {
			t.x[i] = b.w - t.x[i] - t.w[i]
		}
	}
}

// growRow makes the row of a cell high enough for it, as far as that is a
// matter of one row.
func (l *layouter) growRow(cell *Box, rows []rowSize, cw float64) {
	r := &rows[cell.rowAt]
	h := cell.h
	given := false
	if c := cell.style.Height; c.IsSet() && !c.HasPercent() && c.Px > 0 {
		h, given = max(h, cell.heightIn(c, 0, cw)), true
	}
	cell.h = h
	if cell.rowspan > 1 {
		r.spanStart = true
	}
	if onBaseline(cell) {
		base := cell.baselineIn()
		r.based = true
		r.up = max(r.up, base)
		if cell.rowspan == 1 {
			r.down = max(r.down, cell.content-base)
		}
	}
	if cell.rowspan > 1 {
		return
	}
	r.given = r.given || given
	if c := cell.style.Height; c.HasPercent() {
		r.percent = max(r.percent, float64(c.Pct))
	}
	r.h = max(r.h, h)
}

// onBaseline reports whether a cell's first line stands on that of its row.
func onBaseline(cell *Box) bool {
	switch cell.style.VAlign {
	case css.VATop, css.VAMiddle, css.VABottom:
		return false
	}
	return true
}

// baselineIn is a cell's first baseline, or the lower edge of its content.
func (b *Box) baselineIn() float64 {
	if b.first >= 0 {
		return b.first
	}
	return b.content - b.edge(css.Bottom, 0)
}

// spanRows lets rows grow until they hold the cells over several of them.
func (l *layouter) spanRows(t *table, rows []rowSize) {
	var spanning []*Box
	for _, cell := range t.cells {
		if cell.rowspan > 1 {
			spanning = append(spanning, cell)
		}
	}
	slices.SortStableFunc(spanning, func(a, b *Box) int { return int(a.rowspan - b.rowspan) })
	for _, cell := range spanning {
		if l.over() {
			return
		}
		part := rows[cell.rowAt : cell.rowAt+cell.rowspan]
		sum := t.gapY * float64(len(part)-1)
		for i := range part {
			sum += part[i].h
		}
		if cell.h > sum {
			growRows(part, cell.h-sum, unknown, true)
		}
	}
}

// growRows gives out height among rows (CSS Tables 3, 4.5): to percentages up
// to what they ask for, then to rows without a height of their own, by what is
// in them, and to all at last.
func growRows(rows []rowSize, extra, base float64, spanned bool) {
	if base >= 0 {
		for i := range rows {
			if p := rows[i].percent; p > 0 && extra > 0 {
				more := min(extra, max(0, p*base/100-rows[i].h))
				rows[i].h += more
				extra -= more
			}
		}
	}
	if extra <= 0 {
		return
	}
	if spanned {
		// Where further cells over several rows begin, browsers think there is room.
		starts := func(r *rowSize) bool { return r != &rows[0] && r.spanStart }
		if raise(rows, extra, starts) || raiseLast(rows, extra, starts) {
			return
		}
	}
	open := func(r *rowSize) bool { return !r.given && r.h > 0 && r.percent < 0 }
	filled := func(r *rowSize) bool { return r.h > 0 }
	switch {
	case raise(rows, extra, open):
	case spanned && raiseLast(rows, extra, func(r *rowSize) bool { return r.h == 0 && !r.given }):
	case !spanned && raiseEven(rows, extra, func(r *rowSize) bool { return r.h == 0 && !r.given }):
	case raise(rows, extra, filled):
	case spanned:
		raiseLast(rows, extra, func(*rowSize) bool { return true })
	default:
		raiseEven(rows, extra, func(*rowSize) bool { return true })
	}
}

// raise gives height to some rows in proportion to what they have.
func raise(rows []rowSize, extra float64, which func(*rowSize) bool) bool {
	sum := 0.0
	for i := range rows {
		if which(&rows[i]) {
			sum += rows[i].h
		}
	}
	if sum <= 0 {
		return false
	}
	for i := range rows {
		if which(&rows[i]) {
			rows[i].h += extra * rows[i].h / sum
		}
	}
	return true
}

func raiseLast(rows []rowSize, extra float64, which func(*rowSize) bool) bool {
	for i := len(rows) - 1; i >= 0; i-- {
		if which(&rows[i]) {
			rows[i].h += extra
			return true
		}
	}
	return false
}

func raiseEven(rows []rowSize, extra float64, which func(*rowSize) bool) bool {
	n := 0
	for i := range rows {
		if which(&rows[i]) {
			n++
		}
	}
	for i := range rows {
		if which(&rows[i]) {
			rows[i].h += extra / float64(n)
		}
	}
	return n > 0
}

// stretchTable gives the rows what the table's own height asks for.
func (l *layouter) stretchTable(b *Box, rows []rowSize, s space) {
	t := b.table
	want := unknown + 0.0
	if b.forced > 0 {
		want = b.forced
	}
	if definite(b.style.Height, s.ch) {
		want = b.heightIn(b.style.Height, s.ch, s.cw)
	}
	if definite(b.style.MinHeight, s.ch) {
		want = max(want, b.heightIn(b.style.MinHeight, s.ch, s.cw))
	}
	if want < 0 || len(rows) == 0 {
		return
	}
	inner := want - b.along(s.cw) - t.gapY*float64(len(rows)+1)
	sum := 0.0
	for i := range rows {
		sum += rows[i].h
	}
	if inner > sum {
		growRows(rows, inner-sum, inner, false)
	}
}

// placeRows gives sections, rows and cells their places.
func (l *layouter) placeRows(b *Box, rows []rowSize, left, top float64, s space) {
	t := b.table
	y := top + b.edge(css.Top, s.cw)
	x0, x1 := left+t.gapX, b.w-b.edge(css.Right, s.cw)-t.gapX
	at := make([]float64, len(rows)+1)
	if len(rows) > 0 {
		y += t.gapY
	}
	for i, section := range b.kids {
		from, to := t.starts[i], t.starts[i+1]
		section.x, section.y, section.w = x0, y, max(0, x1-x0)
		for r := from; r < to; r++ {
			row := t.rows[r]
			row.x, row.y, row.w, row.h = 0, y-section.y, section.w, rows[r].h
			at[r] = y
			y += rows[r].h + t.gapY
		}
		section.h = max(0, y-section.y)
		if to > from {
			section.h -= t.gapY
		}
	}
	at[len(rows)] = y
	for _, cell := range t.cells {
		l.fillCell(b, cell, rows, at)
		l.placeCell(t, cell, rows, at)
	}
	b.h = y + b.edge(css.Bottom, s.cw)
	if want := b.clampHeight(0, s.ch, s.cw); len(rows) == 0 {
		if definite(b.style.Height, s.ch) {
			want = max(want, b.heightIn(b.style.Height, s.ch, s.cw))
		}
		b.h = max(b.h, want+top)
	}
	l.tableBaseline(b, rows, at)
}

// refillsAtMost bounds how many cells are laid out again for their heights:
// nested ones would double the work at each level.
const refillsAtMost = 200

// fillCell lays a cell out again if something in it is as high as the cell, and
// the mail says how high that is.
func (l *layouter) fillCell(b, cell *Box, rows []rowSize, at []float64) {
	known := b.style.Height.IsSet() || cell.style.Height.IsSet() && !cell.style.Height.HasPercent()
	if !known || !fills(cell) || l.refills >= refillsAtMost {
		return
	}
	l.refills++
	last := int(cell.rowAt+cell.rowspan) - 1
	cell.forced = at[last] + rows[last].h - at[cell.rowAt]
	l.pass++
	l.layout(cell, cell.w, own(b.w-b.across(0), unknown))
	cell.content, cell.forced = cell.h, 0
}

// fills reports whether a box directly in a cell has a height in percent.
func fills(cell *Box) bool {
	for _, k := range cell.kids {
		if k.style.Height.HasPercent() && k.kind != replacedBox {
			return true
		}
	}
	return false
}

// placeCell makes a cell as high as its rows, and moves what is in it to where
// vertical-align wants it.
func (l *layouter) placeCell(t *table, cell *Box, rows []rowSize, at []float64) {
	r := int(cell.rowAt)
	last := r + int(cell.rowspan) - 1
	cell.x = t.x[cell.columnAt] - t.rows[r].parent.x
	if cell.colspan > 1 {
		cell.x = min(cell.x, t.x[cell.columnAt+cell.colspan-1]-t.rows[r].parent.x)
	}
	cell.y = 0
	h := at[last] + rows[last].h - at[r]
	free := max(0, h-cell.content)
	switch cell.style.VAlign {
	case css.VATop:
		cell.lower = 0
	case css.VAMiddle:
		cell.lower = free / 2
	case css.VABottom:
		cell.lower = free
	default:
		cell.lower = min(free, max(0, rows[r].up-cell.baselineIn()))
	}
	cell.h = h
}

// tableBaseline is that of the first row.
func (l *layouter) tableBaseline(b *Box, rows []rowSize, at []float64) {
	if len(rows) == 0 {
		return
	}
	if rows[0].based {
		b.first = at[0] + rows[0].up
	}
	for _, cell := range b.table.cells {
		if cell.rowAt == 0 && b.first < 0 && cell.first >= 0 {
			b.first = at[0] + cell.lower + cell.first
		}
		if int(cell.rowAt+cell.rowspan) == len(rows) && cell.last >= 0 {
			b.last = max(b.last, at[cell.rowAt]+cell.lower+cell.last)
		}
	}
	if b.first < 0 {
		b.first = at[0] + rows[0].h
	}
}

// captions lays out the captions above or below the grid, and gives their
// height.
func (l *layouter) captions(b *Box, s space, below bool) (h float64) {
	for _, c := range b.table.captions {
		if c.style.CaptionBelow != below {
			continue
		}
		m := c.margin(css.Top, b.w)
		w := c.clampWidth(max(0, b.w-c.margins(b.w)), b.w)
		if c.style.Width.IsSet() {
			w = c.clampWidth(c.widthIn(c.style.Width, b.w), b.w)
		}
		l.layout(c, w, own(b.w, unknown))
		c.x, c.y = c.margin(css.Left, b.w), h+m
		if below {
			c.y += b.h
		}
		h += m + c.h + c.margin(css.Bottom, b.w)
	}
	return h
}

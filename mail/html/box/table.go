package box

import (
	"cmp"
	"slices"

	"postrider/mail/html/css"
)

// table is what a table box knows beside its boxes.
type table struct {
	captions []*Box
	columns  []*css.Style // of col elements, for the first columns

	ready  bool
	cells  []*Box // in document order
	rows   []*Box
	cols   []column
	sole   []bool // a cell begins and ends in the column, or a col element names it: it has spacing
	gapX   float64
	gapY   float64
	starts []int     // of each section, its first row, and the end of the last
	x, w   []float64 // of the columns, in the border box
	top    float64   // of the grid, below the captions
	height float64   // of the grid
}

// columnsAtMost bounds the columns of a table.
const columnsAtMost = 3000

// grid finds the place of each cell (HTML, "forming a table"), and what the
// columns ask for. It is done once.
func (l *layouter) grid(b *Box) *table {
	t := b.table
	if t.ready {
		return t
	}
	t.ready = true
	if !b.style.Collapse {
		t.gapX, t.gapY = float64(b.style.SpaceX), float64(b.style.SpaceY)
	}
	count := len(t.columns)
	for _, section := range b.kids {
		t.starts = append(t.starts, len(t.rows))
		count = max(count, t.take(section))
	}
	t.starts = append(t.starts, len(t.rows))
	if count == 0 {
		t.gapX, t.gapY = 0, 0 // rows without cells lie close
	}
	t.cols = make([]column, count)
	t.sole = make([]bool, count)
	for i := range t.cols {
		t.cols[i].percent = -1
		if i < len(t.columns) {
			t.sole[i] = true
		}
	}
	if b.style.Collapse {
		l.collapseBorders(b)
	}
	l.ask(b)
	return t
}

// take places the cells of a section, and gives the number of its columns.
func (t *table) take(section *Box) int {
	count := 0
	var busy []int32 // how many more rows a column is taken by a cell from above
	for r, row := range section.kids {
		row.rowAt = int32(len(t.rows))
		t.rows = append(t.rows, row)
		c := 0
		for _, cell := range row.kids {
			for c < len(busy) && busy[c] > 0 {
				c++
			}
			if c >= columnsAtMost {
				c = columnsAtMost - 1
			}
			span := min(int(cell.colspan), columnsAtMost-c)
			rows := int(cell.rowspan)
			if rest := len(section.kids) - r; rows == 0 || rows > rest {
				rows = rest
			}
			cell.columnAt, cell.rowAt, cell.colspan, cell.rowspan = int32(c), row.rowAt, int32(span), int32(rows)
			t.cells = append(t.cells, cell)
			for len(busy) < c+span {
				busy = append(busy, 0)
			}
			for k := c; k < c+span; k++ {
				busy[k] = int32(rows)
			}
			c += span
			count = max(count, c)
		}
		for k := range busy {
			if busy[k] > 0 {
				busy[k]--
			}
		}
	}
	return count
}

// fixedLayout reports whether the first row alone decides about the columns.
func fixedLayout(b *Box) bool { return b.style.FixedTable && b.style.Width.IsSet() }

// ask collects what the cells ask of their columns (CSS Tables 3, 4.1).
func (l *layouter) ask(b *Box) {
	t := b.table
	if fixedLayout(b) {
		l.askFixed(b)
		return
	}
	for i, s := range t.columns {
		if s == nil || i >= len(t.cols) {
			continue
		}
		switch w := s.Width; {
		case w.HasPercent():
			t.cols[i].percent = float64(w.Pct)
		case w.IsSet() && w.Px > 0:
			t.cols[i].fixed, t.cols[i].max = true, float64(w.Px)
		}
	}
	widest := 1
	for _, cell := range t.cells {
		if l.over() {
			return
		}
		if cell.colspan > 1 {
			widest = max(widest, int(cell.colspan))
			continue
		}
		least, most, percent, fixed := l.askOf(cell)
		t.cols[cell.columnAt].take(least, most, percent, fixed)
		t.sole[cell.columnAt] = true
	}
	l.askSpans(t, widest)
}

// askOf is what one cell asks for.
func (l *layouter) askOf(cell *Box) (least, most, percent float64, fixed bool) {
	least, most = l.measure(cell)
	percent = -1
	s := cell.style
	floor := 0.0
	if m := s.MinWidth; m.IsSet() && !m.HasPercent() {
		floor = cell.widthIn(m, 0)
		least = max(least, floor)
	}
	switch w := s.Width; {
	case w.HasPercent():
		if w.Pct > 0 {
			percent = float64(w.Pct)
		}
	case w.IsSet() && w.Px > 0:
		most, fixed = max(least, cell.widthIn(w, 0)), true
	}
	switch m := s.MaxWidth; {
	case m.HasPercent() && percent >= 0:
		percent = min(percent, float64(m.Pct))
	case m.IsSet() && !m.HasPercent():
		// Words do not count, as browsers have it: they stick out.
		ceiling := max(floor, cell.widthIn(m, 0))
		least, most = min(least, ceiling), min(most, ceiling)
	}
	return least, max(least, most), percent, fixed
}

// askSpans shares what cells over several columns ask for, the narrow first.
func (l *layouter) askSpans(t *table, widest int) {
	if widest == 1 {
		return
	}
	bySpan := make([][]*Box, widest+1)
	for _, cell := range t.cells {
		if cell.colspan > 1 {
			bySpan[cell.colspan] = append(bySpan[cell.colspan], cell)
		}
	}
	for _, cell := range t.cells {
		if cell.colspan > 1 {
			t.open(int(cell.columnAt), int(cell.columnAt+cell.colspan))
		}
	}
	t.merge(0, len(t.cols))
	scratch, reserve := make([]float64, len(t.cols)), make([]float64, len(t.cols))
	for _, cells := range bySpan {
		slices.SortStableFunc(cells, func(a, b *Box) int { return cmp.Compare(a.columnAt, b.columnAt) })
		for _, cell := range cells {
			if l.over() {
				return
			}
			from, to := int(cell.columnAt), int(cell.columnAt+cell.colspan)
			s := span{from: from, to: to, gaps: t.gaps(from, to), scratch: scratch, reserve: reserve}
			s.min, s.max, s.percent, s.fixed = l.askOf(cell)
			s.share(t.cols)
		}
	}
}

// merge notes which columns have no cell of their own.
func (t *table) merge(from, to int) {
	for i := from; i < to; i++ {
		t.cols[i].merged = !t.sole[i]
	}
}

// open makes sure that one of the columns of a cell counts.
func (t *table) open(from, to int) {
	for i := from; i < to; i++ {
		if t.sole[i] {
			return
		}
	}
	t.sole[from] = true
}

// gaps is the spacing within a cell over several columns. Columns that have no
// cell of their own have none.
func (t *table) gaps(from, to int) float64 {
	n := 0
	for i := from; i < to; i++ {
		if t.sole[i] {
			n++
		}
	}
	return float64(max(0, n-1)) * t.gapX
}

// spacing is all that lies between and beside the columns.
func (t *table) spacing() float64 {
	n := 0
	for _, s := range t.sole {
		if s {
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return float64(n+1) * t.gapX
}

// askFixed takes the widths of col elements and of the first row alone (CSS
// 2.1 17.5.2.1).
func (l *layouter) askFixed(b *Box) {
	t := b.table
	given := make([]bool, len(t.cols))
	for i, s := range t.columns {
		if s == nil || i >= len(t.cols) || s.Width.Unit == css.Auto {
			continue
		}
		given[i] = true
		t.cols[i].give(s.Width, float64(s.Width.Px), 1)
	}
	for i := range t.sole {
		t.sole[i] = true
	}
	for _, cell := range t.cells {
		if cell.rowAt != 0 || cell.style.Width.Unit == css.Auto {
			continue
		}
		from, to := int(cell.columnAt), int(cell.columnAt+cell.colspan)
		parts := float64(to - from)
		w := cell.widthIn(cell.style.Width, 0)
		if m := cell.style.MaxWidth; m.IsSet() && !m.HasPercent() {
			w = min(w, cell.widthIn(m, 0))
		}
		w -= t.gaps(from, to)
		for i := from; i < to; i++ {
			if !given[i] {
				given[i] = true
				t.cols[i].give(cell.style.Width, w/parts, parts)
				if cell.style.Width.HasPercent() && !cell.style.BorderBox {
					t.cols[i].edges = cell.across(0) / parts
				}
			}
		}
	}
	t.within()
}

// within makes the percentages of a table with fixed layout parts of the whole,
// if they are more than that together.
func (t *table) within() {
	sum := 0.0
	for _, c := range t.cols {
		sum += max(0, c.percent)
	}
	if sum <= 100 {
		return
	}
	for i := range t.cols {
		if c := &t.cols[i]; c.percent > 0 {
			c.percent *= 100 / sum
		}
	}
}

// give sets a column of a table with fixed layout.
func (c *column) give(w css.Length, px, parts float64) {
	if w.HasPercent() {
		c.percent = float64(w.Pct) / parts
		return
	}
	c.fixed, c.min, c.max = true, px, px
}

// measureTable is the narrowest and the widest that a table can be used at.
func (l *layouter) measureTable(b *Box) (least, most float64) {
	t := l.grid(b)
	for _, c := range t.cols {
		least += c.min
	}
	most = widest(t.cols, scales(b))
	if fixedLayout(b) && b.style.Width.HasPercent() {
		most = widestTable // as wide as it may be, as browsers have it
	}
	edges := b.across(0) + t.spacing()
	least, most = least+edges, most+edges
	for _, c := range t.captions {
		a, _ := l.outer(c)
		least = max(least, a)
	}
	return least, max(least, most)
}

// scales reports whether percentages of columns widen a table for those who ask
// how wide it would be. In a cell they do not: each level would multiply them.
// Where it lies in the end, they do everywhere.
func scales(b *Box) bool {
	for k := b.parent; k != nil; k = k.parent {
		if k.kind == cellBox || k.kind == flexBox || stacks(k.style.Display) {
			return false
		}
	}
	return true
}

// tableWidth is the width of a table's border box in a containing block of
// width cw with this much room beside floats.
func (l *layouter) tableWidth(b *Box, cw, room float64) float64 {
	least, most := l.measureTable(b)
	if t := b.table; !scales(b) && b.style.Width.Unit != css.MaxContent {
		most = max(most, widest(t.cols, true)+b.across(0)+t.spacing())
	}
	s := b.style
	var w float64
	switch {
	case s.Width.IsSet():
		w = b.widthIn(s.Width, cw)
	case s.Width.Unit == css.MinContent:
		w = least
	case s.Width.Unit == css.MaxContent:
		w = most
	default:
		w = min(max(least, room-b.margins(cw)), most)
	}
	if m := s.MaxWidth; m.IsSet() {
		w = min(w, b.widthIn(m, cw))
	}
	if m := s.MinWidth; m.IsSet() {
		w = max(w, b.widthIn(m, cw))
	}
	return max(w, least)
}

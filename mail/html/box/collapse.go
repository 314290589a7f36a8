package box

import "postrider/mail/html/css"

// gridAtMost bounds the squares of a table whose borders collapse; larger ones
// keep each cell's own.
const gridAtMost = 400_000

// collapseBorders finds the borders that cells share with each other, with
// their rows and with the table (CSS 2.1 17.6.2). Each of two neighbours has
// half of the line between them.
func (l *layouter) collapseBorders(b *Box) {
	t := b.table
	cols := len(t.cols)
	if cols == 0 {
		b.joined = &[4]css.Edge{}
		return
	}
	if !bordered(b, t) || cols*len(t.rows) > gridAtMost {
		b.joined = halves(b.style.Border)
		return
	}
	square := make([]*Box, cols*len(t.rows))
	for _, cell := range t.cells {
		for r := cell.rowAt; r < cell.rowAt+cell.rowspan; r++ {
			for c := cell.columnAt; c < cell.columnAt+cell.colspan; c++ {
				square[int(r)*cols+int(c)] = cell
			}
		}
	}
	at := func(r, c int32) *Box {
		if r < 0 || c < 0 || int(r) >= len(t.rows) || int(c) >= cols {
			return nil
		}
		return square[int(r)*cols+int(c)]
	}
	var outer [4]css.Edge
	for _, cell := range t.cells {
		r, c := cell.rowAt, cell.columnAt
		sides := [4]*Box{at(r-1, c), at(r, c+cell.colspan), at(r+cell.rowspan, c), at(r, c-1)}
		atEdge := [4]bool{r == 0, int(c+cell.colspan) >= cols, int(r+cell.rowspan) >= len(t.rows), c == 0}
		var joined [4]css.Edge
		for side := css.Top; side <= css.Left; side++ {
			opposite := (side + 2) % 4
			e := cell.style.Border[side]
			if n := sides[side]; n != nil {
				e = stronger(e, n.style.Border[opposite])
			}
			e = l.rowEdge(e, t, cell, sides[side], side, atEdge[side])
			if atEdge[side] {
				e = stronger(e, b.style.Border[side])
				outer[side] = stronger(outer[side], e)
			}
			joined[side] = e
		}
		cell.joined = halves(joined)
	}
	for side := css.Top; side <= css.Left; side++ {
		outer[side] = stronger(outer[side], b.style.Border[side])
	}
	b.joined = halves(outer)
}

// rowEdge lets the borders of rows and sections take part.
func (l *layouter) rowEdge(e css.Edge, t *table, cell, beside *Box, side css.Side, edge bool) css.Edge {
	row := t.rows[cell.rowAt]
	switch side {
	case css.Top:
		e = stronger(e, row.style.Border[css.Top])
		if beside != nil {
			e = stronger(e, t.rows[beside.rowAt+beside.rowspan-1].style.Border[css.Bottom])
		}
	case css.Bottom:
		e = stronger(e, t.rows[cell.rowAt+cell.rowspan-1].style.Border[css.Bottom])
		if beside != nil {
			e = stronger(e, t.rows[beside.rowAt].style.Border[css.Top])
		}
	default:
		if edge {
			e = stronger(e, row.style.Border[side])
		}
	}
	if edge {
		e = stronger(e, row.parent.style.Border[side])
	}
	return e
}

// bordered reports whether anything in a table has a border.
func bordered(b *Box, t *table) bool {
	has := func(s *css.Style) bool {
		for _, e := range s.Border {
			if e.Width > 0 || e.Style == css.HiddenLine {
				return true
			}
		}
		return false
	}
	for _, cell := range t.cells {
		if has(cell.style) {
			return true
		}
	}
	for _, r := range t.rows {
		if has(r.style) || has(r.parent.style) {
			return true
		}
	}
	return has(b.style)
}

// stronger is the border that wins where two meet: a hidden one, else the
// wider, else the one whose style is more marked (CSS 2.1 17.6.2.1).
func stronger(a, b css.Edge) css.Edge {
	switch {
	case a.Style == css.HiddenLine:
		return a
	case b.Style == css.HiddenLine:
		return css.Edge{Style: css.HiddenLine}
	case b.Width > a.Width:
		return b
	case b.Width == a.Width && marked(b.Style) > marked(a.Style):
		return b
	}
	return a
}

func marked(s css.LineStyle) int {
	switch s {
	case css.Double:
		return 8
	case css.Solid:
		return 7
	case css.Dashed:
		return 6
	case css.Dotted:
		return 5
	case css.Ridge:
		return 4
	case css.Outset:
		return 3
	case css.Groove:
		return 2
	case css.Inset:
		return 1
	}
	return 0
}

func halves(edges [4]css.Edge) *[4]css.Edge {
	for i := range edges {
		edges[i].Width /= 2
	}
	return &edges
}

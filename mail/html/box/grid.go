package box

import "postrider/mail/html/css"

// Grids are laid out as far as mail uses them: columns of given widths, or
// shares of what is left, filled row by row (CSS Grid 2, in part). Without
// columns the items stand below each other.

// columns are the widths of a grid's columns in a room, gaps excluded.
func (l *layouter) gridColumns(b *Box, w, gap float64, items []*Box) []float64 {
	t := b.style.Columns
	if t == nil || len(t.List) == 0 {
		return []float64{w}
	}
	tracks := t.List
	if t.AutoFill || t.AutoFit {
		tracks = repeated(tracks, w, gap, t.AutoFit, len(items))
	}
	if len(tracks) > columnsAtMost {
		tracks = tracks[:columnsAtMost]
	}
	widths := make([]float64, len(tracks))
	left, shares := w-gap*float64(len(tracks)-1), 0.0
	var open []int
	for i, tr := range tracks {
		switch {
		case tr.Fr > 0:
			shares += float64(tr.Fr)
		case tr.Size.IsSet():
			widths[i] = max(tr.Size.Of(w), tr.Min.Of(w))
			left -= widths[i]
		default:
			widths[i] = l.widestOf(items, i, len(tracks))
			left -= widths[i]
			open = append(open, i)
		}
	}
	for i, tr := range tracks {
		if tr.Fr > 0 {
			widths[i] = max(tr.Min.Of(w), left*float64(tr.Fr)/max(shares, 1))
		}
	}
	if shares == 0 && left > 0 {
		for _, i := range open {
			widths[i] += left / float64(len(open))
		}
	}
	return widths
}

// repeated is a list of tracks as often as there is room.
func repeated(tracks []css.Track, w, gap float64, fit bool, items int) []css.Track {
	once := 0.0
	for _, tr := range tracks {
		once += max(1, tr.Min.Of(w), tr.Size.Of(w)) + gap
	}
	n := min(max(1, int((w+gap)/once)), 100)
	if fit {
		n = max(1, min(n, (items+len(tracks)-1)/len(tracks)))
	}
	var out []css.Track
	for range n {
		out = append(out, tracks...)
	}
	return out
}

// widestOf is the width of the widest item in a column.
func (l *layouter) widestOf(items []*Box, column, columns int) (w float64) {
	for i := column; i < len(items); i += columns {
		_, most := l.outer(items[i])
		w = max(w, most)
	}
	return w
}

// layoutGrid places the items of a grid, and gives their height.
func (l *layouter) layoutGrid(b *Box, x, y float64, s space) float64 {
	gapX, gapY := b.style.GapX.Of(s.cw), b.style.GapY.Of(0)
	var items []*Box
	for _, k := range b.kids {
		if k.absolute() {
			l.leave(k, b, x, y)
			continue
		}
		items = append(items, k)
	}
	widths := l.gridColumns(b, s.cw, gapX, items)
	at := 0.0
	for from := 0; from < len(items) && !l.stopped; from += len(widths) {
		row := items[from:min(from+len(widths), len(items))]
		if from > 0 {
			at += gapY
		}
		at += l.gridRow(b, row, widths, x, y+at, gapX)
	}
	return at
}

// gridRow lays out one row, and gives its height.
func (l *layouter) gridRow(b *Box, row []*Box, widths []float64, x, y, gap float64) (h float64) {
	for i, k := range row {
		w := l.blockWidth(k, widths[i], widths[i])
		if p := justified(b, k); p != css.PlaceAuto && p != css.PlaceStretch && k.kind != replacedBox {
			w = l.shrink(k, widths[i])
		}
		l.layout(k, w, own(widths[i], unknown))
		h = max(h, k.h+k.margin(css.Top, widths[i])+k.margin(css.Bottom, widths[i]))
	}
	for i, k := range row {
		cw := widths[i]
		free := cw - k.w - k.margins(cw)
		k.x = x + l.offset(b, k, k.w, cw)
		switch justified(b, k) {
		case css.PlaceCenter:
			k.x = x + k.margin(css.Left, cw) + free/2
		case css.PlaceEnd:
			k.x = x + k.margin(css.Left, cw) + free
		}
		k.y = y + k.margin(css.Top, cw)
		l.placeDown(b, k, cw, h)
		l.takeBaseline(b, k)
		x += cw + gap
	}
	return h
}

// placeDown aligns an item in its row.
func (l *layouter) placeDown(b, k *Box, cw, h float64) {
	free := h - k.h - k.margin(css.Top, cw) - k.margin(css.Bottom, cw)
	p := k.style.AlignSelf
	if p == css.PlaceAuto {
		p = b.style.AlignItems
	}
	switch p {
	case css.PlaceCenter:
		k.y += free / 2
	case css.PlaceEnd:
		k.y += free
	case css.PlaceAuto, css.PlaceStretch:
		if k.style.Height.Unit == css.Auto && k.kind != replacedBox && k.kind != tableBox {
			k.h += max(0, free)
		}
	}
}

// justified is how an item lies in its column.
func justified(b, k *Box) css.Place {
	if k.style.JustifySelf != css.PlaceAuto {
		return k.style.JustifySelf
	}
	return b.style.JustifyItems
}

// measureGrid is the width of a grid's columns together.
func (l *layouter) measureGrid(b *Box) (least, most float64) {
	columns := 1
	if t := b.style.Columns; t != nil && !t.AutoFill && !t.AutoFit {
		columns = max(1, min(len(t.List), columnsAtMost))
	}
	lo, hi := make([]float64, columns), make([]float64, columns)
	i := 0
	for _, k := range b.kids {
		if k.absolute() {
			continue
		}
		a, z := l.outer(k)
		c := i % columns
		lo[c], hi[c] = max(lo[c], a), max(hi[c], z)
		i++
	}
	for c := range lo {
		if t := b.style.Columns; t != nil && columns > 1 && t.List[c].Size.IsSet() && !t.List[c].Size.HasPercent() {
			lo[c] = max(t.List[c].Size.Of(0), 0)
			hi[c] = lo[c]
		}
		least, most = least+lo[c], most+hi[c]
	}
	gaps := b.style.GapX.Of(0) * float64(columns-1)
	return least + gaps + b.across(0), most + gaps + b.across(0)
}

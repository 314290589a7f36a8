package box

import "postrider/mail/html/css"

// measure is how narrow and how wide a box would be: its border box around its
// widest word, and around its widest line. Percentages do not count, as nobody
// knows yet of what. It is computed once for each box.
func (l *layouter) measure(b *Box) (least, most float64) {
	if b.measured {
		return b.min, b.max
	}
	b.measured = true
	switch b.kind {
	case replacedBox:
		b.min, b.max = b.measureReplaced()
		return b.min, b.max
	case controlBox:
		b.min = l.controlWidth(b.node)
		b.max = b.min
		return b.min, b.max
	case tableBox:
		least, most = l.measureTable(b)
		if len(b.table.cols) == 0 && !b.style.Collapse {
			// An empty table is nothing, but browsers reckon with its spacing
			// when they size what is around it.
			least, most = least+2*float64(b.style.SpaceX), most+2*float64(b.style.SpaceX)
		}
	case flexBox:
		least, most = l.measureFlex(b)
	default:
		if b.kind == blockBox && b.flow == nil && stacks(b.style.Display) {
			least, most = l.measureGrid(b)
		} else {
			least, most = l.measureContent(b)
		}
	}
	b.inner = least
	b.min, b.max = b.bound(least, most)
	return b.min, b.max
}

// bound applies the widths that the mail gives. For a table cell they are the
// table's matter.
func (b *Box) bound(least, most float64) (float64, float64) {
	if b.kind == cellBox {
		return least, most
	}
	s, content := b.style, least
	switch w := s.Width; {
	case w.IsSet() && !w.HasPercent():
		v := b.widthIn(w, 0)
		if b.kind == tableBox {
			v = max(v, content)
		}
		least, most = v, v
	case w.Unit == css.MinContent:
		most = least
	case w.Unit == css.MaxContent:
		least = most
	}
	if m := s.MaxWidth; m.IsSet() && !m.HasPercent() {
		v := b.widthIn(m, 0)
		if b.kind == tableBox {
			v = max(v, content)
		}
		least, most = min(least, v), min(most, v)
	}
	if m := s.MinWidth; m.IsSet() && !m.HasPercent() {
		v := b.widthIn(m, 0)
		least, most = max(least, v), max(most, v)
	}
	return max(0, least), max(0, least, most)
}

// measureReplaced lets a picture shrink whose width is a part of its
// container's.
func (b *Box) measureReplaced() (float64, float64) {
	w, _ := b.size(unknown, unknown)
	w += b.across(0)
	if b.style.Width.HasPercent() || b.style.MaxWidth.HasPercent() {
		least := b.across(0)
		if m := b.style.MinWidth; m.IsSet() && !m.HasPercent() {
			least = max(least, b.widthIn(m, 0))
		}
		return least, max(least, w)
	}
	return w, w
}

// outer is measure with the margins.
func (l *layouter) outer(b *Box) (least, most float64) {
	least, most = l.measure(b)
	m := b.margins(0)
	return max(0, least+m), max(0, most+m)
}

// measureContent is for block containers.
func (l *layouter) measureContent(b *Box) (least, most float64) {
	edges := b.across(0)
	if b.flow != nil {
		least, most = l.measureFlow(b)
		return least + edges, most + edges
	}
	var left, right float64 // of floats side by side
	for _, k := range b.kids {
		if k.absolute() {
			continue
		}
		a, z := l.outer(k)
		least = max(least, a)
		if c := k.style.Clear; c != css.ClearNone {
			most = max(most, left+right)
			if c != css.ClearRight {
				left = 0
			}
			if c != css.ClearLeft {
				right = 0
			}
		}
		switch {
		case k.floating() && k.style.Float == css.FloatLeft:
			left += z
		case k.floating():
			right += z
		case k.independent():
			most = max(most, left+right+z)
			left, right = 0, 0
		default:
			most = max(most, left+right, z)
			left, right = 0, 0
		}
	}
	most = max(least, most, left+right)
	return least + edges, most + edges
}

// shrink is the width of a box that is as wide as its content, in a room.
func (l *layouter) shrink(b *Box, room float64) float64 {
	if b.kind == replacedBox {
		w, _ := b.size(room, unknown)
		return w + b.across(room)
	}
	if b.kind == tableBox {
		return l.tableWidth(b, room, room)
	}
	s := b.style
	var w float64
	switch {
	case s.Width.IsSet():
		w = b.widthIn(s.Width, room)
	case s.Width.Unit == css.MinContent:
		w, _ = l.measure(b)
	case s.Width.Unit == css.MaxContent:
		_, w = l.measure(b)
	default:
		least, most := l.measure(b)
		// Paddings in percent count now, which they did not for the measures.
		more := b.across(room) - b.across(0)
		w = min(max(least+more, room-b.margins(room)), most+more)
	}
	return b.clampWidth(w, room)
}

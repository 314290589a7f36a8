package widgets

import "time"

// settled is how long the pointer must rest before rows may move under it.
const settled = time.Second

// pin is what the list keeps its view by while the model changes: the rows that
// showed, and where they stood.
type pin struct {
	rows  []pinnedRow
	atTop bool // scrolled to the very top
	held  bool // the view did not follow a change, and will when nothing is pressed
	toTop bool // and then goes to the very top
}

type pinnedRow struct {
	id RowID
	y  int64 // of its upper edge, below the viewport's
}

// remember notes which rows show, for the next Update.
func (p *pin) remember(l *List) {
	p.atTop = l.scroll.off == 0
	p.rows = p.rows[:0]
	from, to := l.Shown()
	for i := from; i < to; i++ {
		if id := l.model.ID(i); id != 0 {
			p.rows = append(p.rows, pinnedRow{id, l.geo.top(i) - l.scroll.off})
		}
	}
}

// release lets the view follow again, because the person moved it.
func (l *List) release() {
	l.pinned.held, l.pinned.toTop = false, false
	l.scroll.slack = 0
	l.scroll.off = min(l.scroll.off, l.scroll.end())
}

// Update takes over a changed model. The row that the cursor is on stays where it
// is, if it shows, or else the first row that showed and is still there; and so
// do the cursor and what is selected. Rows that are new at the very top push the
// others down.
//
// While a click may be under way nothing moves under the pointer: what is new at
// the top waits above it, and comes in when the pointer has rested or gone.
func (l *List) Update() {
	pinned := append([]pinnedRow(nil), l.pinned.rows...)
	top := l.pinned.atTop || l.pinned.toTop
	under := l.underPointer()
	l.scroll.slack = 0
	l.measure()
	switch {
	case l.busy():
		l.holdBy(append(under, pinned...), top)
	case top:
		l.scroll.stop()
		l.scroll.off = 0
		l.release()
	default:
		l.pinned.held = false
		l.scroll.shift(l.keeping(append(l.lookedAt(), pinned...)))
	}
	l.cursor = l.find(l.cursor)
	l.anchor = l.find(l.anchor)
	l.shown = [2]int{-1, -1} // the same places may show other rows now
	l.redraw()
}

// Changed draws the rows anew that the model says something else about; none
// has come, gone or moved.
func (l *List) Changed() { l.redraw() }

// keeping is the offset at which the first of the pinned rows that is still
// there stands where it stood.
func (l *List) keeping(pinned []pinnedRow) int64 {
	for _, row := range pinned {
		if i := l.model.Index(row.id); i >= 0 {
			return l.geo.top(i) - row.y
		}
	}
	return l.scroll.off
}

// lookedAt is the row that the cursor is on, if it showed.
func (l *List) lookedAt() []pinnedRow {
	for _, row := range l.pinned.rows {
		if row.id == l.cursor.id {
			return []pinnedRow{row}
		}
	}
	return nil
}

// holdBy keeps the view by the first of the rows that is still there, whatever
// that leaves empty, until nothing is about to be pressed.
func (l *List) holdBy(rows []pinnedRow, top bool) {
	off := max(0, l.keeping(rows))
	l.scroll.hold(off)
	if off == 0 {
		l.release()
		return
	}
	if !l.pinned.held {
		l.after(settled, l.settle)
	}
	l.pinned.held, l.pinned.toTop = true, top
}

// underPointer is the row that the pointer is on, if there is one.
func (l *List) underPointer() []pinnedRow {
	at := l.pointer.at
	if l.pointer.down {
		at = l.pointer.from
	}
	if !l.pointer.inside && !l.pointer.down {
		return nil
	}
	y := l.scroll.off + int64(at.Y)
	for _, row := range l.pinned.rows {
		if top := row.y + l.scroll.off; top <= y && y < top+l.geo.row {
			return []pinnedRow{row}
		}
	}
	return nil
}

// busy says that a click may be under way, so that nothing may move under the
// pointer.
func (l *List) busy() bool {
	p := l.pointer
	return p.down || l.drag != nil || p.inside && l.now().Sub(p.moved) < settled
}

// settle lets the view follow what it did not follow, as soon as nothing is
// about to be pressed.
func (l *List) settle() {
	switch {
	case !l.pinned.held:
	case l.busy():
		l.after(settled, l.settle)
	default:
		off := l.scroll.off
		if l.pinned.toTop {
			off = 0
		}
		l.pinned.held, l.pinned.toTop = false, false
		l.scroll.slack = 0
		l.scroll.glideTo(off)
	}
}

// find returns where a remembered row is now. One that has gone is replaced by
// the row that took its place.
func (l *List) find(p place) place {
	if p.i < 0 {
		return p
	}
	if p.id != 0 {
		if i := l.model.Index(p.id); i >= 0 {
			return place{p.id, i}
		}
	}
	return l.placeAt(min(p.i, l.geo.rows-1))
}

func (l *List) placeAt(i int) place {
	if i < 0 {
		return place{i: -1}
	}
	return place{l.model.ID(i), i}
}

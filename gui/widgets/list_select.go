package widgets

// MoveCursor moves the cursor by rows and selects there; with extend it selects
// all from where the movement began.
func (l *List) MoveCursor(by int, extend bool) {
	if l.geo.rows == 0 {
		return
	}
	to := l.cursor.i + by
	if l.anchor.i < 0 { // nothing was ever selected: where the cursor is comes first
		to = max(l.cursor.i, l.first())
	}
	l.goTo(to, extend)
}

// ShowRow moves the cursor to the row of this name, selects it alone and scrolls
// it into view. It does nothing if the model does not know where the row is.
func (l *List) ShowRow(id RowID) {
	i := l.model.Index(id)
	if i < 0 {
		return
	}
	l.cursor, l.anchor = place{id, i}, place{id, i}
	l.selection.Select(i, i, SelectOnly)
	l.revealRow(i)
	l.redraw()
}

// SetCursor moves the cursor to the row of this name and leaves selection and
// view alone. Where the cursor is already, ranges begin where they did.
func (l *List) SetCursor(id RowID) {
	if id == l.cursor.id {
		return
	}
	if i := l.model.Index(id); i >= 0 {
		l.cursor, l.anchor = place{id, i}, place{id, i}
		l.arrange()
	}
}

// SelectAll selects every row there is.
func (l *List) SelectAll() {
	if l.geo.rows == 0 {
		return
	}
	l.selection.Select(0, l.geo.rows-1, SelectOnly)
	l.selected()
}

// first is the row to begin at when there is no cursor: the first that shows
// entirely.
func (l *List) first() int {
	i, _ := l.geo.rowAt(l.scroll.off)
	if i >= 0 && i < l.geo.rows-1 && l.geo.top(i) < l.scroll.off {
		i++
	}
	return i
}

// goTo moves the cursor to row i, clamped, and selects.
func (l *List) goTo(i int, extend bool) {
	i = min(max(i, 0), l.geo.rows-1)
	if i < 0 {
		return
	}
	l.cursor = l.placeAt(i)
	if extend && l.anchor.i >= 0 {
		l.selection.Select(l.anchor.i, i, SelectOnly)
	} else {
		l.anchor = l.cursor
		l.selection.Select(i, i, SelectOnly)
	}
	l.revealRow(i)
	l.selected()
}

// glance moves the cursor alone.
func (l *List) glance(by int) {
	if l.geo.rows == 0 {
		return
	}
	i := min(max(l.cursor.i+by, 0), l.geo.rows-1)
	l.cursor = l.placeAt(i)
	l.revealRow(i)
	l.arrange()
}

// toggle turns the selection of row i over and begins ranges there.
func (l *List) toggle(i int) {
	how := SelectMore
	if l.selection.Selected(i) {
		how = SelectFewer
	}
	l.cursor = l.placeAt(i)
	l.anchor = l.cursor
	l.selection.Select(i, i, how)
	l.selected()
}

// extend selects from the anchor to row i, beside what is selected if more.
func (l *List) extend(i int, more bool) {
	if l.anchor.i < 0 {
		l.anchor = l.placeAt(i)
	}
	how := SelectOnly
	if more {
		how = SelectMore
	}
	l.cursor = l.placeAt(i)
	l.selection.Select(l.anchor.i, i, how)
	l.selected()
}

// alone selects row i and no other.
func (l *List) alone(i int) {
	l.cursor = l.placeAt(i)
	l.anchor = l.cursor
	l.selection.Select(i, i, SelectOnly)
	l.selected()
}

// revealRow scrolls row i into view, and its head with it.
func (l *List) revealRow(i int) {
	l.release()
	top := l.geo.top(i)
	bottom := top + l.geo.row
	if l.geo.headOf(i) >= 0 {
		top -= l.geo.head
	}
	l.scroll.reveal(top, bottom)
}

// selected shows and tells that the selection or the cursor changed.
func (l *List) selected() {
	l.arrange()
	if l.OnSelect != nil {
		l.OnSelect()
	}
}

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"postrider/gui/theme"
)

// rowSlot is what one row is drawn with.
type rowSlot struct {
	fill, ring, line *canvas.Rectangle
	picture          *canvas.Image
	key              rowKey
}

type headSlot struct {
	picture *canvas.Image
	key     rowKey
}

func (s *rowSlot) hide() {
	for _, o := range []fyne.CanvasObject{s.fill, s.picture, s.line, s.ring} {
		o.Hide()
	}
}

func (v *listView) placeRow(s *rowSlot, i int) {
	l := v.list
	y, h := float32(l.geo.top(i)-l.scroll.off), float32(l.geo.row)
	chosen := l.selection.Selected(i)
	row := l.model.Row(i)

	key := keyOf(row, v.drawn, l.density, chosen)
	if key != s.key {
		s.key = key
		s.picture.Image = rowPictures.row(key, row, h)
		s.picture.Refresh()
	}
	v.putPicture(s.picture, y, h)

	if chosen {
		s.join(l.joined(i), l.joined(i+1))
		paintFill(s.fill, l.fillToken())
		put(s.fill, rowInset, y, v.drawn.width-2*rowInset, h)
	} else {
		s.fill.Hide()
	}
	if v.lined(i, chosen) {
		thick := hairline(v.drawn.scale)
		put(s.line, rowTextLeft, y+h-thick, v.drawn.width-rowTextLeft-rowTextRight, thick)
	} else {
		s.line.Hide()
	}
	if l.ringed(i, chosen) {
		put(s.ring, rowInset+1, y+1, v.drawn.width-2*rowInset-2, h-2)
	} else {
		s.ring.Hide()
	}
}

// joined says whether the selection goes on from row i-1 to row i without a gap.
func (l *List) joined(i int) bool {
	return i > 0 && i < l.geo.rows && l.geo.headOf(i) < 0 && l.selection.Selected(i-1) && l.selection.Selected(i)
}

// join makes the fills of neighbours one: no round corners where they touch.
func (s *rowSlot) join(above, below bool) {
	top, bottom := float32(theme.RadiusControl), float32(theme.RadiusControl)
	if above {
		top = 0
	}
	if below {
		bottom = 0
	}
	f := s.fill
	if f.TopLeftCornerRadius == top && f.BottomLeftCornerRadius == bottom {
		return
	}
	f.TopLeftCornerRadius, f.TopRightCornerRadius = top, top
	f.BottomLeftCornerRadius, f.BottomRightCornerRadius = bottom, bottom
	f.Refresh()
}

// fillToken is the colour of selected rows.
func (l *List) fillToken() theme.Token {
	if l.focused {
		return theme.Sel
	}
	return theme.SelQuiet
}

// ringed says whether row i shows where the cursor is, which the selection does
// not show.
func (l *List) ringed(i int, chosen bool) bool {
	if l.focused && l.cursor.i < 0 { // the keys begin at what shows
		from, _ := l.Shown()
		return i == from && !l.quiet
	}
	return l.focused && i == l.cursor.i && (!chosen || l.selection.Selection() > 1)
}

// lined says whether a hairline ends row i: not beside a filled row, before a
// head or after the last.
func (v *listView) lined(i int, chosen bool) bool {
	l := v.list
	last := i == l.geo.rows-1
	return !last && !chosen && !l.selection.Selected(i+1) &&
		l.pointer.row != i && l.pointer.row != i+1 && l.geo.headOf(i+1) < 0
}

// hairline is the width of a hairline that is whole pixels of the screen.
func hairline(scale float32) float32 {
	return max(1, float32(int(theme.Hairline*scale+0.5))) / scale
}

// put moves, sizes and shows an object.
func put(o fyne.CanvasObject, x, y, w, h float32) {
	if size := fyne.NewSize(w, h); o.Size() != size {
		o.Resize(size)
	}
	if at := fyne.NewPos(x, y); o.Position() != at {
		o.Move(at)
	}
	if !o.Visible() {
		o.Show()
	}
}

func paintFill(r *canvas.Rectangle, t theme.Token) {
	if c := t.Now(); r.FillColor != c {
		r.FillColor = c
		r.Refresh()
	}
}

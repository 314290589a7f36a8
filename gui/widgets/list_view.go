package widgets

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"postrider/gui/theme"
)

// listView draws a List with a pool of objects. Row i always uses the same
// object of the pool, so a scrolled step draws only what is new.
type listView struct {
	list    *List
	rows    []*rowSlot
	heads   []*headSlot
	hover   *canvas.Rectangle
	buttons rowButtons
	hint    *bubble
	objects []fyne.CanvasObject
	drawn   drawing
}

// drawing is what all pictures depend on.
type drawing struct {
	width float32
	scale float32
	dark  bool
	faces uint64 // the generation of the typefaces that are known
}

// drawingOf is what pictures across this widget depend on.
func drawingOf(o fyne.CanvasObject) drawing {
	return drawing{o.Size().Width, deviceScale(o), theme.Current().Dark, library().Generation()}
}

func newListView(l *List) *listView {
	v := &listView{list: l, hover: newRowFill(theme.Hover), hint: newBubble()}
	v.buttons = newRowButtons()
	v.gather()
	return v
}

func newRowFill(t theme.Token) *canvas.Rectangle {
	r := canvas.NewRectangle(t.Now())
	r.CornerRadius = theme.RadiusControl
	r.Hide()
	return r
}

// newPicture is an image whose pixels are the screen's.
func newPicture() *canvas.Image {
	p := canvas.NewImageFromImage(image.NewRGBA(image.Rect(0, 0, 1, 1)))
	p.ScaleMode = canvas.ImageScaleFastest
	p.Hide()
	return p
}

// pool has enough objects for what can show at once.
func (v *listView) pool() {
	l := v.list
	rows := int(l.scroll.view/max(1, l.geo.row)) + 2
	heads := min(rows, len(l.geo.at))
	if len(v.rows) >= rows && len(v.heads) >= heads {
		return
	}
	for len(v.rows) < rows {
		line := canvas.NewRectangle(theme.Line.Now())
		line.Hide()
		ring := newRowFill(theme.None)
		ring.StrokeWidth, ring.StrokeColor = theme.FocusWidth, theme.Accent.Now()
		fill := newRowFill(theme.Sel)
		fill.CornerRadius = 0 // each corner has its own
		v.rows = append(v.rows, &rowSlot{fill: fill, ring: ring, line: line, picture: newPicture()})
	}
	for len(v.heads) < heads {
		v.heads = append(v.heads, &headSlot{picture: newPicture()})
	}
	// Another size of the pool gives every row another object.
	for _, s := range v.rows {
		s.key = rowKey{}
	}
	for _, s := range v.heads {
		s.key = rowKey{}
	}
	v.gather()
}

// gather lists the objects from the lowest to the topmost.
func (v *listView) gather() {
	v.objects = v.objects[:0]
	for _, s := range v.rows {
		v.objects = append(v.objects, s.fill)
	}
	v.objects = append(v.objects, v.hover)
	for _, s := range v.rows {
		v.objects = append(v.objects, s.picture, s.line, s.ring)
	}
	for _, s := range v.heads {
		v.objects = append(v.objects, s.picture)
	}
	if v.list.foot != nil {
		v.objects = append(v.objects, v.list.foot)
	}
	v.objects = append(v.objects, v.buttons.objects()...)
	v.objects = append(v.objects, v.list.scroll.thumb)
	v.objects = append(v.objects, v.hint.objects()...)
}

// arrange puts every object where it belongs and hides the others.
func (v *listView) arrange() {
	l := v.list
	if !l.laid || l.Size().IsZero() {
		return
	}
	v.pool()
	v.drawn = drawingOf(l)
	from, to := l.Shown()
	for i := from; i < to; i++ {
		v.placeRow(v.rows[i%len(v.rows)], i)
	}
	for i := to; i < from+len(v.rows); i++ {
		v.rows[i%len(v.rows)].hide()
	}
	v.placeHeads(from, to)
	v.placeHover()
	v.placeFoot()
	l.scroll.placeThumb(v.drawn.width)
	v.placeHint()
}

func (v *listView) placeHeads(from, to int) {
	l := v.list
	if len(v.heads) == 0 {
		return
	}
	first, last := l.geo.headsUpTo(from-1), l.geo.headsUpTo(to-1)
	for k := first; k < first+len(v.heads); k++ {
		s := v.heads[k%len(v.heads)]
		if k >= last {
			s.picture.Hide()
			continue
		}
		key := headKey(l.heads[k].Text, v.drawn)
		if key != s.key {
			s.key = key
			s.picture.Image = rowPictures.head(key, l.heads[k].Text)
			s.picture.Refresh()
		}
		v.putPicture(s.picture, float32(l.geo.headTop(k)-l.scroll.off), headHeight)
	}
}

func (v *listView) placeHover() {
	l := v.list
	i := l.pointer.row
	if i < 0 {
		v.hover.Hide()
		v.buttons.hide()
		return
	}
	y := float32(l.geo.top(i) - l.scroll.off)
	put(v.hover, rowInset, y, v.drawn.width-2*rowInset, float32(l.geo.row))
	if l.model.ID(i) == 0 || l.pointer.down && l.pointer.press < 0 {
		v.buttons.hide()
		return
	}
	v.buttons.place(l, i, y)
}

func (v *listView) placeFoot() {
	l := v.list
	if l.foot == nil {
		return
	}
	put(l.foot, 0, float32(l.geo.top(l.geo.rows)-l.scroll.off), v.drawn.width, float32(l.geo.foot))
}

// putPicture shows a picture across the list, in whole pixels of the screen.
func (v *listView) putPicture(p *canvas.Image, y, h float32) {
	put(p, 0, y, wholePixels(v.drawn.width, v.drawn.scale), wholePixels(h, v.drawn.scale))
}

// Layout is called by Fyne after a Resize; the list arranges itself.
func (v *listView) Layout(fyne.Size) { v.arrange() }

// MinSize is the list's.
func (v *listView) MinSize() fyne.Size { return v.list.MinSize() }

// Objects are drawn in this order.
func (v *listView) Objects() []fyne.CanvasObject { return v.objects }

// Destroy has nothing to give back.
func (v *listView) Destroy() {}

// Refresh takes over the theme's colours.
func (v *listView) Refresh() {
	for _, s := range v.rows {
		s.line.FillColor = theme.Line.Now()
		s.ring.StrokeColor = theme.Accent.Now()
		s.line.Refresh()
		s.ring.Refresh()
	}
	paintFill(v.hover, theme.Hover)
	paintFill(v.list.scroll.thumb, theme.Thumb)
	v.buttons.refresh()
	v.hint.refresh()
	v.gather()
	v.arrange()
}

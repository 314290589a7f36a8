package widgets

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"postrider/gui/theme"
)

// treeView draws a Tree with a pool of objects, like a list.
type treeView struct {
	tree    *Tree
	lines   []*treeSlot
	hover   *canvas.Rectangle
	objects []fyne.CanvasObject
	drawn   drawing
}

type treeSlot struct {
	fill    *canvas.Rectangle
	picture *canvas.Image
	key     rowKey
}

func newTreeView(t *Tree) *treeView {
	v := &treeView{tree: t, hover: newRowFill(theme.Hover)}
	v.gather()
	return v
}

func (v *treeView) pool() {
	n := int(v.tree.scroll.view/treeRow) + 2
	if len(v.lines) >= n {
		return
	}
	for len(v.lines) < n {
		v.lines = append(v.lines, &treeSlot{fill: newRowFill(theme.Sel), picture: newPicture()})
	}
	for _, s := range v.lines {
		s.key = rowKey{}
	}
	v.gather()
}

func (v *treeView) gather() {
	v.objects = v.objects[:0]
	for _, s := range v.lines {
		v.objects = append(v.objects, s.fill)
	}
	v.objects = append(v.objects, v.hover)
	for _, s := range v.lines {
		v.objects = append(v.objects, s.picture)
	}
	v.objects = append(v.objects, v.tree.scroll.thumb)
}

func (v *treeView) arrange() {
	t := v.tree
	if !t.laid || t.Size().IsZero() {
		return
	}
	v.pool()
	v.drawn = drawingOf(t)
	from := max(0, t.lineAt(t.scroll.off))
	to := from
	for to < len(t.items) && t.tops[to] < t.scroll.off+t.scroll.view {
		v.place(v.lines[to%len(v.lines)], to)
		to++
	}
	for i := to; i < from+len(v.lines); i++ {
		v.lines[i%len(v.lines)].fill.Hide()
		v.lines[i%len(v.lines)].picture.Hide()
	}
	v.placeHover()
	t.scroll.placeThumb(v.drawn.width)
}

func (v *treeView) place(s *treeSlot, i int) {
	t := v.tree
	it := t.items[i]
	chosen := it.Key == t.chosen || it.Marked
	lit := i == t.hovered || t.focused && it.Key == t.cursor && !chosen
	if key := treeKey(it, v.drawn, chosen, lit); key != s.key {
		s.key = key
		s.picture.Image = rowPictures.get(key, func() *image.RGBA {
			return paintPieces(layoutTreeItem(it, key.drawn.width, chosen, lit, TextWidth), key.drawn.width, treeRow, key.drawn.scale)
		})
		s.picture.Refresh()
	}
	y := v.lineTop(i)
	put(s.picture, 0, y, wholePixels(v.drawn.width, v.drawn.scale), wholePixels(treeRow, v.drawn.scale))
	v.paintFill(s.fill, i, chosen)
	if s.fill.FillColor == theme.None.Now() && s.fill.StrokeWidth == 0 {
		s.fill.Hide()
		return
	}
	put(s.fill, treeInset, y, v.drawn.width-2*treeInset, treeRow)
}

// paintFill colours what lies below line i: what a drop would hit, what is
// chosen, and where the keys are.
func (v *treeView) paintFill(r *canvas.Rectangle, i int, chosen bool) {
	t := v.tree
	fill, stroke := theme.None, theme.None
	switch {
	case i == t.over && t.takes:
		fill, stroke = theme.Sel, theme.Accent
	case chosen && t.focused:
		fill = theme.Sel
	case chosen:
		fill = theme.SelQuiet
	}
	if t.focused && t.items[i].Key == t.cursor && !chosen {
		stroke = theme.Accent
	}
	width := float32(0)
	if stroke != theme.None {
		width = theme.FocusWidth
	}
	if r.FillColor == fill.Now() && r.StrokeColor == stroke.Now() && r.StrokeWidth == width {
		return
	}
	r.FillColor, r.StrokeColor, r.StrokeWidth = fill.Now(), stroke.Now(), width
	r.Refresh()
}

// lineTop is where line i begins in the widget, below the air above it.
func (v *treeView) lineTop(i int) float32 {
	t := v.tree
	return float32(t.tops[i] + t.items[i].height() - treeRow - t.scroll.off)
}

func (v *treeView) placeHover() {
	i := v.tree.hovered
	if i < 0 {
		v.hover.Hide()
		return
	}
	put(v.hover, treeInset, v.lineTop(i), v.drawn.width-2*treeInset, treeRow)
}

// Layout is called by Fyne after a Resize; the tree arranges itself.
func (v *treeView) Layout(fyne.Size) { v.arrange() }

// MinSize is the tree's.
func (v *treeView) MinSize() fyne.Size { return v.tree.MinSize() }

// Objects are drawn in this order.
func (v *treeView) Objects() []fyne.CanvasObject { return v.objects }

// Destroy has nothing to give back.
func (v *treeView) Destroy() {}

// Refresh takes over the theme's colours.
func (v *treeView) Refresh() {
	paintFill(v.hover, theme.Hover)
	paintFill(v.tree.scroll.thumb, theme.Thumb)
	v.arrange()
}

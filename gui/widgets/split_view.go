package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
)

// arrange lays the panes out for the window's width.
func (s *Split) arrange() {
	if !s.laid {
		return
	}
	size := s.Size()
	sidebar, list := s.fit()
	left := sidebar
	if s.mode == DrawerPanes {
		left = 0
	}
	middle := size.Width
	if s.mode == ThreePanes {
		middle = left + list
	}
	main := size.Width - left
	top := s.arrangeBanner(left, main)
	height := size.Height - top
	switch {
	case s.face != nil:
		put(s.face, left, top, main, height)
		put(s.grounds[2], left, top, main, height)
		hide(s.list, s.reader, s.grounds[1], s.lines[1], s.handles[1])
	case s.mode == ThreePanes && s.merged:
		put(s.grounds[2], left, top, main, height)
		put(s.list, left, top, main, height)
		hide(s.reader, s.grounds[1], s.lines[1], s.handles[1])
	case s.mode == ThreePanes:
		put(s.grounds[1], left, top, list, height)
		put(s.list, left, top, list-theme.Hairline, height)
		put(s.grounds[2], middle, top, size.Width-middle, height)
		put(s.reader, middle, top, size.Width-middle, height)
		s.putHandle(1, middle, top, height)
	case s.reading:
		put(s.grounds[2], left, top, main, height)
		put(s.reader, left, top, main, height)
		hide(s.list, s.grounds[1], s.lines[1], s.handles[1])
	default:
		put(s.grounds[1], left, top, main, height)
		put(s.list, left, top, main, height)
		hide(s.reader, s.grounds[2], s.lines[1], s.handles[1])
	}
	s.arrangeSidebar(sidebar, size)
}

// arrangeBanner puts the banner over list and reader and returns how high it is.
func (s *Split) arrangeBanner(left, width float32) (height float32) {
	if s.banner == nil {
		return 0
	}
	height = s.banner.MinSize().Height
	put(s.banner, left, 0, width, height)
	return height
}

func (s *Split) arrangeSidebar(width float32, size fyne.Size) {
	switch {
	case s.mode != DrawerPanes:
		s.curtain.Hide()
		s.putHandle(0, width, 0, size.Height)
	case s.drawer:
		width = min(width, size.Width-drawerGap)
		put(s.curtain, 0, 0, size.Width, size.Height)
		s.putHandle(0, width, 0, size.Height)
		s.handles[0].Hide()
	default:
		hide(s.curtain, s.sidebar, s.grounds[0], s.lines[0], s.handles[0])
		return
	}
	put(s.grounds[0], 0, 0, width, size.Height)
	put(s.sidebar, 0, 0, width-theme.Hairline, size.Height)
}

// putHandle puts hairline i at the end of the pane that ends at x, with what can
// be dragged around it.
func (s *Split) putHandle(i int, x, y, height float32) {
	thick := hairline(deviceScale(s))
	put(s.lines[i], x-thick, y, thick, height)
	x -= theme.Hairline
	put(s.handles[i], x-handleBefore, y, handleBefore+theme.Hairline+handleAfter, height)
}

func hide(objects ...fyne.CanvasObject) {
	for _, o := range objects {
		o.Hide()
	}
}

// CreateRenderer puts the panes over their grounds and the drawer over all.
func (s *Split) CreateRenderer() fyne.WidgetRenderer { return &splitView{split: s} }

type splitView struct{ split *Split }

// Layout is called by Fyne after a Resize.
func (v *splitView) Layout(fyne.Size) { v.split.arrange() }

// MinSize is the split's.
func (v *splitView) MinSize() fyne.Size { return v.split.MinSize() }

// Destroy has nothing to give back.
func (v *splitView) Destroy() {}

// Objects are drawn in this order.
func (v *splitView) Objects() []fyne.CanvasObject {
	s := v.split
	objects := []fyne.CanvasObject{s.grounds[1], s.grounds[2], s.list, s.reader}
	if s.face != nil {
		objects = append(objects, s.face)
	}
	if s.banner != nil {
		objects = append(objects, s.banner)
	}
	return append(objects, s.lines[1], s.handles[1], s.curtain, s.grounds[0], s.sidebar, s.lines[0], s.handles[0])
}

// Refresh takes over the theme's colours.
func (v *splitView) Refresh() {
	s := v.split
	for i, token := range [...]theme.Token{theme.Side, theme.List, theme.Paper} {
		paintFill(s.grounds[i], token)
	}
	for _, line := range s.lines {
		paintFill(line, theme.Line)
	}
	s.curtain.Refresh()
	s.arrange()
	for _, pane := range v.Objects() {
		pane.Refresh()
	}
	canvas.Refresh(s)
}

// splitHandle is the part around a hairline that can be dragged.
type splitHandle struct {
	widget.BaseWidget
	split *Split
	which int
	lit   *canvas.Rectangle
}

var (
	_ fyne.Draggable      = (*splitHandle)(nil)
	_ fyne.DoubleTappable = (*splitHandle)(nil)
	_ desktop.Cursorable  = (*splitHandle)(nil)
	_ desktop.Hoverable   = (*splitHandle)(nil)
)

func newSplitHandle(s *Split, which int) *splitHandle {
	h := &splitHandle{split: s, which: which, lit: canvas.NewRectangle(theme.Accent.Now())}
	h.lit.Hide()
	h.ExtendBaseWidget(h)
	return h
}

// CreateRenderer draws the line that shows while the pointer is here.
func (h *splitHandle) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(&fyne.Container{Objects: []fyne.CanvasObject{h.lit}})
}

// MinSize is nothing: the split gives it a size.
func (h *splitHandle) MinSize() fyne.Size { return fyne.Size{} }

// Cursor says that this can be moved sideways.
func (h *splitHandle) Cursor() desktop.Cursor { return desktop.HResizeCursor }

// MouseIn shows the hairline in the accent.
func (h *splitHandle) MouseIn(*desktop.MouseEvent) {
	paintFill(h.lit, theme.Accent)
	put(h.lit, handleBefore, 0, theme.Hairline, h.Size().Height)
}

// MouseMoved shows nothing new.
func (h *splitHandle) MouseMoved(*desktop.MouseEvent) {}

// MouseOut shows the hairline as it was.
func (h *splitHandle) MouseOut() { h.lit.Hide() }

// Dragged moves the hairline to the pointer.
func (h *splitHandle) Dragged(ev *fyne.DragEvent) {
	// Not by ev.Dragged: beyond the least width the pointer moves alone, and
	// the line waits until it comes back.
	h.split.dragged(h.which, ev.Position.X-handleBefore)
}

// DragEnd tells the new width.
func (h *splitHandle) DragEnd() { h.split.chosen() }

// DoubleTapped gives the pane its usual width.
func (h *splitHandle) DoubleTapped(*fyne.PointEvent) { h.split.reset(h.which) }

// splitCurtain dims what lies below an open drawer; pressed, it shuts it.
type splitCurtain struct {
	widget.BaseWidget
	shut func()
	dim  *canvas.Rectangle
}

var (
	_ fyne.Tappable     = (*splitCurtain)(nil)
	_ fyne.Scrollable   = (*splitCurtain)(nil)
	_ desktop.Hoverable = (*splitCurtain)(nil)
)

func newSplitCurtain(shut func()) *splitCurtain {
	c := &splitCurtain{shut: shut, dim: canvas.NewRectangle(theme.Thumb.Now())}
	c.Hide()
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer draws the dimming.
func (c *splitCurtain) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.dim) }

// Refresh takes over the theme's colours.
func (c *splitCurtain) Refresh() {
	paintFill(c.dim, theme.Thumb)
	c.BaseWidget.Refresh()
}

// Tapped shuts the drawer.
func (c *splitCurtain) Tapped(*fyne.PointEvent) { c.shut() }

// Scrolled keeps the wheel from what lies below.
func (c *splitCurtain) Scrolled(*fyne.ScrollEvent) {}

// MouseIn keeps the pointer from what lies below.
func (c *splitCurtain) MouseIn(*desktop.MouseEvent) {}

// MouseMoved keeps the pointer from what lies below.
func (c *splitCurtain) MouseMoved(*desktop.MouseEvent) {}

// MouseOut has nothing to undo.
func (c *splitCurtain) MouseOut() {}

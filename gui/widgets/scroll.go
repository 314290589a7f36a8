package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
)

// A Scroll shows something that may be taller than there is room for, with our
// own thumb at its right edge.
type Scroll struct {
	widget.BaseWidget

	// OnMoved is told what of the content shows, whenever that changes.
	OnMoved func(top, height float32)

	content fyne.CanvasObject
	scroll  *scroller
	strip   *scrollStrip
	laying  bool
}

var _ fyne.Scrollable = (*Scroll)(nil)

// NewScroll shows content, as wide as there is room for.
func NewScroll(content fyne.CanvasObject) *Scroll {
	s := &Scroll{content: content}
	s.scroll = newScroller(s.arrange)
	s.scroll.inset = 3
	s.strip = newScrollStrip(s)
	s.ExtendBaseWidget(s)
	return s
}

// SetContent shows something else, from its top.
func (s *Scroll) SetContent(content fyne.CanvasObject) {
	s.content = content
	s.scroll.stop()
	s.scroll.off = 0
	s.Refresh()
}

// ToTop goes to the top.
func (s *Scroll) ToTop() { s.scroll.to(0) }

// Page goes up (-1) or down (1) by what shows.
func (s *Scroll) Page(by int) { s.scroll.glideTo(s.scroll.off + int64(by)*s.scroll.page()) }

// Scrolled is for Fyne.
func (s *Scroll) Scrolled(e *fyne.ScrollEvent) { s.scroll.wheel(e.Scrolled.DY) }

// arrange lays the content out at the offset.
func (s *Scroll) arrange() {
	if s.laying || s.Size().Width <= 0 {
		return
	}
	s.laying = true
	defer func() { s.laying = false }()
	size := s.Size()
	h := max(heightOf(s.content, size.Width), size.Height)
	s.scroll.set(int64(h), int64(size.Height))
	s.content.Resize(fyne.NewSize(size.Width, h))
	s.content.Move(fyne.NewPos(0, -float32(s.scroll.off)))
	s.strip.Move(fyne.NewPos(size.Width-thumbGrab, 0))
	s.strip.Resize(fyne.NewSize(thumbGrab, size.Height))
	s.strip.Hidden = h <= size.Height
	s.strip.arrange()
	if s.OnMoved != nil {
		s.OnMoved(float32(s.scroll.off), size.Height)
	}
}

// Offset is how much of the content is above what shows.
func (s *Scroll) Offset() float32 { return float32(s.scroll.off) }

// ScrollTo goes to a height of the content at once.
func (s *Scroll) ScrollTo(y float32) { s.scroll.to(int64(y)) }

// Reveal scrolls so far that a stretch of the content shows.
func (s *Scroll) Reveal(top, height float32) { s.scroll.reveal(int64(top), int64(top+height)) }

// RevealObject scrolls so far that an object in the content shows.
func (s *Scroll) RevealObject(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(s.content).Y
	const air = theme.Space4
	s.scroll.reveal(int64(top-air), int64(top+o.Size().Height+air))
}

// scrolls are those that are drawn now.
var scrolls = map[*Scroll]bool{}

// revealFocused shows what got the keyboard's focus, wherever it is.
func revealFocused(o fyne.CanvasObject) {
	c := canvasOf(o)
	if c == nil {
		return
	}
	for s := range scrolls {
		if canvasOf(s) == c && holds(s.content, o) {
			s.RevealObject(o)
		}
	}
}

// holds says whether an object lies in another.
func holds(in, o fyne.CanvasObject) bool {
	driver := fyne.CurrentApp().Driver()
	at, size := driver.AbsolutePositionForObject(o), o.Size()
	from, room := driver.AbsolutePositionForObject(in), in.Size()
	return at.X >= from.X && at.Y >= from.Y && at.X+size.Width <= from.X+room.Width && at.Y+size.Height <= from.Y+room.Height
}

// CreateRenderer is for Fyne.
func (s *Scroll) CreateRenderer() fyne.WidgetRenderer {
	scrolls[s] = true
	return scrollView{s}
}

type scrollView struct{ scroll *Scroll }

func (v scrollView) Layout(fyne.Size) { v.scroll.arrange() }
func (v scrollView) Destroy()         { delete(scrolls, v.scroll) }

func (v scrollView) MinSize() fyne.Size {
	return fyne.NewSize(v.scroll.content.MinSize().Width, 48)
}

func (v scrollView) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.scroll.content, v.scroll.strip}
}

func (v scrollView) Refresh() {
	v.scroll.content.Refresh()
	v.scroll.arrange()
}

// scrollStrip is the strip at the right edge that the thumb is in.
type scrollStrip struct {
	widget.BaseWidget
	owner *Scroll
}

var (
	_ desktop.Mouseable = (*scrollStrip)(nil)
	_ fyne.Draggable    = (*scrollStrip)(nil)
)

func newScrollStrip(owner *Scroll) *scrollStrip {
	s := &scrollStrip{owner: owner}
	s.ExtendBaseWidget(s)
	return s
}

func (s *scrollStrip) arrange() {
	thumb := s.owner.scroll.thumb
	thumb.FillColor = theme.Thumb.Now()
	s.owner.scroll.placeThumb(s.Size().Width)
	thumb.Refresh()
}

// MouseDown is for Fyne.
func (s *scrollStrip) MouseDown(e *desktop.MouseEvent) {
	if e.Button == desktop.MouseButtonPrimary {
		s.owner.scroll.press(e.Position, s.Size().Width)
	}
}

// MouseUp is for Fyne.
func (s *scrollStrip) MouseUp(*desktop.MouseEvent) { s.owner.scroll.release() }

// Dragged is for Fyne.
func (s *scrollStrip) Dragged(e *fyne.DragEvent) {
	if s.owner.scroll.grabbed {
		s.owner.scroll.drag(e.Position.Y)
	}
}

// DragEnd is for Fyne.
func (s *scrollStrip) DragEnd() { s.owner.scroll.release() }

// CreateRenderer is for Fyne.
func (s *scrollStrip) CreateRenderer() fyne.WidgetRenderer { return stripView{s} }

type stripView struct{ strip *scrollStrip }

func (v stripView) Layout(fyne.Size)   {}
func (v stripView) MinSize() fyne.Size { return fyne.Size{} }
func (v stripView) Refresh()           { v.strip.arrange() }
func (v stripView) Destroy()           {}

func (v stripView) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.strip.owner.scroll.thumb}
}

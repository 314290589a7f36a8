package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

// A Popover shows something below a widget until a click beside it or Escape.
type Popover struct {
	*overlay
	frame   *fyne.Container
	content fyne.CanvasObject
	anchor  anchor
	least   float32
}

// NewPopover holds content, with air of so much around it.
func NewPopover(content fyne.CanvasObject, air float32) *Popover {
	p := &Popover{content: content}
	p.frame = Stack(NewCardFill(theme.Paper, theme.Control, theme.RadiusCard), Pad(air, air, air, air, content))
	p.overlay = newOverlay(newHolder(p.frame), false)
	p.place = p.arrange
	p.outside = p.hide
	p.holds = func(at fyne.Position) bool { return covers(p.frame, at) }
	return p
}

// ShowBelow opens it below a widget; end aligns their right edges. It is at
// least so wide.
func (p *Popover) ShowBelow(over fyne.CanvasObject, end bool, least float32) {
	c := canvasOf(over)
	if c == nil {
		return
	}
	p.anchor, p.least = anchorOf(over, end), least
	p.show(c)
}

// OnClose is called when it is closed, however that came.
func (p *Popover) OnClose(f func()) { p.closed = f }

// Hide closes it.
func (p *Popover) Hide() { p.hide() }

// Shown says whether it is open.
func (p *Popover) Shown() bool { return p.shown }

func (p *Popover) arrange(window fyne.Size) {
	size := p.frame.MinSize()
	size.Width = min(max(size.Width, p.least), window.Width-2*theme.Space1)
	size.Height = min(heightOf(p.frame, size.Width), window.Height-2*theme.Space1)
	p.frame.Resize(size)
	p.frame.Move(p.anchor.spot(size, window))
}

func covers(o fyne.CanvasObject, at fyne.Position) bool {
	rel := at.Subtract(o.Position())
	return rel.X >= 0 && rel.Y >= 0 && rel.X < o.Size().Width && rel.Y < o.Size().Height
}

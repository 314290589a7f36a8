package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Tapped removes it if the cross was hit, and acts otherwise.
func (c *Chip) Tapped(e *fyne.PointEvent) {
	if c.hitsCross(e.Position) {
		c.take()
		return
	}
	c.press()
}

// MouseMoved is for Fyne.
func (c *Chip) MouseMoved(e *desktop.MouseEvent) {
	if over := c.hitsCross(e.Position); over != c.overCross {
		c.overCross = over
		c.repaint()
	}
}

// MouseOut is for Fyne.
func (c *Chip) MouseOut() {
	c.overCross = false
	c.control.MouseOut()
}

func (c *Chip) hitsCross(at fyne.Position) bool {
	return c.remove != nil && at.X >= c.Size().Width-c.crossSpace()
}

// TypedKey takes it out with Delete and Backspace.
func (c *Chip) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDelete, fyne.KeyBackspace:
		c.take()
	default:
		c.control.TypedKey(e)
	}
}

func (c *Chip) take() {
	if c.remove != nil && !c.disabled {
		c.remove()
	}
}

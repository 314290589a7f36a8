package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"postrider/gui/theme"
)

// control is a picture that can be pressed.
type control struct {
	picture
	act      func()
	tip      string
	hovered  bool
	pressed  bool
	focused  bool
	disabled bool
	ring     *canvas.Rectangle // around what has the keyboard's focus; nil if it shows that in another way
}

var (
	_ fyne.Tappable     = (*control)(nil)
	_ fyne.Focusable    = (*control)(nil)
	_ fyne.Disableable  = (*control)(nil)
	_ desktop.Hoverable = (*control)(nil)
	_ desktop.Mouseable = (*control)(nil)
)

// ringed gives the control a ring around it when it has the focus: two pixels
// outside, with two pixels of air.
func (c *control) ringed(radius float32) {
	c.ring = canvas.NewRectangle(theme.None.Now())
	c.ring.StrokeWidth = theme.FocusWidth
	c.ring.CornerRadius = radius + ringReach
	c.ring.Hide()
	c.above = append(c.above, c.ring)
}

const ringReach = 2 * theme.FocusWidth

func (c *control) arrange(size fyne.Size) {
	if c.ring != nil {
		c.ring.Move(fyne.NewPos(-ringReach, -ringReach))
		c.ring.Resize(fyne.NewSize(size.Width+2*ringReach, size.Height+2*ringReach))
	}
}

func (c *control) restyle() {
	if c.ring != nil {
		c.ring.StrokeColor = theme.Accent.Now()
		c.ring.Refresh()
	}
}

// shade is what hover and press lay over the control.
func (c *control) shade() theme.Token {
	switch {
	case c.disabled:
		return theme.None
	case c.pressed && c.hovered:
		return theme.Press
	case c.hovered:
		return theme.Hover
	default:
		return theme.None
	}
}

// toned is the colour, or that of what cannot be used.
func (c *control) toned(t theme.Token) theme.Token {
	if c.disabled {
		return theme.Ink3
	}
	return t
}

// SetTip sets the sentence of the tooltip; a disabled control's says why.
func (c *control) SetTip(tip string) { c.tip = tip }

// Tapped is for Fyne.
func (c *control) Tapped(*fyne.PointEvent) { c.press() }

func (c *control) press() {
	hideTip()
	if !c.disabled && c.act != nil {
		c.act()
	}
}

// MouseIn is for Fyne.
func (c *control) MouseIn(*desktop.MouseEvent) {
	c.hovered = true
	showTip(c.self, c.tip)
	c.repaint()
}

// MouseMoved is for Fyne.
func (c *control) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (c *control) MouseOut() {
	c.hovered, c.pressed = false, false
	hideTip()
	c.repaint()
}

// MouseDown is for Fyne.
func (c *control) MouseDown(e *desktop.MouseEvent) {
	hideTip()
	if e.Button == desktop.MouseButtonPrimary && !c.disabled {
		c.pressed = true
		c.repaint()
	}
}

// MouseUp is for Fyne.
func (c *control) MouseUp(*desktop.MouseEvent) {
	if c.pressed {
		c.pressed = false
		c.repaint()
	}
}

// FocusGained is for Fyne.
func (c *control) FocusGained() { c.setFocused(true) }

// FocusLost is for Fyne.
func (c *control) FocusLost() { c.setFocused(false) }

func (c *control) setFocused(on bool) {
	c.focused = on
	if c.ring != nil {
		c.restyle()
		c.ring.Hidden = !on
		c.ring.Refresh()
	}
	if on {
		revealFocused(c.self)
		showTip(c.self, c.tip)
	} else {
		hideTip()
	}
	c.repaint()
}

// TypedRune is for Fyne.
func (c *control) TypedRune(r rune) {
	if r != ' ' {
		strayRune(c.self, r)
	}
}

// TypedKey presses the control with Space and Return.
func (c *control) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		c.press()
	default:
		strayKey(c.self, e)
	}
}

// Enable lets it be used again.
func (c *control) Enable() { c.setDisabled(false) }

// Disable stops it from being used.
func (c *control) Disable() { c.setDisabled(true) }

// Disabled says whether it cannot be used.
func (c *control) Disabled() bool { return c.disabled }

func (c *control) setDisabled(on bool) {
	if c.disabled == on {
		return
	}
	c.disabled, c.pressed = on, false
	c.repaint()
}

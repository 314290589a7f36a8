package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

// An IconButton is an icon that can be pressed. Its words are in its tooltip.
type IconButton struct {
	control
	icon  theme.Icon
	color theme.Token
	small bool
	on    bool
	size  float32 // of the icon
}

// NewIconButton is a button of 32 px with an icon of 18.
func NewIconButton(icon theme.Icon, tip string, act func()) *IconButton {
	return newIconButton(icon, tip, false, act)
}

// NewSmallIconButton is a button of 28 px with an icon of 16.
func NewSmallIconButton(icon theme.Icon, tip string, act func()) *IconButton {
	return newIconButton(icon, tip, true, act)
}

func newIconButton(icon theme.Icon, tip string, small bool, act func()) *IconButton {
	b := &IconButton{icon: icon, color: theme.Ink2, small: small, size: theme.IconToolbar}
	if small {
		b.size = theme.IconControl
	}
	b.act, b.tip = act, tip
	b.ringed(theme.RadiusControl)
	b.become(b)
	return b
}

// SetIcon changes icon and colour.
func (b *IconButton) SetIcon(icon theme.Icon, color theme.Token) {
	if b.icon != icon || b.color != color {
		b.icon, b.color = icon, color
		b.repaint()
	}
}

// SetIconSize changes how large the icon is.
func (b *IconButton) SetIconSize(size float32) {
	if b.size != size {
		b.size = size
		b.repaint()
	}
}

// SetOn shows that what the button switches is on.
func (b *IconButton) SetOn(on bool) {
	if b.on != on {
		b.on = on
		b.repaint()
	}
}

// AccessibilityLabel is for Fyne.
func (b *IconButton) AccessibilityLabel() string { return b.tip }

// AccessibilityRole is for Fyne.
func (b *IconButton) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (b *IconButton) measure() fyne.Size {
	if b.small {
		return fyne.NewSquareSize(theme.SmallHeight)
	}
	return fyne.NewSquareSize(theme.ControlHeight)
}

func (b *IconButton) paint(s *Sheet) {
	size := b.Size()
	if b.on {
		s.Box(0, 0, size.Width, size.Height, theme.RadiusControl, theme.Hover)
	}
	s.Box(0, 0, size.Width, size.Height, theme.RadiusControl, b.shade())
	s.Icon(b.icon, (size.Width-b.size)/2, (size.Height-b.size)/2, b.size, b.toned(b.color))
}

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"postrider/gui/theme"
)

// A SplitButton is a primary button with a second half that opens a menu of
// other ways to do the same.
type SplitButton struct {
	control
	label  string
	icon   theme.Icon
	more   func()
	onMore bool // the pointer is on the second half
}

const (
	splitPadding float32 = 17 // the outline and 16
	splitArrow   float32 = 34
	splitGap             = theme.Hairline
)

// NewSplitButton calls act, or more for the menu.
func NewSplitButton(label string, icon theme.Icon, act, more func()) *SplitButton {
	b := &SplitButton{label: label, icon: icon, more: more}
	b.act = act
	b.ringed(theme.RadiusControl)
	b.become(b)
	return b
}

// AccessibilityLabel is for Fyne.
func (b *SplitButton) AccessibilityLabel() string { return b.label }

// AccessibilityRole is for Fyne.
func (b *SplitButton) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

var splitStyle = theme.TextButton.With(theme.SemiBold)

func (b *SplitButton) measure() fyne.Size {
	w := 2*splitPadding + theme.IconControl + theme.Space2 + TextWidth(b.label, splitStyle)
	return fyne.NewSize(ceil(w)+splitGap+splitArrow, theme.ControlHeight)
}

func (b *SplitButton) paint(s *Sheet) {
	size := b.Size()
	main := size.Width - splitArrow - splitGap
	ink := theme.OnAccent
	if b.disabled {
		ink = theme.Ink3
		s.Outline(0, 0, size.Width, size.Height, theme.RadiusControl, theme.Hairline, theme.Line)
	} else {
		b.paintHalf(s, 0, main, theme.Accent, !b.onMore)
		b.paintHalf(s, main+splitGap, splitArrow, theme.AccentHover, b.onMore)
	}
	y := (size.Height - theme.IconControl) / 2
	s.Icon(b.icon, splitPadding, y, theme.IconControl, ink)
	x := splitPadding + theme.IconControl + theme.Space2
	s.Text(x, (size.Height-splitStyle.Line)/2, main-x, Words{Text: b.label, Style: splitStyle, Color: ink})
	s.Icon(theme.IconChevronDown, size.Width-(splitArrow+theme.IconControl)/2, y, theme.IconControl, ink)
}

// paintHalf paints one half; its inner corners are cut off square.
func (b *SplitButton) paintHalf(s *Sheet, x, w float32, fill theme.Token, under bool) {
	size := b.Size()
	if under && b.hovered && fill == theme.Accent {
		fill = theme.AccentHover
	}
	s.clip(x, 0, w, size.Height, func() {
		s.Box(0, 0, size.Width, size.Height, theme.RadiusControl, fill)
		if under && b.pressed {
			s.Box(0, 0, size.Width, size.Height, theme.RadiusControl, theme.Press)
		}
	})
}

func (b *SplitButton) overMore(at fyne.Position) bool { return at.X >= b.Size().Width-splitArrow }

// Tapped is for Fyne.
func (b *SplitButton) Tapped(e *fyne.PointEvent) {
	if b.overMore(e.Position) && !b.disabled {
		b.more()
		return
	}
	b.press()
}

// MouseMoved is for Fyne.
func (b *SplitButton) MouseMoved(e *desktop.MouseEvent) {
	if over := b.overMore(e.Position); over != b.onMore {
		b.onMore = over
		b.repaint()
	}
}

// TypedKey opens the menu with Down.
func (b *SplitButton) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyDown && !b.disabled {
		b.more()
		return
	}
	b.control.TypedKey(e)
}

package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

// A ButtonLook says how a button presents itself.
type ButtonLook struct {
	Primary bool        // the one that the page is for
	Danger  bool        // it takes something away for good
	Small   bool        // 28 high
	Big     bool        // 36 high and wider, for the first run
	Start   bool        // icon and words at the start of a wide button, not in its middle
	Key     string      // a hint for the key that does the same
	Tint    theme.Token // of the icon, where it is not the usual one
}

// A Button does something. It has words, and may have an icon.
type Button struct {
	control
	label string
	icon  theme.Icon
	look  ButtonLook
}

// NewButton is a button that calls act; icon may be empty.
func NewButton(label string, icon theme.Icon, look ButtonLook, act func()) *Button {
	b := &Button{label: label, icon: icon, look: look}
	b.act = act
	b.ringed(theme.RadiusControl)
	b.become(b)
	return b
}

// SetLabel changes the words.
func (b *Button) SetLabel(label string) {
	if b.label != label {
		b.label = label
		b.remeasure()
	}
}

// SetIcon changes the icon.
func (b *Button) SetIcon(icon theme.Icon) {
	if b.icon != icon {
		b.icon = icon
		b.remeasure()
	}
}

// SetLook changes how it presents itself.
func (b *Button) SetLook(look ButtonLook) {
	if b.look != look {
		b.look = look
		b.remeasure()
	}
}

// Label is the words.
func (b *Button) Label() string { return b.label }

// AccessibilityLabel is for Fyne.
func (b *Button) AccessibilityLabel() string { return b.label }

// AccessibilityRole is for Fyne.
func (b *Button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (b *Button) height() float32 {
	switch {
	case b.look.Small:
		return theme.SmallHeight
	case b.look.Big:
		return theme.BigHeight
	default:
		return theme.ControlHeight
	}
}

// padding is from the edge to the words, the outline included.
func (b *Button) padding() float32 {
	switch {
	case b.look.Start:
		return 8
	case b.look.Small:
		return 11
	case b.look.Big:
		return 21
	default:
		return 13
	}
}

func (b *Button) style() theme.TextStyle {
	if b.look.Primary || b.look.Danger {
		return theme.TextButton.With(theme.SemiBold)
	}
	return theme.TextButton
}

// content is the width of icon and words.
func (b *Button) content() float32 {
	w := TextWidth(b.label, b.style())
	if b.icon != "" {
		w += theme.IconControl
		if b.label != "" {
			w += theme.Space2
		}
	}
	return w
}

func (b *Button) measure() fyne.Size {
	w := b.content() + 2*b.padding()
	if b.look.Key != "" {
		w += theme.Space2 + keyWidth(b.look.Key)
	}
	return fyne.NewSize(ceil(w), b.height())
}

func (b *Button) paint(s *Sheet) {
	size := b.Size()
	ink, icon := b.paintGround(s, size)
	x := b.padding()
	if !b.look.Start {
		x = max(x, (size.Width-b.content())/2)
	}
	if b.icon != "" {
		s.Icon(b.icon, x, (size.Height-theme.IconControl)/2, theme.IconControl, icon)
		x += theme.IconControl + theme.Space2
	}
	end := size.Width - b.padding()
	if b.look.Key != "" {
		end -= keyWidth(b.look.Key)
		paintKey(s, end, (size.Height-keyHeight)/2, b.look.Key, theme.Line, theme.None)
		end -= theme.Space2
	}
	style := b.style()
	s.Text(x, (size.Height-style.Line)/2, end-x, Words{Text: b.label, Style: style, Color: ink})
}

// paintGround paints what is below the words, and says their colours.
func (b *Button) paintGround(s *Sheet, size fyne.Size) (ink, icon theme.Token) {
	const r = theme.RadiusControl
	if b.disabled {
		s.Outline(0, 0, size.Width, size.Height, r, theme.Hairline, theme.Line)
		return theme.Ink3, theme.Ink3
	}
	if b.look.Primary || b.look.Danger {
		fill := theme.Accent
		if b.look.Danger {
			fill = theme.Danger
		} else if b.hovered {
			fill = theme.AccentHover
		}
		s.Box(0, 0, size.Width, size.Height, r, fill)
		if b.look.Danger || b.pressed {
			s.Box(0, 0, size.Width, size.Height, r, b.shade())
		}
		if b.look.Danger {
			return theme.Paper, theme.Paper
		}
		return theme.OnAccent, theme.OnAccent
	}
	s.Box(0, 0, size.Width, size.Height, r, theme.Paper)
	s.Box(0, 0, size.Width, size.Height, r, b.shade())
	s.Outline(0, 0, size.Width, size.Height, r, theme.Hairline, theme.Control)
	if b.look.Tint != theme.None {
		return theme.Ink, b.look.Tint
	}
	return theme.Ink, theme.Ink2
}

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"postrider/gui/theme"
)

// A Link is words that do something.
type Link struct {
	control
	label string
	color theme.Token
	style theme.TextStyle
}

// NewLink is a link in the accent colour.
func NewLink(label string, act func()) *Link {
	l := &Link{label: label, color: theme.Accent, style: theme.TextButton}
	l.act = act
	l.ringed(0)
	l.become(l)
	return l
}

// SetLabel changes the words.
func (l *Link) SetLabel(label string) {
	if l.label != label {
		l.label = label
		l.remeasure()
	}
}

// SetStyle changes colour and size.
func (l *Link) SetStyle(style theme.TextStyle, color theme.Token) {
	if l.style != style || l.color != color {
		l.style, l.color = style, color
		l.remeasure()
	}
}

// Cursor is for Fyne.
func (l *Link) Cursor() desktop.Cursor {
	if l.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// AccessibilityLabel is for Fyne.
func (l *Link) AccessibilityLabel() string { return l.label }

// AccessibilityRole is for Fyne.
func (l *Link) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleLink }

func (l *Link) measure() fyne.Size {
	return fyne.NewSize(ceil(TextWidth(l.label, l.style)), l.style.Line)
}

func (l *Link) paint(s *Sheet) {
	size := l.Size()
	y := (size.Height - l.style.Line) / 2
	color := l.toned(l.color)
	w := s.Text(0, y, size.Width, Words{Text: l.label, Style: l.style, Color: color})
	if l.hovered && !l.disabled {
		s.HLine(0, y+l.style.Line-3, w, color)
	}
}

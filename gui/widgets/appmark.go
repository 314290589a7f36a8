package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

// An AppMark is the program's sign, as on its icon.
type AppMark struct {
	picture
	size float32
}

// NewAppMark is the sign in a size.
func NewAppMark(size float32) *AppMark {
	m := &AppMark{size: size}
	m.become(m)
	return m
}

func (m *AppMark) measure() fyne.Size { return fyne.NewSquareSize(m.size) }

func (m *AppMark) paint(s *Sheet) {
	zoom := m.size / theme.AppIconGrid
	s.Box(0, 0, m.size, m.size, theme.AppIconCorner*zoom, theme.Accent)
	s.Draw(theme.AppHorn, 0, 0, zoom, theme.None, Stroke{Width: theme.AppHornWidth, Color: theme.OnAccent})
}

package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

// An IconMark is an icon that only shows something.
type IconMark struct {
	picture
	icon  theme.Icon
	size  float32
	color theme.Token
}

// NewIconMark is an icon of a size.
func NewIconMark(icon theme.Icon, size float32, color theme.Token) *IconMark {
	m := &IconMark{icon: icon, size: size, color: color}
	m.become(m)
	return m
}

// Set changes icon and colour.
func (m *IconMark) Set(icon theme.Icon, color theme.Token) {
	if m.icon != icon || m.color != color {
		m.icon, m.color = icon, color
		m.repaint()
	}
}

func (m *IconMark) measure() fyne.Size { return fyne.NewSquareSize(m.size) }

func (m *IconMark) paint(s *Sheet) {
	size := m.Size()
	s.Icon(m.icon, (size.Width-m.size)/2, (size.Height-m.size)/2, m.size, m.color)
}

// A SwatchMark is an account's colour: a square of 8 px.
type SwatchMark struct {
	picture
	color theme.Token
}

// NewSwatchMark is the square of a colour.
func NewSwatchMark(color theme.Token) *SwatchMark {
	m := &SwatchMark{color: color}
	m.become(m)
	return m
}

// SetColor changes the colour.
func (m *SwatchMark) SetColor(color theme.Token) {
	if m.color != color {
		m.color = color
		m.repaint()
	}
}

const swatchSize float32 = 8

func (m *SwatchMark) measure() fyne.Size { return fyne.NewSquareSize(swatchSize) }

func (m *SwatchMark) paint(s *Sheet) {
	size := m.Size()
	s.Box((size.Width-swatchSize)/2, (size.Height-swatchSize)/2, swatchSize, swatchSize, theme.RadiusSwatch, m.color)
}

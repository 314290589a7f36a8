package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

// A Plate is a ground that can be pressed, for things that lie on it: a card that
// opens, a line that leads somewhere.
type Plate struct {
	control
	radius float32
	label  string
}

// NewPlate is a plate with round corners.
func NewPlate(radius float32, act func()) *Plate {
	p := &Plate{radius: radius}
	p.act = act
	p.ringed(radius)
	p.become(p)
	return p
}

// SetLabel says what it is, to those who cannot see what lies on it.
func (p *Plate) SetLabel(label string) { p.label = label }

// AccessibilityLabel is for Fyne.
func (p *Plate) AccessibilityLabel() string { return p.label }

// AccessibilityRole is for Fyne.
func (p *Plate) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (p *Plate) measure() fyne.Size { return fyne.NewSize(theme.SmallHeight, theme.SmallHeight) }

func (p *Plate) paint(s *Sheet) {
	size := p.Size()
	s.Box(0, 0, size.Width, size.Height, p.radius, p.shade())
}

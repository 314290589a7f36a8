package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/line"
	"postrider/gui/theme"
)

const markSize float32 = 16 // of the box and of the radio's circle

// A Check is a choice that is on or off, with its words.
type Check struct {
	control
	label   string
	on      bool
	changed func(on bool)
}

// NewCheck is a check that tells changed what the person chose.
func NewCheck(label string, on bool, changed func(bool)) *Check {
	c := &Check{label: label, on: on, changed: changed}
	c.act = c.toggle
	c.ringed(theme.RadiusTag)
	c.become(c)
	return c
}

func (c *Check) toggle() {
	c.on = !c.on
	c.repaint()
	if c.changed != nil {
		c.changed(c.on)
	}
}

// On says whether it is on.
func (c *Check) On() bool { return c.on }

// SetOn switches it without telling.
func (c *Check) SetOn(on bool) {
	if c.on != on {
		c.on = on
		c.repaint()
	}
}

// AccessibilityLabel is for Fyne.
func (c *Check) AccessibilityLabel() string {
	if c.on {
		return c.label + ", on"
	}
	return c.label + ", off"
}

// AccessibilityRole is for Fyne.
func (c *Check) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (c *Check) measure() fyne.Size {
	return fyne.NewSize(ceil(markSize+theme.Space2+TextWidth(c.label, theme.TextBody)), theme.TextBody.Line)
}

// tick is a check mark in a square of 16.
var tick = mustPath("M4 8.5 7 11.5 12.2 4.8")

func mustPath(d string) line.Drawing {
	drawing, err := line.Path(d)
	if err != nil { // a constant
		panic(err)
	}
	return drawing
}

func (c *Check) paint(s *Sheet) {
	size := c.Size()
	y := (size.Height - markSize) / 2
	if c.on && !c.disabled {
		s.Box(0, y, markSize, markSize, theme.RadiusTag, theme.Accent)
		s.Box(0, y, markSize, markSize, theme.RadiusTag, c.shade())
		s.Draw(tick, 0, y, 1, theme.None, Stroke{Width: 2, Color: theme.OnAccent})
	} else {
		s.Box(0, y, markSize, markSize, theme.RadiusTag, theme.Paper)
		s.Box(0, y, markSize, markSize, theme.RadiusTag, c.shade())
		s.Outline(0, y, markSize, markSize, theme.RadiusTag, 1.5, theme.Ink3)
		if c.on {
			s.Draw(tick, 0, y, 1, theme.None, Stroke{Width: 2, Color: theme.Ink3})
		}
	}
	x := markSize + theme.Space2
	s.Text(x, (size.Height-theme.TextBody.Line)/2, size.Width-x, Words{Text: c.label, Style: theme.TextBody, Color: c.toned(theme.Ink)})
}

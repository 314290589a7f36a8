package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

// A Select is a choice among several, of which only the chosen one shows until
// it is opened.
type Select struct {
	control
	options []string
	chosen  int
	changed func(int)
	small   bool
}

const (
	selectEnd float32 = 7 // the outline and 6
	selectGap float32 = 8
)

// NewSelect is a choice among options; small makes it 28 high, for a line of
// text.
func NewSelect(options []string, chosen int, small bool, changed func(int)) *Select {
	s := &Select{options: options, chosen: chosen, small: small, changed: changed}
	s.act = s.open
	s.ringed(theme.RadiusControl)
	s.become(s)
	return s
}

// Chosen is which one is chosen.
func (c *Select) Chosen() int { return c.chosen }

// Choose chooses without telling.
func (c *Select) Choose(i int) {
	if i != c.chosen && i >= 0 && i < len(c.options) {
		c.chosen = i
		c.repaint()
	}
}

// SetOptions replaces what there is to choose from.
func (c *Select) SetOptions(options []string, chosen int) {
	c.options, c.chosen = options, chosen
	c.remeasure()
}

func (c *Select) label() string {
	if c.chosen < 0 || c.chosen >= len(c.options) {
		return ""
	}
	return c.options[c.chosen]
}

func (c *Select) open() {
	items := make([]MenuItem, len(c.options))
	for i, o := range c.options {
		items[i] = MenuItem{Label: o, Checked: i == c.chosen, Act: func() { c.pick(i) }}
	}
	if m := ShowMenuBelow(c, false, items); m != nil {
		m.panels[0].moveTo(c.chosen)
	}
}

func (c *Select) pick(i int) {
	if c.disabled || i == c.chosen || i < 0 || i >= len(c.options) {
		return
	}
	c.Choose(i)
	if c.changed != nil {
		c.changed(i)
	}
}

// TypedKey steps through the options without opening them.
func (c *Select) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		c.pick(c.chosen - 1)
	case fyne.KeyDown:
		c.pick(c.chosen + 1)
	default:
		c.control.TypedKey(e)
	}
}

// AccessibilityLabel is for Fyne.
func (c *Select) AccessibilityLabel() string { return c.label() }

// AccessibilityRole is for Fyne.
func (c *Select) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (c *Select) style() theme.TextStyle {
	if c.small {
		return theme.TextBody.With(theme.Medium)
	}
	return theme.TextBody
}

func (c *Select) measure() fyne.Size {
	w := float32(0)
	for _, o := range c.options {
		w = max(w, TextWidth(o, c.style()))
	}
	h := theme.ControlHeight
	if c.small {
		h = theme.SmallHeight
	}
	return fyne.NewSize(ceil(fieldInset+w+selectGap+theme.IconRow+selectEnd), h)
}

func (c *Select) paint(s *Sheet) {
	size := c.Size()
	const r = theme.RadiusControl
	if !c.disabled {
		s.Box(0, 0, size.Width, size.Height, r, theme.Paper)
		s.Box(0, 0, size.Width, size.Height, r, c.shade())
	}
	s.Outline(0, 0, size.Width, size.Height, r, theme.Hairline, theme.Control)
	end := size.Width - selectEnd - theme.IconRow
	s.Icon(theme.IconChevronDown, end, (size.Height-theme.IconRow)/2, theme.IconRow, theme.Ink3)
	style := c.style()
	s.Text(fieldInset, (size.Height-style.Line)/2, end-selectGap/2-fieldInset, Words{Text: c.label(), Style: style, Color: c.toned(theme.Ink)})
}

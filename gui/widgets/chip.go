package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

const (
	countPadding float32 = 6
	countLeast   float32 = 20
)

// Count paints a small chip with a number, such as of the messages of a
// conversation, with its right edge at x; it says how wide it is.
func (s *Sheet) Count(right, y float32, text string) float32 {
	w := CountWidth(text)
	h := theme.TextSmall.Line
	s.Box(right-w, y, w, h, h/2, theme.Chip)
	s.Text(right-w, y, w, Words{Text: text, Style: theme.TextSmall, Color: theme.Ink2, Align: AlignMiddle})
	return w
}

// CountWidth is how wide the chip of [Sheet.Count] is.
func CountWidth(text string) float32 {
	return max(countLeast, ceil(TextWidth(text, theme.TextSmall)+2*countPadding))
}

// A Chip is a word of a search or a recipient, which may be taken out again.
type Chip struct {
	control
	key, label string
	chip       chipLook
	remove     func()
	overCross  bool
	selected   bool
	bad        bool
}

// chipLook has the measures of a kind of chip.
type chipLook struct {
	height, radius float32
	before, after  float32 // from the edges to the words
	style          theme.TextStyle
	ground, line   theme.Token
	cross          float32 // side of the cross, if there is one
	air, end       float32 // before and after the cross
}

// keyGap is between operator and value.
const keyGap float32 = 4

var (
	operatorLook   = chipLook{height: 24, radius: theme.RadiusControl, before: 8, after: 8, style: theme.TextCaption.With(theme.Medium), ground: theme.AccentTint, cross: theme.IconChip, air: 4, end: 4}
	suggestionLook = chipLook{height: 24, radius: theme.RadiusControl, before: 9, after: 9, style: theme.TextCaption, ground: theme.Paper, line: theme.Line}
	recipientLook  = chipLook{height: 26, radius: 13, before: 12, after: 12, style: theme.TextLine, ground: theme.Chip, cross: theme.IconRow, air: 6, end: 8}
)

// NewOperatorChip is a part of a search: "from" and "Ines Moreau". act edits it,
// remove takes it out.
func NewOperatorChip(operator, value string, act, remove func()) *Chip {
	return newChip(operator, value, operatorLook, act, remove)
}

// NewSuggestionChip offers to narrow a search: "in" and "Fernlight".
func NewSuggestionChip(operator, value string, act func()) *Chip {
	return newChip(operator, value, suggestionLook, act, nil)
}

// NewRecipientChip is a person that a mail goes to.
func NewRecipientChip(name string, act, remove func()) *Chip {
	return newChip("", name, recipientLook, act, remove)
}

func newChip(key, label string, look chipLook, act, remove func()) *Chip {
	c := &Chip{key: key, label: label, chip: look, remove: remove}
	c.act = act
	c.ringed(look.radius)
	c.become(c)
	return c
}

// SetSelected shows that it is chosen, as before it is deleted by a key.
func (c *Chip) SetSelected(on bool) {
	if c.selected != on {
		c.selected = on
		c.repaint()
	}
}

// SetBad shows that there is something wrong with it, as with an address that
// cannot be one.
func (c *Chip) SetBad(bad bool) {
	if c.bad != bad {
		c.bad = bad
		c.repaint()
	}
}

// AccessibilityLabel is for Fyne.
func (c *Chip) AccessibilityLabel() string {
	if c.key != "" {
		return c.key + " " + c.label
	}
	return c.label
}

// AccessibilityRole is for Fyne.
func (c *Chip) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (c *Chip) keyStyle() theme.TextStyle { return c.chip.style.With(theme.SemiBold) }

func (c *Chip) keySpace() float32 {
	if c.key == "" {
		return 0
	}
	return TextWidth(c.key, c.keyStyle()) + keyGap
}

// crossSpace is the width that belongs to the cross, the chip's end included.
func (c *Chip) crossSpace() float32 {
	if c.remove == nil {
		return c.chip.after
	}
	return c.chip.air + c.chip.cross + c.chip.end
}

func (c *Chip) measure() fyne.Size {
	w := c.chip.before + c.keySpace() + TextWidth(c.label, c.chip.style) + c.crossSpace()
	return fyne.NewSize(ceil(w), c.chip.height)
}

func (c *Chip) paint(s *Sheet) {
	size := c.Size()
	ground, ink := c.chip.ground, theme.Ink
	switch {
	case c.selected:
		ground, ink = theme.Accent, theme.OnAccent
	case c.bad:
		ground, ink = theme.DangerTint, theme.Danger
	}
	s.Box(0, 0, size.Width, size.Height, c.chip.radius, ground)
	s.Box(0, 0, size.Width, size.Height, c.chip.radius, c.shade())
	if c.bad && !c.selected {
		s.Outline(0, 0, size.Width, size.Height, c.chip.radius, theme.Hairline, theme.DangerLine)
	} else if c.chip.line != theme.None {
		s.Outline(0, 0, size.Width, size.Height, c.chip.radius, theme.Hairline, c.chip.line)
	}
	c.paintWords(s, size, ink)
	if c.remove != nil {
		c.paintCross(s, size, ink)
	}
}

func (c *Chip) paintWords(s *Sheet, size fyne.Size, ink theme.Token) {
	x, y := c.chip.before, (size.Height-c.chip.style.Line)/2
	end := size.Width - c.crossSpace()
	if c.key != "" {
		color := theme.Accent
		if c.chip.line != theme.None {
			color = theme.Ink2
		}
		if c.selected {
			color = ink
		}
		s.Text(x, y, end-x, Words{Text: c.key, Style: c.keyStyle(), Color: color})
		x += c.keySpace()
	}
	if c.chip.line != theme.None {
		ink = theme.Ink2
	}
	s.Text(x, y, end-x, Words{Text: c.label, Style: c.chip.style, Color: ink})
}

func (c *Chip) paintCross(s *Sheet, size fyne.Size, ink theme.Token) {
	color := theme.Ink3
	if c.selected || c.overCross {
		color = ink
	}
	x := size.Width - c.chip.end - c.chip.cross
	s.Icon(theme.IconX, x, (size.Height-c.chip.cross)/2, c.chip.cross, color)
}

package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

// choices is what tabs and segments have in common: a few words, one of which is
// chosen, by the pointer or with the arrow keys.
type choices struct {
	control
	labels  []string
	chosen  int
	over    int // under the pointer; -1 is none
	changed func(int)
}

// Chosen is which one is chosen.
func (c *choices) Chosen() int { return c.chosen }

// Choose chooses without telling.
func (c *choices) Choose(i int) {
	if i != c.chosen && i >= 0 && i < len(c.labels) {
		c.chosen = i
		c.remeasure()
	}
}

// pick chooses and tells.
func (c *choices) pick(i int) {
	if i == c.chosen || i < 0 || i >= len(c.labels) || c.disabled {
		return
	}
	c.Choose(i)
	if c.changed != nil {
		c.changed(i)
	}
}

// TypedKey is for Fyne.
func (c *choices) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		c.pick(c.chosen - 1)
	case fyne.KeyRight, fyne.KeyDown:
		c.pick(c.chosen + 1)
	case fyne.KeyHome:
		c.pick(0)
	case fyne.KeyEnd:
		c.pick(len(c.labels) - 1)
	}
}

// AccessibilityLabel is for Fyne.
func (c *choices) AccessibilityLabel() string {
	if len(c.labels) == 0 {
		return ""
	}
	return c.labels[c.chosen]
}

// AccessibilityRole is for Fyne.
func (c *choices) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// hover moves what is under the pointer.
func (c *choices) hover(i int) {
	if i != c.over {
		c.over = i
		c.repaint()
	}
}

// Segments is a choice between a few ways to see something, side by side.
type Segments struct{ choices }

const (
	segmentPadding float32 = 12
	segmentHeight          = theme.SmallHeight
)

// NewSegments is a choice among labels.
func NewSegments(labels []string, chosen int, changed func(int)) *Segments {
	s := &Segments{choices{labels: labels, chosen: chosen, over: -1, changed: changed}}
	s.ringed(theme.RadiusControl)
	s.become(s)
	return s
}

func segmentStyle(on bool) theme.TextStyle {
	if on {
		return theme.TextCaption.With(theme.SemiBold)
	}
	return theme.TextCaption.With(theme.Medium)
}

// span is where a segment lies. Its width is that of the heavier weight, so that
// choosing moves nothing.
func (g *Segments) span(i int) (x, w float32) {
	x = theme.Hairline
	for n, label := range g.labels {
		w = ceil(TextWidth(label, segmentStyle(true)) + 2*segmentPadding)
		if n == i {
			break
		}
		x += w + theme.Hairline
	}
	return x, w
}

func (g *Segments) measure() fyne.Size {
	x, w := g.span(len(g.labels) - 1)
	return fyne.NewSize(x+w+theme.Hairline, segmentHeight)
}

func (g *Segments) paint(s *Sheet) {
	size := g.Size()
	s.Box(0, 0, size.Width, size.Height, theme.RadiusControl, theme.Paper)
	for i, label := range g.labels {
		x, w := g.span(i)
		g.paintGround(s, i, x, w, size.Height)
		color := theme.Ink2
		if i == g.chosen {
			color = theme.Ink
		}
		style := segmentStyle(i == g.chosen)
		s.Text(x, (size.Height-style.Line)/2, w, Words{Text: label, Style: style, Color: g.toned(color), Align: AlignMiddle})
		if i > 0 {
			s.VLine(x-theme.Hairline, 0, size.Height, theme.Control)
		}
	}
	s.Outline(0, 0, size.Width, size.Height, theme.RadiusControl, theme.Hairline, theme.Control)
}

// paintGround fills a segment; those at the ends have round corners, which a
// second box makes square on their inner side.
func (g *Segments) paintGround(s *Sheet, i int, x, w, h float32) {
	fill := theme.None
	switch {
	case i == g.chosen:
		fill = theme.Sel
	case i == g.over && !g.disabled:
		fill = theme.Hover
	}
	const r = theme.RadiusControl
	s.clip(x, 0, w, h, func() {
		first, last := i == 0, i == len(g.labels)-1
		left, right := x-r, x+w+r
		if first {
			left = x - theme.Hairline
		}
		if last {
			right = x + w + theme.Hairline
		}
		s.Box(left, 0, right-left, h, r, fill)
	})
}

func (g *Segments) at(x float32) int {
	for i := range g.labels {
		if from, w := g.span(i); x >= from-theme.Hairline && x < from+w {
			return i
		}
	}
	return -1
}

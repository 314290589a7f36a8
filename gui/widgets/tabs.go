package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"postrider/gui/theme"
)

// Tabs choose one of the parts of a page, above a hairline.
type Tabs struct{ choices }

const (
	tabHeight float32 = 40
	tabGap    float32 = 24
	tabLine   float32 = 2
)

// NewTabs are tabs with these words.
func NewTabs(labels []string, chosen int, changed func(int)) *Tabs {
	t := &Tabs{choices{labels: labels, chosen: chosen, over: -1, changed: changed}}
	t.become(t)
	return t
}

func tabStyle(on bool) theme.TextStyle {
	if on {
		return theme.TextButton.With(theme.SemiBold)
	}
	return theme.TextButton
}

func (t *Tabs) span(i int) (x, w float32) {
	for n, label := range t.labels {
		w = TextWidth(label, tabStyle(n == t.chosen))
		if n == i {
			break
		}
		x += w + tabGap
	}
	return x, w
}

// Box is where a tab lies; ok is whether there is one with that label.
func (t *Tabs) Box(label string) (at fyne.Position, size fyne.Size, ok bool) {
	i := slices.Index(t.labels, label)
	if i < 0 {
		return at, size, false
	}
	x, w := t.span(i)
	return fyne.NewPos(x, 0), fyne.NewSize(w, tabHeight), true
}

func (t *Tabs) measure() fyne.Size {
	x, w := t.span(len(t.labels) - 1)
	return fyne.NewSize(ceil(x+w), tabHeight)
}

func (t *Tabs) paint(s *Sheet) {
	size := t.Size()
	s.HLine(0, size.Height-theme.Hairline, size.Width, theme.Line)
	for i, label := range t.labels {
		x, w := t.span(i)
		color := theme.Ink2
		if i == t.chosen || i == t.over {
			color = theme.Ink
		}
		style := tabStyle(i == t.chosen)
		s.Text(x, (size.Height-theme.Hairline-style.Line)/2, w+1, Words{Text: label, Style: style, Color: color})
		if i == t.chosen {
			s.Box(x, size.Height-theme.Hairline-tabLine, w, tabLine, 0, theme.Accent)
			if t.focused {
				s.Outline(x-4, 8, w+8, size.Height-16, theme.RadiusTag, theme.FocusWidth, theme.Accent)
			}
		}
	}
}

func (t *Tabs) at(x float32) int {
	for i := range t.labels {
		if from, w := t.span(i); x >= from-tabGap/2 && x < from+w+tabGap/2 {
			return i
		}
	}
	return -1
}

// Tapped is for Fyne.
func (t *Tabs) Tapped(e *fyne.PointEvent) { t.pick(t.at(e.Position.X)) }

// MouseMoved is for Fyne.
func (t *Tabs) MouseMoved(e *desktop.MouseEvent) { t.hover(t.at(e.Position.X)) }

// MouseOut is for Fyne.
func (t *Tabs) MouseOut() {
	t.hover(-1)
	t.control.MouseOut()
}

// Tapped is for Fyne.
func (g *Segments) Tapped(e *fyne.PointEvent) { g.pick(g.at(e.Position.X)) }

// MouseMoved is for Fyne.
func (g *Segments) MouseMoved(e *desktop.MouseEvent) { g.hover(g.at(e.Position.X)) }

// MouseOut is for Fyne.
func (g *Segments) MouseOut() {
	g.hover(-1)
	g.control.MouseOut()
}

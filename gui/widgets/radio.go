package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

// A Radio is one of several choices, with its words. Its owner switches the
// others off.
type Radio struct {
	control
	label string
	on    bool
}

const radioGap float32 = 12

// NewRadio calls act when the person chooses it.
func NewRadio(label string, on bool, act func()) *Radio {
	r := &Radio{label: label, on: on}
	r.act = act
	r.ringed(theme.RadiusTag)
	r.become(r)
	return r
}

// SetOn switches it without telling.
func (r *Radio) SetOn(on bool) {
	if r.on != on {
		r.on = on
		r.remeasure()
	}
}

// On says whether it is chosen.
func (r *Radio) On() bool { return r.on }

// AccessibilityLabel is for Fyne.
func (r *Radio) AccessibilityLabel() string {
	if r.on {
		return r.label + ", chosen"
	}
	return r.label
}

// AccessibilityRole is for Fyne.
func (r *Radio) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (r *Radio) style() theme.TextStyle {
	if r.on {
		return theme.TextBody.With(theme.SemiBold)
	}
	return theme.TextBody
}

func (r *Radio) measure() fyne.Size {
	w := markSize + radioGap + TextWidth(r.label, r.style())
	return fyne.NewSize(ceil(w), theme.TextBody.Line)
}

func (r *Radio) paint(s *Sheet) {
	size := r.Size()
	s.radio(0, (size.Height-markSize)/2, markSize, r.on, r.hovered && !r.disabled)
	x := markSize + radioGap
	s.Text(x, (size.Height-theme.TextBody.Line)/2, size.Width-x, Words{Text: r.label, Style: r.style(), Color: r.toned(theme.Ink)})
}

// radio paints the circle of a choice of one among several: a ring of the
// accent if it is chosen, its middle open.
func (s *Sheet) radio(x, y, side float32, on, hovered bool) {
	const chosen = 5.0 / 16 // of the side, but 6 px for the large one
	switch {
	case on:
		s.Box(x, y, side, side, side/2, theme.Paper)
		s.ring(x, y, side, floorHalf(side*chosen), theme.Accent)
	case hovered:
		s.Box(x, y, side, side, side/2, theme.Hover)
		s.ring(x, y, side, 1.5, theme.Ink2)
	default:
		s.ring(x, y, side, 1.5, theme.Ink3)
	}
}

// ring paints a circle's line along the inside of its edge. Unlike Outline it
// does not round the line's width to whole pixels.
func (s *Sheet) ring(x, y, side, width float32, c theme.Token) {
	r := s.rect(x, y, side, side)
	middleX, middleY := float32(r.Min.X+r.Max.X)/2, float32(r.Min.Y+r.Max.Y)/2
	outer := float32(r.Dx()) / 2
	inner := outer - width*s.Scale
	s.shade(r, c.Now(), func(px, py float32) float32 {
		d := hypot(px-middleX, py-middleY)
		return clamp01(outer+0.5-d) - clamp01(inner+0.5-d)
	})
}

// SetAct changes what happens when the person chooses it.
func (r *Radio) SetAct(act func()) { r.act = act }

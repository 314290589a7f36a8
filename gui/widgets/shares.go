package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

// A Share is a part of a whole, with its colour.
type Share struct {
	Label string
	Count string // as it is written
	Part  float32
	Color theme.Token
}

// Shares show how a whole is parted: a bar, and a line for each part.
type Shares struct {
	picture
	shares []Share
}

const (
	shareBar  float32 = 8
	shareGap  float32 = 2
	shareLine float32 = 24
	shareThin float32 = 4 // a part that is there is never thinner
)

// NewShares shows parts.
func NewShares(shares []Share) *Shares {
	s := &Shares{shares: shares}
	s.become(s)
	return s
}

// Set changes the parts.
func (h *Shares) Set(shares []Share) {
	before := len(h.shares)
	h.shares = shares
	if before != len(shares) {
		h.remeasure()
		return
	}
	h.repaint()
}

// AccessibilityLabel is for Fyne.
func (h *Shares) AccessibilityLabel() string {
	label := ""
	for _, s := range h.shares {
		label += s.Label + ": " + s.Count + ". "
	}
	return label
}

// AccessibilityRole is for Fyne.
func (h *Shares) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (h *Shares) measure() fyne.Size {
	return fyne.NewSize(160, shareBar+theme.Space2+shareLine*float32(len(h.shares)))
}

// widths shares the bar's width out.
func (h *Shares) widths(room float32) []float32 {
	total, n := float32(0), 0
	for _, s := range h.shares {
		if s.Part > 0 {
			total += s.Part
			n++
		}
	}
	widths := make([]float32, len(h.shares))
	if n == 0 {
		return widths
	}
	room -= shareGap * float32(n-1)
	widest, used := 0, float32(0)
	for i, s := range h.shares {
		if s.Part > 0 {
			widths[i] = max(shareThin, floorHalf(room*s.Part/total))
			used += widths[i]
		}
		if widths[i] > widths[widest] {
			widest = i
		}
	}
	widths[widest] += room - used
	return widths
}

func (h *Shares) paint(s *Sheet) {
	size := h.Size()
	x := float32(0)
	empty := true
	for i, w := range h.widths(size.Width) {
		if w > 0 {
			s.Box(x, 0, w, shareBar, theme.RadiusSwatch, h.shares[i].Color)
			x += w + shareGap
			empty = false
		}
	}
	if empty {
		s.Box(0, 0, size.Width, shareBar, theme.RadiusSwatch, theme.Chip)
	}
	y := shareBar + theme.Space2
	count := theme.TextLine.With(theme.SemiBold)
	for _, share := range h.shares {
		s.Box(0, y+(shareLine-swatchSize)/2, swatchSize, swatchSize, theme.RadiusSwatch, share.Color)
		textY := y + (shareLine-theme.TextLine.Line)/2
		w := TextWidth(share.Count, count)
		s.Text(size.Width-w, textY, w+1, Words{Text: share.Count, Style: count, Color: theme.Ink})
		left := swatchSize + theme.Space2
		s.Text(left, textY, size.Width-w-left-theme.Space2, Words{Text: share.Label, Style: theme.TextLine, Color: theme.Ink})
		y += shareLine
	}
}

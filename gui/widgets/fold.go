package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

// A FoldButton stands for lines that are folded away, and shows them.
type FoldButton struct {
	control
	label string
}

const (
	foldHeight  float32 = 24
	foldPadding float32 = 8
	foldGap     float32 = 6
)

// NewFoldButton is a button such as "22 quoted lines".
func NewFoldButton(label string, act func()) *FoldButton {
	f := &FoldButton{label: label}
	f.act = act
	f.ringed(theme.RadiusControl)
	f.become(f)
	return f
}

// SetLabel changes the words.
func (f *FoldButton) SetLabel(label string) {
	if f.label != label {
		f.label = label
		f.remeasure()
	}
}

// AccessibilityLabel is for Fyne.
func (f *FoldButton) AccessibilityLabel() string { return f.label }

// AccessibilityRole is for Fyne.
func (f *FoldButton) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (f *FoldButton) measure() fyne.Size { return fyne.NewSize(FoldWidth(f.label), foldHeight) }

var foldStyle = theme.TextCaption.With(theme.Medium)

// FoldWidth is how wide the button with these words is.
func FoldWidth(label string) float32 {
	return ceil(2*foldPadding + theme.IconRow + foldGap + TextWidth(label, foldStyle))
}

func (f *FoldButton) paint(s *Sheet) {
	s.Fold(0, 0, f.label, f.hovered)
}

// Fold paints the button into a larger picture; it is 24 high.
func (s *Sheet) Fold(x, y float32, label string, hovered bool) {
	w := FoldWidth(label)
	s.Box(x, y, w, foldHeight, theme.RadiusControl, theme.Chip)
	if hovered {
		s.Box(x, y, w, foldHeight, theme.RadiusControl, theme.Hover)
	}
	s.Icon(theme.IconEllipsis, x+foldPadding, y+(foldHeight-theme.IconRow)/2, theme.IconRow, theme.Ink2)
	s.Text(x+foldPadding+theme.IconRow+foldGap, y+(foldHeight-foldStyle.Line)/2, w, Words{Text: label, Style: foldStyle, Color: theme.Ink2})
}

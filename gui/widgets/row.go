package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

// Density is how much of a message a row shows.
type Density uint8

// The densities.
const (
	Comfortable Density = iota // three lines
	Cosy                       // two lines: the snippet follows the subject
	Compact                    // one line in columns
)

// Measures of rows, in Fyne's pixels.
const (
	headHeight       = 28
	rowInset         = 8  // of fills
	rowTextLeft      = 32 // of texts and hairlines
	rowTextRight     = 16 // the same, from the right edge
	rowGap           = 6  // between marks
	rowDot           = 8
	rowDotLeft       = 16
	rowSwatch        = 6
	rowMark          = theme.IconRow
	rowChipHeight    = 16
	rowChipMin       = 20
	rowChipPad       = 6
	rowActionWidth   = 32
	rowActionsHeight = 24 // it covers the date, and not the marks below
)

// height is a row's, with its hairline.
func (d Density) height() int64 {
	return [...]int64{Comfortable: 72, Cosy: 52, Compact: 30}[d]
}

// RowAction is a button that the row under the pointer shows.
type RowAction struct {
	Name  string // what the owner knows it by
	Icon  theme.Icon
	Label string // what it does, for the tooltip
	// On is asked for each row; where it says yes, the next two replace the
	// icon and the label. It may be nil.
	On      func(RowData) bool
	OnIcon  theme.Icon
	OnLabel string
}

func (a RowAction) icon(r RowData) theme.Icon {
	if a.On != nil && a.On(r) {
		return a.OnIcon
	}
	return a.Icon
}

func (a RowAction) label(r RowData) string {
	if a.On != nil && a.On(r) {
		return a.OnLabel
	}
	return a.Label
}

// Names of the usual row actions.
const (
	ArchiveAction = "archive"
	DeleteAction  = "delete"
	StarAction    = "star"
)

// DefaultRowActions are archive, delete and star.
func DefaultRowActions() []RowAction {
	return []RowAction{
		{Name: ArchiveAction, Icon: theme.IconArchive, Label: "Archive"},
		{Name: DeleteAction, Icon: theme.IconTrash, Label: "Delete"},
		{Name: StarAction, Icon: theme.IconStar, Label: "Star",
			On: func(r RowData) bool { return r.Starred }, OnIcon: theme.StarOn, OnLabel: "Remove star"},
	}
}

// actionsBox is where the buttons of a row are, in the row.
func actionsBox(n int, width float32, d Density) (at fyne.Position, size fyne.Size) {
	size = fyne.NewSize(float32(n)*rowActionWidth+2*theme.Hairline, rowActionsHeight)
	y := [...]float32{Comfortable: 4, Cosy: 3, Compact: 3}[d]
	return fyne.NewPos(width-rowTextRight-size.Width, y), size
}

// actionAt is which of n buttons is at a position of the row, or -1.
func actionAt(n int, width float32, d Density, at fyne.Position) int {
	box, size := actionsBox(n, width, d)
	if n == 0 || at.Y < box.Y || at.Y >= box.Y+size.Height || at.X < box.X || at.X >= box.X+size.Width {
		return -1
	}
	return min(n-1, max(0, int((at.X-box.X-theme.Hairline)/rowActionWidth)))
}

package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

// NewCard puts something on a card: paper with round corners and a hairline.
func NewCard(content fyne.CanvasObject) *fyne.Container {
	const edge = theme.Hairline
	return Stack(NewCardFill(theme.Paper, theme.Line, theme.RadiusCard), Pad(edge, edge, edge, edge, content))
}

// NewLinesCard is a card of lines of one height with hairlines between them.
func NewLinesCard(height float32, lines ...fyne.CanvasObject) *fyne.Container {
	rows := make([]fyne.CanvasObject, 0, len(lines))
	for i, l := range lines {
		row := Fixed(0, height, l)
		if i < len(lines)-1 {
			row = Stack(row, Column(0, Spring(), NewDivider()))
		}
		rows = append(rows, row)
	}
	return NewCard(Column(0, rows...))
}

// NewSection is the head of a section: 28 high, with a caption beside it and
// something at its end, each of which may be nil or empty.
func NewSection(title, caption string, end fyne.CanvasObject) *fyne.Container {
	parts := []fyne.CanvasObject{NewText(title, theme.TextSection, theme.Ink)}
	if caption != "" {
		parts = append(parts, NewText(caption, theme.TextCaption, theme.Ink3))
	}
	parts = append(parts, Spring())
	if end != nil {
		parts = append(parts, end)
	}
	return Fixed(0, theme.SmallHeight, Row(theme.Space2, parts...))
}

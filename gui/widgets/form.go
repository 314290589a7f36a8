package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
)

// A FormRow is a field with its name above it and a sentence below, which says
// what is meant or, in red, what is wrong.
type FormRow struct {
	widget.BaseWidget
	field  fyne.CanvasObject
	hint   string
	name   *Text
	below  *Block
	column *fyne.Container
}

// NewFormRow names a field or another control. name and hint may be empty.
func NewFormRow(name string, field fyne.CanvasObject, hint string) *FormRow {
	r := &FormRow{field: field, hint: hint, name: NewText(name, theme.TextLine.With(theme.Medium), theme.Ink)}
	r.below = NewBlock(Words{Text: hint, Style: theme.TextCaption, Color: theme.Ink3}, 3)
	r.name.Hidden, r.below.Hidden = name == "", hint == ""
	r.column = Column(theme.Space1, r.name, field, r.below)
	r.ExtendBaseWidget(r)
	return r
}

// SetError says what is wrong, in place of the hint; "" takes it back.
func (r *FormRow) SetError(sentence string) {
	if f, ok := r.field.(interface{ SetBad(bool) }); ok {
		f.SetBad(sentence != "")
	}
	words := Words{Text: r.hint, Style: theme.TextCaption, Color: theme.Ink3}
	if sentence != "" {
		words.Text, words.Color = sentence, theme.Danger
	}
	r.below.Hidden = words.Text == ""
	r.below.Set(words)
	r.Refresh()
}

// HeightFor is the height for a width.
func (r *FormRow) HeightFor(width float32) float32 { return heightOf(r.column, width) }

// CreateRenderer is for Fyne.
func (r *FormRow) CreateRenderer() fyne.WidgetRenderer { return wrapView{r.column} }

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
)

// A Fill is an area of one colour: a pane's ground, a card, a hairline.
type Fill struct {
	widget.BaseWidget
	rect        *canvas.Rectangle
	color, line theme.Token
	least       fyne.Size
}

// NewFill is an area of a colour.
func NewFill(color theme.Token) *Fill { return newFill(color, theme.None, 0, fyne.Size{}) }

// NewDivider is a hairline; it is as long as it is laid out.
func NewDivider() *Fill {
	return newFill(theme.Line, theme.None, 0, fyne.NewSquareSize(theme.Hairline))
}

// NewCardFill is the ground of a card: a colour, round corners and a hairline
// around it, which may be None.
func NewCardFill(color, line theme.Token, radius float32) *Fill {
	return newFill(color, line, radius, fyne.Size{})
}

func newFill(color, line theme.Token, radius float32, least fyne.Size) *Fill {
	f := &Fill{rect: canvas.NewRectangle(color.Now()), color: color, line: line, least: least}
	f.rect.CornerRadius = radius
	f.ExtendBaseWidget(f)
	f.restyle()
	return f
}

// SetColors changes ground and line.
func (f *Fill) SetColors(color, line theme.Token) {
	if f.color != color || f.line != line {
		f.color, f.line = color, line
		f.Refresh()
	}
}

func (f *Fill) restyle() {
	f.rect.FillColor = f.color.Now()
	f.rect.StrokeWidth = 0
	if f.line != theme.None {
		f.rect.StrokeColor, f.rect.StrokeWidth = f.line.Now(), theme.Hairline
	}
}

// CreateRenderer is for Fyne.
func (f *Fill) CreateRenderer() fyne.WidgetRenderer { return fillView{f} }

type fillView struct{ fill *Fill }

func (v fillView) Layout(size fyne.Size)        { v.fill.rect.Resize(size) }
func (v fillView) MinSize() fyne.Size           { return v.fill.least }
func (v fillView) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{v.fill.rect} }
func (v fillView) Destroy()                     {}

func (v fillView) Refresh() {
	v.fill.restyle()
	v.fill.rect.Refresh()
}

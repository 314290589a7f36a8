package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
)

// A TokenField has chips and a line to write more, in as many lines as they
// need: a search with its operators, the recipients of a mail.
type TokenField struct {
	widget.BaseWidget
	Line *LineEdit
	// OnTakeLast is called for Backspace in front of the line, to take the last
	// chip out.
	OnTakeLast func()

	look  tokenLook
	frame *fieldFrame // nil for none
	icon  *IconMark   // nil for none
	end   fyne.CanvasObject
	chips []*Chip
}

// tokenLook has the measures of a kind of token field.
type tokenLook struct {
	chip, gap  float32 // height of chips, air between them
	once, many float32 // air above and below one line of them, and several
	left       float32
}

var (
	searchLook    = tokenLook{chip: 24, gap: 4, once: 4, many: 6, left: 9}
	recipientsRow = tokenLook{chip: 26, gap: 8, once: 7, many: 7}
)

// NewSearchBox is a search field that can have operator chips. end, such as a
// [KeyHint], may be nil.
func NewSearchBox(hint string, end fyne.CanvasObject) *TokenField {
	f := newTokenField(searchLook, theme.TextLine, hint)
	f.icon = NewIconMark(theme.IconSearch, theme.IconControl, theme.Ink3)
	f.frame = newFieldFrame(f.Line)
	f.frame.line = theme.Line
	f.Line.focusing = f.frame.setFocused
	f.end = end
	return f
}

// NewRecipientField is for addresses, without a frame: a row of the composer.
func NewRecipientField(hint string) *TokenField {
	return newTokenField(recipientsRow, theme.TextBody, hint)
}

func newTokenField(look tokenLook, style theme.TextStyle, hint string) *TokenField {
	f := &TokenField{look: look, Line: NewLineEdit(style, hint)}
	f.Line.keying = f.typed
	f.Line.resized = f.flow
	f.ExtendBaseWidget(f)
	return f
}

func (f *TokenField) typed(e *fyne.KeyEvent) bool {
	if e.Name == fyne.KeyBackspace && f.Line.AtStart() && f.OnTakeLast != nil && len(f.chips) > 0 {
		f.OnTakeLast()
		return true
	}
	return false
}

// SetChips replaces the chips.
func (f *TokenField) SetChips(chips []*Chip) {
	f.chips = chips
	f.Refresh()
}

// SetEnd changes what is at the end of the field; nil for nothing.
func (f *TokenField) SetEnd(end fyne.CanvasObject) {
	f.end = end
	f.Refresh()
}

// Focus gives it the keyboard.
func (f *TokenField) Focus() { f.Line.Focus() }

// Text is what is written in its line.
func (f *TokenField) Text() string { return f.Line.Text() }

// flow lays everything out anew when the line needs another width.
func (f *TokenField) flow() {
	if size := f.Size(); f.place(size.Width) != size.Height {
		f.Refresh()
	}
}

// tokenLine is how much room the line wants at least.
const tokenLine float32 = 72

// spot is where one of the chips, or at last the line, goes.
type spot struct{ x, y, w float32 }

// spots puts chips and line into lines of a width; n is how many lines.
func (f *TokenField) spots(left, right float32) (spots []spot, n int) {
	x, y := left, float32(0)
	n = 1
	next := func(w float32) {
		if x > left && x+w > right {
			x, y = left, y+f.look.chip+f.gapBelow()
			n++
		}
		spots = append(spots, spot{x, y, min(w, right-left)})
		x += min(w, right-left) + f.look.gap
	}
	for _, c := range f.chips {
		next(c.MinSize().Width)
	}
	next(max(tokenLine, f.Line.Width()))
	last := &spots[len(spots)-1]
	if len(f.chips) > 0 {
		last.x += 4
	}
	last.w = max(0, right-last.x)
	return spots, n
}

// gapBelow is between lines of chips.
func (f *TokenField) gapBelow() float32 { return 4 }

func (f *TokenField) edges(width float32) (left, right float32) {
	left, right = f.look.left, width-f.look.left
	if f.icon != nil {
		left += theme.IconControl + fieldGap
	}
	if f.end != nil && f.end.Visible() {
		right = width - fieldEnd - theme.Hairline - f.end.MinSize().Width - fieldGap
	}
	return left, right
}

// HeightFor is the height for a width.
func (f *TokenField) HeightFor(width float32) float32 {
	left, right := f.edges(width)
	_, n := f.spots(left, right)
	return f.height(n)
}

func (f *TokenField) height(lines int) float32 {
	air := f.look.once
	if lines > 1 {
		air = f.look.many
	}
	return 2*air + float32(lines)*f.look.chip + float32(lines-1)*f.gapBelow()
}

// place moves everything to where it belongs and gives the height it takes.
func (f *TokenField) place(width float32) float32 {
	left, right := f.edges(width)
	spots, n := f.spots(left, right)
	air := f.look.once
	if n > 1 {
		air = f.look.many
	}
	for i, c := range f.chips {
		c.Resize(fyne.NewSize(spots[i].w, f.look.chip))
		c.Move(fyne.NewPos(spots[i].x, air+spots[i].y))
	}
	at := spots[len(spots)-1]
	f.Line.Resize(fyne.NewSize(at.w, f.look.chip))
	f.Line.Move(fyne.NewPos(at.x, air+at.y))
	middle := air + f.look.chip/2
	if f.icon != nil {
		f.icon.Resize(fyne.NewSquareSize(theme.IconControl))
		f.icon.Move(fyne.NewPos(f.look.left, middle-theme.IconControl/2))
	}
	if f.end != nil {
		size := f.end.MinSize()
		f.end.Resize(size)
		f.end.Move(fyne.NewPos(width-fieldEnd-theme.Hairline-size.Width, floorHalf(middle-size.Height/2)))
	}
	return f.height(n)
}

// CreateRenderer is for Fyne.
func (f *TokenField) CreateRenderer() fyne.WidgetRenderer { return tokenView{f} }

type tokenView struct{ field *TokenField }

func (v tokenView) Layout(size fyne.Size) {
	if v.field.frame != nil {
		v.field.frame.Resize(size)
	}
	v.field.place(size.Width)
}

func (v tokenView) MinSize() fyne.Size {
	const least = 160
	return fyne.NewSize(least, v.field.HeightFor(max(least, v.field.Size().Width)))
}

func (v tokenView) Objects() []fyne.CanvasObject {
	f := v.field
	var objects []fyne.CanvasObject
	if f.frame != nil {
		objects = append(objects, f.frame)
	}
	if f.icon != nil {
		objects = append(objects, f.icon)
	}
	for _, c := range f.chips {
		objects = append(objects, c)
	}
	objects = append(objects, f.Line)
	if f.end != nil {
		objects = append(objects, f.end)
	}
	return objects
}

func (v tokenView) Refresh() {
	v.Layout(v.field.Size())
	for _, o := range v.Objects() {
		o.Refresh()
	}
}

func (v tokenView) Destroy() {}

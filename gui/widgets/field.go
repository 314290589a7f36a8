package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
)

// A Field is a line of text to fill in, in a frame, with an icon before it and
// anything after it.
type Field struct {
	widget.BaseWidget
	Line *LineEdit

	frame  *fieldFrame
	icon   *IconMark // nil for none
	end    fyne.CanvasObject
	height float32
}

// NewField is a field of a form; hint shows while it is empty.
func NewField(hint string) *Field { return newField(hint, theme.TextBody, "", nil) }

// NewAddressField is the large field of the first run. end may be nil.
func NewAddressField(hint string, end fyne.CanvasObject) *Field {
	f := newField(hint, theme.TextBody, "", end)
	f.height = theme.AddressHeight
	return f
}

// NewSearchField is a quieter field with a lens. end, such as a [KeyHint], may
// be nil.
func NewSearchField(hint string, end fyne.CanvasObject) *Field {
	f := newField(hint, theme.TextLine, theme.IconSearch, end)
	f.frame.line = theme.Line
	return f
}

// NewPasswordField hides what is written, and can show it.
func NewPasswordField(hint string) *Field {
	f := newField(hint, theme.TextBody, "", nil)
	f.Line.SetSecret(true)
	var eye *IconButton
	eye = NewSmallIconButton(theme.IconEye, "Show the password", func() {
		f.Line.SetSecret(!f.Line.secret)
		if f.Line.secret {
			eye.SetIcon(theme.IconEye, theme.Ink2)
			eye.SetTip("Show the password")
			return
		}
		eye.SetIcon(theme.IconEyeOff, theme.Ink2)
		eye.SetTip("Hide the password")
	})
	f.end = eye
	return f
}

func newField(hint string, style theme.TextStyle, icon theme.Icon, end fyne.CanvasObject) *Field {
	f := &Field{Line: NewLineEdit(style, hint), end: end, height: theme.ControlHeight}
	f.frame = newFieldFrame(f.Line)
	f.Line.focusing = f.frame.setFocused
	if icon != "" {
		f.icon = NewIconMark(icon, theme.IconControl, theme.Ink3)
	}
	f.ExtendBaseWidget(f)
	return f
}

// Text is what is written.
func (f *Field) Text() string { return f.Line.Text() }

// SetText replaces it, without telling.
func (f *Field) SetText(text string) { f.Line.SetText(text) }

// SetEnd changes what is after the line; nil for nothing.
func (f *Field) SetEnd(end fyne.CanvasObject) {
	f.end = end
	f.Refresh()
}

// SetBad shows that what is written cannot be right.
func (f *Field) SetBad(bad bool) { f.frame.setBad(bad) }

// Focus gives it the keyboard.
func (f *Field) Focus() { f.Line.Focus() }

// Enable and Disable let it be filled in, or not.
func (f *Field) Enable() { f.frame.setDisabled(false) }

// Disable stops it from being filled in.
func (f *Field) Disable() { f.frame.setDisabled(true) }

const (
	fieldInset  float32 = 11 // the outline and 10
	searchInset float32 = 9  // before a lens
	fieldEnd    float32 = 6
	fieldGap    float32 = 8
)

// CreateRenderer is for Fyne.
func (f *Field) CreateRenderer() fyne.WidgetRenderer { return fieldView{f} }

type fieldView struct{ field *Field }

func (v fieldView) Layout(size fyne.Size) {
	f := v.field
	f.frame.Resize(size)
	left, right := fieldInset, size.Width-fieldInset
	if f.height > theme.ControlHeight {
		left = 13
	}
	if f.icon != nil {
		f.icon.Move(fyne.NewPos(searchInset, (size.Height-theme.IconControl)/2))
		f.icon.Resize(fyne.NewSquareSize(theme.IconControl))
		left = searchInset + theme.IconControl + fieldGap
	}
	if f.end != nil && f.end.Visible() {
		least := f.end.MinSize()
		gap := fieldEnd + theme.Hairline
		if _, ok := f.end.(*IconButton); ok {
			gap = 2
		}
		f.end.Resize(least)
		f.end.Move(fyne.NewPos(size.Width-gap-least.Width, floorHalf((size.Height-least.Height)/2)))
		right = size.Width - gap - least.Width - fieldGap
	}
	f.Line.Move(fyne.NewPos(left, 2))
	f.Line.Resize(fyne.NewSize(max(0, right-left), size.Height-4))
}

func (v fieldView) MinSize() fyne.Size {
	w := 2*fieldInset + 80
	if v.field.end != nil {
		w += v.field.end.MinSize().Width
	}
	return fyne.NewSize(w, v.field.height)
}

func (v fieldView) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{v.field.frame, v.field.Line}
	if v.field.icon != nil {
		objects = append(objects, v.field.icon)
	}
	if v.field.end != nil {
		objects = append(objects, v.field.end)
	}
	return objects
}

func (v fieldView) Refresh() {
	v.Layout(v.field.Size())
	for _, o := range v.Objects() {
		o.Refresh()
	}
}

func (v fieldView) Destroy() {}

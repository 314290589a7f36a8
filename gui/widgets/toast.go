package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
)

// A Toast says what was just done, and offers to undo it. It is 44 high.
type Toast struct {
	widget.BaseWidget
	ground *Fill
	icon   *IconMark
	text   *Block
	undo   *toastLink
	close  *IconButton
	row    *fyne.Container
}

// NewToast is an empty toast; closed is called when the person closes it.
func NewToast(closed func()) *Toast {
	t := &Toast{
		ground: NewCardFill(theme.Toast, theme.None, theme.RadiusCard),
		icon:   NewIconMark(theme.IconInfo, theme.IconControl, theme.OnToast),
		text:   NewBlock(Words{Style: theme.TextLine, Color: theme.OnToast}, 2),
		undo:   newToastLink(),
		close:  NewSmallIconButton(theme.IconX, "Close", closed),
	}
	t.close.color = theme.OnToast
	t.row = Row(theme.Space3, t.icon, Grow(t.text), t.undo, t.close)
	t.ExtendBaseWidget(t)
	return t
}

// Set shows a sentence, and a link such as "Undo" unless its label is empty.
func (t *Toast) Set(icon theme.Icon, sentence, label string, act func()) {
	t.icon.Set(icon, theme.OnToast)
	t.text.SetText(sentence)
	t.undo.label, t.undo.act = label, act
	t.undo.Hidden = label == ""
	t.row.Refresh()
	t.undo.remeasure()
}

// Undo does what the link does, for the key.
func (t *Toast) Undo() {
	if !t.undo.Hidden {
		t.undo.press()
	}
}

const (
	toastHeight float32 = 44
	toastBefore float32 = 16
	toastAfter  float32 = 8
)

// CreateRenderer is for Fyne.
func (t *Toast) CreateRenderer() fyne.WidgetRenderer { return toastView{t} }

type toastView struct{ toast *Toast }

func (v toastView) Layout(size fyne.Size) {
	v.toast.ground.Resize(size)
	v.toast.row.Move(fyne.NewPos(toastBefore, 0))
	v.toast.row.Resize(fyne.NewSize(size.Width-toastBefore-toastAfter, size.Height))
}

func (v toastView) MinSize() fyne.Size { return fyne.NewSize(200, toastHeight) }
func (v toastView) Destroy()           {}

func (v toastView) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.toast.ground, v.toast.row}
}

func (v toastView) Refresh() {
	v.toast.ground.Refresh()
	v.toast.row.Refresh()
}

// toastLink is the link of a toast: padded, semibold, on a dark ground.
type toastLink struct {
	control
	label string
}

func newToastLink() *toastLink {
	l := &toastLink{}
	l.ringed(0)
	l.become(l)
	return l
}

var toastStyle = theme.TextLine.With(theme.SemiBold)

func (l *toastLink) measure() fyne.Size {
	return fyne.NewSize(ceil(TextWidth(l.label, toastStyle)+2*theme.Space3), theme.SmallHeight)
}

func (l *toastLink) paint(s *Sheet) {
	size := l.Size()
	y := (size.Height - toastStyle.Line) / 2
	w := s.Text(theme.Space3, y, size.Width, Words{Text: l.label, Style: toastStyle, Color: theme.ToastAccent})
	if l.hovered {
		s.HLine(theme.Space3, y+toastStyle.Line-3, w, theme.ToastAccent)
	}
}

// AccessibilityLabel is for Fyne.
func (l *toastLink) AccessibilityLabel() string { return l.label }

// AccessibilityRole is for Fyne.
func (l *toastLink) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleLink }

// Text is the sentence that it shows.
func (t *Toast) Text() string { return t.text.Text() }

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
)

// A Face fills a pane that has nothing else to show: a picture, a sentence and
// what can be done about it.
type Face struct {
	widget.BaseWidget
	column *fyne.Container
	actor  *Button
	detail *Block
	block  *Block
	sketch *SketchView
}

// NewFace is a face. detail, icon, label and act may be empty: then there is no
// second sentence, or no button.
func NewFace(sketch *Sketch, sentence, detail string, icon theme.Icon, label string, act func()) *Face {
	f := &Face{sketch: NewSketchView(sketch)}
	f.block = NewBlock(Words{Text: sentence, Style: theme.TextHead.With(theme.Medium), Color: theme.Ink, Align: AlignMiddle}, 3)
	f.detail = NewBlock(Words{Text: detail, Style: theme.TextBody, Color: theme.Ink2, Align: AlignMiddle}, 4)
	f.actor = NewButton(label, icon, ButtonLook{}, act)
	f.detail.Hidden = detail == ""
	f.actor.Hidden = label == ""
	f.column = Column(0, f.sketch, Gap(0, theme.Space5), f.block, f.detail, Gap(0, 20), Centre(f.actor))
	f.ExtendBaseWidget(f)
	return f
}

// Set changes what it shows.
func (f *Face) Set(sketch *Sketch, sentence, detail string, icon theme.Icon, label string, act func()) {
	f.sketch.sketch = sketch
	f.block.SetText(sentence)
	f.detail.SetText(detail)
	f.detail.Hidden = detail == ""
	f.actor.SetLabel(label)
	f.actor.SetIcon(icon)
	f.actor.act = act
	f.actor.Hidden = label == ""
	f.Refresh()
}

const (
	faceWidth float32 = 420
	// faceRise lifts a face above the middle, where the eye expects it.
	faceRise float32 = 0.43
)

// CreateRenderer is for Fyne.
func (f *Face) CreateRenderer() fyne.WidgetRenderer { return faceView{f} }

type faceView struct{ face *Face }

func (v faceView) Layout(size fyne.Size) {
	w := min(size.Width-2*theme.Space4, faceWidth)
	h := heightOf(v.face.column, w)
	v.face.column.Move(fyne.NewPos(floorHalf((size.Width-w)/2), floorHalf(max(0, (size.Height-h)*faceRise))))
	v.face.column.Resize(fyne.NewSize(w, h))
}

func (v faceView) MinSize() fyne.Size           { return fyne.NewSize(200, 120) }
func (v faceView) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{v.face.column} }
func (v faceView) Destroy()                     {}

func (v faceView) Refresh() {
	v.face.column.Refresh()
	v.Layout(v.face.Size())
}

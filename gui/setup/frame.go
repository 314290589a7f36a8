package setup

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

const (
	footHeight float32 = 72
	columnSide float32 = 32
)

// frame is what the screens have in common: a column in the middle that can be
// scrolled, and a foot with the steps and the buttons.
type frame struct {
	widget.BaseWidget
	ground *widgets.Fill
	scroll *widgets.Scroll
	foot   *fyne.Container
}

func newFrame(width, top float32, content fyne.CanvasObject, steps *steps, buttons ...fyne.CanvasObject) *frame {
	f := &frame{ground: widgets.NewFill(theme.Side)}
	f.scroll = widgets.NewScroll(widgets.Pad(top, 0, theme.Space5, 0, widgets.Measure(width, columnSide, content)))
	parts := append([]fyne.CanvasObject{steps, widgets.Spring()}, buttons...)
	line := widgets.Column(0, widgets.NewDivider(), widgets.Spring())
	f.foot = widgets.Stack(widgets.NewFill(theme.Paper), line, widgets.Pad(0, columnSide, 0, columnSide, widgets.Row(theme.Space3, parts...)))
	f.ExtendBaseWidget(f)
	return f
}

// CreateRenderer is for Fyne.
func (f *frame) CreateRenderer() fyne.WidgetRenderer { return frameView{f} }

type frameView struct{ frame *frame }

func (v frameView) Layout(size fyne.Size) {
	f := v.frame
	f.ground.Resize(size)
	f.scroll.Resize(fyne.NewSize(size.Width, max(0, size.Height-footHeight)))
	f.foot.Move(fyne.NewPos(0, size.Height-footHeight))
	f.foot.Resize(fyne.NewSize(size.Width, footHeight))
}

func (v frameView) MinSize() fyne.Size { return fyne.NewSize(480, 320) }
func (v frameView) Destroy()           {}

func (v frameView) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.frame.ground, v.frame.scroll, v.frame.foot}
}

func (v frameView) Refresh() {
	for _, o := range v.Objects() {
		o.Refresh()
	}
}

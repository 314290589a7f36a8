package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
)

// tipDelay is how long the pointer rests before a tooltip shows.
const tipDelay = 600 * time.Millisecond

// tipTimer calls f on Fyne's goroutine after a while, unless it is stopped
// first. Tests replace it.
var tipTimer = func(d time.Duration, f func()) (stop func()) {
	t := time.AfterFunc(d, func() { Do(f) })
	return func() { t.Stop() }
}

// tips is the tooltip that shows or is about to: there is one at a time.
var tips struct {
	layer *TipLayer
	wait  func() // stops the wait
	turn  int    // numbers the waits, so that one that was stopped too late does nothing
}

// showTip begins the wait for a widget's tooltip.
func showTip(over fyne.CanvasObject, text string) {
	hideTip()
	if text == "" {
		return
	}
	turn := tips.turn
	tips.wait = tipTimer(tipDelay, func() {
		if turn != tips.turn {
			return
		}
		if layer := layerOf(over); layer != nil {
			tips.layer = layer
			layer.show(over, text)
		}
	})
}

// hideTip takes the tooltip away, or ends the wait for it.
func hideTip() {
	tips.turn++
	if tips.wait != nil {
		tips.wait()
		tips.wait = nil
	}
	if tips.layer != nil {
		tips.layer.hide()
		tips.layer = nil
	}
}

// A TipLayer shows content, and the tooltips of the widgets in it above it. The
// window's content is in one, and so is each overlay that has tooltips.
type TipLayer struct {
	widget.BaseWidget
	content fyne.CanvasObject
	ground  *canvas.Rectangle
	text    *Text
}

// NewTipLayer is the layer of a window, around its content.
func NewTipLayer(content fyne.CanvasObject) *TipLayer {
	l := newTipLayer(content)
	layers[l] = true
	return l
}

func newTipLayer(content fyne.CanvasObject) *TipLayer {
	l := &TipLayer{content: content, ground: canvas.NewRectangle(theme.Toast.Now()), text: NewText("", theme.TextCaption, theme.OnToast)}
	l.ground.CornerRadius = theme.RadiusTag
	l.ground.Hide()
	l.text.Hide()
	l.ExtendBaseWidget(l)
	return l
}

// layers are those of windows; overlays know their own.
var layers = map[*TipLayer]bool{}

// Close forgets the layer of a window that is closed.
func (l *TipLayer) Close() { delete(layers, l) }

// layerOf is the topmost layer on the object's canvas.
func layerOf(o fyne.CanvasObject) *TipLayer {
	app := fyne.CurrentApp()
	if app == nil {
		return nil
	}
	c := app.Driver().CanvasForObject(o)
	if c == nil {
		return nil
	}
	if top := c.Overlays().Top(); top != nil {
		if host, ok := top.(interface{ tipLayer() *TipLayer }); ok {
			return host.tipLayer()
		}
		return nil
	}
	for l := range layers {
		if app.Driver().CanvasForObject(l) == c {
			return l
		}
	}
	return nil
}

// show puts the tooltip below the widget, or above it where there is no room.
func (l *TipLayer) show(over fyne.CanvasObject, text string) {
	l.text.SetText(text)
	driver := fyne.CurrentApp().Driver()
	at := driver.AbsolutePositionForObject(over).Subtract(driver.AbsolutePositionForObject(l))
	need := l.text.MinSize()
	size := fyne.NewSize(min(need.Width, l.Size().Width-4*theme.Space2)+2*theme.Space2, need.Height+2*theme.Space1)
	x := at.X + over.Size().Width/2 - size.Width/2
	x = max(theme.Space1, min(x, l.Size().Width-size.Width-theme.Space1))
	y := at.Y + over.Size().Height + theme.Space1
	if y+size.Height > l.Size().Height {
		y = at.Y - size.Height - theme.Space1
	}
	l.ground.FillColor = theme.Toast.Now()
	l.ground.Move(fyne.NewPos(x, y))
	l.ground.Resize(size)
	l.text.Move(fyne.NewPos(x+theme.Space2, y+theme.Space1))
	l.text.Resize(fyne.NewSize(size.Width-2*theme.Space2, need.Height))
	l.ground.Show()
	l.text.Show()
}

func (l *TipLayer) hide() {
	l.ground.Hide()
	l.text.Hide()
}

// CreateRenderer is for Fyne.
func (l *TipLayer) CreateRenderer() fyne.WidgetRenderer { return tipView{l} }

type tipView struct{ layer *TipLayer }

func (v tipView) Layout(size fyne.Size) { v.layer.content.Resize(size) }
func (v tipView) MinSize() fyne.Size    { return v.layer.content.MinSize() }
func (v tipView) Destroy()              {}

func (v tipView) Refresh() {
	deviceScale(v.layer) // Fyne refreshes a window's content, and no more, when the scale is another
	v.layer.ground.FillColor = theme.Toast.Now()
	v.layer.ground.Refresh()
	v.layer.text.Refresh()
	v.layer.content.Refresh()
}

func (v tipView) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.layer.content, v.layer.ground, v.layer.text}
}

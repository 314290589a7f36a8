package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
)

// overlay is what menus, popovers and dialogs have in common: it lies over the
// whole window, is closed by Escape, and gives the focus back to who had it.
type overlay struct {
	widget.BaseWidget
	on     fyne.Canvas
	scrim  *canvas.Rectangle // nil where what lies below stays clear
	tips   *TipLayer
	before fyne.Focusable
	shown  bool

	place   func(size fyne.Size)                // lays the content out
	enter   func() bool                         // Return was pressed and nobody else wanted it
	outside func()                              // a click beside the content
	holds   func(at fyne.Position) bool         // whether a place is on the content
	typed   func(e *fyne.KeyEvent) (taken bool) // keys that the content wants first
	runed   func(r rune)                        // letters that nobody else wanted
	closed  func()
}

var (
	_ fyne.Focusable         = (*overlay)(nil)
	_ fyne.Tappable          = (*overlay)(nil)
	_ fyne.SecondaryTappable = (*overlay)(nil)
)

func newOverlay(content fyne.CanvasObject, dim bool) *overlay {
	o := &overlay{tips: newTipLayer(content)}
	if dim {
		o.scrim = canvas.NewRectangle(theme.Scrim.Now())
	}
	o.ExtendBaseWidget(o)
	return o
}

// show puts it over a window and gives it the focus.
func (o *overlay) show(c fyne.Canvas) {
	if o.shown {
		return
	}
	hideTip()
	o.on, o.shown, o.before = c, true, c.Focused()
	c.Overlays().Add(o)
	o.Resize(c.Size())
	c.Focus(o)
}

// overlaysShut counts the overlays that were taken away.
var overlaysShut int

// hide takes it away, with all that lies above it.
func (o *overlay) hide() {
	if !o.shown {
		return
	}
	hideTip()
	o.shown, awaited = false, nil
	overlaysShut++
	o.on.Overlays().Remove(o)
	if o.before != nil {
		o.on.Focus(o.before)
	}
	if o.closed != nil {
		o.closed()
	}
}

func (o *overlay) tipLayer() *TipLayer { return o.tips }

// Tapped is for Fyne.
func (o *overlay) Tapped(e *fyne.PointEvent) { o.beside(e.Position) }

// TappedSecondary is for Fyne.
func (o *overlay) TappedSecondary(e *fyne.PointEvent) { o.beside(e.Position) }

func (o *overlay) beside(at fyne.Position) {
	if o.outside != nil && (o.holds == nil || !o.holds(at)) {
		o.outside()
	}
}

// FocusGained is for Fyne.
func (o *overlay) FocusGained() {}

// FocusLost is for Fyne.
func (o *overlay) FocusLost() {}

// TypedRune is for Fyne.
func (o *overlay) TypedRune(r rune) {
	switch {
	case awaited != nil:
		awaited.TypedRune(r)
	case o.runed != nil:
		o.runed(r)
	}
}

// TypedKey is for Fyne.
func (o *overlay) TypedKey(e *fyne.KeyEvent) {
	if awaited != nil && e.Name != fyne.KeyEscape {
		awaited.TypedKey(e)
		return
	}
	o.stray(e)
}

// stray takes a key that no widget of the content wanted.
func (o *overlay) stray(e *fyne.KeyEvent) {
	if o.typed != nil && o.typed(e) {
		return
	}
	switch e.Name {
	case fyne.KeyEscape:
		o.hide()
	case fyne.KeyReturn, fyne.KeyEnter:
		if o.enter != nil {
			o.enter()
		}
	}
}

// CreateRenderer is for Fyne.
func (o *overlay) CreateRenderer() fyne.WidgetRenderer { return overlayView{o} }

type overlayView struct{ overlay *overlay }

func (v overlayView) Layout(size fyne.Size) {
	if v.overlay.scrim != nil {
		v.overlay.scrim.Resize(size)
	}
	v.overlay.tips.Resize(size)
	if v.overlay.place != nil {
		v.overlay.place(size)
	}
}

func (v overlayView) MinSize() fyne.Size { return fyne.Size{} }
func (v overlayView) Destroy()           {}

func (v overlayView) Refresh() {
	if v.overlay.scrim != nil {
		v.overlay.scrim.FillColor = theme.Scrim.Now()
		v.overlay.scrim.Refresh()
	}
	v.overlay.tips.Refresh()
}

func (v overlayView) Objects() []fyne.CanvasObject {
	if v.overlay.scrim != nil {
		return []fyne.CanvasObject{v.overlay.scrim, v.overlay.tips}
	}
	return []fyne.CanvasObject{v.overlay.tips}
}

package widgets

import "fyne.io/fyne/v2"

// strayKeys are who gets the keys that a focused widget of the kit has no use
// for, by window.
var strayKeys = map[fyne.Canvas]Keys{}

// SetStrayKeys says who gets the keys that the focused button, check or field of
// a window has no use for, so that the commands work wherever the focus is. The
// zero Keys ends it.
func SetStrayKeys(c fyne.Canvas, keys Keys) {
	if keys.Key == nil && keys.Rune == nil && keys.Shortcut == nil {
		delete(strayKeys, c)
		return
	}
	strayKeys[c] = keys
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	if app := fyne.CurrentApp(); app != nil {
		return app.Driver().CanvasForObject(o)
	}
	return nil
}

// strayKey hands a key on: to the overlay that the widget is in, or to the
// window's commands.
func strayKey(from fyne.CanvasObject, e *fyne.KeyEvent) {
	c := canvasOf(from)
	if c == nil {
		return
	}
	if top := c.Overlays().Top(); top != nil {
		if o, ok := top.(interface{ stray(*fyne.KeyEvent) }); ok {
			o.stray(e)
		}
		return
	}
	strayKeys[c].key(e)
}

// strayRune hands a letter on to the window's commands.
func strayRune(from fyne.CanvasObject, r rune) {
	if c := canvasOf(from); c != nil && c.Overlays().Top() == nil {
		strayKeys[c].rune(r)
	}
}

// strayShortcut hands a shortcut on to the window's commands, and to those that
// were set on the window itself: Fyne does not ask it while a widget that takes
// shortcuts has the focus.
func strayShortcut(from fyne.CanvasObject, s fyne.Shortcut) {
	c := canvasOf(from)
	if c == nil || c.Overlays().Top() != nil || strayKeys[c].shortcut(s) {
		return
	}
	if taker, ok := c.(fyne.Shortcutable); ok {
		taker.TypedShortcut(s)
	}
}

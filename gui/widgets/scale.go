package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

// lastScale is the scale of the canvas that was seen last: the best guess for
// an object that is in none yet. Only Fyne's goroutine uses it.
var lastScale float32 = 1

// scales are those of the canvases, as they were drawn with.
var scales = map[fyne.Canvas]float32{}

// mostScales bounds how many canvases are remembered: windows come and go.
const mostScales = 16

// deviceScale is how many device pixels a unit has where the object is shown.
func deviceScale(o fyne.CanvasObject) float32 {
	app := fyne.CurrentApp()
	if app == nil {
		return lastScale
	}
	c := app.Driver().CanvasForObject(o)
	if c == nil {
		return lastScale
	}
	// Not Scale(): on some systems a canvas has more pixels than it says.
	x, _ := c.PixelCoordinateForPosition(fyne.NewPos(4096, 0))
	if x > 0 {
		lastScale = float32(x) / 4096
		remember(c, lastScale)
	}
	return lastScale
}

// remember notes the scale of a canvas. When a window goes to another monitor
// Fyne stretches what was drawn; all of it is drawn anew instead.
func remember(c fyne.Canvas, scale float32) {
	was, known := scales[c]
	if was == scale {
		return
	}
	if len(scales) >= mostScales {
		clear(scales)
	}
	scales[c] = scale
	if known {
		rescaled()
	}
}

// rescaled has everything drawn anew, once what goes on is done. Tests replace
// it.
var rescaled = func() { go Do(theme.Redraw) }

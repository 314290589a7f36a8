package widgets

import (
	"image"
	"image/draw"
	"sync"

	"postrider/gui/line"
	"postrider/gui/theme"
)

// Icon draws an icon into the square of so many units at x, y.
func (s *Sheet) Icon(icon theme.Icon, x, y, size float32, c theme.Token) {
	mask := iconMask(icon, s.px(size))
	at := image.Pt(s.px(x), s.px(y))
	draw.DrawMask(s.Pix, mask.Rect.Add(at), image.NewUniform(c.Now()), image.Point{}, mask, image.Point{}, draw.Over)
}

// A Stroke says how a drawing's lines look, in units of the drawing.
type Stroke struct {
	Width float32
	Color theme.Token
	Dash  []float64
}

// Draw draws a line drawing whose origin is at x, y, zoom units to one of its
// own: filled if fill is a colour, then stroked if the stroke has a width.
func (s *Sheet) Draw(d line.Drawing, x, y, zoom float32, fill theme.Token, stroke Stroke) {
	at := line.Placing{X: float64(s.px(x)), Y: float64(s.px(y)), Scale: float64(zoom * s.Scale)}
	if fill != theme.None {
		mask := image.NewAlpha(s.Pix.Rect)
		d.Fill(mask, at)
		draw.DrawMask(s.Pix, s.Pix.Rect, image.NewUniform(fill.Now()), image.Point{}, mask, image.Point{}, draw.Over)
	}
	if stroke.Width > 0 {
		mask := image.NewAlpha(s.Pix.Rect)
		d.Stroke(mask, at, float64(stroke.Width), stroke.Dash...)
		draw.DrawMask(s.Pix, s.Pix.Rect, image.NewUniform(stroke.Color.Now()), image.Point{}, mask, image.Point{}, draw.Over)
	}
}

type maskKey struct {
	icon theme.Icon
	size int
}

// There are about a hundred icons in a few sizes: all masks together stay below
// a megabyte.
var (
	masksMu sync.Mutex
	masks   = map[maskKey]*image.Alpha{}
)

// iconMask is the icon's shape in a square of so many device pixels.
func iconMask(icon theme.Icon, size int) *image.Alpha {
	masksMu.Lock()
	defer masksMu.Unlock()
	key := maskKey{icon, size}
	if mask, ok := masks[key]; ok {
		return mask
	}
	mask := image.NewAlpha(image.Rect(0, 0, size, size))
	drawing := icon.Drawing()
	at := line.Placing{Scale: float64(size) / theme.IconGrid}
	drawing.Stroke(mask, at, theme.StrokeWidth)
	if icon.IsFilled() {
		drawing.Fill(mask, at)
	}
	masks[key] = mask
	return mask
}

package sample

import (
	"image"
	"math"
)

// scene is a sky and what stands before it, the farthest first. Coordinates
// are in heights of the picture, from the top left.
type scene struct {
	top, bottom uint32 // of the sky, 0xRRGGBB
	layers      []layer
}

// layer is a shape in one colour, within a rectangle.
type layer struct {
	colour         uint32
	x0, y0, x1, y1 float64
	// along gives, for one x, how deep inside the shape each y lies, in heights;
	// below zero is outside. It is asked column by column.
	along func(x float64) func(y float64) float64
	fade  bool // depth is not an edge, but how much of the colour there is
}

// canvas holds red, green and blue of each pixel.
type canvas struct {
	w, h int
	pix  [][3]float32
}

func (s scene) paint(w, h int) image.Image {
	c := canvas{w, h, make([][3]float32, w*h)}
	for y := range h {
		sky := rgb(s.top)
		mix(&sky, rgb(s.bottom), (float32(y)+0.5)/float32(h))
		for x := range w {
			c.pix[y*w+x] = sky
		}
	}
	for _, l := range s.layers {
		c.draw(l)
	}
	return c.image()
}

func (c *canvas) draw(l layer) {
	height := float64(c.h)
	colour := rgb(l.colour)
	pixel := func(v float64, most int) int { return min(max(int(v*height), 0), most) }
	y0, y1 := pixel(l.y0-1/height, c.h), pixel(l.y1+2/height, c.h)
	for px := pixel(l.x0-1/height, c.w); px < pixel(l.x1+2/height, c.w); px++ {
		depth := l.along((float64(px) + 0.5) / height)
		for py := y0; py < y1; py++ {
			d := depth((float64(py) + 0.5) / height)
			if !l.fade {
				d = d*height + 0.5 // half a pixel on each side of the edge
			}
			if d > 0 {
				mix(&c.pix[py*c.w+px], colour, float32(min(d, 1)))
			}
		}
	}
}

func (c *canvas) image() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, c.w, c.h))
	for i, p := range c.pix {
		m.Pix[4*i], m.Pix[4*i+1], m.Pix[4*i+2], m.Pix[4*i+3] = uint8(p[0]), uint8(p[1]), uint8(p[2]), 255
	}
	return m
}

func rgb(c uint32) [3]float32 {
	return [3]float32{float32(c >> 16), float32(c >> 8 & 255), float32(c & 255)}
}

func mix(a *[3]float32, b [3]float32, t float32) {
	for i := range a {
		a[i] += (b[i] - a[i]) * t
	}
}

// far is beyond the edge of every picture.
const far = 9

// ridge is all below a line of hills: at y, so high, so wide.
func ridge(colour uint32, y, high, wide, phase float64) layer {
	return layer{colour: colour, y0: y - 1.6*high, x1: far, y1: far, along: func(x float64) func(float64) float64 {
		line := y - high*(math.Sin(x/wide+phase*7)+0.5*math.Sin(2.3*x/wide+phase*13))
		return func(y float64) float64 { return y - line }
	}}
}

func disc(colour uint32, cx, cy, r float64) layer {
	return layer{colour: colour, x0: cx - r, y0: cy - r, x1: cx + r, y1: cy + r, along: func(x float64) func(float64) float64 {
		return func(y float64) float64 { return r - math.Hypot(x-cx, y-cy) }
	}}
}

// glow is light around a point that fades to nothing at r.
func glow(colour uint32, cx, cy, r float64) layer {
	l := disc(colour, cx, cy, r)
	l.fade = true
	l.along = func(x float64) func(float64) float64 {
		return func(y float64) float64 {
			t := max(1-math.Hypot(x-cx, y-cy)/r, 0)
			return 0.7 * t * t
		}
	}
	return l
}

func box(colour uint32, x0, y0, x1, y1 float64) layer {
	return layer{colour: colour, x0: x0, y0: y0, x1: x1, y1: y1, along: func(x float64) func(float64) float64 {
		across := min(x-x0, x1-x)
		return func(y float64) float64 { return min(across, y-y0, y1-y) }
	}}
}

// sail is a triangle with an upright edge at x; a negative width reaches left.
func sail(colour uint32, x, top, foot, width float64) layer {
	return layer{colour: colour, x0: min(x, x+width), y0: top, x1: max(x, x+width), y1: foot, along: func(px float64) func(float64) float64 {
		from := (px - x) * math.Copysign(1, width)
		return func(y float64) float64 {
			reach := (y - top) / (foot - top) * math.Abs(width)
			return min(from, reach-from, foot-y)
		}
	}}
}

package ink

import (
	"image"
	"math"
)

// Rect is a rectangle, in px.
type Rect struct{ X, Y, W, H float64 }

// Radius is the radius of a corner, in px.
type Radius struct{ X, Y float64 }

// Corners are the radii of a box: top left, top right, bottom right, bottom left.
type Corners [4]Radius

// Round makes all corners alike.
func Round(r float64) Corners { return Corners{{r, r}, {r, r}, {r, r}, {r, r}} }

func (c Corners) zero() bool {
	for _, r := range c {
		if r.X > 0 && r.Y > 0 {
			return false
		}
	}
	return true
}

// fit makes radii that overlap smaller, all by the same factor (CSS Backgrounds
// 3, 4.5), and scales them.
func (c Corners) fit(w, h, scale float64) Corners {
	f := 1.0
	shrink := func(a, b, side float64) {
		if a+b > side && a+b > 0 {
			f = min(f, side/(a+b))
		}
	}
	for i := range c {
		c[i].X, c[i].Y = length(c[i].X)*scale, length(c[i].Y)*scale
		if c[i].X == 0 || c[i].Y == 0 {
			c[i] = Radius{}
		}
	}
	shrink(c[0].X, c[1].X, w)
	shrink(c[3].X, c[2].X, w)
	shrink(c[0].Y, c[3].Y, h)
	shrink(c[1].Y, c[2].Y, h)
	for i := range c {
		c[i].X *= f
		c[i].Y *= f
	}
	return c
}

// inner makes the radii of the inside of a border.
func (c Corners) inner(top, right, bottom, left float64) Corners {
	sub := func(r Radius, x, y float64) Radius {
		r = Radius{max(0, r.X-x), max(0, r.Y-y)}
		if r.X == 0 || r.Y == 0 {
			return Radius{}
		}
		return r
	}
	return Corners{sub(c[0], left, top), sub(c[1], right, top), sub(c[2], right, bottom), sub(c[3], left, bottom)}
}

// far is beyond any picture; larger numbers are taken for it, so that what is
// made of them fits into integers.
const far = 1 << 24

// finite makes a number that can be reckoned with.
func finite(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return max(-far, min(far, v))
}

func length(v float64) float64 { return max(0, finite(v)) }

// box is a rectangle in device pixels, not rounded.
type box struct{ x0, y0, x1, y1 float64 }

func (b box) empty() bool { return b.x1 <= b.x0 || b.y1 <= b.y0 }

func (b box) inset(top, right, bottom, left float64) box {
	return box{b.x0 + left, b.y0 + top, b.x1 - right, b.y1 - bottom}
}

// outer is the smallest rectangle of whole pixels around b.
func (b box) outer() image.Rectangle {
	return image.Rect(int(math.Floor(b.x0)), int(math.Floor(b.y0)), int(math.Ceil(b.x1)), int(math.Ceil(b.y1)))
}

// snap moves the edges to the nearest whole pixels. What is thinner than one, and
// not nothing, keeps one.
func (b box) snap() box {
	s := box{math.Round(b.x0), math.Round(b.y0), math.Round(b.x1), math.Round(b.y1)}
	if s.x1 == s.x0 && b.x1 > b.x0 {
		s.x1++
	}
	if s.y1 == s.y0 && b.y1 > b.y0 {
		s.y1++
	}
	return s
}

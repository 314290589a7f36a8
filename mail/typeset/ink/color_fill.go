package ink

import (
	"image"
	"math"
	"sort"

	"github.com/go-text/typesetting/font/opentype/tables"
)

// shader returns the colours of a paint that fills; nil for one that does not.
func (c *colorist) shader(p tables.PaintTable, at pen) filling {
	switch p := p.(type) {
	case tables.PaintSolid:
		return c.solid(p.PaletteIndex, fraction(p.Alpha))
	case tables.PaintVarSolid:
		return c.solid(p.PaletteIndex, fraction(p.Alpha))
	case tables.PaintLinearGradient:
		return c.linear(c.ramp(p.ColorLine), at, p.X0, p.Y0, p.X1, p.Y1, p.X2, p.Y2)
	case tables.PaintVarLinearGradient:
		return c.linear(c.varRamp(p.ColorLine), at, p.X0, p.Y0, p.X1, p.Y1, p.X2, p.Y2)
	case tables.PaintRadialGradient:
		return c.radial(c.ramp(p.ColorLine), at, circle{p.X0, p.Y0, p.Radius0}, circle{p.X1, p.Y1, p.Radius1})
	case tables.PaintVarRadialGradient:
		return c.radial(c.varRamp(p.ColorLine), at, circle{p.X0, p.Y0, p.Radius0}, circle{p.X1, p.Y1, p.Radius1})
	case tables.PaintSweepGradient:
		return c.sweep(c.ramp(p.ColorLine), at, p.CenterX, p.CenterY, fraction(p.StartAngle), fraction(p.EndAngle))
	case tables.PaintVarSweepGradient:
		return c.sweep(c.varRamp(p.ColorLine), at, p.CenterX, p.CenterY, fraction(p.StartAngle), fraction(p.EndAngle))
	}
	return nil
}

// line is the colours of a gradient by their place.
type line struct {
	at     []float64
	colors []paint
	extend tables.Extend
}

func (c *colorist) ramp(l tables.ColorLine) line {
	out := line{extend: l.Extend}
	for _, s := range l.ColorStops {
		out.at = append(out.at, float64(fraction(s.StopOffset)))
		out.colors = append(out.colors, c.color(s.PaletteIndex, fraction(s.Alpha)))
	}
	sort.Stable(&out)
	return out
}

func (c *colorist) varRamp(l tables.VarColorLine) line {
	out := line{extend: l.Extend}
	for _, s := range l.ColorStops {
		out.at = append(out.at, float64(fraction(s.StopOffset)))
		out.colors = append(out.colors, c.color(s.PaletteIndex, fraction(s.Alpha)))
	}
	sort.Stable(&out)
	return out
}

func (l *line) Len() int           { return len(l.at) }
func (l *line) Less(i, j int) bool { return l.at[i] < l.at[j] }
func (l *line) Swap(i, j int) {
	l.at[i], l.at[j] = l.at[j], l.at[i]
	l.colors[i], l.colors[j] = l.colors[j], l.colors[i]
}

// color is the colour at a place.
func (l *line) color(t float64) paint {
	n := len(l.at)
	if n == 0 || math.IsNaN(t) {
		return paint{}
	}
	first, last := l.at[0], l.at[n-1]
	if span := last - first; span > 0 {
		switch l.extend {
		case tables.ExtendRepeat:
			t = first + (t - first) - span*math.Floor((t-first)/span)
		case tables.ExtendReflect:
			u := math.Mod(math.Abs(t-first), 2*span)
			t = first + min(u, 2*span-u)
		}
	}
	i := sort.SearchFloat64s(l.at, t)
	switch {
	case i == 0:
		return l.colors[0]
	case i == n:
		return l.colors[n-1]
	}
	f := (t - l.at[i-1]) / (l.at[i] - l.at[i-1])
	a, b := l.colors[i-1], l.colors[i]
	mix := func(a, b uint32) uint32 { return uint32(float64(a) + (float64(b)-float64(a))*f + 0.5) }
	return paint{mix(a.r, b.r), mix(a.g, b.g), mix(a.b, b.b), mix(a.a, b.a)}
}

// filling looks colours up by a place that depends on the point in the font's
// units.
func (l line) filling(at pen, place func(x, y float64) float64) filling {
	back, ok := at.to.inverse()
	if !ok || len(l.at) == 0 {
		return nil
	}
	return func(x, y int) paint {
		return l.color(place(back.apply(float64(x)+0.5, float64(y)+0.5)))
	}
}

// linear goes from point 0 to point 1; the line from 0 to 2 has one colour.
func (c *colorist) linear(l line, at pen, x0, y0, x1, y1, x2, y2 int16) filling {
	ax, ay := float64(x1)-float64(x0), float64(y1)-float64(y0)
	px, py := float64(y2)-float64(y0), float64(x0)-float64(x2) // across the line of one colour
	if d := px*px + py*py; d > 0 {
		k := (ax*px + ay*py) / d
		ax, ay = k*px, k*py
	}
	d := ax*ax + ay*ay
	if d == 0 {
		return nil
	}
	return l.filling(at, func(x, y float64) float64 {
		return ((x-float64(x0))*ax + (y-float64(y0))*ay) / d
	})
}

type circle struct {
	x, y int16
	r    uint16
}

// radial goes from one circle to another: the largest t for which the point is on
// the circle between them.
func (c *colorist) radial(l line, at pen, from, to circle) filling {
	x0, y0, r0 := float64(from.x), float64(from.y), float64(from.r)
	dx, dy, dr := float64(to.x)-x0, float64(to.y)-y0, float64(to.r)-r0
	a := dx*dx + dy*dy - dr*dr
	return l.filling(at, func(x, y float64) float64 {
		px, py := x-x0, y-y0
		b := px*dx + py*dy + r0*dr
		k := px*px + py*py - r0*r0
		if math.Abs(a) < 1e-9 {
			if b == 0 {
				return math.NaN()
			}
			return k / (2 * b)
		}
		root := b*b - a*k
		if root < 0 {
			return math.NaN()
		}
		root = math.Sqrt(root)
		t, other := (b+root)/a, (b-root)/a
		if t < other {
			t, other = other, t
		}
		if r0+t*dr < 0 {
			t = other
		}
		if r0+t*dr < 0 {
			return math.NaN()
		}
		return t
	})
}

// sweep goes around a centre, counter-clockwise.
func (c *colorist) sweep(l line, at pen, cx, cy int16, start, end float32) filling {
	from, to := (float64(start)+1)*math.Pi, (float64(end)+1)*math.Pi
	if to == from {
		return nil
	}
	return l.filling(at, func(x, y float64) float64 {
		angle := math.Atan2(y-float64(cy), x-float64(cx))
		if angle < 0 {
			angle += 2 * math.Pi
		}
		return (angle - from) / (to - from)
	})
}

// composite paints two paints apart and lays one over the other. Modes that mix
// colours are taken for "source over".
func (c *colorist) composite(p tables.PaintComposite, at pen) {
	if p.CompositeMode == tables.CompositeSrcOver || p.CompositeMode > tables.CompositePlus {
		c.paint(p.BackdropPaint, at)
		c.paint(p.SourcePaint, at)
		return
	}
	below, above := c.apart(p.BackdropPaint, at), c.apart(p.SourcePaint, at)
	for i := 0; i+3 < len(c.dst.Pix); i += 4 {
		s, d := above.Pix[i:i+4], below.Pix[i:i+4]
		fs, fd := porterDuff(p.CompositeMode, uint32(s[3]), uint32(d[3]))
		mix := func(k int) uint32 { return min(255, div255(uint32(s[k])*fs)+div255(uint32(d[k])*fd)) }
		put(c.dst.Pix[i:], paint{mix(0), mix(1), mix(2), mix(3)}, 255)
	}
}

// apart paints onto a sheet of its own.
func (c *colorist) apart(p tables.PaintTable, at pen) *image.RGBA {
	own := &colorist{of: c.of, face: c.face, dst: image.NewRGBA(c.dst.Rect), steps: c.steps / 2}
	c.steps -= 16 // a sheet is dear
	own.paint(p, at)
	return own.dst
}

// porterDuff is by how much of 255 source and destination count.
func porterDuff(m tables.CompositeMode, s, d uint32) (fs, fd uint32) {
	switch m {
	case tables.CompositeClear:
		return 0, 0
	case tables.CompositeSrc:
		return 255, 0
	case tables.CompositeDest:
		return 0, 255
	case tables.CompositeDestOver:
		return 255 - d, 255
	case tables.CompositeSrcIn:
		return d, 0
	case tables.CompositeDestIn:
		return 0, s
	case tables.CompositeSrcOut:
		return 255 - d, 0
	case tables.CompositeDestOut:
		return 0, 255 - s
	case tables.CompositeSrcAtop:
		return d, 255 - s
	case tables.CompositeDestAtop:
		return 255 - d, s
	case tables.CompositeXor:
		return 255 - d, 255 - s
	case tables.CompositePlus:
		return 255, 255
	}
	return 255, 255 - s
}

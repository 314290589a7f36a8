package ink

import (
	"image/color"
	"math"
)

// Stop is a colour at a place of a gradient, from 0 at its start to 1 at its end.
type Stop struct {
	At    float64
	Color color.NRGBA
}

// Linear is a gradient along a line, in px of the page.
type Linear struct {
	X0, Y0, X1, Y1 float64
	Stops          []Stop // in order
	Repeat         bool
}

// Radial is a gradient around a centre.
type Radial struct {
	X, Y, RX, RY float64
	Stops        []Stop // in order
	Repeat       bool
}

// FillLinear fills a rectangle with a gradient along a line.
func (c *Canvas) FillLinear(r Rect, corners Corners, g Linear) {
	x0, y0 := c.point(g.X0, g.Y0)
	x1, y1 := c.point(g.X1, g.Y1)
	dx, dy := x1-x0, y1-y0
	l := dx*dx + dy*dy
	c.shade(r, corners, g.Stops, g.Repeat, func(x, y float64) float64 {
		if l == 0 {
			return 1
		}
		return ((x-x0)*dx + (y-y0)*dy) / l
	})
}

// FillRadial fills a rectangle with a gradient around a centre.
func (c *Canvas) FillRadial(r Rect, corners Corners, g Radial) {
	x0, y0 := c.point(g.X, g.Y)
	rx, ry := length(g.RX)*c.scale, length(g.RY)*c.scale
	c.shade(r, corners, g.Stops, g.Repeat, func(x, y float64) float64 {
		if rx == 0 || ry == 0 {
			return 1
		}
		return math.Hypot((x-x0)/rx, (y-y0)/ry)
	})
}

func (c *Canvas) point(x, y float64) (float64, float64) {
	b := c.box(Rect{X: x, Y: y})
	return b.x0, b.y0
}

// shade fills a box with the colour at the place that at returns for each pixel.
func (c *Canvas) shade(r Rect, corners Corners, stops []Stop, repeat bool, at func(x, y float64) float64) {
	if len(stops) == 0 || r.W <= 0 || r.H <= 0 {
		return
	}
	b := c.box(r).snap()
	top := c.top()
	area := b.outer().Intersect(top.rect)
	if area.Empty() {
		return
	}
	var m *coverage
	if !corners.zero() {
		m = c.rounded(b, corners.fit(b.x1-b.x0, b.y1-b.y0, c.scale), area)
		m.times(top.mask)
	} else if top.mask != nil {
		m = top.mask
	}
	ramp := c.ramp(stops, repeat)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row := c.row(area, y)
		for i := range area.Dx() {
			v := uint32(255)
			if m != nil {
				v = uint32(m.row(area.Min.X+i, y)[0])
			}
			if v != 0 {
				put(row[4*i:], ramp.at(at(float64(area.Min.X+i)+0.5, float64(y)+0.5)), v)
			}
		}
	}
}

// ramp is the colours of a gradient, at 1024 places from its first stop to its
// last.
type ramp struct {
	from, span  float64
	repeat      bool
	before, end paint
	steps       [1024]paint
}

func (c *Canvas) ramp(stops []Stop, repeat bool) *ramp {
	first, last := finite(stops[0].At), finite(stops[len(stops)-1].At)
	r := &ramp{from: first, span: last - first, repeat: repeat, before: c.paint(stops[0].Color), end: c.paint(stops[len(stops)-1].Color)}
	if !(r.span > 0) {
		r.span = 0
		return r
	}
	k := 0
	for i := range r.steps {
		t := first + r.span*(float64(i)+0.5)/float64(len(r.steps))
		for k+1 < len(stops) && stops[k+1].At <= t {
			k++
		}
		r.steps[i] = c.mix(stops, k, t)
	}
	return r
}

// mix is the colour between the stop k and the next, premultiplied before it is
// mixed, as CSS Images 3 section 3.4.2 has it.
func (c *Canvas) mix(stops []Stop, k int, t float64) paint {
	a := c.paint(stops[k].Color)
	if k+1 == len(stops) || t <= stops[k].At {
		return a
	}
	b := c.paint(stops[k+1].Color)
	f := (t - stops[k].At) / (stops[k+1].At - stops[k].At)
	between := func(a, b uint32) uint32 { return uint32(float64(a) + (float64(b)-float64(a))*f + 0.5) }
	return paint{between(a.r, b.r), between(a.g, b.g), between(a.b, b.b), between(a.a, b.a)}
}

func (r *ramp) at(t float64) paint {
	if r.span == 0 {
		if t < r.from {
			return r.before
		}
		return r.end
	}
	t = (t - r.from) / r.span
	if r.repeat {
		t -= math.Floor(t)
	}
	switch {
	case !(t > 0):
		return r.steps[0]
	case t >= 1:
		return r.end
	}
	return r.steps[int(t*float64(len(r.steps)))]
}

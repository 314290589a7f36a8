package ink

import (
	"image"
	"image/color"
	"math"
)

// Stroke is how a border or a rule is drawn.
type Stroke uint8

// The strokes of CSS.
const (
	None Stroke = iota
	Solid
	Dashed
	Dotted
	Double
	Groove
	Ridge
	Inset
	Outset
	Wavy // rules only
)

// Edge is one side of a border.
type Edge struct {
	Width  float64 // px
	Stroke Stroke
	Color  color.NRGBA
}

// Border draws the four sides of a border (top, right, bottom, left) within a
// rectangle.
func (c *Canvas) Border(r Rect, edges [4]Edge, corners Corners) {
	outer := c.box(r).snap()
	if !outer.outer().Overlaps(c.top().rect) {
		return
	}
	b := border{c: c, outer: outer, edges: edges}
	for i, e := range edges {
		b.w[i] = c.thickness(e)
	}
	if b.w == [4]float64{} {
		return
	}
	b.outerCorners = corners.fit(outer.x1-outer.x0, outer.y1-outer.y0, c.scale)
	b.draw()
}

// thickness is a side's width in whole device pixels; what is to be seen has at
// least one.
func (c *Canvas) thickness(e Edge) float64 {
	if e.Stroke == None || !(e.Width > 0) {
		return 0
	}
	return max(1, math.Floor(length(e.Width)*c.scale+1e-6))
}

type border struct {
	c            *Canvas
	outer        box
	outerCorners Corners
	edges        [4]Edge
	w            [4]float64
}

// draw draws all sides at once if they are alike, else one by one.
func (b *border) draw() {
	e := b.edges[0]
	if b.alike() && (e.Stroke == Solid || e.Stroke == Double) {
		b.ring(e.Stroke, b.c.paint(e.Color), nil)
		return
	}
	for i, e := range b.edges {
		if b.w[i] > 0 && e.Color.A > 0 {
			b.side(i)
		}
	}
}

func (b *border) alike() bool {
	for i, e := range b.edges {
		if b.w[i] == 0 || e.Stroke != b.edges[0].Stroke || e.Color != b.edges[0].Color {
			return false
		}
	}
	return true
}

// between is the part of the border from one depth to another, both from 0 on the
// outside to 1 on the inside.
func (b *border) between(area image.Rectangle, from, to float64) *coverage {
	o := b.outer.inset(b.w[0]*from, b.w[1]*from, b.w[2]*from, b.w[3]*from)
	i := b.outer.inset(b.w[0]*to, b.w[1]*to, b.w[2]*to, b.w[3]*to)
	oc := b.outerCorners.inner(b.w[0]*from, b.w[1]*from, b.w[2]*from, b.w[3]*from)
	ic := b.outerCorners.inner(b.w[0]*to, b.w[1]*to, b.w[2]*to, b.w[3]*to)
	return raster(area, func(p *path) {
		p.box(o.near(area, oc), oc)
		p.hole(i.near(area, ic), ic)
	})
}

// ring draws the whole border, or what of it a mask lets through.
func (b *border) ring(s Stroke, p paint, only *coverage) {
	area := b.outer.outer().Intersect(b.c.top().rect)
	if only != nil {
		area = area.Intersect(only.rect)
	}
	if area.Empty() {
		return
	}
	if b.outerCorners.zero() && only == nil && s == Solid {
		b.bars(p)
		return
	}
	draw := func(from, to float64) {
		m := b.between(area, from, to)
		m.times(only)
		b.c.cover(m, p)
	}
	if s == Double {
		draw(0, b.third())
		draw(1-b.third(), 1)
		return
	}
	draw(0, 1)
}

// third is how thick each line of a double border is, of the whole: whole pixels.
func (b *border) third() float64 {
	w := max(b.w[0], b.w[1], b.w[2], b.w[3])
	if w < 3 {
		return 0.5 // no room: it looks solid
	}
	return math.Round(w/3) / w
}

// bars draws a border without round corners as four rectangles.
func (b *border) bars(p paint) {
	o, i := b.outer, b.outer.inset(b.w[0], b.w[1], b.w[2], b.w[3])
	if i.empty() {
		b.bar(o, p)
		return
	}
	b.bar(box{o.x0, o.y0, o.x1, i.y0}, p)
	b.bar(box{o.x0, i.y1, o.x1, o.y1}, p)
	b.bar(box{o.x0, i.y0, i.x0, i.y1}, p)
	b.bar(box{i.x1, i.y0, o.x1, i.y1}, p)
}

// bar fills a box whose edges are whole pixels.
func (b *border) bar(r box, p paint) {
	top := b.c.top()
	area := r.outer().Intersect(top.rect)
	if area.Empty() || r.empty() {
		return
	}
	if top.mask == nil {
		b.c.flood(area, p)
		return
	}
	m := newCoverage(area)
	for i := range m.pix {
		m.pix[i] = 255
	}
	b.c.cover(m, p)
}

// side draws one side. Where two meet they are cut along the line between the
// outer and the inner corner.
func (b *border) side(i int) {
	e := b.edges[i]
	light, dark := e.Color, e.Color
	if e.Stroke >= Groove && e.Stroke <= Outset {
		light, dark = relief(e.Color)
	}
	first, second := light, light
	upper := i == 0 || i == 3
	switch e.Stroke {
	case Inset:
		if upper {
			first = dark
		}
		second = first
	case Outset:
		if !upper {
			first = dark
		}
		second = first
	case Groove:
		first, second = dark, light
		if !upper {
			first, second = light, dark
		}
	case Ridge:
		first, second = light, dark
		if !upper {
			first, second = dark, light
		}
	case Dashed, Dotted:
		b.dashes(i)
		return
	}
	if b.square(i) && first == second && e.Stroke != Double {
		b.bar(b.sideBox(i), b.c.paint(first))
		return
	}
	wedge := b.wedge(i)
	if wedge == nil {
		return
	}
	if first != second {
		b.half(0, 0.5, b.c.paint(first), wedge)
		b.half(0.5, 1, b.c.paint(second), wedge)
		return
	}
	b.ring(strokeOr(e.Stroke), b.c.paint(first), wedge)
}

func strokeOr(s Stroke) Stroke {
	if s == Double {
		return Double
	}
	return Solid
}

func (b *border) half(from, to float64, p paint, wedge *coverage) {
	m := b.between(wedge.rect, from, to)
	m.times(wedge)
	b.c.cover(m, p)
}

// square tells that a side is a plain rectangle: no round corner, and no other
// side to share a corner with.
func (b *border) square(i int) bool {
	return b.outerCorners.zero() && b.w[(i+1)%4] == 0 && b.w[(i+3)%4] == 0
}

// sideBox is the rectangle of a side, corners included.
func (b *border) sideBox(i int) box {
	o := b.outer
	switch i {
	case 0:
		return box{o.x0, o.y0, o.x1, min(o.y1, o.y0+b.w[0])}
	case 1:
		return box{max(o.x0, o.x1-b.w[1]), o.y0, o.x1, o.y1}
	case 2:
		return box{o.x0, max(o.y0, o.y1-b.w[2]), o.x1, o.y1}
	}
	return box{o.x0, o.y0, min(o.x1, o.x0+b.w[3]), o.y1}
}

// wedge is the part of the border's box that belongs to a side.
func (b *border) wedge(i int) *coverage {
	area := b.outer.outer().Intersect(b.c.top().rect)
	if area.Empty() {
		return nil
	}
	o := b.outer
	in := o.inset(b.reach(0), b.reach(1), b.reach(2), b.reach(3))
	if in.x1 < in.x0 {
		in.x0, in.x1 = (in.x0+in.x1)/2, (in.x0+in.x1)/2
	}
	if in.y1 < in.y0 {
		in.y0, in.y1 = (in.y0+in.y1)/2, (in.y0+in.y1)/2
	}
	q := [4][]float64{
		{o.x0, o.y0, o.x1, o.y0, in.x1, in.y0, in.x0, in.y0},
		{o.x1, o.y0, o.x1, o.y1, in.x1, in.y1, in.x1, in.y0},
		{o.x1, o.y1, o.x0, o.y1, in.x0, in.y1, in.x1, in.y1},
		{o.x0, o.y1, o.x0, o.y0, in.x0, in.y0, in.x0, in.y1},
	}[i]
	return raster(area, func(p *path) { p.polygon(q...) })
}

// reach is how far the corners of a side reach inwards: at least its width, and as
// far as round corners bend.
func (b *border) reach(i int) float64 {
	r := b.w[i]
	if r == 0 {
		return 0
	}
	var a, z float64
	switch i {
	case 0:
		a, z = b.outerCorners[0].Y, b.outerCorners[1].Y
	case 1:
		a, z = b.outerCorners[1].X, b.outerCorners[2].X
	case 2:
		a, z = b.outerCorners[2].Y, b.outerCorners[3].Y
	default:
		a, z = b.outerCorners[3].X, b.outerCorners[0].X
	}
	if k := max(a, z) / r; k > 1 && b.evenly(k) {
		return r * k
	}
	return r
}

// evenly tells that all sides can reach in by the same factor.
func (b *border) evenly(k float64) bool {
	return (b.w[1]+b.w[3])*k <= b.outer.x1-b.outer.x0 && (b.w[0]+b.w[2])*k <= b.outer.y1-b.outer.y0
}

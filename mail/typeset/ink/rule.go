package ink

import (
	"image/color"
	"math"
)

// Rule draws a line along the x axis: under text, or through it. y is its upper
// edge.
func (c *Canvas) Rule(x, y, width, thickness float64, s Stroke, col color.NRGBA) {
	if width <= 0 || thickness <= 0 || col.A == 0 || s == None {
		return
	}
	b := c.box(Rect{x, y, width, thickness})
	t := max(1, math.Round(length(thickness)*c.scale))
	b.y0 = math.Round(b.y0)
	b.y1 = b.y0 + t
	p := c.paint(col)
	switch s {
	case Dashed, Dotted:
		c.dash(b, true, t, s, p)
	case Double:
		c.strip(b, p)
		c.strip(box{b.x0, b.y1 + t, b.x1, b.y1 + 2*t}, p)
	case Wavy:
		c.wave(b, t, p)
	default:
		c.strip(b, p)
	}
}

// strip fills a box whose upper and lower edge are whole pixels, with soft ends.
func (c *Canvas) strip(b box, p paint) {
	area := b.outer().Intersect(c.top().rect)
	if !area.Empty() && !b.empty() {
		c.cover(raster(area, func(q *path) { q.box(b.near(area, Corners{}), Corners{}) }), p)
	}
}

// wave draws a wavy line.
func (c *Canvas) wave(b box, t float64, p paint) {
	step := 2 * t // half a wave
	area := box{b.x0, b.y0 - t, b.x1, b.y1 + 2*t}.outer().Intersect(c.top().rect)
	if area.Empty() {
		return
	}
	from := b.x0 + math.Floor(max(0, float64(area.Min.X)-b.x0)/(2*step))*2*step
	c.cover(raster(area, func(q *path) {
		for x := from; x < min(b.x1, float64(area.Max.X)); x += 2 * step {
			q.polygon(x, b.y0+t, x+step, b.y0-t+t/2, x+2*step, b.y0+t, x+2*step, b.y1+t, x+step, b.y1-t+t/2, x, b.y1+t)
		}
	}), p)
}

// dashes draws one side of a border in dashes or dots. Round corners are cut out
// of straight ones.
func (b *border) dashes(i int) {
	e := b.edges[i]
	c := b.c
	if !b.outerCorners.zero() {
		c.clips = append(c.clips, c.top())
		defer c.Unclip()
		top := &c.clips[len(c.clips)-1]
		area := b.outer.outer().Intersect(top.rect)
		if area.Empty() {
			return
		}
		m := b.between(area, 0, 1)
		m.times(top.mask)
		top.rect, top.mask = area, m
	}
	c.dash(b.sideBox(i), i == 0 || i == 2, b.w[i], e.Stroke, c.paint(e.Color))
}

// dash draws a box as a row of dashes (two by one, thin ones three) or round dots, so many that
// they begin and end at its ends.
func (c *Canvas) dash(b box, across bool, t float64, s Stroke, p paint) {
	span := b.x1 - b.x0
	if !across {
		span = b.y1 - b.y0
	}
	on := t
	switch {
	case s == Dashed && t >= 3:
		on = 2 * t
	case s == Dashed:
		on = 3 * t
	}
	if span <= 0 || on <= 0 {
		return
	}
	n := max(1, math.Round((span/on+1)/2))
	gap := 0.0
	if n > 1 {
		gap = (span - n*on) / (n - 1)
	}
	top := c.top().rect
	from, to := float64(top.Min.X)-b.x0, float64(top.Max.X)-b.x0
	if !across {
		from, to = float64(top.Min.Y)-b.y0, float64(top.Max.Y)-b.y0
	}
	first := max(0, math.Floor(from/(on+gap)))
	for k := first; k < n && k*(on+gap) < to; k++ {
		d := box{b.x0 + k*(on+gap), b.y0, min(b.x1, b.x0+k*(on+gap)+on), b.y1}
		if !across {
			d = box{b.x0, b.y0 + k*(on+gap), b.x1, min(b.y1, b.y0+k*(on+gap)+on)}
		}
		c.dot(d, s == Dotted && t > 1.5, p)
	}
}

func (c *Canvas) dot(d box, circle bool, p paint) {
	area := d.outer().Intersect(c.top().rect)
	if area.Empty() {
		return
	}
	var corners Corners
	if circle {
		corners = Round((d.y1 - d.y0) / 2)
		for i := range corners {
			corners[i].X = (d.x1 - d.x0) / 2
		}
	}
	c.cover(raster(area, func(q *path) { q.box(d, corners) }), p)
}

package line

import "math"

// A Drawing is a set of outlines in the units that it was drawn in, curves made
// into straight lines that are fine enough for icons at a few hundred pixels.
// Drawings are not changed once made, and may be shared.
type Drawing struct{ outlines []outline }

type outline struct {
	points []point
	closed bool
}

type point struct{ x, y float64 }

func (p point) plus(q point) point            { return point{p.x + q.x, p.y + q.y} }
func (p point) minus(q point) point           { return point{p.x - q.x, p.y - q.y} }
func (p point) times(f float64) point         { return point{p.x * f, p.y * f} }
func (p point) length() float64               { return math.Hypot(p.x, p.y) }
func (p point) lerp(q point, t float64) point { return p.plus(q.minus(p).times(t)) }

// fineness is how far, in the drawing's units, a straight piece may stray from
// its curve.
const fineness = 0.01

// pen collects outlines.
type pen struct {
	done []outline
	open []point
}

func (p *pen) at() point {
	if len(p.open) == 0 {
		return point{}
	}
	return p.open[len(p.open)-1]
}

func (p *pen) moveTo(to point) {
	p.finish(false)
	p.open = append(p.open, to)
}

func (p *pen) lineTo(to point) { p.open = append(p.open, to) }

// finish ends the open outline. Where a closed one ends, the next may begin
// without a move.
func (p *pen) finish(closed bool) {
	if len(p.open) == 0 {
		return
	}
	start := p.open[0]
	p.done = append(p.done, outline{points: p.open, closed: closed})
	p.open = nil
	if closed {
		p.open = append(p.open, start)
	}
}

// end gives what was collected. A lone point counts only if it was drawn as one.
func (p *pen) end() []outline {
	if len(p.open) > 1 {
		p.finish(false)
	}
	kept := p.done[:0]
	for _, o := range p.done {
		if len(o.points) > 1 {
			kept = append(kept, o)
		}
	}
	return kept
}

// pieces is into how many straight lines a curve goes whose control points bend
// it by so much.
func pieces(bend float64) int {
	return int(min(max(math.Ceil(math.Sqrt(bend/fineness)), 1), 64))
}

func (p *pen) quadTo(c, to point) {
	from := p.at()
	n := pieces(from.plus(to).minus(c.times(2)).length() / 4)
	for i := 1; i <= n; i++ {
		t := float64(i) / float64(n)
		p.lineTo(from.lerp(c, t).lerp(c.lerp(to, t), t))
	}
}

func (p *pen) cubeTo(c1, c2, to point) {
	from := p.at()
	bend := max(from.plus(c2).minus(c1.times(2)).length(), c1.plus(to).minus(c2.times(2)).length())
	n := pieces(bend * 3 / 4)
	for i := 1; i <= n; i++ {
		t := float64(i) / float64(n)
		a, b, c := from.lerp(c1, t), c1.lerp(c2, t), c2.lerp(to, t)
		p.lineTo(a.lerp(b, t).lerp(b.lerp(c, t), t))
	}
}

// arcTo is SVG's elliptical arc, by the conversion of SVG 1.1 F.6.
func (p *pen) arcTo(rx, ry, degrees float64, large, sweep bool, to point) {
	from := p.at()
	rx, ry = math.Abs(rx), math.Abs(ry)
	if rx == 0 || ry == 0 || from == to {
		p.lineTo(to)
		return
	}
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	half := from.minus(to).times(0.5)
	a := point{cos*half.x + sin*half.y, -sin*half.x + cos*half.y}
	if stretch := a.x*a.x/(rx*rx) + a.y*a.y/(ry*ry); stretch > 1 {
		rx, ry = rx*math.Sqrt(stretch), ry*math.Sqrt(stretch)
	}
	f := math.Sqrt(max(0, (rx*rx*ry*ry-rx*rx*a.y*a.y-ry*ry*a.x*a.x)/(rx*rx*a.y*a.y+ry*ry*a.x*a.x)))
	if large == sweep {
		f = -f
	}
	c := point{f * rx * a.y / ry, -f * ry * a.x / rx}
	start := math.Atan2((a.y-c.y)/ry, (a.x-c.x)/rx)
	turn := math.Atan2((-a.y-c.y)/ry, (-a.x-c.x)/rx) - start
	switch {
	case sweep && turn < 0:
		turn += 2 * math.Pi
	case !sweep && turn > 0:
		turn -= 2 * math.Pi
	}
	middle := from.plus(to).times(0.5)
	around := func(angle float64) point {
		s, co := math.Sincos(angle)
		x, y := c.x+rx*co, c.y+ry*s
		return point{cos*x - sin*y, sin*x + cos*y}.plus(middle)
	}
	n := max(2, pieces(max(rx, ry)*turn*turn/8))
	for i := 1; i < n; i++ {
		p.lineTo(around(start + turn*float64(i)/float64(n)))
	}
	p.lineTo(to)
}

// At is the drawing placed on another one's grid.
func (d Drawing) At(at Placing) Drawing {
	moved := Drawing{make([]outline, len(d.outlines))}
	for i, o := range d.outlines {
		points := make([]point, len(o.points))
		for k, p := range o.points {
			points[k] = at.put(p)
		}
		moved.outlines[i] = outline{points: points, closed: o.closed}
	}
	return moved
}

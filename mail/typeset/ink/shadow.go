package ink

import (
	"image"
	"image/color"
	"math"
)

// Shadow is the shadow of a box.
type Shadow struct {
	Box     Rect // of the shadow itself: moved and spread, before it is blurred
	Corners Corners
	Blur    float64 // px, as in CSS: twice the standard deviation
	Color   color.NRGBA
	Inner   bool // it falls into the hole from its edge, rather than around it
	Hole    Rect // the box that throws it: an outer shadow is not drawn below it
	Round   Corners
}

// shadowKey says which blurred box, relative to a pixel.
type shadowKey struct {
	w, h    int
	corners Corners
	sigma   float64
}

// maxBlur bounds the standard deviation in device pixels.
const maxBlur = 150

// Shadow draws a shadow.
func (c *Canvas) Shadow(s Shadow) {
	if s.Color.A == 0 {
		return
	}
	sigma := min(maxBlur, length(s.Blur)*c.scale/2)
	reach := int(math.Ceil(sigma*3)) + 1
	b := c.box(s.Box).snap()
	hole := c.box(s.Hole).snap()
	area := b.outer().Inset(-reach)
	if s.Inner {
		area = hole.outer()
	}
	area = area.Intersect(c.top().rect)
	if area.Empty() {
		return
	}
	corners := s.Corners.fit(b.x1-b.x0, b.y1-b.y0, c.scale)
	m := c.soft(b, corners, sigma, area)
	edge := c.rounded(hole, s.Round.fit(hole.x1-hole.x0, hole.y1-hole.y0, c.scale), area)
	if s.Inner {
		m.invert()
	} else {
		edge.invert()
	}
	m.times(edge)
	c.cover(m, c.paint(s.Color))
}

func (m *coverage) invert() {
	for i, v := range m.pix {
		m.pix[i] = 255 - v
	}
}

// soft is the coverage of an area by a blurred box. A box without round corners
// is the product of two blurred edges, which needs no blurring at all; for a
// round one, only the region that the area can see is blurred.
func (c *Canvas) soft(b box, corners Corners, sigma float64, area image.Rectangle) *coverage {
	if sigma < 0.1 {
		return c.rounded(b, corners, area)
	}
	if corners.zero() {
		return softBox(b, sigma, area)
	}
	return c.softRound(b, corners, sigma, area)
}

// softBox multiplies two edges blurred by a Gaussian.
func softBox(b box, sigma float64, area image.Rectangle) *coverage {
	m := newCoverage(area)
	col := make([]float64, area.Dx())
	for i := range col {
		col[i] = softEdge(float64(area.Min.X+i)+0.5, b.x0, b.x1, sigma)
	}
	for y := area.Min.Y; y < area.Max.Y; y++ {
		v := softEdge(float64(y)+0.5, b.y0, b.y1, sigma) * 255
		row := m.row(area.Min.X, y)
		for i, h := range col {
			row[i] = uint8(v*h + 0.5)
		}
	}
	return m
}

// softEdge is how much of a blurred stretch there is at a point.
func softEdge(x, from, to, sigma float64) float64 {
	k := 1 / (sigma * math.Sqrt2)
	return (math.Erf((x-from)*k) - math.Erf((x-to)*k)) / 2
}

// softRound blurs a round box with three passes of a box filter. Its shape does
// not depend on where it stands, so that it is kept; one that is too large for
// that is blurred where it is seen.
func (c *Canvas) softRound(b box, corners Corners, sigma float64, area image.Rectangle) *coverage {
	reach := int(math.Ceil(sigma*3)) + 1
	k := shadowKey{int(b.x1 - b.x0), int(b.y1 - b.y0), corners, sigma}
	whole := b.outer().Inset(-reach)
	if whole.Dx()*whole.Dy() > c.ink.shadows.limit/4 {
		region := area.Inset(-reach)
		m := c.rounded(b, corners, region)
		m.blur(sigma)
		return m.part(area)
	}
	m, ok := c.ink.shadows.get(k)
	if !ok {
		m = c.rounded(b, corners, whole)
		m.blur(sigma)
		c.ink.shadows.keep(k, m, len(m.pix)+64)
	}
	moved := &coverage{rect: whole, pix: m.pix}
	return moved.part(area)
}

// part copies an area; what is outside of m is not covered.
func (m *coverage) part(area image.Rectangle) *coverage {
	out := newCoverage(area)
	both := area.Intersect(m.rect)
	for y := both.Min.Y; y < both.Max.Y; y++ {
		copy(out.row(both.Min.X, y)[:both.Dx()], m.row(both.Min.X, y)[:both.Dx()])
	}
	return out
}

// blur blurs by three box filters, which come close to a Gaussian (the widths are
// those of SVG's feGaussianBlur).
func (m *coverage) blur(sigma float64) {
	d := int(sigma*3*math.Sqrt(2*math.Pi)/4 + 0.5)
	if d < 1 {
		return
	}
	w, h := m.rect.Dx(), m.rect.Dy()
	buf := make([]uint8, max(w, h))
	line := make([]uint8, h)
	for y := 0; y < h; y++ {
		smooth(m.pix[y*w:y*w+w], buf, d)
	}
	for x := 0; x < w; x++ {
		for y := range line {
			line[y] = m.pix[y*w+x]
		}
		smooth(line, buf, d)
		for y := range line {
			m.pix[y*w+x] = line[y]
		}
	}
}

// smooth passes a line three times, so that it does not move.
func smooth(line, buf []uint8, d int) {
	if d%2 == 1 {
		for range 3 {
			average(line, buf, d/2, d/2)
		}
		return
	}
	average(line, buf, d/2, d/2-1)
	average(line, buf, d/2-1, d/2)
	average(line, buf, d/2, d/2)
}

// average replaces each value by the mean of those from left before it to right
// behind it.
func average(line, buf []uint8, left, right int) {
	n := left + right + 1
	sum := 0
	for i := 0; i < min(right, len(line)); i++ {
		sum += int(line[i])
	}
	for i := range line {
		if j := i + right; j < len(line) {
			sum += int(line[j])
		}
		if j := i - left - 1; j >= 0 {
			sum -= int(line[j])
		}
		buf[i] = uint8((sum + n/2) / n)
	}
	copy(line, buf[:len(line)])
}

package ink

import (
	"image"
	"image/color"
)

// paint is a colour with its alpha multiplied in.
type paint struct{ r, g, b, a uint32 }

// paint makes a paint of a colour at the canvas's opacity.
func (c *Canvas) paint(col color.NRGBA) paint {
	a := div255(uint32(col.A) * c.alpha)
	return paint{div255(uint32(col.R) * a), div255(uint32(col.G) * a), div255(uint32(col.B) * a), a}
}

// div255 is v/255, rounded, for v up to 255².
func div255(v uint32) uint32 {
	v += 128
	return (v + v>>8) >> 8
}

// put lays p at a coverage over a pixel.
func put(px []uint8, p paint, m uint32) {
	if m != 255 {
		p = paint{div255(p.r * m), div255(p.g * m), div255(p.b * m), div255(p.a * m)}
	}
	px = px[:4:4]
	if p.a == 255 {
		px[0], px[1], px[2], px[3] = uint8(p.r), uint8(p.g), uint8(p.b), 255
		return
	}
	k := 255 - p.a
	px[0] = uint8(p.r + div255(uint32(px[0])*k))
	px[1] = uint8(p.g + div255(uint32(px[1])*k))
	px[2] = uint8(p.b + div255(uint32(px[2])*k))
	px[3] = uint8(p.a + div255(uint32(px[3])*k))
}

// flood lays p over all of an area, which is within the picture.
func (c *Canvas) flood(area image.Rectangle, p paint) {
	if p.a == 0 {
		return
	}
	width := area.Dx() * 4
	first := c.row(area, area.Min.Y)
	for i := 0; i < width; i += 4 {
		put(first[i:], p, 255)
	}
	for y := area.Min.Y + 1; y < area.Max.Y; y++ {
		row := c.row(area, y)
		if p.a == 255 {
			copy(row[:width], first[:width])
			continue
		}
		for i := 0; i < width; i += 4 {
			put(row[i:], p, 255)
		}
	}
}

// row is the picture from an area's left edge on.
func (c *Canvas) row(area image.Rectangle, y int) []uint8 {
	return c.dst.Pix[c.dst.PixOffset(area.Min.X, y):]
}

// coverage is how much of each pixel of a rectangle is covered.
type coverage struct {
	rect image.Rectangle
	pix  []uint8
}

func newCoverage(r image.Rectangle) *coverage {
	return &coverage{rect: r, pix: make([]uint8, r.Dx()*r.Dy())}
}

// row is the coverage from a pixel on.
func (m *coverage) row(x, y int) []uint8 {
	return m.pix[(y-m.rect.Min.Y)*m.rect.Dx()+x-m.rect.Min.X:]
}

// times lets through only what another coverage does; nil lets all through.
func (m *coverage) times(o *coverage) {
	if o == nil {
		return
	}
	area := m.rect.Intersect(o.rect)
	for y := m.rect.Min.Y; y < m.rect.Max.Y; y++ {
		row := m.row(m.rect.Min.X, y)[:m.rect.Dx()]
		if y < area.Min.Y || y >= area.Max.Y {
			clear(row)
			continue
		}
		from, to := area.Min.X-m.rect.Min.X, area.Max.X-m.rect.Min.X
		clear(row[:from])
		clear(row[to:])
		other := o.row(area.Min.X, y)
		for i := from; i < to; i++ {
			row[i] = uint8(div255(uint32(row[i]) * uint32(other[i-from])))
		}
	}
}

// cover lays p over what m covers, within the clip.
func (c *Canvas) cover(m *coverage, p paint) {
	top := c.top()
	area := m.rect.Intersect(top.rect)
	if area.Empty() || p.a == 0 {
		return
	}
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row, cov := c.row(area, y), m.row(area.Min.X, y)[:area.Dx()]
		if top.mask == nil {
			for i, v := range cov {
				if v != 0 {
					put(row[4*i:], p, uint32(v))
				}
			}
			continue
		}
		through := top.mask.row(area.Min.X, y)
		for i, v := range cov {
			if v != 0 && through[i] != 0 {
				put(row[4*i:], p, div255(uint32(v)*uint32(through[i])))
			}
		}
	}
}

package ink

import (
	"image"
	"image/color"
	"math"

	"postrider/mail/typeset"
)

// glyphKey says which mask of which glyph.
type glyphKey struct {
	face          *typeset.Face
	id            uint32
	size          uint32 // device pixels per em, in 1/64
	sub           uint8  // quarters of a pixel
	bold, oblique bool
}

// glyph is a mask, placed relative to the pixel of its origin.
type glyph struct {
	x, y, w, h int
	pix        []uint8
}

// subpixels is how many positions there are between two pixels.
const subpixels = 4

// maxMask is the size of an em in device pixels from which masks are not kept.
const maxMask = 160

// Text draws a run of glyphs, whose origin is at x and y plus its own, in px.
func (c *Canvas) Text(run *typeset.GlyphRun, x, y float64, col color.NRGBA) {
	if run.Face == nil || run.Size <= 0 || col.A == 0 && !run.Face.Color {
		return
	}
	size := run.Size * c.scale
	if !(size > 0.5) || size > 4096 {
		return
	}
	left := (finite(x+run.X)-c.x)*c.scale + float64(c.dst.Rect.Min.X)
	base := int(math.Round((finite(y+run.Y)-c.y)*c.scale)) + c.dst.Rect.Min.Y
	clip := c.top().rect
	if float64(clip.Min.Y) > float64(base)+2*size || float64(clip.Max.Y) < float64(base)-3*size {
		return
	}
	p, table := c.paint(col), tableFor(col)
	for i := range run.Glyphs {
		g := &run.Glyphs[i]
		if g.ID == typeset.NoGlyph {
			continue
		}
		gx := left + float64(g.X)*size
		if gx > float64(clip.Max.X)+2*size || gx < float64(clip.Min.X)-4*size {
			continue
		}
		gy := base
		if g.Y != 0 {
			gy = int(math.Round(float64(base) + float64(g.Y)*size))
		}
		c.glyph(run, g.ID, gx, gy, size, p, table)
	}
}

// glyph draws one glyph with its origin at a point in device pixels.
func (c *Canvas) glyph(run *typeset.GlyphRun, id uint32, x float64, y int, size float64, p paint, table *[256]uint8) {
	if run.Face.Color && c.picture(run.Face, id, x, y, size) {
		return
	}
	x += 0.5 / subpixels
	px := math.Floor(x)
	k := glyphKey{run.Face, id, uint32(size*64 + 0.5), uint8((x - px) * subpixels), run.Bold, run.Oblique}
	m, ok := c.ink.glyphs.get(k)
	if !ok {
		m = makeGlyph(k)
		if size <= maxMask {
			c.ink.glyphs.keep(k, m, len(m.pix)+64)
		}
	}
	if m.w > 0 {
		c.blit(m, int(px), y, p, table)
	}
}

// blit lays a mask with its origin at a pixel over the picture.
func (c *Canvas) blit(m *glyph, x, y int, p paint, table *[256]uint8) {
	top := c.top()
	r := image.Rect(x+m.x, y+m.y, x+m.x+m.w, y+m.y+m.h)
	area := r.Intersect(top.rect)
	if area.Empty() {
		return
	}
	for yy := area.Min.Y; yy < area.Max.Y; yy++ {
		row := c.row(area, yy)
		from := (yy-r.Min.Y)*m.w + area.Min.X - r.Min.X
		cov := m.pix[from : from+area.Dx()]
		if top.mask != nil {
			c.blitThrough(row, cov, top.mask.row(area.Min.X, yy), p, table)
			continue
		}
		if p.a == 255 {
			blitOpaque(row, cov, p, table)
			continue
		}
		for i, v := range cov {
			if v != 0 {
				put(row[4*i:], p, uint32(table[v]))
			}
		}
	}
}

// blitOpaque is put for a colour that is opaque, in a loop without detours: most
// of what is drawn of a mail is this.
func blitOpaque(row, cov []uint8, p paint, table *[256]uint8) {
	row = row[:4*len(cov)]
	for _, v := range cov {
		if v != 0 {
			px := row[:4:4]
			m := uint32(table[v])
			k := 255 - m
			px[0] = uint8(div255(p.r*m + uint32(px[0])*k))
			px[1] = uint8(div255(p.g*m + uint32(px[1])*k))
			px[2] = uint8(div255(p.b*m + uint32(px[2])*k))
			px[3] = uint8(div255(255*m + uint32(px[3])*k))
		}
		row = row[4:]
	}
}

func (c *Canvas) blitThrough(row, cov, through []uint8, p paint, table *[256]uint8) {
	for i, v := range cov {
		if v != 0 && through[i] != 0 {
			put(row[4*i:], p, div255(uint32(table[v])*uint32(through[i])))
		}
	}
}

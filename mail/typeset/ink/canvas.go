package ink

import (
	"image"
	"image/color"
)

// Ink keeps what drawing needs again and again.
type Ink struct {
	glyphs  generations[glyphKey, *glyph]
	images  generations[imageKey, *image.RGBA]
	emoji   generations[emojiKey, *image.RGBA]
	shadows generations[shadowKey, *coverage]
}

// New returns an Ink whose caches are empty. They grow to about 40 MB at most.
func New() *Ink {
	k := &Ink{}
	k.glyphs.limit = 4 << 20
	k.images.limit = 12 << 20
	k.emoji.limit = 2 << 20
	k.shadows.limit = 2 << 20
	return k
}

// Canvas draws into a picture.
type Canvas struct {
	ink   *Ink
	dst   *image.RGBA
	scale float64
	x, y  float64 // the point of the page at the picture's corner, px
	clips []clip
	alpha uint32
}

// clip is what may be drawn to.
type clip struct {
	rect image.Rectangle // device pixels
	mask *coverage       // nil: all of rect
}

// Canvas returns a canvas for a picture that shows the page from the point (x, y)
// on, in px, at a scale of device pixels per px. The picture's Rect.Min is that
// point.
func (k *Ink) Canvas(dst *image.RGBA, scale, x, y float64) *Canvas {
	if !(scale > 0) || scale > 64 {
		scale = 1
	}
	return &Canvas{ink: k, dst: dst, scale: scale, x: finite(x), y: finite(y), clips: []clip{{rect: dst.Rect}}, alpha: 255}
}

// Scale is how many device pixels a px has.
func (c *Canvas) Scale() float64 { return c.scale }

// Opacity sets how opaque is what is drawn from now on, 255 for fully.
func (c *Canvas) Opacity(a uint8) { c.alpha = uint32(a) }

// Clip keeps what is drawn until Unclip within a rectangle, perhaps with round
// corners, and within the clips around it.
func (c *Canvas) Clip(r Rect, corners Corners) {
	top := c.top()
	b := c.box(r).snap()
	next := clip{rect: b.outer().Intersect(top.rect), mask: top.mask}
	if !corners.zero() && !next.rect.Empty() {
		m := c.rounded(b, corners.fit(b.x1-b.x0, b.y1-b.y0, c.scale), next.rect)
		m.times(top.mask)
		next.mask = m
	}
	c.clips = append(c.clips, next)
}

// Unclip takes back the last Clip.
func (c *Canvas) Unclip() {
	if len(c.clips) > 1 {
		c.clips = c.clips[:len(c.clips)-1]
	}
}

func (c *Canvas) top() clip { return c.clips[len(c.clips)-1] }

// Hidden tells that nothing of a rectangle can be seen, so that there is no need
// to draw what is in it.
func (c *Canvas) Hidden(r Rect) bool {
	return !c.box(r).outer().Overlaps(c.top().rect)
}

// box is a rectangle of the page in device pixels.
func (c *Canvas) box(r Rect) box {
	x, y := (finite(r.X)-c.x)*c.scale+float64(c.dst.Rect.Min.X), (finite(r.Y)-c.y)*c.scale+float64(c.dst.Rect.Min.Y)
	return box{finite(x), finite(y), finite(x + length(r.W)*c.scale), finite(y + length(r.H)*c.scale)}
}

// Fill fills a rectangle, perhaps with round corners.
func (c *Canvas) Fill(r Rect, corners Corners, col color.NRGBA) {
	if col.A == 0 || r.W <= 0 || r.H <= 0 {
		return
	}
	b := c.box(r).snap()
	top := c.top()
	area := b.outer().Intersect(top.rect)
	if area.Empty() {
		return
	}
	if corners.zero() && top.mask == nil {
		c.flood(area, c.paint(col))
		return
	}
	c.cover(c.rounded(b, corners.fit(b.x1-b.x0, b.y1-b.y0, c.scale), area), c.paint(col))
}

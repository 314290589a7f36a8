package ink

import (
	"math"

	"postrider/mail/typeset"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// makeGlyph rasterizes a glyph.
func makeGlyph(k glyphKey) *glyph {
	segments := k.face.Outline(k.id)
	if len(segments) == 0 {
		return &glyph{}
	}
	size := float64(k.size) / 64
	t := placing{scale: size / k.face.UnitsPerEm(), x: float64(k.sub) / subpixels}
	if k.oblique {
		t.slant = typeset.Slant
	}
	segments = t.apply(segments)
	if k.bold {
		embolden(segments, extraBold(size))
	}
	b := bounds(segments)
	if b.empty() || b.x1-b.x0 > 8192 || b.y1-b.y0 > 8192 {
		return &glyph{}
	}
	area := b.outer()
	m := raster(area, func(p *path) { p.segments(segments) })
	return &glyph{area.Min.X, area.Min.Y, area.Dx(), area.Dy(), m.pix}
}

// placing moves an outline to where it is drawn, y down.
type placing struct{ scale, x, slant float64 }

func (t placing) apply(in []font.Segment) []font.Segment {
	out := make([]font.Segment, len(in))
	for i, s := range in {
		args := s.ArgsSlice()
		for k, a := range args {
			x, y := float64(a.X)*t.scale, float64(a.Y)*t.scale
			args[k] = opentype.SegmentPoint{X: float32(x + y*t.slant + t.x), Y: float32(-y)}
		}
		copy(s.Args[:], args)
		out[i] = s
	}
	return out
}

func bounds(segments []font.Segment) box {
	b := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for i := range segments {
		for _, a := range segments[i].ArgsSlice() {
			x, y := float64(a.X), float64(a.Y)
			b = box{min(b.x0, x), min(b.y0, y), max(b.x1, x), max(b.y1, y)}
		}
	}
	return b
}

// segments adds an outline, closing each of its contours.
func (p *path) segments(segments []font.Segment) {
	open := false
	for _, s := range segments {
		a := s.Args
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			if open {
				p.close()
			}
			open = true
			p.move(float64(a[0].X), float64(a[0].Y))
		case opentype.SegmentOpLineTo:
			p.line(float64(a[0].X), float64(a[0].Y))
		case opentype.SegmentOpQuadTo:
			p.z.QuadTo(a[0].X-p.x, a[0].Y-p.y, a[1].X-p.x, a[1].Y-p.y)
		case opentype.SegmentOpCubeTo:
			p.curve(float64(a[0].X), float64(a[0].Y), float64(a[1].X), float64(a[1].Y), float64(a[2].X), float64(a[2].Y))
		}
	}
	if open {
		p.close()
	}
}

// extraBold is by how many device pixels a stem is made bolder: a 24th of a small
// size, a 32nd of a large one.
func extraBold(size float64) float64 {
	switch {
	case size <= 9:
		return size / 24
	case size >= 36:
		return size / 32
	}
	return size * (1.0/24 + (size-9)/27*(1.0/32-1.0/24))
}

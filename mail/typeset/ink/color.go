package ink

import (
	"image"
	"image/color"
	"math"

	"postrider/mail/typeset"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// A colour glyph of a COLR table is a tree of paints: shapes of other glyphs,
// filled with colours or gradients, moved about and laid over each other.
//
// colorist paints one such tree. What a font may ask for is bounded: fonts are
// read from the system, and some are broken.
type colorist struct {
	of    *typeset.Face
	face  *font.Face
	dst   *image.RGBA
	steps int // what may still be painted
}

const (
	maxPaints = 4000
	maxNested = 48
)

// pen is where a paint is drawn.
type pen struct {
	to    matrix
	clip  *coverage // nil: everywhere
	depth int
}

// colorBox is the box that a colour glyph is painted in, in the font's units; ok
// is false if the glyph has no COLR paint.
func colorBox(face *font.Face, id uint32) (b box, ok bool) {
	if _, ok = face.GlyphDataColor(font.GID(id)); !ok {
		return b, false
	}
	switch c, _ := face.COLR.ClipList.Search(tables.GlyphID(id)); c := c.(type) {
	case tables.ClipBoxFormat1:
		return box{float64(c.XMin), float64(c.YMin), float64(c.XMax), float64(c.YMax)}, true
	case tables.ClipBoxFormat2:
		return box{float64(c.XMin), float64(c.YMin), float64(c.XMax), float64(c.YMax)}, true
	}
	em := float64(face.Upem())
	return box{-0.1 * em, -0.35 * em, float64(face.HorizontalAdvance(font.GID(id))) + 0.1*em, 1.1 * em}, true
}

// colored paints a colour glyph at a size in device pixels. It is placed relative
// to the pixel of its origin.
func colored(f *typeset.Face, id uint32, size float64) (out *image.RGBA) {
	defer func() {
		if recover() != nil { // a broken font
			out = nil
		}
	}()
	face := f.Glyphs()
	b, ok := colorBox(face, id)
	if !ok {
		return nil
	}
	k := size / f.UnitsPerEm()
	area := box{b.x0 * k, -b.y1 * k, b.x1 * k, -b.y0 * k}.outer()
	if area.Empty() || area.Dx() > maxBitmap || area.Dy() > maxBitmap {
		return nil
	}
	c := &colorist{of: f, face: face, dst: image.NewRGBA(area), steps: maxPaints}
	root, _ := face.GlyphDataColor(font.GID(id))
	c.paint(root.Paint, pen{to: matrix{k, 0, 0, -k, 0, 0}})
	return c.dst
}

// paint draws one paint and those below it.
func (c *colorist) paint(p tables.PaintTable, at pen) {
	at.depth++
	if c.steps--; c.steps < 0 || at.depth > maxNested || p == nil {
		return
	}
	if inner, m, ok := moved(p); ok {
		at.to = at.to.times(m)
		c.paint(inner, at)
		return
	}
	switch p := p.(type) {
	case tables.PaintColrLayers:
		layers, err := c.face.COLR.LayerList.Resolve(p)
		if err != nil {
			return
		}
		for _, layer := range layers {
			c.paint(layer, at)
		}
	case tables.PaintColrLayersResolved:
		for _, layer := range p {
			c.fill(c.shape(uint32(layer.GlyphID), at), c.solid(layer.PaletteIndex, 1))
		}
	case tables.PaintGlyph:
		if at.clip = c.shape(uint32(p.GlyphID), at); at.clip != nil {
			c.paint(p.Paint, at)
		}
	case tables.PaintColrGlyph:
		if g, ok := c.face.GlyphDataColor(font.GID(p.GlyphID)); ok {
			c.paint(g.Paint, at)
		}
	case tables.PaintComposite:
		c.composite(p, at)
	default:
		if s := c.shader(p, at); s != nil {
			c.fill(at.clip, s)
		}
	}
}

// shape is the coverage of a glyph's outline within the clip; nil for none.
func (c *colorist) shape(id uint32, at pen) *coverage {
	outline := c.of.Outline(id)
	if outline == nil {
		return nil
	}
	segments := make([]font.Segment, len(outline))
	for i, s := range outline {
		args := s.ArgsSlice()
		for k, a := range args {
			x, y := at.to.apply(float64(a.X), float64(a.Y))
			args[k].X, args[k].Y = float32(x), float32(y)
		}
		copy(s.Args[:], args)
		segments[i] = s
	}
	area := bounds(segments).outer().Intersect(c.dst.Rect)
	if len(segments) == 0 || area.Empty() {
		return nil
	}
	m := raster(area, func(p *path) { p.segments(segments) })
	m.times(at.clip)
	return m
}

// filling is the colour of each pixel.
type filling func(x, y int) paint

// fill lays a colour over what is covered; nil is everything.
func (c *colorist) fill(m *coverage, s filling) {
	area := c.dst.Rect
	if m != nil {
		area = m.rect
	}
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			v := uint32(255)
			if m != nil {
				v = uint32(m.row(x, y)[0])
			}
			if v != 0 {
				put(c.dst.Pix[c.dst.PixOffset(x, y):], s(x, y), v)
			}
		}
	}
}

func (c *colorist) solid(index uint16, alpha float32) filling {
	p := c.color(index, alpha)
	return func(int, int) paint { return p }
}

// color is a colour of the font's first palette; the index for the text's own is
// black, as emoji do not follow it.
func (c *colorist) color(index uint16, alpha float32) paint {
	col := color.NRGBA{A: 255}
	if len(c.face.CPAL) > 0 && int(index) < len(c.face.CPAL[0]) {
		r := c.face.CPAL[0][index]
		col = color.NRGBA{r.Red, r.Green, r.Blue, r.Alpha}
	}
	a := uint32(float32(col.A)*max(0, min(1, alpha)) + 0.5)
	return paint{div255(uint32(col.R) * a), div255(uint32(col.G) * a), div255(uint32(col.B) * a), a}
}

// matrix is an affine map: x' = a·x + c·y + e, y' = b·x + d·y + f.
type matrix struct{ a, b, c, d, e, f float64 }

func (m matrix) apply(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

// times is n first, then m.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m.a*n.a + m.c*n.b, m.b*n.a + m.d*n.b,
		m.a*n.c + m.c*n.d, m.b*n.c + m.d*n.d,
		m.a*n.e + m.c*n.f + m.e, m.b*n.e + m.d*n.f + m.f,
	}
}

// inverse undoes m; ok is false if nothing does.
func (m matrix) inverse() (matrix, bool) {
	det := m.a*m.d - m.b*m.c
	if math.Abs(det) < 1e-12 || math.IsNaN(det) {
		return m, false
	}
	return matrix{
		m.d / det, -m.b / det, -m.c / det, m.a / det,
		(m.c*m.f - m.d*m.e) / det, (m.b*m.e - m.a*m.f) / det,
	}, true
}

// around makes a map leave a point where it is.
func (m matrix) around(x, y float64) matrix {
	return matrix{1, 0, 0, 1, x, y}.times(m).times(matrix{1, 0, 0, 1, -x, -y})
}

package typeset

import (
	"errors"
	"math"
	"sync"
	"sync/atomic"

	"github.com/go-text/typesetting/font"
)

// Face is one face of a family, such as the bold one. A face is the same value
// wherever it is used, so pointers may be compared and used as keys.
type Face struct {
	Family string
	Weight int // 100 to 900
	Italic bool
	Color  bool // it has pictures for glyphs

	font     *font.Font
	outlines *outlines // nil: font has them
	pictures *pictures // nil: font has them, if there are any
	upem     float64
}

// Glyphs has the face's glyphs, for one goroutine at a time: their paints. For
// their shapes and pictures see Outline and Picture.
func (f *Face) Glyphs() *font.Face { return bare(f.font) }

// Outline is the shape of a glyph in the face's units, y up; nil if it has none,
// or one that cannot be read. It may be called from any goroutine.
func (f *Face) Outline(id uint32) (segments []font.Segment) {
	defer func() {
		if recover() != nil { // a broken font
			segments = nil
		}
	}()
	if f.outlines != nil {
		return f.outlines.glyph(id)
	}
	o, _ := f.Glyphs().GlyphDataOutline(font.GID(id))
	return o.Segments
}

// Picture is the picture of a glyph.
type Picture struct {
	Data                []byte  // PNG or JPEG
	X, Y, Width, Height float64 // of its upper left corner, and its size, in the face's units, y up
}

// Picture is the picture of a glyph as large as there is one; ok is false if it
// has none, or one that cannot be read. It may be called from any goroutine.
func (f *Face) Picture(id uint32) (p Picture, ok bool) {
	defer func() {
		if recover() != nil { // a broken font
			ok = false
		}
	}()
	if f.pictures != nil {
		data, m, ok := f.pictures.glyph(id)
		x, y := f.upem/f.pictures.ppem[0], f.upem/f.pictures.ppem[1]
		return Picture{data, float64(m.BearingX) * x, float64(m.BearingY) * y, float64(m.Width) * x, float64(m.Height) * y}, ok
	}
	face := f.Glyphs()
	b, has := face.GlyphDataBitmap(font.GID(id))
	ext, measured := face.GlyphExtents(font.GID(id))
	ok = has && measured && (b.Format == font.PNG || b.Format == font.JPG)
	return Picture{b.Data, float64(ext.XBearing), float64(ext.YBearing), float64(ext.Width), -float64(ext.Height)}, ok
}

// bare wraps a font as font.NewFace does, but for the room to remember how large
// each glyph is: a megabyte and more where there are Chinese ones, and hardly
// anybody asks.
func bare(ft *font.Font) *font.Face {
	face := font.NewFace(&font.Font{})
	face.Font = ft
	return face
}

// UnitsPerEm is how many of the face's own units make an em.
func (f *Face) UnitsPerEm() float64 { return f.upem }

// Metrics are the measures of a line of text, in px.
type Metrics struct {
	Ascent, Descent, LineGap float64 // each a whole number of px and positive, as browsers round them
	XHeight, CapHeight       float64
	Space                    float64 // advance of a space
	UnderlinePosition        float64 // from the baseline down to the line's upper edge
	UnderlineThickness       float64
	StrikePosition           float64 // from the baseline up to the line's middle
}

// Height is the height of the box of a piece of text.
func (m Metrics) Height() float64 { return m.Ascent + m.Descent }

// LineHeight is CSS's line-height: normal.
func (m Metrics) LineHeight() float64 { return m.Ascent + m.Descent + m.LineGap }

// Metrics returns the face's measures at a size in px.
func (f *Face) Metrics(size float64) Metrics {
	scale := size / f.upem
	face := bare(f.font)
	m := Metrics{
		XHeight:            positive(float64(face.LineMetric(font.XHeight))*scale, size*0.5),
		CapHeight:          positive(float64(face.LineMetric(font.CapHeight))*scale, size*0.7),
		UnderlineThickness: positive(float64(face.LineMetric(font.UnderlineThickness))*scale, size*0.05),
		UnderlinePosition:  -float64(face.LineMetric(font.UnderlinePosition)) * scale,
		StrikePosition:     positive(float64(face.LineMetric(font.StrikethroughPosition))*scale, size*0.3),
	}
	if e, ok := face.FontHExtents(); ok {
		m.Ascent = math.Round(float64(e.Ascender) * scale)
		m.Descent = math.Round(-float64(e.Descender) * scale)
		m.LineGap = math.Round(float64(e.LineGap) * scale)
	} else {
		m.Ascent, m.Descent = math.Round(size*0.8), math.Round(size*0.2)
	}
	if g, ok := f.font.NominalGlyph(' '); ok {
		m.Space = float64(face.HorizontalAdvance(g)) * scale
	}
	return m
}

func positive(v, otherwise float64) float64 {
	if v > 0 {
		return v
	}
	return otherwise
}

// has tells whether the face can show the rune.
func (f *Face) has(r rune) bool {
	_, ok := f.font.NominalGlyph(r)
	return ok
}

// newFace wraps a font. It fails when the font cannot be measured.
func newFace(ft *font.Font, family string, weight int, italic bool) (*Face, error) {
	if ft == nil || ft.Upem() == 0 {
		return nil, errors.New("typeset: a font without units per em")
	}
	color := ft.COLR != nil || len(ft.BitmapSizes()) > 0
	return &Face{Family: family, Weight: weight, Italic: italic, Color: color, font: ft, upem: float64(ft.Upem())}, nil
}

// candidate is a face that may not have been read yet.
type candidate struct {
	family string // as normal makes it
	weight int
	italic bool
	covers func(rune) bool // nil: only reading the font tells
	open   func() (*Face, error)

	reading sync.Mutex
	done    atomic.Bool
	face    *Face // nil after done: it cannot be read
}

// loaded returns the face if it has been read.
func (c *candidate) loaded() (f *Face, done bool) {
	if !c.done.Load() {
		return nil, false
	}
	return c.face, true
}

// load reads the face if that has not been done. It returns nil if it cannot be
// read, and may take a while for large ones.
func (c *candidate) load() *Face {
	if c.done.Load() {
		return c.face
	}
	c.reading.Lock()
	defer c.reading.Unlock()
	if !c.done.Load() {
		c.face = c.read()
		c.done.Store(true)
	}
	return c.face
}

// read survives fonts that the parser does not.
func (c *candidate) read() (f *Face) {
	defer func() {
		if recover() != nil {
			f = nil
		}
	}()
	f, err := c.open()
	if err != nil {
		return nil
	}
	return f
}

// mayShow tells whether reading the face could help to show the rune.
func (c *candidate) mayShow(r rune) bool {
	if f, done := c.loaded(); done {
		return f != nil && f.has(r)
	}
	return c.covers == nil || c.covers(r)
}

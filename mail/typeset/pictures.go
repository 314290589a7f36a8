package typeset

import (
	"encoding/binary"
	"io"
	"os"
	"slices"

	"github.com/go-text/typesetting/font/opentype/tables"
)

// pictures is a large table of glyphs' pictures (CBDT, as of colour emoji), which
// are read from the file when they are drawn. They may be asked for from any
// goroutine.
type pictures struct {
	file  *os.File // stays open
	at    drawing  // the table in it
	ppem  [2]float64
	parts []tables.BitmapSubtable // of the largest size there is
}

// openPictures opens the table of pictures that d names, with its index (CBLC).
// ok is false where it is not as it should be.
func openPictures(d drawing, index []byte) (p *pictures, ok bool) {
	loc, _, err := tables.ParseCBLC(index)
	if err != nil || len(loc.BitmapSizes) == 0 {
		return nil, false
	}
	p = &pictures{at: d}
	for i, size := range loc.BitmapSizes {
		if x, y := float64(size.PpemX), float64(size.PpemY); max(x, y) > max(p.ppem[0], p.ppem[1]) {
			p.ppem, p.parts = [2]float64{x, y}, loc.IndexSubTables[i]
		}
	}
	if p.ppem[0] == 0 || p.ppem[1] == 0 {
		return nil, false
	}
	p.file, err = os.Open(d.file)
	return p, err == nil
}

// glyph is the picture of a glyph, as PNG, and where it lies in pixels of its own.
func (p *pictures) glyph(id uint32) (data []byte, m tables.SmallGlyphMetrics, ok bool) {
	for _, part := range p.parts {
		if g := tables.GlyphID(id); uint32(part.FirstGlyph) > id || g > part.LastGlyph {
			continue
		}
		from, to, m, ok := spot(part, int(id)-int(part.FirstGlyph))
		from, to = from+int64(part.ImageDataOffset), to+int64(part.ImageDataOffset)
		if !ok || from < 0 || to > p.at.length || to-from > large {
			return nil, m, false
		}
		raw := make([]byte, to-from)
		if _, err := p.file.ReadAt(raw, p.at.offset+from); err != nil && err != io.EOF {
			return nil, m, false
		}
		return unwrap(part.ImageFormat, raw, m)
	}
	return nil, m, false
}

// spot is where the picture of the i-th glyph of a part is; m are its measures
// where they are the same for all (OpenType 1.9, "CBLC", index formats 1 to 5).
func spot(part tables.BitmapSubtable, i int) (from, to int64, m tables.SmallGlyphMetrics, ok bool) {
	switch x := part.IndexData.(type) {
	case tables.IndexData1:
		if i+1 < len(x.SbitOffsets) {
			from, to = int64(x.SbitOffsets[i]), int64(x.SbitOffsets[i+1])
		}
	case tables.IndexData2:
		from, m = int64(x.ImageSize)*int64(i), x.BigMetrics.SmallGlyphMetrics
		to = from + int64(x.ImageSize)
	case tables.IndexData3:
		if i+1 < len(x.SbitOffsets) {
			from, to = int64(x.SbitOffsets[i]), int64(x.SbitOffsets[i+1])
		}
	case tables.IndexData4:
		k := slices.IndexFunc(x.GlyphArray, func(g tables.GlyphIdOffsetPair) bool { return int(g.GlyphID) == int(part.FirstGlyph)+i })
		if k >= 0 && k+1 < len(x.GlyphArray) {
			from, to = int64(x.GlyphArray[k].SbitOffset), int64(x.GlyphArray[k+1].SbitOffset)
		}
	case tables.IndexData5:
		if k, found := slices.BinarySearch(x.GlyphIdArray, part.FirstGlyph+tables.GlyphID(i)); found {
			from, m = int64(x.ImageSize)*int64(k), x.BigMetrics.SmallGlyphMetrics
			to = from + int64(x.ImageSize)
		}
	}
	return from, to, m, from < to
}

// unwrap takes a picture apart (OpenType 1.9, "CBDT", glyph formats 17 to 19).
func unwrap(format uint16, raw []byte, m tables.SmallGlyphMetrics) ([]byte, tables.SmallGlyphMetrics, bool) {
	const small, big = 5, 8
	skip := map[uint16]int{17: small, 18: big}[format]
	if format < 17 || format > 19 || len(raw) < skip+4 {
		return nil, m, false
	}
	if skip > 0 {
		m = tables.SmallGlyphMetrics{Height: raw[0], Width: raw[1], BearingX: int8(raw[2]), BearingY: int8(raw[3]), Advance: raw[4]}
	}
	n := int64(binary.BigEndian.Uint32(raw[skip:]))
	raw = raw[skip+4:]
	if n > int64(len(raw)) {
		return nil, m, false
	}
	return raw[:n], m, true
}

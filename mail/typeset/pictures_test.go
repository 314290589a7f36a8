package typeset

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// TestLargeTableOfPicturesIsReadGlyphByGlyph: the pictures are those of a font that
// was read as a whole, at the same places.
func TestLargeTableOfPicturesIsReadGlyphByGlyph(t *testing.T) {
	const file = "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"
	f, err := os.Open(file)
	if err != nil {
		t.Skip("no font of pictures here:", filepath.Base(file))
	}
	defer f.Close()
	l, err := opentype.NewLoader(f)
	if err != nil {
		t.Fatal(err)
	}
	ft, err := font.NewFont(l)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := newFace(ft, "emoji", 400, false)
	if err != nil {
		t.Fatal(err)
	}
	face, err := openFace(file, 0, "emoji", 400, false)
	if err != nil {
		t.Fatal(err)
	}
	if face.pictures == nil || !face.Color || len(face.font.BitmapSizes()) > 0 {
		t.Fatal("the pictures were read with the font")
	}
	n := 0
	for id := uint32(0); id < 5000; id++ {
		want, has := whole.Picture(id)
		got, ok := face.Picture(id)
		if ok != has || !bytes.Equal(got.Data, want.Data) {
			t.Fatalf("glyph %d: %d octets, %v; want %d, %v", id, len(got.Data), ok, len(want.Data), has)
		}
		if has {
			n++
			for _, v := range [][2]float64{{got.X, want.X}, {got.Y, want.Y}, {got.Width, want.Width}, {got.Height, want.Height}} {
				if d := v[0] - v[1]; d > 0.01 || d < -0.01 {
					t.Fatalf("glyph %d lies at %+v, want %+v", id, got, want)
				}
			}
		}
	}
	if n < 1000 {
		t.Errorf("compared %d glyphs only", n)
	}
}

// TestPicturesThatCannotBe: what a broken font says of its pictures is not
// believed.
func TestPicturesThatCannotBe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "font")
	if err := os.WriteFile(path, []byte{9, 9, 0, 0, 9, 0, 0, 0, 4, 'P', 'N', 'G', '!'}, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	part := func(format uint16, first, last tables.GlyphID, data tables.IndexData) tables.BitmapSubtable {
		return tables.BitmapSubtable{FirstGlyph: first, LastGlyph: last, IndexSubHeader: tables.IndexSubHeader{ImageFormat: format, IndexData: data}}
	}
	for name, c := range map[string]struct {
		part tables.BitmapSubtable
		id   uint32
		want string
	}{
		"right":             {part(17, 7, 7, tables.IndexData1{SbitOffsets: []tables.Offset32{0, 13}}), 7, "PNG!"},
		"sparse":            {part(17, 5, 9, tables.IndexData4{GlyphArray: []tables.GlyphIdOffsetPair{{GlyphID: 7, SbitOffset: 0}, {GlyphID: 9, SbitOffset: 13}}}), 7, "PNG!"},
		"all of one size":   {part(17, 7, 7, tables.IndexData2{ImageSize: 13}), 7, "PNG!"},
		"listed":            {part(17, 5, 9, tables.IndexData5{ImageSize: 13, GlyphIdArray: []tables.GlyphID{7}}), 7, "PNG!"},
		"another glyph":     {part(17, 7, 7, tables.IndexData1{SbitOffsets: []tables.Offset32{0, 13}}), 8, ""},
		"too few places":    {part(17, 7, 9, tables.IndexData1{SbitOffsets: []tables.Offset32{0, 13}}), 9, ""},
		"backwards":         {part(17, 7, 7, tables.IndexData1{SbitOffsets: []tables.Offset32{13, 0}}), 7, ""},
		"beyond the table":  {part(17, 7, 7, tables.IndexData1{SbitOffsets: []tables.Offset32{0, 1 << 31}}), 7, ""},
		"longer than it is": {part(17, 7, 7, tables.IndexData1{SbitOffsets: []tables.Offset32{0, 12}}), 7, ""},
		"another form":      {part(1, 7, 7, tables.IndexData1{SbitOffsets: []tables.Offset32{0, 13}}), 7, ""},
		"no index":          {part(17, 7, 7, nil), 7, ""},
	} {
		p := &pictures{file: f, at: drawing{file: path, length: 13}, ppem: [2]float64{1, 1}, parts: []tables.BitmapSubtable{c.part}}
		if got, _, ok := p.glyph(c.id); string(got) != c.want || ok != (c.want != "") {
			t.Errorf("%s: got %q, %v", name, got, ok)
		}
	}
}

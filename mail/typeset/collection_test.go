package typeset

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// TestFacesOfACollectionShareOutlines: they are drawn from one table, and alike
// as if each had its own.
func TestFacesOfACollectionShareOutlines(t *testing.T) {
	const file = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
	f, err := os.Open(file)
	if err != nil {
		t.Skip("no collection of fonts here:", filepath.Base(file))
	}
	defer f.Close()
	loaders, err := opentype.NewLoaders(f)
	if err != nil {
		t.Fatal(err)
	}
	first, err := openFace(file, 0, "first", 400, false)
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(loaders); i++ {
		face, err := openFace(file, i, "next", 400, false)
		if err != nil {
			t.Fatal(err)
		}
		if face.Font() != first.Font() {
			t.Errorf("face %d has outlines of its own", i)
		}
		if font.NewFace(face.font).GlyphData(1) != nil {
			t.Errorf("face %d has read outlines nevertheless", i)
		}
		alone, err := font.NewFont(loaders[i])
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range "骨直今令あ한A" {
			want, ok := alone.NominalGlyph(r)
			got, has := face.font.NominalGlyph(r)
			if !ok || !has || got != want {
				t.Fatalf("face %d: %c is glyph %d, want %d", i, r, got, want)
			}
			a, b := font.NewFace(alone).GlyphData(want), font.NewFace(face.Font()).GlyphData(got)
			x, y := a.(font.GlyphOutline), b.(font.GlyphOutline)
			if len(x.Segments) == 0 || len(x.Segments) != len(y.Segments) || x.Segments[1] != y.Segments[1] {
				t.Errorf("face %d draws %c otherwise", i, r)
			}
		}
	}
}

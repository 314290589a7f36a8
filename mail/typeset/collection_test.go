package typeset

import (
	"os"
	"path/filepath"
	"slices"
	"sync"
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
		if face.outlines == nil || face.outlines != first.outlines {
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
			drawn, _ := font.NewFace(alone).GlyphDataOutline(want)
			if len(drawn.Segments) == 0 || !slices.Equal(drawn.Segments, face.Outline(uint32(got))) {
				t.Errorf("face %d draws %c otherwise", i, r)
			}
		}
	}
}

// TestLargeTableOfOutlinesIsReadGlyphByGlyph: in any order, by several at once, and
// beyond the last glyph.
func TestLargeTableOfOutlinesIsReadGlyphByGlyph(t *testing.T) {
	const file = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"
	f, err := os.Open(file)
	if err != nil {
		t.Skip("no collection of fonts here:", filepath.Base(file))
	}
	defer f.Close()
	loaders, err := opentype.NewLoaders(f)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := font.NewFont(loaders[0])
	if err != nil {
		t.Fatal(err)
	}
	face, err := openFace(file, 0, "bold", 700, false)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for step := range 4 {
		all.Go(func() {
			want := font.NewFace(whole)
			for id := uint32(65534 - step); id > 200; id -= 199 {
				drawn, _ := want.GlyphDataOutline(font.GID(id))
				for range 2 {
					if got := face.Outline(id); !slices.Equal(got, drawn.Segments) {
						t.Errorf("glyph %d has %d segments, want %d", id, len(got), len(drawn.Segments))
						return
					}
				}
			}
		})
	}
	all.Wait()
	if got := face.Outline(70_000); got != nil {
		t.Errorf("a glyph that is not there is %v", got)
	}
}

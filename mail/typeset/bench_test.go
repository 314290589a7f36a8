package typeset

import (
	"strings"
	"testing"
)

// prose has about 10,000 glyphs.
var prose = strings.Repeat("The post rider carries letters between towns; what was promised arrives, whatever the weather. ", 108)

// BenchmarkShapeCold sets 10,000 glyphs no word of which is known.
func BenchmarkShapeCold(b *testing.B) {
	lib := Embedded()
	words := strings.Fields(prose)
	f := lib.Faces(ui)
	f.Word("a", false)
	b.ReportAllocs()
	for b.Loop() {
		for _, w := range words {
			sh := takeShaper()
			sh.word(f.set, w, false, false)
			sh.release()
		}
	}
}

// BenchmarkShapeWarm looks the same words up.
func BenchmarkShapeWarm(b *testing.B) {
	lib := Embedded()
	words := strings.Fields(prose)
	f := lib.Faces(ui)
	b.ReportAllocs()
	for b.Loop() {
		for _, w := range words {
			f.Word(w, false)
		}
	}
}

// BenchmarkParagraph breaks 10,000 glyphs into lines.
func BenchmarkParagraph(b *testing.B) {
	lib := Embedded()
	b.ReportAllocs()
	for b.Loop() {
		lib.Paragraph([]Text{{prose, ui}}, Options{Width: 600})
	}
}

// BenchmarkRow sets what a row of a list has: four lines, cut to their room.
func BenchmarkRow(b *testing.B) {
	lib := Embedded()
	b.ReportAllocs()
	for b.Loop() {
		lib.Line("Ada Lovelace", ui, LineOptions{Max: 200})
		lib.Line("09:12", ui, LineOptions{})
		lib.Line("Engine notes, and what came of them in the end", ui, LineOptions{Max: 300})
		lib.Line(prose[:300], ui, LineOptions{Max: 300})
	}
}

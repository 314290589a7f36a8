package ink

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"postrider/mail/typeset"
)

// page is about 10,000 glyphs in lines.
func page(lib *typeset.Library) *typeset.Paragraph {
	text := strings.Repeat("The post rider carries letters between towns; what was promised arrives, whatever the weather. ", 108)
	return lib.Paragraph([]typeset.Text{{Text: text, Style: ui14}}, typeset.Options{Width: 780})
}

func drawPage(c *Canvas, p *typeset.Paragraph) {
	for i := range p.Lines {
		for k := range p.Lines[i].Runs {
			c.Text(&p.Lines[i].Runs[k], 10, p.Lines[i].Baseline(), black)
		}
	}
}

// BenchmarkTextWarm draws 10,000 glyphs that were drawn before.
func BenchmarkTextWarm(b *testing.B) {
	p := page(typeset.Embedded())
	img := image.NewRGBA(image.Rect(0, 0, 800, int(p.Height)))
	c := New().Canvas(img, 1, 0, 0)
	drawPage(c, p)
	b.ReportAllocs()
	for b.Loop() {
		drawPage(c, p)
	}
}

// BenchmarkTextCold draws 10,000 glyphs none of which was drawn before.
func BenchmarkTextCold(b *testing.B) {
	p := page(typeset.Embedded())
	img := image.NewRGBA(image.Rect(0, 0, 800, int(p.Height)))
	for b.Loop() {
		drawPage(New().Canvas(img, 1, 0, 0), p)
	}
}

func BenchmarkFillScreen(b *testing.B) {
	img := image.NewRGBA(image.Rect(0, 0, 800, 1000))
	c := New().Canvas(img, 1, 0, 0)
	for b.Loop() {
		c.Fill(Rect{0, 0, 800, 1000}, Corners{}, white)
	}
}

func BenchmarkButton(b *testing.B) {
	img := image.NewRGBA(image.Rect(0, 0, 800, 1000))
	c := New().Canvas(img, 1, 0, 0)
	for b.Loop() {
		c.Fill(Rect{10, 10, 200, 44}, Round(6), red)
	}
}

func BenchmarkCardShadow(b *testing.B) {
	img := image.NewRGBA(image.Rect(0, 0, 800, 256))
	c := New().Canvas(img, 1, 0, 0)
	box := Rect{100, -40, 600, 900}
	for b.Loop() {
		c.Shadow(Shadow{Box: box, Corners: Round(10), Blur: 12, Color: color.NRGBA{0, 0, 0, 40}, Hole: box, Round: Round(10)})
	}
}

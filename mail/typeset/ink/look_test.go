package ink

import (
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"postrider/mail/typeset"
)

// save writes a picture for a person to look at, if POSTRIDER_PICTURES is a
// folder.
func save(t *testing.T, name string, img image.Image) {
	dir := os.Getenv("POSTRIDER_PICTURES")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}

func sheet(w, h int, c color.Color) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Rect, image.NewUniform(c), image.Point{}, draw.Src)
	return img
}

var (
	white = color.NRGBA{255, 255, 255, 255}
	inkC  = color.NRGBA{0x16, 0x19, 0x1E, 255}
	dark  = color.NRGBA{0x16, 0x19, 0x1E, 255}
	light = color.NRGBA{0xE8, 0xEB, 0xEF, 255}
)

func write(c *Canvas, lib *typeset.Library, text string, s typeset.Style, x, y float64, col color.NRGBA) *typeset.Line {
	l := lib.Line(text, s, typeset.LineOptions{})
	for i := range l.Runs {
		c.Text(&l.Runs[i], x, y, col)
	}
	return l
}

func TestLookAtText(t *testing.T) {
	lib := typeset.New("")
	<-lib.Ready()
	k := New()
	for name, page := range map[string][2]color.NRGBA{"text-light.png": {white, inkC}, "text-dark.png": {dark, light}} {
		img := sheet(760, 420, page[0])
		c := k.Canvas(img, 1, 0, 0)
		y := 24.0
		for _, s := range []typeset.Style{
			{Families: "Inter", Size: 14}, {Families: "Inter", Size: 14, Weight: 500}, {Families: "Inter", Size: 14, Weight: 600}, {Families: "Inter", Size: 14, Italic: true},
			{Families: "Inter", Size: 13}, {Families: "Inter", Size: 12}, {Families: "Inter", Size: 11, Weight: 600}, {Families: "Inter Display", Size: 20, Weight: 600},
			{Families: "Inter", Size: 14, Weight: 800}, {Families: "Inter", Size: 14, Weight: 600, Italic: true},
			{Families: "Arial", Size: 14}, {Families: "Times New Roman", Size: 16}, {Families: "Courier New", Size: 13}, {Families: "Calibri", Size: 15, Weight: 700, Italic: true},
		} {
			write(c, lib, "Engine notes from Ada Lovelace, 09:12 — fi ffl “quotes” №5", s, 16, y, page[1])
			y += 24
		}
		write(c, lib, "שלום (עולם) 123 abc, مرحبا بالعالم ١٢٣, 日本語の文字, 한국어, नमस्ते क्षत्रिय, ไทย", typeset.Style{Families: "Inter", Size: 16}, 16, y, page[1])
		write(c, lib, "😀 👩‍👩‍👧‍👦 🇩🇪 👍🏽 ❤️ ☎ ✓ → 1️⃣", typeset.Style{Families: "Inter", Size: 18}, 16, y+28, page[1])
		save(t, name, img)
	}
}

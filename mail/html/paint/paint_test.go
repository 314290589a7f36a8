package paint

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"postrider/mail/html"
	"postrider/mail/html/box"
	"postrider/mail/html/css"
	"postrider/mail/html/display"
	"postrider/mail/typeset"
	"postrider/mail/typeset/ink"
)

var light = Look{
	Paper: color.NRGBA{255, 255, 255, 255}, Ink: color.NRGBA{0x4A, 0x53, 0x5E, 255}, Plate: color.NRGBA{0xF3, 0xF4, 0xF6, 255},
	Line: color.NRGBA{0xE5, 0xE7, 0xEB, 255}, Hit: color.NRGBA{0xFF, 0xE9, 0xA3, 255}, Accent: color.NRGBA{0x25, 0x63, 0xC9, 255},
	OnAccent: color.NRGBA{255, 255, 255, 255}, Current: -1, Library: typeset.Embedded(),
}

var dark = Look{
	Dark: true, Paper: color.NRGBA{0x16, 0x19, 0x1E, 255}, Ink: color.NRGBA{0xB4, 0xBD, 0xC8, 255}, Plate: color.NRGBA{0x23, 0x28, 0x2F, 255},
	Line: color.NRGBA{0x2A, 0x30, 0x3A, 255}, Hit: color.NRGBA{0x5C, 0x4A, 0x10, 255}, Accent: color.NRGBA{0x79, 0xA9, 0xFF, 255},
	OnAccent: color.NRGBA{0x0B, 0x12, 0x20, 255}, Current: -1, Library: light.Library,
}

func layout(source string, width float64) *display.Page {
	doc := html.Parse(source)
	styles := css.Parse(doc).Cascade(css.Media{Width: width, Height: 800})
	return box.Layout(doc, styles, box.Options{Width: width, Library: light.Library})
}

func picture(p *display.Page, area display.Rect, scale float64, look *Look) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, int(float64(area.W)*scale), int(float64(area.H)*scale)))
	Paint(ink.New().Canvas(img, scale, float64(area.X), float64(area.Y)), p, area, look)
	return img
}

func save(t testing.TB, name string, img image.Image) {
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

// TestLookAtMails draws the mails of a folder in POSTRIDER_MAILS (HTML files) for
// a person to look at.
func TestLookAtMails(t *testing.T) {
	dir := os.Getenv("POSTRIDER_MAILS")
	if dir == "" {
		t.Skip("POSTRIDER_MAILS is not set")
	}
	for _, file := range strings.Fields(os.Getenv("POSTRIDER_NAMES")) {
		source, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		p := layout(string(source), 700)
		for name, look := range map[string]*Look{"light": &light, "dark": &dark} {
			img := picture(p, display.Rect{W: max(700, p.ContentWidth), H: min(p.Height, 1400)}, 1, look)
			save(t, strings.TrimSuffix(file, ".html")+"-"+name+".png", img)
		}
	}
}

package theme

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"postrider/assets/icons"
)

// The files of the icon are what is drawn here. POSTRIDER_UPDATE writes them anew.
func TestAppIconFilesAreItsDrawing(t *testing.T) {
	for _, size := range icons.AppSizes {
		want := AppIcon(size)
		if os.Getenv("POSTRIDER_UPDATE") != "" {
			writeIcon(t, want, size)
			continue
		}
		got, err := png.Decode(bytes.NewReader(icons.App(size)))
		if err != nil {
			t.Fatal(err)
		}
		for y := range size {
			for x := range size {
				if color.RGBAModel.Convert(got.At(x, y)) != color.RGBAModel.Convert(color.NRGBAModel.Convert(want.At(x, y))) {
					t.Fatalf("the file of %d px is not what is drawn", size)
				}
			}
		}
	}
}

func writeIcon(t *testing.T, img image.Image, size int) {
	t.Helper()
	f, err := os.Create(filepath.Join("..", "..", "assets", "icons", "app", fmt.Sprintf("postrider-%d.png", size)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}

func TestAppIconCanBeReadWhenSmall(t *testing.T) {
	img := AppIcon(16)
	white := 0
	for y := range 16 {
		for x := range 16 {
			if c := img.RGBAAt(x, y); c.R > 200 {
				white++
			}
		}
	}
	if white < 20 {
		t.Errorf("of 256 pixels only %d are the horn's", white)
	}
}

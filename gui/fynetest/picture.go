package fynetest

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Pictures is the folder that a person wants pictures in, to look at: the one
// that POSTRIDER_PICTURES names. Without, the test is skipped.
func Pictures(t testing.TB) (dir string) {
	t.Helper()
	if dir = os.Getenv("POSTRIDER_PICTURES"); dir == "" {
		t.Skip("POSTRIDER_PICTURES names no folder")
	}
	return dir
}

// Draw keeps a picture of a window with something in it as a PNG file. then may
// do something with the window before; nil does nothing.
func Draw(t testing.TB, path string, size fyne.Size, content fyne.CanvasObject, then func(fyne.Canvas)) {
	t.Helper()
	w := test.NewWindow(content)
	defer w.Close()
	w.SetPadded(false)
	w.Resize(size)
	if then != nil {
		then(w.Canvas())
	}
	w.Resize(size.AddWidthHeight(0, 1)) // laid out anew, as Fyne does with each frame
	w.Resize(size)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, w.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}

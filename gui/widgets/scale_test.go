package widgets

import (
	"testing"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

// Tests draw at several scales, and mean to.
func init() { rescaled = func() {} }

func TestAWindowOnAnotherMonitorIsDrawnAnew(t *testing.T) {
	times := 0
	was := rescaled
	rescaled = func() { times++ }
	t.Cleanup(func() { rescaled = was })
	clear(scales)

	label := NewText("Sharp", theme.TextBody, theme.Ink)
	w := inWindow(t, fyne.NewSize(200, 100), label)
	w.Canvas().Capture()
	if times != 0 {
		t.Fatalf("drawn anew %d times before anything moved", times)
	}
	w.Canvas().(interface{ SetScale(float32) }).SetScale(2)
	w.Content().Refresh() // what Fyne's driver does then
	w.Content().Refresh()
	if times != 1 {
		t.Errorf("drawn anew %d times at another scale, want once", times)
	}
}

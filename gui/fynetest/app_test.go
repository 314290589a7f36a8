package fynetest

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// TestOthersWait: what another goroutine asks for happens when the test lets it,
// in order, and what that brings with it.
func TestOthersWait(t *testing.T) {
	a := New(t)
	var done []int
	over := make(chan bool)
	go func() {
		fyne.Do(func() {
			done = append(done, 1)
			fyne.Do(func() { done = append(done, 3) })
		})
		fyne.Do(func() { done = append(done, 2) })
		close(over)
	}()
	<-over
	if len(done) > 0 {
		t.Fatalf("%v happened before", done)
	}
	a.Settle()
	if !slices.Equal(done, []int{1, 2, 3}) {
		t.Errorf("what happened is %v", done)
	}
}

// TestWindowsAreDrawn: the app is Fyne's in all else.
func TestWindowsAreDrawn(t *testing.T) {
	New(t)
	w := test.NewTempWindow(t, widget.NewLabel("Here"))
	w.Resize(fyne.NewSize(200, 100))
	if at := fyne.CurrentApp().Driver().CanvasForObject(w.Content()); at != w.Canvas() {
		t.Errorf("the label is on %v", at)
	}
	if picture := w.Canvas().Capture(); picture.Bounds().Dx() != 200 {
		t.Errorf("the picture is %v", picture.Bounds())
	}
}

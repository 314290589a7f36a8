package widgets

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"postrider/gui/fynetest"
)

// TestPagePaintsOffTheWindowsGoroutine lets the strips be painted by a goroutine,
// and takes what it hands over as a window would.
func TestPagePaintsOffTheWindowsGoroutine(t *testing.T) {
	fynetest.New(t)
	p := newPage(false)
	posted := make(chan func(), 64)
	p.post = func(f func()) { posted <- f }
	p.Modifiers = heldKeys(0)
	p.OnWidth = func(px float32) { p.SetPage(laidOut(longMail(200), px)) }
	w := test.NewTempWindow(t, p)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(500, 400))
	for k := range 12 {
		(<-posted)()
		p.scroll.to(int64(k) * 371)
		if k%3 == 0 {
			p.Find("fox")
		}
	}
	for !p.complete() {
		(<-posted)()
	}
	first, last := p.view.visible()
	for r := first; r <= last; r++ {
		s := p.view.strips[r%len(p.view.strips)]
		img, ok := s.picture.Image.(*image.RGBA)
		if !ok || s.row != r || !s.picture.Visible() || img.Rect.Dx() != 500 || img.Rect.Dy() != tileRows || img.Stride != 4*500 {
			t.Errorf("strip %d is not what a window can upload as it is", r)
		}
	}
}

// complete tells that all that can be seen has been painted.
func (p *Page) complete() bool {
	first, last := p.view.visible()
	for r := first; r <= last; r++ {
		if s := p.view.strips[r%len(p.view.strips)]; s.row != r || s.number != p.view.drawn.number {
			return false
		}
	}
	return true
}

// BenchmarkStrip paints a strip of a newsletter as wide as a reader.
func BenchmarkStrip(b *testing.B) {
	page := laidOut(newsletter, 700)
	p := newPage(false)
	work := tileWork{number: 1, page: page, look: p.look(), scale: 1, width: 700}
	img := image.NewRGBA(image.Rect(0, 0, 700, tileRows))
	work.paint(img, 0)
	b.ReportAllocs()
	for b.Loop() {
		work.paint(img, 0)
	}
}

// BenchmarkStripOfText paints a strip full of text, at twice the size.
func BenchmarkStripOfText(b *testing.B) {
	page := laidOut(longMail(50), 700)
	p := newPage(false)
	work := tileWork{number: 1, page: page, look: p.look(), scale: 2, width: 1400}
	img := image.NewRGBA(image.Rect(0, 0, 1400, tileRows))
	work.paint(img, 0)
	b.ReportAllocs()
	for b.Loop() {
		work.paint(img, 0)
	}
}

// BenchmarkWheel is what a notch of the wheel costs Fyne's goroutine.
func BenchmarkWheel(b *testing.B) {
	fynetest.New(b)
	p := newPage(false)
	p.tiles.spawn = func(func()) {}
	p.Modifiers = heldKeys(0)
	p.OnWidth = func(px float32) { p.SetPage(laidOut(longMail(3000), px)) }
	w := test.NewTempWindow(b, p)
	w.Resize(fyne.NewSize(700, 800))
	p.SelectAll()
	b.ReportAllocs()
	for b.Loop() {
		p.scroll.to((p.scroll.off + 72) % 50000)
	}
}

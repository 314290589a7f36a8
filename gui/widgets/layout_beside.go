package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Beside puts objects side by side, equally wide and equally high, where there is
// so much room, and below each other where there is less.
func Beside(least, gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&beside{least: least, gap: gap}, objects...)
}

type beside struct {
	least, gap float32
	width      float32 // that it was laid out for last
}

func (b *beside) column(n int, width float32) float32 {
	if width < b.least {
		return width
	}
	return (width - b.gap*float32(n-1)) / float32(n)
}

func (b *beside) heightFor(objects []fyne.CanvasObject, width float32) (h float32) {
	w := b.column(len(objects), width)
	for i, o := range objects {
		switch need := heightOf(o, w); {
		case width >= b.least:
			h = max(h, need)
		case i > 0:
			h += b.gap + need
		default:
			h = need
		}
	}
	return h
}

func (b *beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var w float32
	for _, o := range objects {
		w = max(w, o.MinSize().Width)
	}
	return fyne.NewSize(w, b.heightFor(objects, max(w, b.width)))
}

func (b *beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	b.width = size.Width
	w := b.column(len(objects), size.Width)
	var x, y float32
	for _, o := range objects {
		h := size.Height
		if size.Width < b.least {
			h = heightOf(o, w)
		}
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
		if size.Width < b.least {
			y += h + b.gap
		} else {
			x += w + b.gap
		}
	}
}

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Row puts objects side by side, each as wide as it must be and centred in the
// height; those that [Grow] share the room that is left. Hidden ones take none.
// What may be shortened is shortened when there is too little room: the last
// one that grows.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&row{gap: gap}, objects...)
}

// TopRow is a row whose objects are aligned at their upper edges.
func TopRow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&row{gap: gap, top: true}, objects...)
}

type row struct {
	gap float32
	top bool
}

func (r *row) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	n := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		size.Width += least.Width
		size.Height = max(size.Height, least.Height)
		n++
	}
	size.Width += r.gap * float32(max(0, n-1))
	return size
}

// widths shares a width out.
func (r *row) widths(objects []fyne.CanvasObject, width float32) []float32 {
	got := make([]float32, len(objects))
	left, growing, n := width, 0, 0
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		n++
		if grows(o) {
			growing++
		} else {
			got[i] = o.MinSize().Width
			left -= got[i]
		}
	}
	left -= r.gap * float32(max(0, n-1))
	for i, o := range objects {
		if o.Visible() && grows(o) {
			got[i] = max(0, left/float32(growing))
		}
	}
	return got
}

func (r *row) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for i, w := range r.widths(objects, size.Width) {
		o := objects[i]
		if !o.Visible() {
			continue
		}
		h, y := heightOf(o, w), float32(0)
		if !r.top {
			y = (size.Height - h) / 2
		}
		if grows(o) && !r.top {
			h, y = size.Height, 0
			if inner := heightOf(o, w); inner < h {
				h, y = inner, (size.Height-inner)/2
			}
		}
		o.Move(fyne.NewPos(x, floorHalf(y)))
		o.Resize(fyne.NewSize(w, h))
		x += w + r.gap
	}
}

// floorHalf keeps what is centred on whole units.
func floorHalf(v float32) float32 { return float32(int(v + 0.5)) }

func (r *row) heightFor(objects []fyne.CanvasObject, width float32) (h float32) {
	for i, w := range r.widths(objects, width) {
		if objects[i].Visible() {
			h = max(h, heightOf(objects[i], w))
		}
	}
	return h
}

// Column puts objects below each other, each as wide as the column; those that
// [Grow] share the height that is left. Hidden ones take no room.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&column{gap: gap}, objects...)
}

type column struct {
	gap   float32
	width float32 // that it was laid out for last; its height depends on it
}

func (c *column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		if o.Visible() {
			size.Width = max(size.Width, o.MinSize().Width)
		}
	}
	size.Height = c.heightFor(objects, max(c.width, size.Width))
	return size
}

func (c *column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	c.width = size.Width
	left, growing := size.Height-c.heightFor(objects, size.Width), 0
	for _, o := range objects {
		if o.Visible() && grows(o) {
			growing++
		}
	}
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		h := heightOf(o, size.Width)
		if grows(o) {
			h += left / float32(growing)
		}
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, max(0, h)))
		y += h + c.gap
	}
}

func (c *column) heightFor(objects []fyne.CanvasObject, width float32) (h float32) {
	n := 0
	for _, o := range objects {
		if o.Visible() {
			h += heightOf(o, width)
			n++
		}
	}
	return h + c.gap*float32(max(0, n-1))
}

// Centre puts an object of its least size into the middle.
func Centre(o fyne.CanvasObject) *fyne.Container { return container.NewCenter(o) }

// Start keeps an object at its least width, at the left of its room.
func Start(o fyne.CanvasObject) *fyne.Container { return Row(0, o, Spring()) }

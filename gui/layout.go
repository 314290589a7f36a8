package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// placing is a layout by a function: panes are few and measured to the pixel, so
// each says itself where its parts are.
type placing struct {
	least func() fyne.Size
	place func(fyne.Size)
}

func (p placing) MinSize([]fyne.CanvasObject) fyne.Size        { return p.least() }
func (p placing) Layout(_ []fyne.CanvasObject, size fyne.Size) { p.place(size) }

// placed is a container whose parts place puts where they belong, whenever it
// has another size. It is never smaller than least.
func placed(least fyne.Size, place func(fyne.Size), parts ...fyne.CanvasObject) *fyne.Container {
	return container.New(placing{func() fyne.Size { return least }, place}, parts...)
}

// fitted is placed, with a least size that depends on what it holds.
func fitted(least func() fyne.Size, place func(fyne.Size), parts ...fyne.CanvasObject) *fyne.Container {
	return container.New(placing{least, place}, parts...)
}

// put moves and sizes a part.
func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(max(0, w), max(0, h)))
}

// putLeft puts a part of its own size at x, in the middle of a line of a height,
// and returns where it ends.
func putLeft(o fyne.CanvasObject, x, y, h float32) float32 {
	size := o.MinSize()
	put(o, x, y+(h-size.Height)/2, size.Width, size.Height)
	return x + size.Width
}

// putRight is putLeft for a part that ends at x; it returns where it begins.
func putRight(o fyne.CanvasObject, x, y, h float32) float32 {
	size := o.MinSize()
	put(o, x-size.Width, y+(h-size.Height)/2, size.Width, size.Height)
	return x - size.Width
}

// show shows or hides a part.
func show(o fyne.CanvasObject, visible bool) {
	switch {
	case visible == o.Visible():
	case visible:
		o.Show()
	default:
		o.Hide()
	}
}

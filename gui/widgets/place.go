package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// placing is a layout by a function: panes are few and measured to the pixel, so
// each says itself where its parts are.
type placing struct {
	least  func() fyne.Size
	height func(width float32) float32 // nil: it is as high as it is at least
	place  func(fyne.Size)
}

func (p placing) MinSize([]fyne.CanvasObject) fyne.Size        { return p.least() }
func (p placing) Layout(_ []fyne.CanvasObject, size fyne.Size) { p.place(size) }

func (p placing) heightFor(_ []fyne.CanvasObject, width float32) float32 {
	if p.height == nil {
		return p.least().Height
	}
	return p.height(width)
}

// Placed is a container whose parts place puts where they belong, whenever it
// has another size. It is never smaller than least.
func Placed(least fyne.Size, place func(fyne.Size), parts ...fyne.CanvasObject) *fyne.Container {
	return Fitted(func() fyne.Size { return least }, place, parts...)
}

// Fitted is [Placed], with a least size that depends on what it holds.
func Fitted(least func() fyne.Size, place func(fyne.Size), parts ...fyne.CanvasObject) *fyne.Container {
	return container.New(placing{least: least, place: place}, parts...)
}

// PlacedTall is [Placed], and as high as its width makes it: [HeightOf] asks
// height.
func PlacedTall(least fyne.Size, height func(width float32) float32, place func(fyne.Size), parts ...fyne.CanvasObject) *fyne.Container {
	return container.New(placing{func() fyne.Size { return least }, height, place}, parts...)
}

// Put moves and sizes a part; a size below nothing is nothing.
func Put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(max(0, w), max(0, h)))
}

// PutLeft puts a part of its own size at x, in the middle of a line of a height,
// and returns where it ends.
func PutLeft(o fyne.CanvasObject, x, y, h float32) float32 {
	size := o.MinSize()
	Put(o, x, y+(h-size.Height)/2, size.Width, size.Height)
	return x + size.Width
}

// PutRight is [PutLeft] for a part that ends at x; it returns where it begins.
func PutRight(o fyne.CanvasObject, x, y, h float32) float32 {
	size := o.MinSize()
	Put(o, x-size.Width, y+(h-size.Height)/2, size.Width, size.Height)
	return x - size.Width
}

// Show shows or hides a part, if it is not so already.
func Show(o fyne.CanvasObject, visible bool) {
	switch {
	case visible == o.Visible():
	case visible:
		o.Show()
	default:
		o.Hide()
	}
}

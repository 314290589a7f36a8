package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// WithSide puts a side column of a fixed width to the right of a main one; where
// the room is less than least, it goes below.
func WithSide(least, gap, sideWidth float32, main, side fyne.CanvasObject) *fyne.Container {
	return container.New(&withSide{least: least, gap: gap, side: sideWidth}, main, side)
}

type withSide struct {
	least, gap, side float32
	width            float32 // that it was laid out for last
}

func (l *withSide) wide(width float32) bool { return width >= l.least }

func (l *withSide) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	if l.wide(width) {
		return max(heightOf(objects[0], width-l.gap-l.side), heightOf(objects[1], l.side))
	}
	return heightOf(objects[0], width) + l.gap + heightOf(objects[1], width)
}

func (l *withSide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	w := max(objects[0].MinSize().Width, objects[1].MinSize().Width)
	return fyne.NewSize(w, l.heightFor(objects, max(w, l.width)))
}

func (l *withSide) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	main, side := objects[0], objects[1]
	main.Move(fyne.Position{})
	if l.wide(size.Width) {
		w := size.Width - l.gap - l.side
		main.Resize(fyne.NewSize(w, heightOf(main, w)))
		side.Move(fyne.NewPos(w+l.gap, 0))
		side.Resize(fyne.NewSize(l.side, heightOf(side, l.side)))
		return
	}
	h := heightOf(main, size.Width)
	main.Resize(fyne.NewSize(size.Width, h))
	side.Move(fyne.NewPos(0, h+l.gap))
	side.Resize(fyne.NewSize(size.Width, heightOf(side, size.Width)))
}

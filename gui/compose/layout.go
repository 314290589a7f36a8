package compose

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// The measures of a composer.
const (
	rowHeight    float32 = 40
	formatHeight float32 = 44
	dockHeight   float32 = 56
	footHeight   float32 = 56
	inset                = theme.Space4 // of hairlines
	labelX               = theme.Space5
	valueX       float32 = 84
)

// placing is a layout by a function.
type placing struct {
	least fyne.Size
	place func(fyne.Size)
}

func (p placing) MinSize([]fyne.CanvasObject) fyne.Size        { return p.least }
func (p placing) Layout(_ []fyne.CanvasObject, size fyne.Size) { p.place(size) }

func placed(least fyne.Size, place func(fyne.Size), parts ...fyne.CanvasObject) *fyne.Container {
	return container.New(placing{least, place}, parts...)
}

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

func show(o fyne.CanvasObject, visible bool) {
	switch {
	case visible == o.Visible():
	case visible:
		o.Show()
	default:
		o.Hide()
	}
}

// lay puts the parts into the window. Their order is that of the Tab key: first
// what is filled in from top to bottom, then the text, then what is pressed.
func (w *Window) lay() *fyne.Container {
	label := widgets.NewText("Subject", theme.TextLine, theme.Ink3)
	rules := make([]fyne.CanvasObject, 8)
	for i := range rules {
		rules[i] = widgets.NewDivider()
	}
	parts := []fyne.CanvasObject{widgets.NewFill(theme.Paper)}
	parts = append(parts, rules...)
	parts = append(parts, w.from.object, w.to.object, w.cc.object, w.bcc.object, label, w.subject, w.editor, w.as,
		w.format.object, w.notice.object, w.preview.object, w.dock.object, w.foot.object, w.to.more[0], w.to.more[1], w.suggesting.object)
	return placed(leastSize, func(size fyne.Size) {
		put(parts[0], 0, 0, size.Width, size.Height)
		next := 0
		rule := func(y, left float32) {
			put(rules[next], left, y-theme.Hairline, size.Width-2*left, theme.Hairline)
			show(rules[next], true)
			next++
		}
		y := float32(0)
		for _, row := range []*fyne.Container{w.from.object, w.to.object, w.cc.object, w.bcc.object} {
			if !row.Visible() {
				continue
			}
			h := row.Layout.(rowLayout).height(size.Width)
			put(row, 0, y, size.Width, h)
			if row == w.to.object {
				w.to.placeMore(y, size.Width)
			}
			y += h
			rule(y, inset)
		}
		putLeft(label, labelX, y, rowHeight)
		put(w.subject, valueX, y, size.Width-valueX-inset, rowHeight)
		y += rowHeight
		rule(y, inset)
		if show(w.format.object, !w.model.Redirects()); w.format.object.Visible() {
			put(w.format.object, 0, y, size.Width, formatHeight)
			y += formatHeight
			rule(y, 0)
		}
		y = w.notice.put(y, size.Width)
		bottom := size.Height - footHeight
		put(w.foot.object, 0, bottom, size.Width, footHeight)
		if w.dock.object.Visible() {
			h := w.dock.height(size.Width)
			bottom -= h
			put(w.dock.object, 0, bottom, size.Width, h)
			rule(bottom+h+theme.Hairline, 0)
		}
		rule(bottom+theme.Hairline, 0)
		w.halves(y, bottom, size.Width)
		for ; next < len(rules); next++ {
			show(rules[next], false)
		}
		w.suggesting.put(size)
	}, parts...)
}

// halves puts the text and what it will look like side by side, or one of them.
func (w *Window) halves(top, bottom, width float32) {
	h := bottom - top
	show(w.as, w.model.Redirects())
	if w.model.Redirects() {
		show(w.editor, false)
		show(w.preview.object, false)
		put(w.as, labelX, top+theme.Space4, width-2*labelX, h-theme.Space4)
		return
	}
	split := width
	switch w.format.view() {
	case viewBoth:
		split = float32(int(width / 2))
	case viewPreview:
		split = 0
	}
	show(w.editor, split > 0)
	show(w.preview.object, split < width)
	put(w.editor, 0, top, split, h)
	put(w.preview.object, split, top, width-split, h)
}

// rowLayout is a layout that is as high as its width makes it.
type rowLayout struct {
	placing
	height func(width float32) float32
}

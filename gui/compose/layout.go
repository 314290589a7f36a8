package compose

import (
	"fyne.io/fyne/v2"

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
	return widgets.Placed(leastSize, func(size fyne.Size) {
		widgets.Put(parts[0], 0, 0, size.Width, size.Height)
		next := 0
		rule := func(y, left float32) {
			widgets.Put(rules[next], left, y-theme.Hairline, size.Width-2*left, theme.Hairline)
			widgets.Show(rules[next], true)
			next++
		}
		y := float32(0)
		for _, row := range []*fyne.Container{w.from.object, w.to.object, w.cc.object, w.bcc.object} {
			if !row.Visible() {
				continue
			}
			h := widgets.HeightOf(row, size.Width)
			widgets.Put(row, 0, y, size.Width, h)
			if row == w.to.object {
				w.to.placeMore(y, size.Width)
			}
			y += h
			rule(y, inset)
		}
		widgets.PutLeft(label, labelX, y, rowHeight)
		widgets.Put(w.subject, valueX, y, size.Width-valueX-inset, rowHeight)
		y += rowHeight
		rule(y, inset)
		if widgets.Show(w.format.object, !w.model.Redirects()); w.format.object.Visible() {
			widgets.Put(w.format.object, 0, y, size.Width, formatHeight)
			y += formatHeight
			rule(y, 0)
		}
		y = w.notice.put(y, size.Width)
		bottom := size.Height - footHeight
		widgets.Put(w.foot.object, 0, bottom, size.Width, footHeight)
		if w.dock.object.Visible() {
			h := w.dock.height(size.Width)
			bottom -= h
			widgets.Put(w.dock.object, 0, bottom, size.Width, h)
			rule(bottom+h+theme.Hairline, 0)
		}
		rule(bottom+theme.Hairline, 0)
		w.halves(y, bottom, size.Width)
		for ; next < len(rules); next++ {
			widgets.Show(rules[next], false)
		}
		w.suggesting.put(size)
	}, parts...)
}

// halves puts the text and what it will look like side by side, or one of them.
func (w *Window) halves(top, bottom, width float32) {
	h := bottom - top
	widgets.Show(w.as, w.model.Redirects())
	if w.model.Redirects() {
		widgets.Show(w.editor, false)
		widgets.Show(w.preview.object, false)
		widgets.Put(w.as, labelX, top+theme.Space4, width-2*labelX, h-theme.Space4)
		return
	}
	split := width
	switch w.format.view() {
	case viewBoth:
		split = float32(int(width / 2))
	case viewPreview:
		split = 0
	}
	widgets.Show(w.editor, split > 0)
	widgets.Show(w.preview.object, split < width)
	widgets.Put(w.editor, 0, top, split, h)
	widgets.Put(w.preview.object, split, top, width-split, h)
}

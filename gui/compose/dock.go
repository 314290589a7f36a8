package compose

import (
	"slices"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail/phrase"
)

// dock has the files that go along.
type dock struct {
	w      *Window
	chips  []*widgets.AttachmentChip
	shown  []vm.Enclosure
	size   *widgets.Text
	object *fyne.Container
}

func newDock(w *Window) *dock {
	d := &dock{w: w, size: widgets.NewText("", theme.TextCaption, theme.Ink3)}
	d.object = widgets.Placed(fyne.NewSize(100, dockHeight), func(size fyne.Size) { d.place(size.Width) }, d.size)
	d.object.Hide()
	return d
}

// update shows the files of the model.
func (d *dock) update() {
	files := d.w.model.Files
	text, tooMuch := d.w.model.FileText() // another sender's server may take less
	d.size.SetText(text)
	d.size.SetColor(theme.Ink3)
	if tooMuch {
		d.size.SetColor(theme.Danger)
	}
	if slices.EqualFunc(files, d.shown, sameFile) {
		return
	}
	d.shown = files
	widgets.Show(d.object, len(files) > 0)
	d.chips = nil
	d.object.Objects = []fyne.CanvasObject{d.size}
	for i, f := range files {
		size := phrase.Size(f.Size)
		if f.Loading {
			size = "Reading…"
		}
		chip := widgets.NewAttachmentChip(widgets.FileIcon(f.Type, f.Name), f.Name, size, nil, func() { d.w.model.Detach(i) }, nil)
		chip.SetTip(f.Name)
		d.chips = append(d.chips, chip)
		d.object.Objects = append(d.object.Objects, chip)
	}
	d.object.Refresh()
}

func sameFile(a, b vm.Enclosure) bool {
	return a.Name == b.Name && a.Type == b.Type && a.Size == b.Size && a.Loading == b.Loading
}

// height is that of as many lines of chips as a width makes of them, three at
// most.
func (d *dock) height(width float32) float32 {
	return dockHeight + float32(min(d.place(width), 3)-1)*(40+theme.Space2)
}

// place puts the chips in lines, and returns how many there are.
func (d *dock) place(width float32) (lines int) {
	x, y := labelX, theme.Space2
	lines = 1
	next := func(o fyne.CanvasObject, h float32) {
		w := o.MinSize().Width
		if x > labelX && x+w > width-labelX {
			x, y = labelX, y+40+theme.Space2
			lines++
		}
		widgets.Put(o, x, y+(40-h)/2, w, h)
		x += w + theme.Space2
	}
	for _, c := range d.chips {
		next(c, 40)
	}
	x += theme.Space2
	next(d.size, d.size.MinSize().Height)
	return lines
}

package compose

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
)

// fromRow says whom the person writes as, and lets them choose.
type fromRow struct {
	w       *Window
	name    *widgets.Text
	address *widgets.Text
	arrow   *widgets.IconMark
	plate   *widgets.Plate
	object  *fyne.Container
}

func newFromRow(w *Window) *fromRow {
	r := &fromRow{w: w}
	label := widgets.NewText("From", theme.TextLine, theme.Ink3)
	r.name = widgets.NewText("", theme.TextBody, theme.Ink)
	r.address = widgets.NewText("", theme.TextLine, theme.Ink3)
	r.arrow = widgets.NewIconMark(theme.IconChevronDown, theme.IconRow, theme.Ink3)
	r.plate = widgets.NewPlate(theme.RadiusControl, r.choose)
	r.plate.SetTip("Write as somebody else")
	parts := []fyne.CanvasObject{label, r.plate, r.name, r.address, r.arrow}
	place := func(size fyne.Size) {
		widgets.PutLeft(label, labelX, 0, rowHeight)
		x := widgets.PutLeft(r.name, valueX, 0, rowHeight)
		if r.name.Text() != "" {
			x += theme.Space2
		}
		x = widgets.PutLeft(r.address, x, 0, rowHeight)
		x = widgets.PutLeft(r.arrow, x+theme.Space2, 0, rowHeight)
		widgets.Put(r.plate, valueX-theme.Space2, 6, x-valueX+2*theme.Space2, rowHeight-13)
	}
	r.object = widgets.Placed(fyne.NewSize(100, rowHeight), place, parts...)
	return r
}

func (r *fromRow) update() {
	s := r.w.model.Sender()
	r.name.SetText(s.Name)
	r.address.SetText(s.Addr)
	r.plate.SetLabel("From " + s.String())
	several := len(r.w.model.Senders) > 1
	widgets.Show(r.plate, several)
	widgets.Show(r.arrow, several)
	r.object.Layout.Layout(nil, r.object.Size())
}

// choose opens the menu of senders.
func (r *fromRow) choose() {
	if r.w.model.State != vm.ComposeReady {
		return
	}
	var items []widgets.MenuItem
	for i, s := range r.w.model.Senders {
		item := widgets.MenuItem{Label: s.String(), Note: s.Label, Checked: i == r.w.model.From, Disabled: !s.Able, Act: func() { r.w.model.SetFrom(i) }}
		if !s.Able {
			item.Note = "cannot send"
		}
		items = append(items, item)
	}
	widgets.ShowMenuBelow(r.plate, false, items)
}

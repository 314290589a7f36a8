package gui

import (
	"slices"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
	"postrider/mail/client"
)

// listPane is the middle pane: the search, the title, and the messages.
type listPane struct {
	shell    *shell
	model    *vm.List
	adapter  *rows
	rows     *widgets.List
	title    *widgets.Text
	subtitle *widgets.Text
	toast    *widgets.Toast
	banner   *widgets.Banner
	object   *fyne.Container

	place vm.Place
	view  client.View
}

const (
	listTitleHeight float32 = 36
	toastZone       float32 = 60
)

func newListPane(s *shell) *listPane {
	p := &listPane{shell: s, model: vm.NewList(s.desk, s.client, vm.ListOptions{Mine: s.roster.Mine})}
	p.adapter = &rows{list: p.model, style: s.desk.Style, now: s.desk.Now, unified: func() bool { return p.place.Unified() }, swatch: p.swatch}
	p.rows = widgets.NewList(p.adapter, p.adapter)
	p.rows.Drops = s.drops
	p.rows.OnShow = p.model.Want
	p.model.Changed = p.changed
	p.title = widgets.NewText("", theme.TextHead, theme.Ink)
	p.subtitle = widgets.NewText("", theme.TextCaption, theme.Ink3)
	p.toast = widgets.NewToast(s.hideToast)
	p.toast.Hide()
	p.banner = widgets.NewBanner(theme.IconCloudOff, "", "Details", func() { s.do(actActivity) })
	p.banner.Hide()
	p.object = placed(fyne.NewSize(260, 200), p.lay, p.title, p.subtitle, p.rows, p.toast, p.banner)
	return p
}

func (p *listPane) lay(size fyne.Size) {
	x := putLeft(p.title, 16, theme.TopZone, listTitleHeight-4)
	put(p.subtitle, x+8, theme.TopZone+9, size.Width-x-60, 16)
	y := theme.TopZone + listTitleHeight
	if p.banner.Visible() {
		put(p.banner, 0, y, size.Width, 40)
		y += 40
	}
	foot := float32(0)
	if p.toast.Visible() { // the list ends above it, so that no row is hidden
		foot = toastZone
		put(p.toast, 8, size.Height-toastZone+8, size.Width-16, toastZone-16)
	}
	put(p.rows, 0, y, size.Width, size.Height-y-foot)
}

func (p *listPane) swatch(id mail.AccountID) theme.Token {
	a, _ := p.shell.roster.Account(id)
	return theme.Swatch(a.Swatch)
}

// open shows the list of a place, unless it shows it.
func (p *listPane) open(place vm.Place) {
	view := client.View{Mailboxes: p.shell.roster.Mailboxes(place), Filter: place.Filter(), Conversations: true}
	if place == p.place && slices.Equal(view.Mailboxes, p.view.Mailboxes) {
		p.retitle()
		return
	}
	p.place, p.view = place, view
	p.model.Open(view)
	p.retitle()
}

func (p *listPane) retitle() {
	side := p.shell.sidebar.model
	p.title.SetText(side.Title(p.place))
	p.subtitle.SetText(side.Subtitle(p.place))
	p.lay(p.object.Size())
}

// changed draws what happened to the list.
func (p *listPane) changed(d vm.Delta) {
	switch {
	case d.Fresh:
		p.rows.SetModel(p.adapter, p.adapter)
	case d.Moved:
		p.rows.Update()
	default:
		p.rows.Changed()
	}
	if d.Picked {
		p.rows.SetCursor(widgets.RowID(p.model.CursorID()))
		p.shell.selectionChanged()
	}
}

// setBanner shows a sentence about all of the mail, such as that there is no
// connection; "" takes it away.
func (p *listPane) setBanner(text string) {
	if text == "" && !p.banner.Visible() {
		return
	}
	p.banner.SetText(text)
	show(p.banner, text != "")
	p.lay(p.object.Size())
}

package gui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/store"
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
	narrow   *narrow
	search   *searching
	filter   *widgets.IconButton
	empty    *widgets.Face
	object   *fyne.Container

	place vm.Place
	view  client.View
	only  store.Filter // narrows the place for now
	sort  client.Sort
}

const (
	listTitleHeight float32 = 36
	toastZone       float32 = 60
)

func newListPane(s *shell) *listPane {
	p := &listPane{shell: s, model: vm.NewList(s.desk, s.client, vm.ListOptions{Mine: s.roster.Mine})}
	p.adapter = &rows{list: p.model, style: s.desk.Style, now: s.desk.Now, unified: func() bool { return p.place.Unified() || p.search.model.Active }, swatch: p.swatch, marks: p.marks}
	p.rows = widgets.NewList(p.adapter, p.adapter)
	p.rows.Drops = s.drops
	p.rows.OnShow = p.shown
	p.model.Changed = p.changed
	p.title = widgets.NewText("", theme.TextHead, theme.Ink)
	p.subtitle = widgets.NewText("", theme.TextCaption, theme.Ink3)
	p.toast = widgets.NewToast(s.hideToast)
	p.toast.Hide()
	p.narrow = newNarrow(s)
	p.search = newSearching(p)
	p.filter = widgets.NewSmallIconButton(theme.IconListFilter, "Sort and narrow", func() { widgets.ShowMenuBelow(p.filter, true, p.menu()) })
	p.empty = widgets.NewFace(widgets.Mailbox, "", "", "", "", nil)
	p.empty.Hide()
	p.object = widgets.Placed(fyne.NewSize(260, 200), p.lay, p.narrow.object, p.search.box, p.search.row, p.title, p.subtitle, p.filter, p.rows, p.empty, p.toast)
	return p
}

func (p *listPane) lay(size fyne.Size) {
	whole := size
	size.Width = p.width(size.Width)
	left, end, foot := p.narrow.place(size)
	box, y := p.search.height(end - left)
	widgets.Put(p.search.box, left, 10, end-left, box)
	widgets.Put(p.search.row, 16, 10+box+8, size.Width-32, offersHeight)
	right := widgets.PutRight(p.filter, size.Width-10, y, listTitleHeight-4) - 8
	x := 16 + min(p.title.MinSize().Width, right-16)
	widgets.Put(p.title, 16, y+4, x-16, 24)
	widgets.Put(p.subtitle, x+8, y+9, right-x-8, 16)
	y += listTitleHeight
	if p.toast.Visible() { // the list ends above it, so that no row is hidden
		foot += toastZone
		widgets.Put(p.toast, 8, size.Height-foot+8, size.Width-16, toastZone-16)
	}
	widgets.Put(p.rows, 0, y, size.Width, size.Height-y-foot)
	widgets.Put(p.empty, 0, y, whole.Width, size.Height-y-foot)
}

// width is that of what the list is made of, in so much room: it keeps its width
// where it has the reader's place, too.
func (p *listPane) width(room float32) float32 {
	if p.shell.split == nil {
		return room
	}
	if width := p.shell.split.ListWidth(); width > 0 {
		return min(room, width)
	}
	return room
}

// nothing reports whether there is nothing in the place that shows.
func (p *listPane) nothing() bool {
	return p.model.Err() == nil && !p.search.model.Active && p.model.Empty()
}

// marks are what a search found in a row.
func (p *listPane) marks(row client.Row) (m vm.Marks, ok bool) {
	if p.search == nil || !p.search.model.Active {
		return m, false
	}
	return p.search.model.Marks(row), true
}

// shown hears which rows show.
func (p *listPane) shown(from, to int) {
	p.model.Want(from, to)
	if p.search.model.Active {
		p.search.wanted(from, to)
	}
}

func (p *listPane) swatch(id mail.AccountID) theme.Token {
	a, _ := p.shell.roster.Account(id)
	return theme.Swatch(a.Swatch)
}

// open shows the list of a place, unless it shows it.
func (p *listPane) open(place vm.Place) {
	if p.search.model.Active {
		if place != p.search.from {
			p.search.from = place
			p.search.end()
		}
		return
	}
	if place != p.place {
		p.only = store.All
	}
	p.show(place)
}

// show opens the list of a place as it is sorted and narrowed, unless it is open.
func (p *listPane) show(place vm.Place) {
	view := client.View{
		Mailboxes: p.shell.roster.Mailboxes(place), Filter: place.Filter(), Sort: p.sort,
		Conversations: p.shell.prefs.General.Conversations && place.Kind != vm.AllStarred,
	}
	if p.only != store.All {
		view.Filter, view.Conversations = p.only, false
	}
	same := slices.Equal(view.Mailboxes, p.view.Mailboxes) && view.Filter == p.view.Filter && view.Sort == p.view.Sort && view.Conversations == p.view.Conversations
	if place != p.place || !same || p.model.Found() {
		p.place, p.view = place, view
		p.model.Open(view)
	}
	p.retitle()
}

// showFound shows what a search found.
func (p *listPane) showFound(rows []client.Row) {
	p.model.ShowFound(rows)
	p.retitle()
}

// leaveSearch shows a place again after a search.
func (p *listPane) leaveSearch(place vm.Place) {
	if p.model.Found() {
		p.show(place)
	}
}

// recount says beside the title how many are unread now, also in folders whose
// number the sidebar does not show.
func (p *listPane) recount() {
	if !p.search.model.Active && p.subtitle.Text() != p.narrowed(p.shell.sidebar.model.Subtitle(p.place)) {
		p.retitle()
	}
}

func (p *listPane) retitle() {
	if p.search.model.Active {
		title, beside := p.search.title()
		p.title.SetText(title)
		p.subtitle.SetText(beside)
	} else {
		side := p.shell.sidebar.model
		p.title.SetText(side.Title(p.place))
		p.subtitle.SetText(p.narrowed(side.Subtitle(p.place)))
	}
	p.lay(p.object.Size())
	p.face()
}

// narrowed says beside the title what the list is narrowed to.
func (p *listPane) narrowed(text string) string {
	if said := map[store.Filter]string{store.Unread: "unread only", store.Starred: "starred only", store.Attached: "with attachments only"}[p.only]; said != "" {
		return said
	}
	return text
}

// face shows a sentence where there are no rows.
func (p *listPane) face() {
	switch {
	case p.model.Err() != nil:
		text, detail := vm.Explain(p.model.Err())
		p.empty.Set(widgets.Gate, text, detail, theme.IconRefresh, "Try again", p.model.Retry)
	case p.search.model.Active && !p.search.model.Busy && p.model.Len() == 0:
		p.sayNothingFound(p.search.model)
	case p.nothing():
		p.sayEmpty()
	default:
		widgets.Show(p.empty, false)
		p.shell.merge()
		return
	}
	widgets.Show(p.empty, true)
	p.shell.merge()
}

// sayNothingFound says where was looked, and offers to look further.
func (p *listPane) sayNothingFound(m *vm.Search) {
	if m.Asking {
		p.empty.Set(widgets.Lens, "Nothing was found here yet.", "Asking the servers…", "", "", nil)
		return
	}
	p.empty.Set(widgets.Lens, "Nothing was found.", m.Covered, theme.IconSearch, m.Offer, m.AskServers)
}

// sayEmpty says that nothing is here, and where more may come what to do.
func (p *listPane) sayEmpty() {
	inbox := p.place.Kind == vm.AllInboxes || p.place.Kind == vm.AFolder && p.shell.roster.RoleOf(p.place.Mailbox) == mail.RoleInbox
	if inbox && p.only == store.All {
		p.empty.Set(widgets.Mailbox, p.emptySentence(), "", theme.IconRefresh, "Check for new mail", func() { p.shell.do(actSync) })
		return
	}
	p.empty.Set(widgets.Mailbox, p.emptySentence(), "", "", "", nil)
}

func (p *listPane) emptySentence() string {
	switch {
	case p.only != store.All:
		return "Nothing here is like that."
	case p.place.Kind == vm.AllUnread:
		return "Everything is read."
	case p.place.Kind == vm.AllStarred:
		return "Nothing is starred."
	case p.place.Kind == vm.AllInboxes:
		return "Nothing is waiting in your inboxes."
	case p.shell.roster.RoleOf(p.place.Mailbox) == mail.RoleInbox:
		return "Nothing is waiting in this inbox."
	}
	return "This folder is empty."
}

// menu sorts the list and narrows it.
func (p *listPane) menu() []widgets.MenuItem {
	if p.search.model.Active {
		return p.searchMenu()
	}
	var items []widgets.MenuItem
	for _, o := range []struct {
		label string
		by    store.SortKey
	}{{"Date", store.ByDate}, {"Sender", store.BySender}, {"Subject", store.BySubject}, {"Size", store.BySize}} {
		items = append(items, widgets.MenuItem{Label: "By " + strings.ToLower(o.label), Checked: p.sort.By == o.by, Act: func() {
			p.sort = client.Sort{By: o.by}
			p.show(p.place)
		}})
	}
	items = append(items, widgets.MenuItem{Label: "The other way round", Checked: p.sort.Reverse, Act: func() {
		p.sort.Reverse = !p.sort.Reverse
		p.show(p.place)
	}}, widgets.MenuItem{})
	for _, o := range []struct {
		label string
		only  store.Filter
	}{{"All messages", store.All}, {"Unread only", store.Unread}, {"Starred only", store.Starred}, {"With attachments only", store.Attached}} {
		items = append(items, widgets.MenuItem{Label: o.label, Checked: p.only == o.only, Act: func() {
			p.only = o.only
			p.show(p.place)
		}})
	}
	return append(items, widgets.MenuItem{}, widgets.MenuItem{Label: "Mark all as read", Icon: theme.IconCheck, Note: keysOf(actReadAll), Act: func() { p.shell.do(actReadAll) }})
}

func (p *listPane) searchMenu() (items []widgets.MenuItem) {
	for _, o := range []struct {
		label string
		order vm.Order
	}{{"Newest first", vm.Newest}, {"Oldest first", vm.Oldest}, {"By sender", vm.BySender}, {"Largest first", vm.BySize}} {
		items = append(items, widgets.MenuItem{Label: o.label, Checked: p.search.model.Order == o.order, Act: func() { p.search.model.Sort(o.order) }})
	}
	return items
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
	p.face()
	if d.Picked {
		p.rows.SetCursor(widgets.RowID(p.model.CursorID()))
		p.shell.selectionChanged()
	}
}

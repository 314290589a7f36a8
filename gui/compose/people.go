package compose

import (
	"strings"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail/message"
	"postrider/mail/phrase"
)

// peopleRow is a row of recipients.
type peopleRow struct {
	w      *Window
	which  vm.Field
	field  *widgets.TokenField
	count  *widgets.Text
	more   []*widgets.Link // to show the rows that are hidden
	object *fyne.Container
	asked  bool // the person wants to see it although it is empty
	whole  bool // all of a long list is shown
	shown  []vm.Recipient
}

func newPeopleRow(w *Window, which vm.Field, name string) *peopleRow {
	r := &peopleRow{w: w, which: which}
	label := widgets.NewText(name, theme.TextLine, theme.Ink3)
	r.field = widgets.NewRecipientField("")
	line := r.field.Line
	line.OnChanged = r.typed
	line.OnSubmit = func(string) { r.submit() }
	line.OnPaste = r.paste
	line.OnFocus = r.focused
	line.OnKey = r.key
	r.field.OnTakeLast = r.takeLast
	r.count = widgets.NewText("", theme.TextCaption, theme.Ink3)
	parts := []fyne.CanvasObject{label, r.field, r.count}
	if which == vm.FieldTo {
		for _, hidden := range []vm.Field{vm.FieldCc, vm.FieldBcc} {
			r.more = append(r.more, r.opener(hidden))
		}
	}
	r.object = widgets.PlacedTall(fyne.NewSize(100, rowHeight), r.height, func(size fyne.Size) { r.place(label, size) }, parts...)
	widgets.Show(r.count, false)
	widgets.Show(r.object, which == vm.FieldTo)
	return r
}

// opener shows a row that is hidden.
func (r *peopleRow) opener(which vm.Field) *widgets.Link {
	l := widgets.NewLink([]string{"To", "Cc", "Bcc"}[which], func() {
		r.w.reveal(r.w.row(which))
	})
	l.SetStyle(theme.TextButton, theme.Ink2)
	return l
}

func (w *Window) row(which vm.Field) *peopleRow { return []*peopleRow{w.to, w.cc, w.bcc}[which] }

// end is where the recipients end: before what stands at the right.
func (r *peopleRow) end(width float32) float32 {
	x := width - inset
	if r.count.Visible() {
		x -= r.count.MinSize().Width + theme.Space3
	}
	for _, l := range r.more {
		if l.Visible() {
			x -= l.MinSize().Width + theme.Space3
		}
	}
	return x
}

func (r *peopleRow) height(width float32) float32 {
	r.field.Resize(fyne.NewSize(r.end(width)-valueX, r.field.Size().Height))
	return max(rowHeight, r.field.MinSize().Height)
}

func (r *peopleRow) place(label fyne.CanvasObject, size fyne.Size) {
	widgets.PutLeft(label, labelX, 0, rowHeight)
	widgets.Put(r.field, valueX, 0, r.end(size.Width)-valueX, size.Height)
	x := size.Width - inset
	if r.count.Visible() {
		widgets.PutRight(r.count, x, 0, rowHeight)
	}
}

// placeMore puts the links that open rows at the end of the first line. They come
// last for the Tab key: whoever fills a message in goes by them.
func (r *peopleRow) placeMore(y, width float32) {
	x := width - inset
	if r.count.Visible() {
		x -= r.count.MinSize().Width + theme.Space3
	}
	for i := len(r.more) - 1; i >= 0; i-- {
		if r.more[i].Visible() {
			x = widgets.PutRight(r.more[i], x, y, rowHeight) - theme.Space3
		}
	}
}

func (r *peopleRow) list() []vm.Recipient {
	return [][]vm.Recipient{r.w.model.To, r.w.model.Cc, r.w.model.Bcc}[r.which]
}

// update shows the recipients.
func (r *peopleRow) update() {
	list := r.list()
	widgets.Show(r.object, r.which == vm.FieldTo || r.asked || len(list) > 0)
	for i, l := range r.more {
		widgets.Show(l, !r.w.row(vm.Field(i+1)).object.Visible() && len(r.w.row(vm.Field(i+1)).list()) == 0)
	}
	const many = 5
	widgets.Show(r.count, len(list) >= many)
	r.count.SetText(phrase.Things(len(list), "person", "people"))
	if same(list, r.shown) {
		return
	}
	r.shown = list
	r.showChips()
}

// A longer list than mostChips would leave no room for the text: only its first
// are shown, unless the person wants to see all.
const (
	mostChips  = 30
	firstChips = 12
)

func (r *peopleRow) showChips() {
	all := vm.Runs(r.shown)
	runs := all
	if len(runs) > mostChips && !r.whole {
		runs = runs[:firstChips]
	}
	var chips []*widgets.Chip
	for _, run := range runs {
		chips = append(chips, r.chip(run))
	}
	if rest := len(all) - len(runs); rest > 0 {
		var more *widgets.Chip
		more = widgets.NewRecipientChip(phrase.Count(rest)+" more", func() { r.moreMenu(more) }, nil)
		chips = append(chips, more)
	}
	r.field.SetChips(chips)
}

// moreMenu is what can be done with a long list.
func (r *peopleRow) moreMenu(over fyne.CanvasObject) {
	items := []widgets.MenuItem{{Label: "Show all", Act: func() {
		r.whole = true
		r.showChips()
		r.w.page.Refresh()
	}}}
	if r.which != vm.FieldBcc {
		items = append(items, widgets.MenuItem{Label: "Move all to Bcc", Act: func() { r.w.model.MoveAll(r.which, vm.FieldBcc) }})
	}
	items = append(items, widgets.MenuItem{}, widgets.MenuItem{Label: "Remove all", Icon: theme.IconX, Act: func() { r.w.model.RemoveAll(r.which) }})
	widgets.ShowMenuBelow(over, false, items)
}

func same(a, b []vm.Recipient) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func (r *peopleRow) chip(run vm.Several) *widgets.Chip {
	var c *widgets.Chip
	label, tip := run.List[0].Label(), run.List[0].String()
	if run.Group != "" {
		label, tip = run.Group+" · "+phrase.Count(len(run.List)), run.Text()
	}
	c = widgets.NewRecipientChip(label, func() { r.menu(c, run) }, func() { r.remove(run) })
	c.SetTip(tip)
	for _, p := range run.List {
		if p.Why != "" {
			c.SetBad(true)
			c.SetTip(p.Why)
			break
		}
	}
	return c
}

// menu is what can be done with a recipient, or a group.
func (r *peopleRow) menu(over fyne.CanvasObject, run vm.Several) {
	m, n := r.w.model, len(run.List)
	items := []widgets.MenuItem{
		{Label: "Edit", Icon: theme.IconPencil, Act: func() { r.edit(run) }},
		{Label: "Copy address", Icon: theme.IconCopy, Act: func() { r.w.room.App.Clipboard().SetContent(run.Text()) }},
	}
	if run.Group != "" {
		items[1].Label = "Copy addresses"
		items = append(items, widgets.MenuItem{Label: "Show the " + phrase.Things(n, "person", "people"), Icon: theme.IconUser, Act: func() { m.Ungroup(r.which, run.First, n) }})
	}
	items = append(items, widgets.MenuItem{})
	for f, name := range []string{"To", "Cc", "Bcc"} {
		if vm.Field(f) != r.which {
			items = append(items, widgets.MenuItem{Label: "Move to " + name, Act: func() { m.MoveRun(r.which, run.First, n, vm.Field(f)) }})
		}
	}
	items = append(items, widgets.MenuItem{}, widgets.MenuItem{Label: "Remove", Icon: theme.IconX, Act: func() { r.remove(run) }})
	widgets.ShowMenuBelow(over, false, items)
}

func (r *peopleRow) remove(run vm.Several) {
	r.w.model.RemoveRun(r.which, run.First, len(run.List))
	r.field.Focus()
}

// edit makes text of a recipient again, or of a group.
func (r *peopleRow) edit(run vm.Several) {
	r.commit()
	r.w.model.RemoveRun(r.which, run.First, len(run.List))
	r.field.Line.SetText(run.Text())
	r.field.Focus()
}

// takeLast makes the last recipient text again, to be corrected or deleted.
func (r *peopleRow) takeLast() {
	if runs := vm.Runs(r.list()); len(runs) > 0 {
		r.edit(runs[len(runs)-1])
		r.field.Line.SelectAll()
	}
}

// typed completes what is typed, and takes it in at a comma.
func (r *peopleRow) typed(text string) {
	if i := strings.LastIndexAny(text, ",;"); i >= 0 && !openQuote(text) && !openGroup(text) && strings.Contains(text, "@") {
		r.field.Line.SetText(strings.TrimLeft(text[i+1:], " "))
		r.w.model.Add(r.which, text[:i+1])
		text = r.field.Text()
	}
	if addr := strings.TrimSuffix(text, " "); addr != text && !openGroup(text) && strings.Contains(addr, "@") && message.CheckAddress(addr) == nil {
		r.commit() // a space after an address ends it
		return
	}
	r.w.suggesting.ask(r, text)
}

// openQuote tells that a comma would be within a quoted name.
func openQuote(text string) bool { return strings.Count(text, `"`)%2 == 1 }

// openGroup tells that a group was begun, which ends with a semicolon: "Choir:
// ada@example.org, bo".
func openGroup(text string) bool {
	i := strings.LastIndexByte(text, ':')
	return i > strings.LastIndexByte(text, ';') && i > 0 && !strings.ContainsAny(text[:i], "@<[") && !strings.EqualFold(text[:i], "mailto")
}

// submit takes in what was typed, or goes on to the next row.
func (r *peopleRow) submit() {
	if strings.TrimSpace(r.field.Text()) == "" {
		r.w.subject.Focus()
		return
	}
	r.commit()
}

// commit takes in what is typed.
func (r *peopleRow) commit() {
	r.w.suggesting.hide()
	text := strings.TrimSpace(r.field.Text())
	if text == "" {
		return
	}
	r.field.Line.SetText("")
	if openGroup(text) {
		text += ";"
	}
	r.w.model.Add(r.which, text)
}

// paste takes a list in at once.
func (r *peopleRow) paste(text string) bool {
	if !strings.ContainsAny(strings.TrimSpace(text), ",;\n") || !strings.Contains(text, "@") {
		return false
	}
	r.w.model.Add(r.which, r.field.Text()+text)
	r.field.Line.SetText("")
	return true
}

// take takes somebody in who was suggested, or a group.
func (r *peopleRow) take(a vm.Acquaintance) {
	r.field.Line.SetText("")
	r.w.suggesting.hide()
	if len(a.Members) > 0 {
		r.w.model.AddGroup(r.which, a.Name, a.Members)
	} else {
		r.w.model.AddPeople(r.which, a.Address)
	}
}

// focused takes in what was typed when the line is left. A window that lost the
// keyboard has not been left: the person comes back and types on.
func (r *peopleRow) focused(on bool) {
	if !on {
		r.w.room.Desk.Post(r.left)
	}
}

func (r *peopleRow) left() {
	if r.w.closed || r.w.window.Canvas().Focused() == fyne.Focusable(r.field.Line) {
		return
	}
	if a, ok := r.w.suggesting.meant(r); ok {
		r.take(a)
		return
	}
	if !r.w.suggesting.pressed() {
		r.commit()
	}
}

func (r *peopleRow) key(e *fyne.KeyEvent) bool { return r.w.suggesting.key(r, e) }

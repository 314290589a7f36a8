package gui

import (
	"time"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
	"postrider/mail/client"
)

// searching is the search at the top of the list: its box, what would narrow it,
// and what was looked through.
type searching struct {
	pane   *listPane
	model  *vm.Search
	box    *widgets.TokenField
	hint   *widgets.KeyHint
	close  *widgets.IconButton
	narrow *widgets.Text
	offers []*widgets.Chip
	cover  *widgets.Block
	ask    *widgets.Link // servers, too
	row    *fyne.Container

	chips       []vm.Chip // as they are drawn
	suggestions []vm.Suggestion
	from        vm.Place // what was shown before
	again       func()   // ends the wait before it looks once more
	typing      bool     // the box is being changed by the model
}

const offersHeight float32 = 32

func newSearching(p *listPane) *searching {
	s := &searching{pane: p, model: vm.NewSearch(p.shell.desk, p.shell.client, p.shell.roster)}
	s.hint = widgets.NewKeyHint("/", true)
	s.close = widgets.NewSmallIconButton(theme.IconX, "Close the search (Escape)", s.end)
	s.box = widgets.NewSearchBox("Search all mail", s.hint)
	s.box.Line.OnChanged = s.typed
	s.box.Line.OnSubmit = func(string) { s.model.Enter(); s.intoList() }
	s.box.Line.OnKey = s.key
	s.box.OnTakeLast = s.model.EditChip
	s.narrow = widgets.NewText("Narrow", theme.TextCaption, theme.Ink3)
	s.cover = widgets.NewBlock(widgets.Words{Style: theme.TextCaption, Color: theme.Ink2}, 0)
	s.ask = widgets.NewLink("", s.model.AskServers)
	s.row = widgets.Placed(fyne.NewSize(100, offersHeight), s.layOffers)
	s.row.Hide()
	s.model.Changed = s.changed
	s.model.Marked = func([]mail.PlacementID) { p.rows.Changed() }
	return s
}

// height is how high box and offers are in a width.
func (s *searching) height(width float32) (box, all float32) {
	box = max(theme.ControlHeight, s.box.HeightFor(width))
	all = 10 + box + 10
	if s.row.Visible() {
		all += offersHeight
	}
	return box, all
}

func (s *searching) layOffers(size fyne.Size) {
	x := widgets.PutLeft(s.narrow, 0, 0, 24) + 8
	if !s.narrow.Visible() {
		x = 0
	}
	for _, chip := range s.offers {
		w := chip.MinSize().Width
		widgets.Show(chip, x+w <= size.Width)
		x = widgets.PutLeft(chip, x, 0, 24) + 6
	}
}

// focus puts the keyboard into the box.
func (s *searching) focus() bool {
	s.pane.shell.split.SetReading(false)
	s.box.Focus()
	s.box.Line.SelectAll()
	return true
}

func (s *searching) typed(text string) {
	if s.typing {
		return
	}
	if !s.model.Active {
		s.from = s.pane.place
	}
	s.model.Type(text)
}

// key goes from the box into the list, takes a suggestion, or ends the search.
func (s *searching) key(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyEscape:
		s.end()
	case fyne.KeyDown:
		s.intoList()
	case fyne.KeyTab:
		if len(s.suggestions) == 0 {
			return false
		}
		s.model.Take(s.suggestions[0])
	default:
		return false
	}
	return true
}

// intoList puts the keyboard into what was found.
func (s *searching) intoList() {
	list := s.pane.rows
	s.pane.shell.app.window.Canvas().Focus(list)
	if s.pane.model.Cursor() < 0 {
		list.MoveCursor(0, false)
	}
}

// end closes the search and shows what was shown before.
func (s *searching) end() {
	s.model.Close()
	s.pane.shell.app.window.Canvas().Focus(s.pane.rows)
}

// changed draws what was found.
func (s *searching) changed() {
	m := s.model
	s.typing = true
	if s.box.Text() != m.Text {
		s.box.Line.SetText(m.Text)
	}
	s.typing = false
	s.drawChips()
	s.drawOffers()
	if !m.Active {
		s.box.SetEnd(s.hint)
		s.pane.rows.SetFoot(nil)
		s.pane.shell.reader.seek(nil)
		s.pane.leaveSearch(s.from)
		return
	}
	s.box.SetEnd(s.close)
	s.cover.SetText(m.Covered)
	s.drawAsk()
	s.pane.rows.SetFoot(s.foot())
	s.pane.showFound(m.Rows)
}

func (s *searching) drawChips() {
	if sameChips(s.chips, s.model.Chips) {
		return
	}
	s.chips = append([]vm.Chip(nil), s.model.Chips...)
	var chips []*widgets.Chip
	for i, c := range s.chips {
		chips = append(chips, widgets.NewOperatorChip(c.Name, c.Value, s.model.EditChip, func() { s.model.RemoveChip(i) }))
	}
	s.box.SetChips(chips)
}

func sameChips(a, b []vm.Chip) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Name != b[i].Name || a[i].Value != b[i].Value {
			return false
		}
	}
	return true
}

// drawOffers shows what would complete what is typed or, if nothing would, what
// would narrow what was found.
func (s *searching) drawOffers() {
	m := s.model
	s.suggestions = m.Suggestions
	offers, take := m.Suggestions, m.Take
	if len(offers) == 0 {
		offers, take = m.Narrow, m.Narrowed
	}
	widgets.Show(s.narrow, len(m.Suggestions) == 0)
	s.offers = s.offers[:0]
	s.row.RemoveAll()
	s.row.Add(s.narrow)
	for _, o := range offers {
		value := o.Value
		if o.More != "" {
			value += " · " + o.More
		}
		chip := widgets.NewSuggestionChip(o.Name, value, func() {
			take(o)
			s.box.Focus()
		})
		s.offers = append(s.offers, chip)
		s.row.Add(chip)
	}
	widgets.Show(s.row, m.Active && len(offers) > 0)
	s.layOffers(s.row.Size())
}

// foot says below the last row what was looked through.
func (s *searching) foot() fyne.CanvasObject {
	if s.model.Covered == "" || len(s.model.Rows) == 0 { // where nothing was found, the face says it
		return nil
	}
	line := widgets.NewDivider()
	const above, below, link float32 = 20, 20, 26
	return widgets.Fitted(func() fyne.Size {
		return fyne.NewSize(100, above+s.cover.HeightFor(s.pane.rows.Size().Width-48)+link+below)
	}, func(size fyne.Size) {
		high := s.cover.HeightFor(size.Width - 48)
		widgets.Put(line, 16, 4, size.Width-32, 1)
		widgets.Put(s.cover, 32, above, size.Width-48, high)
		widgets.PutLeft(s.ask, 32, above+high+4, 20)
	}, line, s.cover, s.ask)
}

// drawAsk offers to ask servers, or says that they are being asked.
func (s *searching) drawAsk() {
	if s.model.Asking {
		s.ask.SetLabel("Asking the servers…")
		s.ask.Disable()
	} else {
		s.ask.SetLabel(s.model.Offer)
		s.ask.Enable()
	}
	widgets.Show(s.ask, s.model.Asking || s.model.Offer != "")
}

// wanted says which rows show: their passages are read, and at the end more is
// looked for.
func (s *searching) wanted(from, to int) {
	var rows []client.Row
	for i := from; i < to; i++ {
		rows = append(rows, s.pane.model.Row(i).Row)
	}
	s.model.Want(rows)
	if s.model.More && to >= s.pane.model.Len()-5 {
		s.model.Extend()
	}
}

// title is what stands above what was found.
func (s *searching) title() (title, beside string) {
	title = s.model.Summary
	if title == "" {
		title = "Searching…"
	}
	return title, map[vm.Order]string{vm.Newest: "newest first", vm.Oldest: "oldest first", vm.BySender: "by sender", vm.BySize: "largest first"}[s.order()]
}

func (s *searching) order() vm.Order { return s.model.Order }

// againAfter is how long a search waits before it looks once more, when mail has
// come meanwhile.
const againAfter = time.Second

// mailCame has a search that goes on look once more, soon.
func (s *searching) mailCame() {
	if !s.model.Active || s.again != nil {
		return
	}
	s.again = s.pane.shell.desk.After(againAfter, func() {
		s.again = nil
		s.model.Again()
	})
}

// brings reports whether batches tell of mail that a search may find.
func brings(batches []mail.Batch) bool {
	for _, b := range batches {
		for _, c := range b.Changes {
			switch c.(type) {
			case mail.PlacementsAdded, mail.BodyArrived, mail.Gap:
				return true
			}
		}
	}
	return false
}

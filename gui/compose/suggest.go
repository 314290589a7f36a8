package compose

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail/phrase"
)

// suggestions are people that may be meant by what is typed for a recipient, below
// it. The keyboard stays in the line.
type suggestions struct {
	w      *Window
	object *fyne.Container
	ground *widgets.Fill
	lines  []*suggestion
	row    *peopleRow // whose they are; nil: none are shown
	people []vm.Acquaintance
	at     int  // the one that Return takes; -1: none
	chosen bool // the person went to it by a key
}

// suggestion is a line of them.
type suggestion struct {
	fill    *widgets.Fill
	plate   *suggestionPlate
	name    *widgets.Text
	address *widgets.Text
}

const (
	mostSuggested            = 6
	suggestedHeight  float32 = 32
	suggestedWidth   float32 = 380
	suggestedPadding float32 = 4
)

// suggestionPlate takes the pointer. It does not take the keyboard from the line.
type suggestionPlate struct {
	widget.BaseWidget
	over, press func()
	down        bool
}

func newSuggestionPlate(over, press func()) *suggestionPlate {
	p := &suggestionPlate{over: over, press: press}
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer is for Fyne.
func (p *suggestionPlate) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}

// MouseIn is for Fyne.
func (p *suggestionPlate) MouseIn(*desktop.MouseEvent) { p.over() }

// MouseMoved is for Fyne.
func (p *suggestionPlate) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (p *suggestionPlate) MouseOut() {}

// MouseDown is for Fyne: it comes before the line loses the keyboard.
func (p *suggestionPlate) MouseDown(*desktop.MouseEvent) { p.down = true }

// MouseUp is for Fyne.
func (p *suggestionPlate) MouseUp(*desktop.MouseEvent) { p.down = false }

// Tapped is for Fyne.
func (p *suggestionPlate) Tapped(*fyne.PointEvent) { p.press() }

func newSuggestions(w *Window) *suggestions {
	s := &suggestions{w: w, at: -1, ground: widgets.NewCardFill(theme.Paper, theme.Control, theme.RadiusCard)}
	parts := []fyne.CanvasObject{s.ground}
	for i := range mostSuggested {
		l := &suggestion{fill: widgets.NewCardFill(theme.Sel, theme.None, theme.RadiusControl), name: widgets.NewText("", theme.TextLine, theme.Ink), address: widgets.NewText("", theme.TextLine, theme.Ink3)}
		l.plate = newSuggestionPlate(func() { s.to(i) }, func() { s.press(i) })
		s.lines = append(s.lines, l)
		parts = append(parts, l.fill, l.name, l.address, l.plate)
	}
	s.object = widgets.Placed(fyne.Size{}, s.place, parts...)
	s.object.Hide()
	return s
}

// ask suggests people for what is typed in a row.
func (s *suggestions) ask(r *peopleRow, typed string) {
	s.row, s.at, s.chosen = r, -1, false
	s.people = nil
	if s.w.room.People != nil && !strings.HasSuffix(typed, ">") {
		s.people = s.w.room.People.Find(typed, mostSuggested, s.w.model.Has)
	}
	if len(s.people) == 0 {
		s.hide()
		return
	}
	s.at = 0
	if len(s.people) == 1 && len(s.people[0].Members) == 0 && strings.EqualFold(strings.TrimSpace(typed), s.people[0].Addr) {
		s.hide() // nothing is left to be suggested
		return
	}
	s.update()
	s.put(s.w.page.Size())
	s.object.Show()
}

func (s *suggestions) hide() {
	s.row, s.people, s.at, s.chosen = nil, nil, -1, false
	if s.object.Visible() {
		s.object.Hide()
	}
}

// pressed tells that the pointer is on one of them, so that the line loses the
// keyboard for its sake.
func (s *suggestions) pressed() bool {
	for _, l := range s.lines {
		if l.plate.down {
			return true
		}
	}
	return false
}

// meant is who is taken when the line is left.
func (s *suggestions) meant(r *peopleRow) (a vm.Acquaintance, ok bool) {
	if s.row != r || s.at < 0 || s.pressed() || !s.chosen && strings.Contains(r.field.Text(), "@") {
		return a, false
	}
	return s.people[s.at], true
}

// update shows who they are, and which one Return takes.
func (s *suggestions) update() {
	for i, l := range s.lines {
		on := i < len(s.people)
		for _, o := range []fyne.CanvasObject{l.plate, l.name, l.address} {
			widgets.Show(o, on)
		}
		widgets.Show(l.fill, on && i == s.at)
		if !on {
			continue
		}
		p := s.people[i]
		l.name.SetText(p.Label())
		l.address.SetText("")
		switch {
		case len(p.Members) > 0:
			l.address.SetText(phrase.Things(len(p.Members), "person", "people"))
		case p.Name != "":
			l.address.SetText(p.Addr)
		}
	}
}

// put puts them below the line that they are for.
func (s *suggestions) put(window fyne.Size) {
	if s.row == nil {
		return
	}
	at := s.row.object.Position().Add(s.row.field.Position()).Add(s.row.field.Line.Position())
	width := min(suggestedWidth, window.Width-2*inset)
	x := min(at.X-theme.Space3, window.Width-inset-width)
	widgets.Put(s.object, max(inset, x), at.Y+s.row.field.Line.Size().Height+theme.Space1, width, float32(len(s.people))*suggestedHeight+2*suggestedPadding)
	s.place(s.object.Size())
}

func (s *suggestions) place(size fyne.Size) {
	widgets.Put(s.ground, 0, 0, size.Width, size.Height)
	for i, l := range s.lines {
		y := suggestedPadding + float32(i)*suggestedHeight
		widgets.Put(l.plate, suggestedPadding, y, size.Width-2*suggestedPadding, suggestedHeight)
		widgets.Put(l.fill, suggestedPadding, y, size.Width-2*suggestedPadding, suggestedHeight)
		name := min(l.name.MinSize().Width, size.Width-32)
		widgets.Put(l.name, suggestedPadding+theme.Space3, y+(suggestedHeight-l.name.MinSize().Height)/2, name, l.name.MinSize().Height)
		x := suggestedPadding + theme.Space3 + name + theme.Space2
		widgets.Put(l.address, x, y+(suggestedHeight-l.address.MinSize().Height)/2, size.Width-x-theme.Space3, l.address.MinSize().Height)
	}
}

// key takes the keys that choose among them.
func (s *suggestions) key(r *peopleRow, e *fyne.KeyEvent) bool {
	if s.row != r || len(s.people) == 0 {
		return false
	}
	switch e.Name {
	case fyne.KeyDown:
		s.move(1)
	case fyne.KeyUp:
		s.move(-1)
	case fyne.KeyEscape:
		s.hide()
	case fyne.KeyReturn, fyne.KeyEnter:
		if a, ok := s.meant(r); ok {
			r.take(a)
			r.field.Focus()
			return true
		}
		return false
	default:
		return false
	}
	return true
}

func (s *suggestions) move(by int) { s.to((s.at + by + len(s.people)) % len(s.people)) }

// to goes to one of them.
func (s *suggestions) to(i int) {
	if i < len(s.people) && (i != s.at || !s.chosen) {
		s.at, s.chosen = i, true
		s.update()
	}
}

// press takes the one under the pointer.
func (s *suggestions) press(i int) {
	if s.row != nil && i < len(s.people) {
		row := s.row
		row.take(s.people[i])
		row.field.Focus()
	}
}

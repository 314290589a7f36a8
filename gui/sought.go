package gui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/widgets"
	"postrider/mail/phrase"
	"postrider/mail/query"
)

// sought is the bar above a text that a search led to: which of its words is
// looked at. The words are marked in the text.
type sought struct {
	reader *reader
	words  []string
	walk   hitWalk
	ground *widgets.Fill
	icon   *widgets.IconMark
	text   *widgets.Text
	up     *widgets.IconButton
	down   *widgets.IconButton
	close  *widgets.IconButton
	object *fyne.Container
}

const soughtHeight float32 = 36

func newSought(r *reader) *sought {
	s := &sought{
		reader: r, walk: hitWalk{bodies: r.bodies}, ground: widgets.NewCardFill(theme.Note, theme.None, theme.RadiusControl),
		icon: widgets.NewIconMark(theme.IconTextSearch, theme.IconRow, theme.Ink2), text: widgets.NewText("", theme.TextLine, theme.Ink2),
	}
	s.up = widgets.NewSmallIconButton(theme.IconChevronUp, "The one before", func() { s.step(false) })
	s.down = widgets.NewSmallIconButton(theme.IconChevronDown, "The next", func() { s.step(true) })
	s.close = widgets.NewSmallIconButton(theme.IconX, "Mark nothing", func() { r.seek(nil) })
	s.object = widgets.Placed(fyne.NewSize(200, soughtHeight), s.lay, s.ground, s.icon, s.text, s.up, s.down, s.close)
	s.object.Hide()
	return s
}

func (s *sought) lay(size fyne.Size) {
	widgets.Put(s.ground, 0, 0, size.Width, size.Height)
	x := widgets.PutLeft(s.icon, 12, 0, size.Height) + 8
	right := widgets.PutRight(s.close, size.Width-4, 0, size.Height) - 8
	right = widgets.PutRight(s.down, right, 0, size.Height) - 8
	right = widgets.PutRight(s.up, right, 0, size.Height) - 8
	widgets.Put(s.text, x, (size.Height-18)/2, right-x, 18)
}

// place puts the bar at a height of what it lies over, and returns how much room
// it takes with the air below it.
func (s *sought) place(over fyne.CanvasObject, y, width float32) float32 {
	if s == nil || !s.object.Visible() {
		return 0
	}
	if over.Visible() {
		widgets.Put(s.object, readerPadding, over.Position().Y+y, width, soughtHeight)
	}
	return soughtHeight + theme.Space3
}

func (s *sought) step(forward bool) {
	s.walk.step(forward)
	s.tell()
}

// tell says which hit is looked at, of how many.
func (s *sought) tell() {
	n, of := s.walk.place()
	s.text.SetText("“" + strings.Join(s.words, " ") + "”  " + phrase.Count(max(1, n)) + " of " + phrase.Count(of) + " in this message")
	if shown := of > 0 && !s.reader.find.object.Visible(); shown != s.object.Visible() {
		widgets.Show(s.object, shown)
		s.reader.relay()
	}
}

// seek says which words are marked in what is read from now on: those of the
// search that leads there, or none.
func (r *reader) seek(words []string) {
	if slices.Equal(words, r.sought.words) {
		return
	}
	r.sought.words, r.sought.walk.at = words, 0
	r.remark()
}

// remark marks the words in all that is shown.
func (r *reader) remark() {
	for _, b := range r.bodies() {
		b.page.Mark(r.sought.words)
	}
	r.sought.tell()
}

// marked marks the words in a text that was laid out, and looks at the first in
// the message that was found.
func (r *reader) marked(b *body) {
	at := slices.Index(r.bodies(), b)
	if at < 0 || len(r.sought.words) == 0 || r.find.object.Visible() {
		return
	}
	if b.page.Mark(r.sought.words) > 0 && b.card != nil && b.card.ID == r.model.Chosen {
		if current, _ := b.page.Found(); current < 0 {
			r.sought.walk.at = at
			b.page.FindNext()
		}
	}
	r.sought.tell()
}

// sought are the words of the search that goes on, as far as they are looked for
// in texts.
func (p *listPane) sought() (words []string) {
	if !p.search.model.Active {
		return nil
	}
	for _, w := range p.search.model.Words() {
		if w.Field == query.Anywhere || w.Field == query.Body {
			words = append(words, w.Value)
		}
	}
	return words
}

package gui

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/widgets"
	"postrider/mail/phrase"
)

const findHeight float32 = 44

// find is the bar that looks for words in the message, or in all open messages
// of the conversation.
type find struct {
	reader *reader
	line   fyne.CanvasObject
	ground *widgets.Fill
	field  *widgets.Field
	count  *widgets.Text
	up     *widgets.IconButton
	down   *widgets.IconButton
	close  *widgets.IconButton
	object *fyne.Container

	walk hitWalk
}

func newFind(r *reader) *find {
	f := &find{reader: r, walk: hitWalk{bodies: r.bodies}, line: widgets.NewDivider(), ground: widgets.NewFill(theme.Side), count: widgets.NewText("", theme.TextCaption, theme.Ink3)}
	f.field = widgets.NewSearchField("Find in the message", nil)
	f.field.Line.OnChanged = func(string) { f.look() }
	f.field.Line.OnSubmit = func(string) { f.step(true) }
	f.field.Line.OnKey = f.key
	f.up = widgets.NewSmallIconButton(theme.IconChevronUp, "The one before", func() { f.step(false) })
	f.down = widgets.NewSmallIconButton(theme.IconChevronDown, "The next", func() { f.step(true) })
	f.close = widgets.NewSmallIconButton(theme.IconX, "Close", f.hide)
	f.object = widgets.Placed(fyne.NewSize(200, findHeight), f.lay, f.ground, f.line, f.field, f.count, f.up, f.down, f.close)
	f.object.Hide()
	return f
}

func (f *find) lay(size fyne.Size) {
	widgets.Put(f.ground, 0, 0, size.Width, size.Height)
	widgets.Put(f.line, 0, size.Height-1, size.Width, 1)
	right := widgets.PutRight(f.close, size.Width-readerPadding, 0, findHeight) - 8
	right = widgets.PutRight(f.down, right, 0, findHeight)
	right = widgets.PutRight(f.up, right, 0, findHeight) - 12
	right = widgets.PutRight(f.count, right, 0, findHeight) - 12
	widgets.Put(f.field, readerPadding, 6, min(320, right-readerPadding), theme.ControlHeight)
}

func (f *find) key(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyEscape:
		f.hide()
	case fyne.KeyDown:
		f.step(true)
	case fyne.KeyUp:
		f.step(false)
	default:
		return false
	}
	return true
}

// open shows the bar and takes the keyboard.
func (f *find) open() bool {
	if len(f.reader.model.Cards) == 0 {
		return false
	}
	widgets.Show(f.object, true)
	f.reader.lay(f.reader.object.Size())
	f.field.Focus()
	f.field.Line.SelectAll()
	f.look()
	return true
}

func (f *find) hide() {
	if !f.object.Visible() {
		return
	}
	widgets.Show(f.object, false)
	for _, b := range f.reader.bodies() {
		b.page.Find("")
	}
	f.reader.remark()
	f.reader.lay(f.reader.object.Size())
	f.reader.shell.app.window.Canvas().Focus(f.reader.shell.list.rows)
}

// look finds what is typed in everything that is shown.
func (f *find) look() {
	f.walk.at = 0
	bodies := f.reader.bodies()
	for i := len(bodies) - 1; i >= 0; i-- {
		if bodies[i].page.Find(f.field.Text()) > 0 {
			f.walk.at = i
		}
	}
	f.tell()
}

// step goes to the next hit or the one before, through all bodies.
func (f *find) step(forward bool) {
	f.walk.step(forward)
	f.tell()
}

// tell says which hit is shown, of how many.
func (f *find) tell() {
	n, all := f.walk.place()
	switch {
	case f.field.Text() == "":
		f.count.SetText("")
	case all == 0:
		f.count.SetText("Not found")
	default:
		f.count.SetText(phrase.Count(n) + " of " + phrase.Count(all))
	}
	f.field.SetBad(f.field.Text() != "" && all == 0)
	f.lay(f.object.Size())
}

// bodies are the texts that are shown, from top to bottom.
func (r *reader) bodies() (list []*body) {
	if r.single.object.Visible() {
		return []*body{r.single.body}
	}
	for _, v := range r.cards.views {
		if v.card.Open {
			list = append(list, v.body)
		}
	}
	return list
}

package gui

import (
	"time"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
)

// reader is the right pane: what can be done with the message, and the message,
// or the conversation that it is in.
type reader struct {
	shell *shell
	model *vm.Reader

	tools   *toolbar
	single  *single
	cards   *cards
	nothing *widgets.Face
	target  *widgets.Text // where the link under the pointer leads
	plate   *widgets.Fill
	find    *find
	sought  *sought
	zoom    float32

	original bool             // in the dark, mails have their own colours
	chosen   mail.PlacementID // what that was asked for

	object *fyne.Container
}

func newReader(s *shell, model *vm.Reader) *reader {
	r := &reader{shell: s, model: model, zoom: 1}
	r.tools = newToolbar(s)
	r.single = newSingle(r)
	r.cards = newCards(r)
	r.nothing = widgets.NewFace(widgets.Mailbox, "", "", "", "", nil)
	r.target = widgets.NewText("", theme.TextCaption, theme.Ink2)
	r.plate = widgets.NewCardFill(theme.Note, theme.Line, theme.RadiusTag)
	widgets.Show(r.plate, false)
	r.find = newFind(r)
	r.sought = newSought(r)
	r.object = widgets.Placed(fyne.NewSize(320, 240), r.lay, r.nothing, r.single.object, r.cards.object, r.tools.object, r.find.object, r.sought.object, r.plate, r.target)
	model.Changed, model.CardChanged = r.changed, r.cardChanged
	r.fetchPictures()
	r.changed()
	return r
}

func (r *reader) lay(size fyne.Size) {
	widgets.Put(r.tools.object, 0, 0, size.Width, theme.TopZone)
	top := theme.TopZone
	if r.find.object.Visible() {
		widgets.Put(r.find.object, 0, top, size.Width, findHeight)
		top += findHeight
	}
	for _, o := range []fyne.CanvasObject{r.nothing, r.single.object, r.cards.object} {
		widgets.Put(o, 0, top, size.Width, size.Height-top)
	}
}

// relay lays everything out anew, after something came between or went.
func (r *reader) relay() {
	r.lay(r.object.Size())
	r.single.relay()
	r.cards.lay(r.cards.object.Size())
}

// showTarget shows where a link leads, in the lower left corner; "" hides it.
func (r *reader) showTarget(text string) {
	r.target.SetText(text)
	widgets.Show(r.plate, text != "")
	size := r.object.Size()
	width := min(r.target.MinSize().Width, size.Width-32)
	widgets.Put(r.plate, 8, size.Height-32, width+16, 24)
	widgets.Put(r.target, 16, size.Height-28, width, 16)
}

// changed shows what was chosen.
func (r *reader) changed() {
	n := len(r.model.Cards)
	if r.model.Chosen != r.chosen {
		r.chosen = r.model.Chosen
		r.setOriginal(false)
	}
	widgets.Show(r.single.object, n == 1)
	widgets.Show(r.cards.object, n > 1)
	widgets.Show(r.nothing, n == 0)
	r.tools.update()
	if n == 0 {
		r.find.hide()
	}
	r.sought.tell()
	switch {
	case n == 1:
		r.single.open(r.model.Cards[0])
		r.cards.clear()
	case n > 1:
		r.cards.open()
		r.single.clear()
	default:
		r.single.clear()
		r.cards.clear()
		r.sayNothing()
	}
	r.shell.merge()
}

// sayNothing fills the pane when no message is shown.
func (r *reader) sayNothing() {
	picked := r.shell.list.model.PickedCount()
	switch {
	case r.model.Err != nil:
		text, detail := vm.Explain(r.model.Err)
		r.nothing.Set(widgets.Gate, text, detail, "", "", nil)
	case r.model.Gone:
		r.nothing.Set(widgets.Mailbox, "This message is not there any more.", "", "", "", nil)
	case picked > 1:
		r.nothing.Set(widgets.Mailbox, selectedText(picked), "", "", "", nil)
	default: // the pane stays empty: nothing was asked for yet
		widgets.Show(r.nothing, false)
	}
}

func (r *reader) cardChanged(c *vm.Card) {
	if len(r.model.Cards) == 1 {
		r.single.update(c)
	} else {
		r.cards.update(c)
	}
	r.tools.update()
}

// current is the card that the keys act on: the one alone, or the newest open.
func (r *reader) current() *vm.Card {
	for i := len(r.model.Cards) - 1; i >= 0; i-- {
		if c := r.model.Cards[i]; c.Open || len(r.model.Cards) == 1 {
			return c
		}
	}
	return nil
}

// fetchPictures gives the model what fetches remote pictures that are allowed.
// Several that come close together are laid out once.
func (r *reader) fetchPictures() {
	pictures := r.shell.client.Pictures()
	waiting := false
	pictures.Came = func(string) {
		r.shell.desk.Post(func() {
			if waiting {
				return
			}
			waiting = true
			r.shell.desk.After(100*time.Millisecond, func() {
				waiting = false
				for _, b := range r.bodies() {
					b.came()
				}
			})
		})
	}
	r.model.Remote = pictures
	r.shell.onClose(pictures.Close)
}

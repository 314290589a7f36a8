package compose

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
)

// Window is a composer.
type Window struct {
	room   *Room
	model  *vm.Composition
	window fyne.Window
	closed bool

	from       *fromRow
	to, cc     *peopleRow
	bcc        *peopleRow
	subject    *widgets.LineEdit
	editor     *widgets.Editor
	as         *widgets.Block // in place of a text: that a message goes on as it is
	format     *formatBar
	preview    *preview
	dock       *dock
	foot       *foot
	notice     *notice
	suggesting *suggestions
	object     fyne.CanvasObject
	page       *fyne.Container
}

// The sizes of the window: as it opens, and the least that makes sense.
var (
	openSize  = fyne.NewSize(900, 680)
	leastSize = fyne.NewSize(560, 420)
)

func newWindow(r *Room, model *vm.Composition) *Window {
	w := &Window{room: r, model: model}
	w.window = r.App.NewWindow(model.Title)
	w.window.SetPadded(false)
	w.build()
	model.Changed = w.update
	model.Text = w.editor.Text
	model.SetText = w.begin
	model.Edit = w.editor.Edit
	model.Failed = w.fail
	model.Open = r.Drafts
	w.spellChecking(r.Spelling == nil || r.Spelling())
	w.window.SetContent(w.object)
	w.window.Resize(openSize)
	w.window.SetCloseIntercept(func() { w.Close() })
	w.window.SetOnDropped(w.dropped)
	w.bindKeys()
	r.open = append(r.open, w)
	if r.People != nil {
		r.People.Refresh()
	}
	return w
}

// build makes the parts.
func (w *Window) build() {
	w.suggesting = newSuggestions(w)
	w.from = newFromRow(w)
	w.to, w.cc, w.bcc = newPeopleRow(w, vm.FieldTo, "To"), newPeopleRow(w, vm.FieldCc, "Cc"), newPeopleRow(w, vm.FieldBcc, "Bcc")
	w.subject = widgets.NewLineEdit(theme.TextBody.With(theme.SemiBold), "")
	w.subject.OnChanged = w.model.SetSubject
	w.subject.OnSubmit = func(string) { w.editor.Focus() }
	w.editor = widgets.NewEditor("Write")
	w.editor.OnChanged = w.written
	w.editor.OnPaste = w.pasted
	w.editor.OnPasteOther = func() { w.pasteOther("") }
	w.as = widgets.NewBlock(widgets.Words{Style: theme.TextMail, Color: theme.Ink2}, 0)
	w.as.Hide()
	w.notice = newNotice()
	w.format = newFormatBar(w)
	w.preview = newPreview(w)
	w.dock = newDock(w)
	w.foot = newFoot(w)
	w.page = w.lay()
	w.object = widgets.NewTipLayer(w.page)
}

// Show brings the window to the front.
func (w *Window) Show() { w.window.RequestFocus() }

// Model is what is written in it.
func (w *Window) Model() *vm.Composition { return w.model }

// Window is the window of it.
func (w *Window) Window() fyne.Window { return w.window }

func (w *Window) show() {
	w.window.Show()
	w.enter()
}

// begin shows the text that the message begins with.
func (w *Window) begin(text string) {
	w.editor.SetText(text)
	w.preview.later()
	w.enter()
}

// enter puts the keyboard where writing goes on: to the first row that is empty.
func (w *Window) enter() {
	if w.model.State != vm.ComposeReady {
		return
	}
	switch {
	case len(w.model.To)+len(w.model.Cc)+len(w.model.Bcc) == 0:
		w.to.field.Focus()
	case w.model.Subject == "" && !w.model.Redirects():
		w.subject.Focus()
	default:
		w.editor.Focus()
	}
}

// written hears that the text is another one.
func (w *Window) written() {
	w.model.Write()
	w.preview.later()
}

// update shows what the model says.
func (w *Window) update() {
	if w.closed {
		return
	}
	m := w.model
	w.window.SetTitle(m.Title)
	w.from.update()
	for _, row := range []*peopleRow{w.to, w.cc, w.bcc} {
		row.update()
	}
	w.subject.SetText(m.Subject)
	w.editor.SetPlain(m.Plain)
	w.able(m.State == vm.ComposeReady)
	if m.Redirects() {
		w.subject.Disable()
		w.as.SetText("The message goes on as it is. " + m.Author + " stays its sender, and answers go there. Nothing can be added; to write something, forward it.")
	}
	if m.State == vm.ComposeFailed {
		w.notice.tell(m.Why, m.Detail)
	}
	w.format.update()
	w.preview.update()
	w.dock.update()
	w.foot.update()
	w.page.Refresh()
}

// able lets everything be changed, or nothing while the message is being sent.
func (w *Window) able(on bool) {
	if on {
		w.editor.Enable()
		w.subject.Enable()
		return
	}
	w.editor.Disable()
	w.subject.Disable()
}

// fail says what went wrong, above the text.
func (w *Window) fail(text, detail string) {
	if w.closed {
		return
	}
	w.notice.tell(text, detail)
	w.page.Refresh()
}

// Close keeps what is written and closes the window. Only when it cannot be kept
// is the person asked.
func (w *Window) Close() { w.closeOrAsk(func(bool) {}) }

func (w *Window) closeOrAsk(then func(closed bool)) {
	w.close(func(closed bool) {
		then(closed)
		if closed || w.closed || w.model.State == vm.ComposeSending {
			return
		}
		w.window.RequestFocus()
		widgets.Ask(w.window.Canvas(), widgets.Question{
			Title: "This could not be saved", Sentence: w.model.Saved.Text + " If you close the window, what you wrote is lost.",
			Yes: "Close and lose it", No: "Keep writing", Danger: true, Act: w.throw,
		})
	})
}

// throw throws the message away.
func (w *Window) throw() {
	w.model.Discard(func(done bool) {
		if done {
			w.gone()
		}
	})
}

func (w *Window) close(then func(bool)) {
	w.commit()
	w.model.Close(func(closed bool) {
		if closed {
			w.gone()
			if w.model.Kept != 0 && w.room.Kept != nil {
				w.room.Kept(w.model.Kept)
			}
		}
		then(closed)
	})
}

// commit takes in what was typed for a recipient and is not a chip yet.
func (w *Window) commit() {
	for _, row := range []*peopleRow{w.to, w.cc, w.bcc} {
		row.commit()
	}
}

// flush keeps what is written when nothing can be shown any more.
func (w *Window) flush(ctx context.Context) {
	w.model.Changed, w.model.Failed = nil, nil
	for _, row := range []*peopleRow{w.to, w.cc, w.bcc} {
		w.model.Add(row.which, row.field.Text())
	}
	w.model.Flush(ctx) // whom could an error be told?
}

// gone closes the window.
func (w *Window) gone() {
	if w.closed {
		return
	}
	w.closed = true
	w.preview.drop()
	w.room.open = slices.DeleteFunc(w.room.open, func(o *Window) bool { return o == w })
	widgets.SetStrayKeys(w.window.Canvas(), widgets.Keys{})
	if tips, ok := w.object.(*widgets.TipLayer); ok {
		tips.Close()
	}
	w.window.Close()
	if w.room.Closed != nil {
		w.room.Closed(w)
	}
}

// discard throws the message away, after asking if there is something to lose.
func (w *Window) discard() {
	if !w.model.Touched() {
		w.throw()
		return
	}
	widgets.Ask(w.window.Canvas(), widgets.Question{
		Title: "Throw this message away?", Sentence: "What you wrote is deleted, here and on the server.",
		Yes: "Throw away", No: "Keep writing", Danger: true, Act: w.throw,
	})
}

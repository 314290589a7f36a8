package compose

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
)

// foot says how the text is kept, and sends it.
type foot struct {
	w      *Window
	saved  *widgets.Text
	undo   *widgets.Text
	trash  *widgets.IconButton
	send   *widgets.SplitButton
	object *fyne.Container
}

func newFoot(w *Window) *foot {
	f := &foot{w: w}
	f.trash = widgets.NewIconButton(theme.IconTrash, "Throw away", w.discard)
	f.saved = widgets.NewText("", theme.TextCaption, theme.Ink3)
	f.undo = widgets.NewText("", theme.TextCaption, theme.Ink3)
	f.send = widgets.NewSplitButton("Send", theme.IconSend, w.send, w.sendLater)
	f.send.SetTip("Send (Ctrl+Enter)")
	f.object = widgets.Placed(fyne.NewSize(100, footHeight), func(size fyne.Size) {
		left := widgets.PutLeft(f.trash, inset, 0, footHeight) + theme.Space3
		right := widgets.PutRight(f.send, size.Width-inset, 0, footHeight) - theme.Space4
		right = widgets.PutRight(f.undo, right, 0, footHeight) - theme.Space4
		h := f.saved.MinSize().Height
		widgets.Put(f.saved, left, (footHeight-h)/2, min(f.saved.MinSize().Width, right-left), h)
	}, f.trash, f.saved, f.undo, f.send)
	return f
}

func (f *foot) update() {
	m := f.w.model
	f.saved.SetColor(theme.Ink3)
	switch {
	case m.State == vm.ComposeLoading:
		f.saved.SetText("Reading the message…")
	case m.State == vm.ComposeSending:
		f.saved.SetText("Putting it into the Outbox…")
	default:
		f.saved.SetText(m.Saved.Text)
		if m.Saved.Err {
			f.saved.SetColor(theme.Danger)
		}
	}
	f.undo.SetText("")
	if wait := f.w.room.options().UndoFor; wait > 0 && !m.Redirects() {
		f.undo.SetText("You can undo for " + strconv.Itoa(int(wait/time.Second)) + " s")
	}
	if m.State == vm.ComposeReady {
		f.send.Enable()
	} else {
		f.send.Disable()
	}
	f.object.Refresh()
}

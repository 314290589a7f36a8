package compose

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"postrider/gui/widgets"
)

const (
	ctrl  = fyne.KeyModifierShortcutDefault
	shift = fyne.KeyModifierShift
)

// binding is a key and what it does.
type binding struct {
	key  fyne.KeyName
	with fyne.KeyModifier
	act  func(*Window)
}

// bindings are the keys of a composer.
var bindings = []binding{
	{fyne.KeyReturn, ctrl, (*Window).send},
	{fyne.KeyEnter, ctrl, (*Window).send},
	{fyne.KeyReturn, ctrl | shift, (*Window).sendLater},
	{fyne.KeyA, ctrl | shift, (*Window).chooseFiles},
	{fyne.KeyS, ctrl, func(w *Window) { w.model.SaveNow() }},
	{fyne.KeyW, ctrl, (*Window).Close},
	{fyne.KeyB, ctrl, func(w *Window) { w.mark("**") }},
	{fyne.KeyI, ctrl, func(w *Window) { w.mark("*") }},
	{fyne.KeyE, ctrl, func(w *Window) { w.mark("`") }},
	{fyne.KeyK, ctrl, func(w *Window) {
		if !w.model.Plain {
			w.editor.Link("")
		}
	}},
	{fyne.KeyP, ctrl | shift, (*Window).nextView},
	{fyne.KeyD, ctrl | shift, (*Window).discard},
	{fyne.KeyC, ctrl | shift, func(w *Window) { w.reveal(w.cc) }},
	{fyne.KeyH, ctrl | shift, func(w *Window) { w.reveal(w.bcc) }},
}

// keys are where the parts of the window send the keys that they have no use for.
func (w *Window) keys() widgets.Keys {
	return widgets.Keys{
		Key: func(e *fyne.KeyEvent) bool {
			if e.Name != fyne.KeyEscape {
				return false
			}
			w.Close()
			return true
		},
		Shortcut: w.shortcut,
	}
}

func (w *Window) bindKeys() {
	c := w.window.Canvas()
	widgets.SetStrayKeys(c, w.keys())
	for _, b := range bindings {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: b.key, Modifier: b.with}, func(fyne.Shortcut) { w.do(b) })
	}
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape && c.Overlays().Top() == nil {
			w.Close()
		}
	})
}

func (w *Window) shortcut(s fyne.Shortcut) bool {
	custom, ok := s.(*desktop.CustomShortcut)
	if !ok {
		return false
	}
	for _, b := range bindings {
		if b.key == custom.KeyName && b.with == custom.Modifier {
			w.do(b)
			return true
		}
	}
	return false
}

// do does what a key is for, unless something lies over the window.
func (w *Window) do(b binding) {
	if w.window.Canvas().Overlays().Top() == nil && !w.closed {
		b.act(w)
	}
}

func (w *Window) mark(mark string) {
	if !w.model.Plain && w.editor.Focused() {
		w.editor.Surround(mark)
	}
}

// nextView goes through the ways to see the text.
func (w *Window) nextView() {
	w.format.views.Choose((w.format.views.Chosen() + 1) % 3)
	w.viewed()
}

// reveal shows a row of recipients and goes there.
func (w *Window) reveal(r *peopleRow) {
	r.asked = true
	r.update()
	w.to.update()
	w.page.Refresh()
	r.field.Focus()
}

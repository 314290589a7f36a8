package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// FocusGained is for Fyne.
func (e *Editor) FocusGained() { e.setFocus(true) }

// FocusLost is for Fyne.
func (e *Editor) FocusLost() { e.setFocus(false) }

func (e *Editor) setFocus(on bool) {
	e.focused = on
	if on {
		e.blink.start()
	} else {
		e.blink.stop()
	}
	e.arrange()
	if e.OnFocus != nil {
		e.OnFocus(on)
	}
}

// AcceptsTab is for Fyne: Tab is written; with Shift or Ctrl it goes on.
func (e *Editor) AcceptsTab() bool { return true }

// TypedRune writes a letter.
func (e *Editor) TypedRune(r rune) {
	if e.disabled {
		return
	}
	e.prose.typed(r)
	e.changed()
}

// TypedKey moves and removes; what the text has no use for goes to the window.
func (e *Editor) TypedKey(ev *fyne.KeyEvent) {
	if e.OnKey != nil && e.OnKey(ev) {
		return
	}
	mods := modifiers(e.Modifiers)
	extend := mods&fyne.KeyModifierShift != 0
	if e.move(ev.Name, extend, mods&wordModifier != 0) {
		return
	}
	if e.disabled || !e.writes(ev.Name, extend, mods&wordModifier != 0) {
		strayKey(e, ev)
	}
}

// writes takes the keys that change the text.
func (e *Editor) writes(key fyne.KeyName, shift, word bool) bool {
	switch key {
	case fyne.KeyBackspace:
		e.take(e.prose.takeBack(word))
	case fyne.KeyDelete:
		e.take(e.prose.takeOn(word))
	case fyne.KeyReturn, fyne.KeyEnter:
		if shift {
			e.prose.insert("\n")
		} else {
			e.prose.newLine()
		}
		e.changed()
	case fyne.KeyTab:
		e.tab(shift)
	case fyne.KeyF10:
		if !shift {
			return false
		}
		e.menuByKey()
	case desktop.KeyMenu:
		e.menuByKey()
	default:
		return false
	}
	return true
}

func (e *Editor) take(some bool) {
	if some {
		e.changed()
	}
}

// tab writes a tab, or with Shift gives the focus back. In a list it moves the
// item in, or out.
func (e *Editor) tab(back bool) {
	p := e.prose
	par := p.pars[p.caret.par]
	inItem := par.look.bullet > 0 && p.caret.at >= par.look.bullet && p.caret == p.anchor
	switch {
	case inItem && !back:
		e.indent(p.caret.par, par)
	case inItem && par.text[0] == ' ':
		e.outdent(p.caret.par, par)
	case back:
		if c := canvasOf(e); c != nil {
			c.FocusPrevious()
		}
	default:
		p.insert("\t")
		e.changed()
	}
}

const indentation = "  "

func (e *Editor) indent(i int, par *passage) {
	at := e.prose.caret.at
	e.prose.replace(textPlace{i, 0}, textPlace{i, 0}, indentation)
	e.prose.moveTo(textPlace{i, at + len(indentation)}, false)
	e.changed()
}

func (e *Editor) outdent(i int, par *passage) {
	n := 1
	if len(par.text) > 1 && par.text[1] == ' ' {
		n = 2
	}
	at := e.prose.caret.at
	e.prose.replace(textPlace{i, 0}, textPlace{i, n}, "")
	e.prose.moveTo(textPlace{i, at - n}, false)
	e.changed()
}

// TypedShortcut is for Fyne: the clipboard, undo, and moving by words.
func (e *Editor) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		e.copy()
	case *fyne.ShortcutCut:
		e.cut()
	case *fyne.ShortcutPaste:
		e.paste()
	case *fyne.ShortcutSelectAll:
		e.SelectAll()
	case *fyne.ShortcutUndo:
		e.Undo()
	case *fyne.ShortcutRedo:
		e.Redo()
	case *desktop.CustomShortcut:
		if !e.custom(s) {
			strayShortcut(e, s)
		}
	default:
		strayShortcut(e, s)
	}
}

// custom takes what Fyne gives as shortcuts: Ctrl with an arrow, Backspace,
// Delete or Tab.
func (e *Editor) custom(s *desktop.CustomShortcut) bool {
	extend := s.Modifier&fyne.KeyModifierShift != 0
	with := s.Modifier &^ fyne.KeyModifierShift
	if s.KeyName == fyne.KeyZ && extend && with == fyne.KeyModifierShortcutDefault {
		e.Redo()
		return true
	}
	if s.KeyName == fyne.KeyTab && with == fyne.KeyModifierControl {
		if c := canvasOf(e); c != nil && extend {
			c.FocusPrevious()
		} else if c != nil {
			c.FocusNext()
		}
		return true
	}
	if with != wordModifier {
		return false
	}
	if e.move(s.KeyName, extend, true) {
		return true
	}
	switch s.KeyName {
	case fyne.KeyBackspace, fyne.KeyDelete:
		return !e.disabled && e.writes(s.KeyName, extend, true)
	}
	return false
}

func (e *Editor) copy() {
	if text := e.prose.selected(); text != "" {
		fyne.CurrentApp().Clipboard().SetContent(text)
	}
}

func (e *Editor) cut() {
	if e.disabled || e.prose.caret == e.prose.anchor {
		return
	}
	e.copy()
	e.take(e.prose.takeBack(false))
}

func (e *Editor) paste() {
	if e.disabled {
		return
	}
	text := fyne.CurrentApp().Clipboard().Content()
	switch {
	case text == "" && e.OnPasteOther != nil:
		e.OnPasteOther()
		return
	case text == "" || e.OnPaste != nil && e.OnPaste(text):
		return
	}
	e.Insert(text)
}

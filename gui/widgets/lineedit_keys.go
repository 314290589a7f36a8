package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// FocusGained is for Fyne.
func (e *LineEdit) FocusGained() {
	e.focused = true
	revealFocused(e)
	e.settle()
	e.tellFocus()
}

func (e *LineEdit) tellFocus() {
	if e.focusing != nil {
		e.focusing(e.focused)
	}
	if e.OnFocus != nil {
		e.OnFocus(e.focused)
	}
}

// FocusLost is for Fyne.
func (e *LineEdit) FocusLost() {
	e.focused = false
	e.blink.stop()
	e.repaint()
	e.tellFocus()
}

// Enable lets it be written in again.
func (e *LineEdit) Enable() { e.disabled = false; e.repaint() }

// Disable stops it from being written in.
func (e *LineEdit) Disable() { e.disabled = true; e.repaint() }

// Disabled says whether it cannot be written in.
func (e *LineEdit) Disabled() bool { return e.disabled }

// TypedRune writes a letter.
func (e *LineEdit) TypedRune(r rune) {
	if e.disabled {
		return
	}
	e.edit.insert(string(r), true)
	e.changed()
}

// TypedKey moves and removes; what the line has no use for goes to the window.
func (e *LineEdit) TypedKey(ev *fyne.KeyEvent) {
	if e.disabled || e.OnKey != nil && e.OnKey(ev) || e.keying != nil && e.keying(ev) {
		return
	}
	mods := modifiers(e.Modifiers)
	extend, word := mods&fyne.KeyModifierShift != 0, mods&fyne.KeyModifierShortcutDefault != 0
	switch ev.Name {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd:
		e.move(ev.Name, extend, word)
	case fyne.KeyBackspace:
		e.take(e.edit.prev(word))
	case fyne.KeyDelete:
		e.take(e.edit.next(word))
	case fyne.KeyReturn, fyne.KeyEnter:
		if e.OnSubmit == nil {
			strayKey(e, ev)
			return
		}
		e.OnSubmit(e.edit.text)
	default:
		strayKey(e, ev)
	}
}

// take removes what is selected, or what lies up to an offset.
func (e *LineEdit) take(to int) {
	if e.edit.remove(to) {
		e.changed()
	}
}

// move moves the caret as the keys point. In a line that runs from right to left
// that is the other way in the text.
func (e *LineEdit) move(key fyne.KeyName, extend, word bool) {
	from, to := e.edit.span()
	forward := key == fyne.KeyRight
	if e.set().RTL {
		forward = !forward
	}
	switch {
	case key == fyne.KeyHome:
		e.edit.moveTo(0, extend)
	case key == fyne.KeyEnd:
		e.edit.moveTo(len(e.edit.text), extend)
	case from != to && !extend && !word && forward:
		e.edit.moveTo(to, false)
	case from != to && !extend && !word:
		e.edit.moveTo(from, false)
	case forward:
		e.edit.moveTo(e.edit.next(word), extend)
	default:
		e.edit.moveTo(e.edit.prev(word), extend)
	}
	e.settle()
}

// TypedShortcut is for Fyne: the clipboard, undo, and moving by words.
func (e *LineEdit) TypedShortcut(s fyne.Shortcut) {
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
		e.undo(e.edit.undo)
	case *fyne.ShortcutRedo:
		e.undo(e.edit.redo)
	case *desktop.CustomShortcut:
		e.custom(s)
	default:
		strayShortcut(e, s)
	}
}

func (e *LineEdit) undo(step func() bool) {
	if !e.disabled && step() {
		e.changed()
	}
}

// custom takes Ctrl with an arrow, Backspace or Delete, which Fyne gives as
// shortcuts.
func (e *LineEdit) custom(s *desktop.CustomShortcut) {
	extend := s.Modifier&fyne.KeyModifierShift != 0
	if s.Modifier&^fyne.KeyModifierShift != wordModifier {
		strayShortcut(e, s)
		return
	}
	switch s.KeyName {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd:
		e.move(s.KeyName, extend, true)
	case fyne.KeyBackspace:
		e.take(e.edit.prev(true))
	case fyne.KeyDelete:
		e.take(e.edit.next(true))
	default:
		strayShortcut(e, s)
	}
}

func (e *LineEdit) copy() {
	// A password does not leave its field.
	if text := e.edit.selected(); text != "" && !e.secret {
		fyne.CurrentApp().Clipboard().SetContent(text)
	}
}

func (e *LineEdit) cut() {
	if e.disabled || e.secret {
		return
	}
	e.copy()
	e.take(e.edit.caret)
}

func (e *LineEdit) paste() {
	if e.disabled {
		return
	}
	text := fyne.CurrentApp().Clipboard().Content()
	if e.OnPaste != nil && e.OnPaste(text) {
		return
	}
	if e.secret {
		text = strings.TrimSpace(text) // copied from a manager, with a line end
	}
	e.edit.insert(text, false)
	e.changed()
}

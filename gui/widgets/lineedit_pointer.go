package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// clickGap is how soon clicks follow each other that count as one.
const clickGap = 400 * time.Millisecond

// Cursor is for Fyne.
func (e *LineEdit) Cursor() desktop.Cursor { return desktop.TextCursor }

// Tapped is for Fyne; MouseDown has done the work.
func (e *LineEdit) Tapped(*fyne.PointEvent) {}

// MouseDown puts the caret where the pointer is; a second click selects the
// word, a third one everything.
func (e *LineEdit) MouseDown(ev *desktop.MouseEvent) {
	if e.disabled {
		return
	}
	if !e.focused {
		e.Focus()
	}
	if ev.Button != desktop.MouseButtonPrimary {
		return
	}
	at := e.at(ev.Position.X)
	if now := e.now(); now.Sub(e.pressed) < clickGap {
		e.clicks++
	} else {
		e.clicks = 1
	}
	e.pressed = e.now()
	switch e.clicks {
	case 1:
		e.edit.moveTo(at, ev.Modifier&fyne.KeyModifierShift != 0)
	case 2:
		e.edit.selectWord(at)
	default:
		e.edit.selectAll()
	}
	e.settle()
}

// MouseUp is for Fyne.
func (e *LineEdit) MouseUp(*desktop.MouseEvent) {}

// Dragged selects.
func (e *LineEdit) Dragged(ev *fyne.DragEvent) {
	if e.disabled || e.clicks > 1 {
		return
	}
	e.edit.moveTo(e.at(ev.Position.X), true)
	e.settle()
}

// DragEnd is for Fyne.
func (e *LineEdit) DragEnd() {}

// at is the offset of the text at a place of the line.
func (e *LineEdit) at(x float32) int { return e.offset(e.set().Offset(float64(x + e.shift))) }

// TappedSecondary opens the menu of the clipboard.
func (e *LineEdit) TappedSecondary(ev *fyne.PointEvent) {
	c := canvasOf(e)
	if c == nil || e.disabled {
		return
	}
	none := e.edit.caret == e.edit.anchor
	ShowMenu(c, ev.AbsolutePosition, []MenuItem{
		{Label: "Cut", Note: shortcutName("X"), Disabled: none || e.secret, Act: e.cut},
		{Label: "Copy", Note: shortcutName("C"), Disabled: none || e.secret, Act: e.copy},
		{Label: "Paste", Note: shortcutName("V"), Act: e.paste},
		{},
		{Label: "Select all", Note: shortcutName("A"), Disabled: e.edit.text == "", Act: e.SelectAll},
	})
}

package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// editorMouse is what the pointer does on a text.
type editorMouse struct {
	at      fyne.Position
	from    fyne.Position
	down    bool
	dragged bool
	thumb   bool
	clicks  int
	pressed time.Time
	beyond  bool // it is dragged out of what can be seen, and the text follows

	unit       selectUnit
	start, end textPlace // what was pressed first: a place, a word or a paragraph
}

// Cursor is for Fyne.
func (e *Editor) Cursor() desktop.Cursor {
	if e.mouse.thumb {
		return desktop.DefaultCursor
	}
	return desktop.TextCursor
}

// Tapped is for Fyne; MouseDown has done the work.
func (e *Editor) Tapped(*fyne.PointEvent) {}

// MouseDown puts the caret where the pointer is; a second click selects the word,
// a third one the paragraph, and Shift all from where the selection began.
func (e *Editor) MouseDown(ev *desktop.MouseEvent) {
	if !e.focused {
		e.Focus()
	}
	if ev.Button != desktop.MouseButtonPrimary {
		e.pressOther(ev)
		return
	}
	m := &e.mouse
	if m.thumb = e.scroll.press(ev.Position, e.Size().Width); m.thumb {
		m.down = true
		return
	}
	e.countClicks(ev.Position)
	m.down, m.dragged, m.from, m.at = true, false, ev.Position, ev.Position
	to, above := e.hit(ev.Position)
	switch {
	case ev.Modifier&fyne.KeyModifierShift != 0 && m.clicks == 1:
		m.unit, m.start, m.end = byCharacter, e.prose.anchor, e.prose.anchor
		e.prose.moveTo(to, true)
	case m.clicks == 2:
		e.begin(to, byWord)
		above = false
	case m.clicks >= 3:
		e.begin(to, byParagraph)
		above = false
	default:
		e.begin(to, byCharacter)
	}
	e.stand(above)
}

// pressOther puts the caret under the pointer for the menu, unless that is on the
// selection.
func (e *Editor) pressOther(ev *desktop.MouseEvent) {
	to, above := e.hit(ev.Position)
	if from, end := e.prose.span(); from == end || to.before(from) || end.before(to) {
		e.prose.moveTo(to, false)
		e.stand(above)
	}
}

func (e *Editor) countClicks(at fyne.Position) {
	m := &e.mouse
	now := e.now()
	d := at.Subtract(m.from)
	if now.Sub(m.pressed) < clickGap && d.X*d.X+d.Y*d.Y < dragStart*dragStart {
		m.clicks++
	} else {
		m.clicks = 1
	}
	m.pressed = now
}

// begin starts a selection at a place.
func (e *Editor) begin(at textPlace, unit selectUnit) {
	m := &e.mouse
	m.unit = unit
	m.start, m.end = e.unit(at, unit)
	e.prose.moveTo(m.start, false)
	e.prose.moveTo(m.end, true)
}

// unit is the word or the paragraph at a place.
func (e *Editor) unit(at textPlace, unit selectUnit) (from, to textPlace) {
	text := e.prose.pars[at.par].text
	switch unit {
	case byWord:
		start, end := wordAround(text, at.at)
		return textPlace{at.par, start}, textPlace{at.par, end}
	case byParagraph:
		to := textPlace{at.par, len(text)}
		if at.par+1 < len(e.prose.pars) {
			to = textPlace{at.par + 1, 0}
		}
		return textPlace{at.par, 0}, to
	}
	return at, at
}

// extend selects from what was pressed first to a place.
func (e *Editor) extend(at textPlace) {
	m := &e.mouse
	from, to := e.unit(at, m.unit)
	if from.before(m.start) {
		e.prose.moveTo(m.end, false)
		e.prose.moveTo(from, true)
		return
	}
	e.prose.moveTo(m.start, false)
	if to.before(m.end) {
		to = m.end
	}
	e.prose.moveTo(to, true)
}

// MouseUp is for Fyne.
func (e *Editor) MouseUp(*desktop.MouseEvent) { e.letGo() }

// DragEnd is for Fyne.
func (e *Editor) DragEnd() { e.letGo() }

func (e *Editor) letGo() {
	if e.mouse.thumb {
		e.scroll.release()
	}
	e.mouse.down, e.mouse.thumb, e.mouse.beyond = false, false, false
}

// Dragged selects up to where the pointer is.
func (e *Editor) Dragged(ev *fyne.DragEvent) {
	m := &e.mouse
	m.at = ev.Position
	if m.thumb {
		e.scroll.drag(ev.Position.Y)
		return
	}
	if !m.down {
		return
	}
	if d := ev.Position.Subtract(m.from); !m.dragged && d.X*d.X+d.Y*d.Y < dragStart {
		return
	}
	m.dragged = true
	e.follow()
}

// follow selects up to the pointer. Beyond an edge the text goes there, and on
// until the pointer comes back.
func (e *Editor) follow() {
	m := &e.mouse
	to, above := e.hit(m.at)
	e.extend(to)
	e.above, e.goal = above, -1
	e.arrange()
	if m.at.Y >= 0 && m.at.Y <= e.Size().Height {
		m.beyond = false
		return
	}
	if !m.beyond {
		m.beyond = true
		e.wait(followEvery, e.goOn)
	}
}

// goOn is one step of following the pointer: the farther it is, the faster.
func (e *Editor) goOn() {
	m := &e.mouse
	if !m.beyond || !m.down {
		return
	}
	m.beyond = false
	away := m.at.Y
	if away > 0 {
		away -= e.Size().Height
	}
	e.scroll.to(e.scroll.off + int64(away/2))
	e.follow()
}

// Scrolled moves the text.
func (e *Editor) Scrolled(ev *fyne.ScrollEvent) { e.scroll.wheel(ev.Scrolled.DY) }

// TappedSecondary opens the menu.
func (e *Editor) TappedSecondary(ev *fyne.PointEvent) { e.menu(ev.AbsolutePosition) }

func (e *Editor) menuByKey() {
	y := float32(e.top(e.prose.caret.par, e.caretLine())-e.scroll.off) + lineHeight
	at := fyne.NewPos(editorSide+e.caretX(), min(max(0, y), e.Size().Height))
	e.menu(fyne.CurrentApp().Driver().AbsolutePositionForObject(e).Add(at))
}

func (e *Editor) menu(at fyne.Position) {
	c := canvasOf(e)
	if c == nil {
		return
	}
	none := e.prose.caret == e.prose.anchor
	ShowMenu(c, at, append(e.spellingMenu(), []MenuItem{
		{Label: "Undo", Note: shortcutName("Z"), Disabled: e.disabled || len(e.prose.past) == 0, Act: e.Undo},
		{Label: "Redo", Note: shortcutName("Y"), Disabled: e.disabled || len(e.prose.future) == 0, Act: e.Redo},
		{},
		{Label: "Cut", Note: shortcutName("X"), Disabled: e.disabled || none, Act: e.cut},
		{Label: "Copy", Note: shortcutName("C"), Disabled: none, Act: e.copy},
		{Label: "Paste", Note: shortcutName("V"), Disabled: e.disabled, Act: e.paste},
		{},
		{Label: "Select all", Note: shortcutName("A"), Disabled: e.prose.size == 0, Act: e.SelectAll},
	}...))
}

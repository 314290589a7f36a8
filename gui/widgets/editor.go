package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
)

// An Editor is where a long text is written: a mail. The text is Markdown, whose
// marks stay visible and show in how the words look; quotations have a bar, and
// text of every script stands and moves right. It fills the room that it has and
// scrolls by itself. What a key costs does not depend on how long the text is.
//
// The fields are set before it is shown, or on Fyne's goroutine.
type Editor struct {
	widget.BaseWidget

	OnChanged func()                      // after each change of the text but by SetText
	OnKey     func(e *fyne.KeyEvent) bool // keys before the text takes them; true takes it
	OnFocus   func(on bool)
	OnPaste   func(text string) bool // what is pasted, before the text takes it; true takes it
	// OnPasteOther is called for a paste where there is no text to be pasted, but
	// may be something else; nil: nothing happens.
	OnPasteOther func()
	// OnSpell is asked which of some words are misspelt; the answer is for Spelled.
	// nil: no word is marked.
	OnSpell   func(words []string)
	OnLearn   func(word string) // a word is right, says the person; nil: it cannot be said
	Modifiers Modifiers         // the driver's, if nil

	hint     string // shown while it is empty
	prose    *prose
	plain    bool // no Markdown: only quotations and the signature show
	setter   setter
	lines    lineIndex
	setUp    int  // the paragraphs before it are set
	stepping bool // a step of setting the others is on its way
	looked   int  // the paragraphs from here on may not know their looks

	scroll   *scroller
	view     *editorView
	above    bool    // the caret stands at the end of a broken line, not at the start of the next
	goal     float32 // where in a line Up and Down go; less than 0: where the caret is
	focused  bool
	disabled bool
	blink    blinker
	mouse    editorMouse
	spelling map[string]Spelling // of the words that were asked about

	now  func() time.Time
	wait func(time.Duration, func()) // calls after a while, on Fyne's goroutine
}

var (
	_ fyne.Focusable         = (*Editor)(nil)
	_ fyne.Tabbable          = (*Editor)(nil)
	_ fyne.Tappable          = (*Editor)(nil)
	_ fyne.SecondaryTappable = (*Editor)(nil)
	_ fyne.Draggable         = (*Editor)(nil)
	_ fyne.Scrollable        = (*Editor)(nil)
	_ fyne.Shortcutable      = (*Editor)(nil)
	_ desktop.Mouseable      = (*Editor)(nil)
	_ desktop.Cursorable     = (*Editor)(nil)
)

// The air around the text.
const (
	editorTop    float32 = theme.Space4
	editorSide   float32 = theme.Space5
	editorBottom float32 = theme.Space5
)

// NewEditor is an empty text; hint shows while it is empty.
func NewEditor(hint string) *Editor {
	e := &Editor{hint: hint, prose: newProse(), goal: -1, now: time.Now}
	e.wait = func(d time.Duration, f func()) { tipTimer(d, f) }
	e.scroll = newScroller(e.arrange)
	e.scroll.inset = 3
	e.prose.spliced = e.spliced
	e.lines.splice(0, 0, []int{1})
	e.look(1)
	e.blink.show = e.showCaret
	e.ExtendBaseWidget(e)
	return e
}

// Text is what is written. Its lines end in "\n".
func (e *Editor) Text() string { return e.prose.text() }

// Len is how many octets the text has.
func (e *Editor) Len() int { return e.prose.size }

// SetText replaces everything, without telling and with nothing to undo. The
// caret is at the start.
func (e *Editor) SetText(text string) {
	e.prose.reset(text)
	e.scroll.to(0)
	e.settle()
}

// Edit makes the text be another one, as something that the person did and can
// undo. The caret stays where it is as far as that is still there.
func (e *Editor) Edit(text string) {
	was, text := e.prose.text(), cleanText(text)
	if was == text {
		return
	}
	from := 0
	for from < len(was) && from < len(text) && was[from] == text[from] {
		from++
	}
	end := 0
	for end < len(was)-from && end < len(text)-from && was[len(was)-1-end] == text[len(text)-1-end] {
		end++
	}
	from, end = wholeRunes(was, text, from, end)
	p := e.prose
	caret, start := p.offset(p.caret), p.placeOf(from)
	p.together(func() { p.replace(start, p.placeOf(len(was)-end), text[from:len(text)-end]) })
	switch {
	case caret >= len(was)-end:
		caret += len(text) - len(was)
	case caret > from:
		caret = from
	}
	p.moveTo(p.placeOf(caret), false)
	e.changed()
}

// SetPlain says whether the text goes out as it stands: then Markdown means
// nothing.
func (e *Editor) SetPlain(plain bool) {
	if e.plain == plain {
		return
	}
	e.plain = plain
	for _, p := range e.prose.pars {
		p.look, p.set = passageLook{}, setting{}
	}
	e.looked = 0
	e.look(len(e.prose.pars))
	e.unset()
	e.settle()
}

// MoveToStart puts the caret in front of everything, and MoveToEnd behind it.
func (e *Editor) MoveToStart() { e.jump(textPlace{}, false) }

// MoveToEnd puts the caret behind everything.
func (e *Editor) MoveToEnd() { e.jump(e.prose.end(), false) }

// SelectAll selects all of it.
func (e *Editor) SelectAll() {
	e.prose.anchor = textPlace{}
	e.prose.caret, e.prose.run = e.prose.end(), noRun
	e.settle()
}

// Selected is the text that is selected.
func (e *Editor) Selected() string { return e.prose.selected() }

// Insert puts text in the place of what is selected.
func (e *Editor) Insert(text string) {
	e.prose.insert(text)
	e.changed()
}

// Undo takes the last step back, and Redo does it again.
func (e *Editor) Undo() { e.undo(e.prose.undo) }

// Redo does again what was undone.
func (e *Editor) Redo() { e.undo(e.prose.redo) }

func (e *Editor) undo(step func() bool) {
	if !e.disabled && step() {
		e.changed()
	}
}

// Enable lets it be written in again.
func (e *Editor) Enable() { e.disabled = false }

// Disable stops it from being written in: it is being sent.
func (e *Editor) Disable() { e.disabled = true }

// Focus gives it the keyboard.
func (e *Editor) Focus() {
	if c := canvasOf(e); c != nil {
		c.Focus(e)
	}
}

// Focused says whether it has the keyboard.
func (e *Editor) Focused() bool { return e.focused }

// MinSize is small: the window gives it what there is.
func (e *Editor) MinSize() fyne.Size { return fyne.NewSize(120, 80) }

// AccessibilityLabel reads the paragraph of the caret.
func (e *Editor) AccessibilityLabel() string {
	if e.prose.size == 0 {
		return e.hint
	}
	return e.prose.pars[e.prose.caret.par].text
}

// AccessibilityRole is for Fyne.
func (e *Editor) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// changed shows a change of the text, and tells of it.
func (e *Editor) changed() {
	e.settle()
	if e.OnChanged != nil {
		e.OnChanged()
	}
}

// settle shows what changed, and the caret.
func (e *Editor) settle() {
	e.above, e.goal = false, -1
	e.show()
}

func (e *Editor) show() {
	e.measure()
	e.reveal()
	if e.focused {
		e.blink.start()
	}
	e.arrange()
	e.goOnSetting()
}

// jump puts the caret somewhere.
func (e *Editor) jump(to textPlace, extend bool) {
	e.prose.moveTo(to, extend)
	e.settle()
}

// wholeRunes moves the ends of what differs so that no rune is cut.
func wholeRunes(a, b string, from, end int) (int, int) {
	start := func(s string, i int) bool { return i <= 0 || i >= len(s) || s[i]&0xC0 != 0x80 }
	for !start(a, from) || !start(b, from) {
		from--
	}
	for !start(a, len(a)-end) || !start(b, len(b)-end) {
		end--
	}
	return from, end
}

// offset is how many octets of the text are before a place, and placeOf the
// other way around.
func (p *prose) offset(at textPlace) (n int) {
	for _, par := range p.pars[:at.par] {
		n += len(par.text) + 1
	}
	return n + at.at
}

func (p *prose) placeOf(offset int) textPlace {
	for i, par := range p.pars {
		if offset <= len(par.text) {
			return p.within(textPlace{i, offset})
		}
		offset -= len(par.text) + 1
	}
	return p.end()
}

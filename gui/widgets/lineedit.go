package widgets

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"postrider/gui/theme"
	"postrider/mail/typeset"
)

// A LineEdit is a line of text that can be written in, without a frame: what a
// [Field] and a [TokenField] have inside. Text of every script stands and moves
// right in it, which it does not in Fyne's own entry.
type LineEdit struct {
	picture

	OnChanged func(text string)           // after each change by the person
	OnSubmit  func(text string)           // Return
	OnKey     func(e *fyne.KeyEvent) bool // keys before the line takes them; true takes it
	OnFocus   func(on bool)
	OnPaste   func(text string) bool // what is pasted, before the line takes it; true takes it

	Modifiers Modifiers // the driver's, if nil

	focusing func(on bool) // these are for the field that it is in
	keying   func(*fyne.KeyEvent) bool
	resized  func()
	edit     edit
	style    theme.TextStyle
	hint     string // shown while it is empty
	secret   bool   // a password: dots
	disabled bool
	focused  bool
	shift    float32 // how far the text is scrolled to the left
	caret    *canvas.Rectangle
	blink    blinker
	pressed  time.Time // of the last click, and how many came in a row
	clicks   int
	now      func() time.Time
}

var (
	_ fyne.Focusable         = (*LineEdit)(nil)
	_ fyne.Tappable          = (*LineEdit)(nil)
	_ fyne.SecondaryTappable = (*LineEdit)(nil)
	_ fyne.Draggable         = (*LineEdit)(nil)
	_ fyne.Shortcutable      = (*LineEdit)(nil)
	_ fyne.Disableable       = (*LineEdit)(nil)
	_ desktop.Mouseable      = (*LineEdit)(nil)
	_ desktop.Cursorable     = (*LineEdit)(nil)
)

// NewLineEdit is an empty line; hint shows while it is empty.
func NewLineEdit(style theme.TextStyle, hint string) *LineEdit {
	e := &LineEdit{style: style, hint: hint, now: time.Now}
	e.caret = canvas.NewRectangle(theme.Accent.Now())
	e.caret.Hide()
	e.blink.show = func(on bool) {
		e.caret.Hidden = !on
		e.caret.Refresh()
	}
	e.above = []fyne.CanvasObject{e.caret}
	e.become(e)
	return e
}

// Text is what is written.
func (e *LineEdit) Text() string { return e.edit.text }

// SetText replaces it, without telling.
func (e *LineEdit) SetText(text string) {
	if e.edit.text == oneLine(text) {
		return
	}
	e.edit.reset(text)
	e.settle()
}

// SetHint changes what shows while it is empty.
func (e *LineEdit) SetHint(hint string) {
	if e.hint != hint {
		e.hint = hint
		e.repaint()
	}
}

// SetSecret shows dots, or the text.
func (e *LineEdit) SetSecret(on bool) {
	if e.secret != on {
		e.secret = on
		e.settle()
	}
}

// SelectAll selects all of it.
func (e *LineEdit) SelectAll() {
	e.edit.selectAll()
	e.settle()
}

// SelectStem selects the name of a file without its ending.
func (e *LineEdit) SelectStem() {
	e.edit.selectAll()
	if dot := strings.LastIndexByte(e.edit.text, '.'); dot > 0 {
		e.edit.caret = dot
	}
	e.settle()
}

// AtStart says whether the caret is in front of everything and nothing is
// selected.
func (e *LineEdit) AtStart() bool { return e.edit.caret == 0 && e.edit.anchor == 0 }

// Focus gives it the keyboard. What was only just put into a window gets it with
// the next frame: before that, Fyne does not know which window it is in.
func (e *LineEdit) Focus() { e.focusSoon(10, overlaysShut) }

// awaited is the line that will have the keyboard in a moment. The dialog that it
// is in hands it what is typed meanwhile: people type ahead.
var awaited *LineEdit

// focusSoon gives up when a dialog is shut meanwhile: the field may have been in
// it.
func (e *LineEdit) focusSoon(tries, shut int) {
	if awaited == e {
		awaited = nil
	}
	if shut != overlaysShut {
		return
	}
	if c := canvasOf(e); c != nil {
		c.Focus(e)
		return
	}
	if tries > 0 {
		awaited = e
		time.AfterFunc(20*time.Millisecond, func() { Do(func() { e.focusSoon(tries-1, shut) }) })
	}
}

// Focused says whether it has the keyboard.
func (e *LineEdit) Focused() bool { return e.focused }

// AccessibilityLabel is for Fyne.
func (e *LineEdit) AccessibilityLabel() string {
	if e.secret || e.edit.text == "" {
		return e.hint
	}
	return e.edit.text
}

// AccessibilityRole is for Fyne.
func (e *LineEdit) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// shown is the text as it is drawn.
func (e *LineEdit) shown() string {
	if !e.secret {
		return e.edit.text
	}
	return strings.Repeat(secretDot, clusters(e.edit.text))
}

const secretDot = "•"

func clusters(text string) (n int) {
	for at := 0; at < len(text); at = typeset.NextCluster(text, at) {
		n++
	}
	return n
}

// place is where an offset of the text is in what is drawn.
func (e *LineEdit) place(offset int) int {
	if !e.secret {
		return offset
	}
	return clusters(e.edit.text[:offset]) * len(secretDot)
}

// offset is the other way around.
func (e *LineEdit) offset(place int) int {
	if !e.secret {
		return place
	}
	at := 0
	for range place / len(secretDot) {
		at = typeset.NextCluster(e.edit.text, at)
	}
	return at
}

func (e *LineEdit) set() *typeset.Line {
	return library().Line(e.shown(), styleOf(e.style), typeset.LineOptions{})
}

const (
	caretWidth float32 = 2
	caretExtra float32 = 2 // how much taller than the text's size the caret is
)

func (e *LineEdit) measure() fyne.Size { return fyne.NewSize(40, e.style.Line) }

// Width is how wide it has to be to show all of its text and the caret.
func (e *LineEdit) Width() float32 { return ceil(TextWidth(e.shown(), e.style)) + caretWidth }

// arrange puts the caret where it belongs, and scrolls it into view.
func (e *LineEdit) arrange(size fyne.Size) {
	line := e.set()
	x := float32(line.CaretX(e.place(e.edit.caret)))
	room := size.Width - caretWidth
	e.shift = min(e.shift, x)
	e.shift = max(e.shift, x-room, 0)
	e.shift = min(e.shift, max(0, float32(line.Width)-room))
	h := e.style.Size + caretExtra
	e.caret.Resize(fyne.NewSize(caretWidth, h))
	e.caret.Move(fyne.NewPos(floorHalf(x-e.shift), floorHalf((size.Height-h)/2)))
}

func (e *LineEdit) restyle() {
	e.caret.FillColor = theme.Accent.Now()
	e.caret.Refresh()
}

func (e *LineEdit) paint(s *Sheet) {
	size := e.Size()
	y := (size.Height - e.style.Line) / 2
	if e.edit.text == "" {
		s.Text(0, y, size.Width, Words{Text: e.hint, Style: e.style, Color: theme.Ink3})
		return
	}
	words := Words{Text: e.shown(), Style: e.style, Color: theme.Ink}
	if e.disabled {
		words.Color = theme.Ink3
	}
	if from, to := e.edit.span(); from != to {
		behind := theme.Sel
		if !e.focused {
			behind = theme.SelQuiet
		}
		words.Spans = []Span{{From: e.place(from), To: e.place(to), Behind: behind}}
	}
	line := e.set()
	s.line(line, -e.shift-float32(line.X), y+Ascent(e.style), words)
}

// settle shows what changed.
func (e *LineEdit) settle() {
	if e.resized != nil {
		e.resized()
	}
	e.arrange(e.Size())
	if e.focused {
		e.blink.start()
	}
	e.repaint()
}

// changed shows and tells.
func (e *LineEdit) changed() {
	e.settle()
	if e.OnChanged != nil {
		e.OnChanged(e.edit.text)
	}
}

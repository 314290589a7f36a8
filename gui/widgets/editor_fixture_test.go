package widgets

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"postrider/gui/fynetest"
)

// editorStage is an editor in a window of Fyne's test driver, with a clock of its
// own.
type editorStage struct {
	*Editor
	t      testing.TB
	window fyne.Window
	clock  time.Time
	later  []func()
	told   int // how often OnChanged was called
}

const editorWidth, editorHeight = 450, 366

func newEditorStage(t testing.TB, text string) *editorStage {
	t.Helper()
	fynetest.New(t)
	s := &editorStage{Editor: NewEditor("Write"), t: t, clock: time.Unix(1e9, 0)}
	s.now = func() time.Time { return s.clock }
	s.wait = func(_ time.Duration, f func()) { s.later = append(s.later, f) }
	s.Modifiers = heldKeys(0)
	s.OnChanged = func() { s.told++ }
	s.window = test.NewTempWindow(t, s.Editor)
	s.window.SetPadded(false)
	s.window.Resize(fyne.NewSize(editorWidth, editorHeight))
	s.SetText(text)
	s.Focus()
	return s
}

// key presses a key.
func (s *editorStage) key(name fyne.KeyName, with fyne.KeyModifier) {
	if with&wordModifier != 0 {
		s.TypedShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: with})
		return
	}
	s.Modifiers = heldKeys(with)
	s.TypedKey(&fyne.KeyEvent{Name: name})
	s.Modifiers = heldKeys(0)
}

func (s *editorStage) write(text string) {
	for _, r := range text {
		if r == '\n' {
			s.key(fyne.KeyReturn, 0)
			continue
		}
		s.TypedRune(r)
	}
}

// settled does all that waits.
func (s *editorStage) settled() {
	for len(s.later) > 0 {
		f := s.later[0]
		s.later = s.later[1:]
		f()
	}
}

// shown is the text with | for the caret and [ ] around what is selected.
func (s *editorStage) shown() string {
	p := s.prose
	text, caret, anchor := p.text(), p.offset(p.caret), p.offset(p.anchor)
	if caret == anchor {
		return text[:caret] + "|" + text[caret:]
	}
	from, to := min(caret, anchor), max(caret, anchor)
	inner := text[from:to]
	if caret == to {
		inner += "|"
	} else {
		inner = "|" + inner
	}
	return text[:from] + "[" + inner + "]" + text[to:]
}

func (s *editorStage) press(at fyne.Position, with fyne.KeyModifier) {
	ev := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at, AbsolutePosition: at}, Button: desktop.MouseButtonPrimary, Modifier: with}
	s.MouseDown(ev)
}

func (s *editorStage) click(at fyne.Position, with fyne.KeyModifier) {
	s.press(at, with)
	s.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
	s.clock = s.clock.Add(50 * time.Millisecond)
}

// spotOf is the middle of the letter at an offset of the text.
func (s *editorStage) spotOf(offset int) fyne.Position {
	to := s.prose.placeOf(offset)
	p := s.at(to.par)
	i := p.set.lineOf(to.at)
	x := p.set.lines[i].caretX(to.at)
	y := float32(s.top(to.par, i)-s.scroll.off) + lineHeight/2
	return fyne.NewPos(editorSide+x+1, y)
}

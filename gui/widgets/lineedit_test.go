package widgets

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"postrider/gui/theme"
)

func fieldInWindow(t *testing.T, f *Field) fyne.Window {
	t.Helper()
	timers(t)
	w := inWindow(t, fyne.NewSize(240, 60), f)
	f.Focus()
	return w
}

func TestFieldTellsWhatIsTyped(t *testing.T) {
	f := NewField("Name")
	fieldInWindow(t, f)
	var changes, submits []string
	f.Line.OnChanged = func(s string) { changes = append(changes, s) }
	f.Line.OnSubmit = func(s string) { submits = append(submits, s) }
	test.Type(f.Line, "ab")
	f.Line.TypedKey(key(fyne.KeyBackspace))
	f.Line.TypedKey(key(fyne.KeyReturn))
	if len(changes) != 3 || changes[2] != "a" || len(submits) != 1 || submits[0] != "a" {
		t.Errorf("told of %q and %q", changes, submits)
	}
	f.SetText("set")
	if len(changes) != 3 {
		t.Error("setting the text was told as if the person had typed")
	}
}

func TestFieldSelectsWithThePointer(t *testing.T) {
	f := NewField("")
	fieldInWindow(t, f)
	f.SetText("first second third")
	now := time.Unix(0, 0)
	f.Line.now = func() time.Time { return now }
	click := func(x float32, mod fyne.KeyModifier) {
		f.Line.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 10)}, Button: desktop.MouseButtonPrimary, Modifier: mod})
	}
	at := func(offset int) float32 { return TextWidth("first second third"[:offset], theme.TextBody) }
	click(at(8), 0)
	click(at(8), 0)
	if got := f.Line.edit.selected(); got != "second" {
		t.Errorf("a double click selects %q", got)
	}
	click(at(8), 0)
	if got := f.Line.edit.selected(); got != "first second third" {
		t.Errorf("a triple click selects %q", got)
	}
	now = now.Add(time.Minute)
	click(0, 0)
	f.Line.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(at(5), 10)}})
	if got := f.Line.edit.selected(); got != "first" {
		t.Errorf("a drag selects %q", got)
	}
	now = now.Add(time.Minute)
	click(at(12), fyne.KeyModifierShift)
	if got := f.Line.edit.selected(); got != "first second" {
		t.Errorf("a click with Shift selects %q", got)
	}
}

func TestFieldUsesTheClipboard(t *testing.T) {
	f := NewField("")
	fieldInWindow(t, f)
	board := fyne.CurrentApp().Clipboard()
	f.SetText("one two")
	f.Line.SelectAll()
	f.Line.TypedShortcut(&fyne.ShortcutCut{})
	if board.Content() != "one two" || f.Text() != "" {
		t.Errorf("cut: %q on the clipboard, %q in the field", board.Content(), f.Text())
	}
	board.SetContent("three\nfour\n")
	f.Line.TypedShortcut(&fyne.ShortcutPaste{})
	if f.Text() != "three four" {
		t.Errorf("pasted: %q", f.Text())
	}
	f.Line.TypedShortcut(&fyne.ShortcutUndo{})
	f.Line.TypedShortcut(&fyne.ShortcutUndo{})
	if f.Text() != "one two" {
		t.Errorf("undone: %q", f.Text())
	}
}

func TestPasswordStaysInItsField(t *testing.T) {
	f := NewPasswordField("Password")
	fieldInWindow(t, f)
	board := fyne.CurrentApp().Clipboard()
	board.SetContent(" secret\n")
	f.Line.TypedShortcut(&fyne.ShortcutPaste{})
	if f.Text() != "secret" {
		t.Errorf("pasted: %q", f.Text())
	}
	board.SetContent("before")
	f.Line.SelectAll()
	f.Line.TypedShortcut(&fyne.ShortcutCopy{})
	f.Line.TypedShortcut(&fyne.ShortcutCut{})
	if board.Content() != "before" || f.Text() != "secret" {
		t.Errorf("the clipboard has %q, the field %q", board.Content(), f.Text())
	}
	if f.Line.shown() != "••••••" {
		t.Errorf("it shows %q", f.Line.shown())
	}
	f.end.(*IconButton).Tapped(nil)
	if f.Line.shown() != "secret" {
		t.Errorf("the eye shows %q", f.Line.shown())
	}
}

func TestCaretStaysInViewAndRestsInTheEnd(t *testing.T) {
	tick := timers(t)
	f := NewField("")
	inWindow(t, fyne.NewSize(160, 40), f)
	f.Focus()
	test.Type(f.Line, "a text that is far too long for a field so short")
	inside := func() bool {
		x := f.Line.caret.Position().X
		return x >= 0 && x+caretWidth <= f.Line.Size().Width
	}
	if !inside() {
		t.Errorf("the caret is at %v of %v", f.Line.caret.Position().X, f.Line.Size().Width)
	}
	f.Line.TypedKey(key(fyne.KeyHome))
	if f.Line.shift != 0 || !inside() {
		t.Errorf("at the start the text is shifted by %v", f.Line.shift)
	}
	blinks := 0
	for range 100 {
		before := f.Line.caret.Visible()
		tick()
		if f.Line.caret.Visible() != before {
			blinks++
		}
	}
	if blinks < 10 || blinks > 25 || !f.Line.caret.Visible() {
		t.Errorf("the caret blinked %d times and is lit: %v", blinks, f.Line.caret.Visible())
	}
}

func TestArrowsFollowTheDirectionOfTheText(t *testing.T) {
	f := NewField("")
	fieldInWindow(t, f)
	f.SetText("שלום")
	f.Line.TypedKey(key(fyne.KeyHome))
	f.Line.TypedKey(key(fyne.KeyLeft))
	if got := f.Line.edit.caret; got != len("ש") {
		t.Errorf("left of the first letter the caret is at byte %d", got)
	}
}

func TestTokenFieldTakesTheLastChipAndGrows(t *testing.T) {
	timers(t)
	f := NewRecipientField("")
	taken := 0
	f.OnTakeLast = func() { taken++ }
	inWindow(t, fyne.NewSize(300, 200), Column(0, f))
	one := f.Size().Height
	chips := []*Chip{}
	for range 5 {
		chips = append(chips, NewRecipientChip("Tomasz Brandt", nil, func() {}))
	}
	f.SetChips(chips)
	if got := f.MinSize().Height; got <= one {
		t.Errorf("five chips need a height of %v, one line is %v", got, one)
	}
	test.Type(f.Line, "x")
	f.Line.TypedKey(key(fyne.KeyBackspace))
	if taken != 0 {
		t.Error("Backspace took a chip where it should have taken a letter")
	}
	f.Line.TypedKey(key(fyne.KeyBackspace))
	if taken != 1 {
		t.Error("Backspace in front of everything took no chip")
	}
}

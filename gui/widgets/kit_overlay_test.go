package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"postrider/gui/theme"
)

func typeKeys(w fyne.Window, names ...fyne.KeyName) {
	for _, n := range names {
		w.Canvas().Focused().TypedKey(key(n))
	}
}

func TestMenuByKeyboard(t *testing.T) {
	done := ""
	does := func(what string) func() { return func() { done = what } }
	items := []MenuItem{
		{Label: "Reply", Act: does("reply")}, {}, {Label: "Off", Disabled: true, Act: does("off")},
		{Label: "Move to", Sub: []MenuItem{{Label: "Archive", Act: does("archive")}, {Label: "Trash", Act: does("trash")}}},
	}
	for _, c := range []struct {
		keys []fyne.KeyName
		want string
		open bool
	}{
		{[]fyne.KeyName{fyne.KeyDown, fyne.KeyReturn}, "reply", false},
		{[]fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyRight, fyne.KeyDown, fyne.KeyReturn}, "trash", false},
		{[]fyne.KeyName{fyne.KeyUp, fyne.KeyReturn, fyne.KeyReturn}, "archive", false},
		{[]fyne.KeyName{fyne.KeyUp, fyne.KeyRight, fyne.KeyEscape}, "", true},
		{[]fyne.KeyName{fyne.KeyDown, fyne.KeyEscape}, "", false},
		{[]fyne.KeyName{fyne.KeyReturn}, "", true},
	} {
		button := NewButton("Before", "", ButtonLook{}, nil)
		w := inWindow(t, fyne.NewSize(500, 300), Start(button))
		w.Canvas().Focus(button)
		done = ""
		m := ShowMenu(w.Canvas(), fyne.NewPos(20, 20), items)
		typeKeys(w, c.keys...)
		if done != c.want || m.shown != c.open {
			t.Errorf("%v did %q and the menu is open: %v; want %q, %v", c.keys, done, m.shown, c.want, c.open)
		}
		if !c.open && w.Canvas().Focused() != fyne.Focusable(button) {
			t.Errorf("%v: the focus did not go back", c.keys)
		}
	}
}

// Whoever types at once, before the field of a dialog has the focus, types into
// the field.
func TestTypingAheadOfADialog(t *testing.T) {
	w := inWindow(t, fyne.NewSize(500, 300), NewButton("Before", "", ButtonLook{}, nil))
	line := NewLineEdit(theme.TextBody, "")
	said := ""
	line.OnSubmit = func(text string) { said = text }
	d := NewDialog("Move to", nil)
	d.Show(w.Canvas())
	awaited = line // as it is before the next frame, which Fyne's test driver does not wait for
	for _, r := range "arch" {
		w.Canvas().Focused().TypedRune(r)
	}
	typeKeys(w, fyne.KeyReturn)
	if said != "arch" {
		t.Errorf("typed %q", said)
	}
	typeKeys(w, fyne.KeyEscape)
	if d.shown {
		t.Error("Escape did not close the dialog")
	}
}

func TestMenuByPointer(t *testing.T) {
	done := 0
	w := inWindow(t, fyne.NewSize(500, 300), NewFill(theme.Paper))
	open := func() *Menu {
		return ShowMenu(w.Canvas(), fyne.NewPos(490, 290), []MenuItem{{Label: "One", Act: func() { done++ }}, {Label: "Two"}})
	}
	m := open()
	p := m.panels[0]
	if end := p.Position().Add(p.Size()); end.X > 500 || end.Y > 300 {
		t.Errorf("a menu opened at the window's corner ends at %v, outside of it", end)
	}
	m.ground.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: p.Position().AddXY(20, 20)}})
	if p.cursor != 0 {
		t.Errorf("the pointer is over line 0, the cursor on %d", p.cursor)
	}
	m.ground.Tapped(&fyne.PointEvent{Position: p.Position().AddXY(20, 20)})
	if done != 1 || m.shown {
		t.Errorf("a click did it %d times; the menu is open: %v", done, m.shown)
	}
	m = open()
	m.ground.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, 5)})
	if m.shown {
		t.Error("a click beside the menu leaves it open")
	}
}

func TestDangerousQuestionIsNotAnsweredByReturn(t *testing.T) {
	for _, danger := range []bool{false, true} {
		done := 0
		w := inWindow(t, fyne.NewSize(600, 400), NewFill(theme.Paper))
		d := Ask(w.Canvas(), Question{Title: "Really?", Yes: "Yes", Danger: danger, Act: func() { done++ }})
		typeKeys(w, fyne.KeyReturn)
		if want := map[bool]int{false: 1, true: 0}[danger]; done != want {
			t.Errorf("danger %v: Return did it %d times, want %d", danger, done, want)
		}
		if danger {
			typeKeys(w, fyne.KeyEscape)
			if d.shown || done != 0 {
				t.Error("Escape did not simply close the question")
			}
		}
	}
}

func TestChooserFindsByPartsOfNames(t *testing.T) {
	items := []ChooserItem{{Label: "Archive", Detail: "Fernlight"}, {Label: "Reading room", Detail: "Fernlight, Projects"}, {Label: "Old archive", Detail: "Home"}, {Label: "Über", Detail: "Home"}}
	for typed, want := range map[string]int{"": 0, "read": 1, "arch home": 2, "ROOM": 1, "über": 3, "chive": 0} {
		got := -1
		w := inWindow(t, fyne.NewSize(600, 500), NewFill(theme.Paper))
		ShowChooser(w.Canvas(), "Move to", "", items, func(i int) { got = i })
		test.Type(w.Canvas().Focused(), typed)
		typeKeys(w, fyne.KeyReturn)
		if got != want {
			t.Errorf("%q chose %d, want %d", typed, got, want)
		}
	}
	w := inWindow(t, fyne.NewSize(600, 500), NewFill(theme.Paper))
	got := -1
	ShowChooser(w.Canvas(), "Move to", "", items, func(i int) { got = i })
	typeKeys(w, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn)
	if got != 1 {
		t.Errorf("the arrows chose %d, want 1", got)
	}
}

func TestPopoverClosesBesideItAndFitsTheWindow(t *testing.T) {
	button := NewButton("Open", "", ButtonLook{}, nil)
	w := inWindow(t, fyne.NewSize(300, 200), Column(0, Spring(), Row(0, Spring(), button)))
	closed := 0
	p := NewPopover(Fixed(180, 60, NewFill(theme.Paper)), 8)
	p.OnClose(func() { closed++ })
	p.ShowBelow(button, false, 0)
	if end := p.frame.Position().Add(p.frame.Size()); end.X > 300 || end.Y > 200 {
		t.Errorf("it ends at %v, outside of the window", end)
	}
	p.Tapped(&fyne.PointEvent{Position: p.frame.Position().AddXY(5, 5)})
	if !p.Shown() {
		t.Error("a click on it closed it")
	}
	test.TapCanvas(w.Canvas(), fyne.NewPos(2, 2))
	if p.Shown() || closed != 1 {
		t.Errorf("after a click beside it: open %v, told %d times", p.Shown(), closed)
	}
}

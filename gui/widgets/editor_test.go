package widgets

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"postrider/gui/theme"
)

// In these tables a text has | where the caret is, and [ ] around what is
// selected. Keys are named as in editorKeys.
var editorKeys = map[string]struct {
	name fyne.KeyName
	with fyne.KeyModifier
}{
	"left": {fyne.KeyLeft, 0}, "right": {fyne.KeyRight, 0}, "up": {fyne.KeyUp, 0}, "down": {fyne.KeyDown, 0},
	"home": {fyne.KeyHome, 0}, "end": {fyne.KeyEnd, 0}, "pgup": {fyne.KeyPageUp, 0}, "pgdn": {fyne.KeyPageDown, 0},
	"sleft": {fyne.KeyLeft, shift}, "sright": {fyne.KeyRight, shift}, "sup": {fyne.KeyUp, shift}, "sdown": {fyne.KeyDown, shift},
	"shome": {fyne.KeyHome, shift}, "send": {fyne.KeyEnd, shift},
	"cleft": {fyne.KeyLeft, wordModifier}, "cright": {fyne.KeyRight, wordModifier}, "chome": {fyne.KeyHome, wordModifier}, "cend": {fyne.KeyEnd, wordModifier},
	"csleft": {fyne.KeyLeft, wordModifier | shift}, "csright": {fyne.KeyRight, wordModifier | shift}, "csend": {fyne.KeyEnd, wordModifier | shift},
	"bs": {fyne.KeyBackspace, 0}, "del": {fyne.KeyDelete, 0}, "cbs": {fyne.KeyBackspace, wordModifier}, "cdel": {fyne.KeyDelete, wordModifier},
	"ret": {fyne.KeyReturn, 0}, "sret": {fyne.KeyReturn, shift}, "tab": {fyne.KeyTab, 0}, "stab": {fyne.KeyTab, shift},
}

// put shows a text with its caret.
func (s *editorStage) put(shown string) {
	s.t.Helper()
	at := strings.IndexByte(shown, '|')
	if at < 0 {
		s.t.Fatalf("no caret in %q", shown)
	}
	s.SetText(shown[:at] + shown[at+1:])
	s.jump(s.prose.placeOf(at), false)
}

// do presses keys, and writes what is between quotes.
func (s *editorStage) do(keys string) {
	s.t.Helper()
	for _, k := range strings.Fields(keys) {
		if word, ok := strings.CutPrefix(k, "'"); ok {
			s.write(strings.NewReplacer("_", " ").Replace(word))
			continue
		}
		switch k {
		case "undo":
			s.TypedShortcut(&fyne.ShortcutUndo{})
		case "redo":
			s.TypedShortcut(&fyne.ShortcutRedo{})
		case "all":
			s.TypedShortcut(&fyne.ShortcutSelectAll{})
		default:
			key, ok := editorKeys[k]
			if !ok {
				s.t.Fatalf("no key %q", k)
			}
			s.key(key.name, key.with)
		}
	}
}

func TestKeysInAText(t *testing.T) {
	s := newEditorStage(t, "")
	for _, c := range []struct{ name, text, keys, want string }{
		{"a letter", "a|c", "'b", "ab|c"},
		{"words over line ends", "one\ntwo|", "left left left left 'x", "onex|\ntwo"},
		{"clusters", "a👩‍👩‍👧e\u0301|", "left left", "a|👩‍👩‍👧e\u0301"},
		{"Backspace takes a cluster", "a👩‍👩‍👧|b", "bs", "a|b"},
		{"Delete takes a cluster", "|e\u0301b", "del", "|b"},
		{"Backspace joins paragraphs", "one\n|two", "bs", "one|two"},
		{"Delete joins paragraphs", "one|\ntwo", "del", "one|two"},
		{"Backspace at the start", "|one", "bs", "|one"},
		{"Ctrl+Backspace takes a word", "one two|", "cbs", "one |"},
		{"Ctrl+Backspace goes over the line end", "one\n|two", "cbs", "|two"},
		{"Ctrl+Delete takes a word", "|one two", "cdel", "| two"},
		{"by words", "one two, three|", "cleft cleft", "one |two, three"},
		{"by words on", "|one two, three", "cright cright", "one two|, three"},
		{"by words to the next line", "one|\ntwo three", "cright", "one\ntwo| three"},
		{"Home and End", "one two| three", "home 'a end 'b", "aone two threeb|"},
		{"to the start and the end", "one\ntwo|\nthree", "chome 'a cend 'b", "aone\ntwo\nthreeb|"},
		{"selecting", "one |two", "sright sright", "one [tw|]o"},
		{"selecting back", "one| two", "sleft sleft", "o[|ne] two"},
		{"selecting words", "one |two three", "csright csright", "one [two three|]"},
		{"selecting lines", "one\n|two\nthree", "sdown", "one\n[two\n|]three"},
		{"a letter replaces what is selected", "one |two", "sright sright sright 'x", "one x|"},
		{"Left ends a selection at its start", "one |two", "sright sright left", "one |two"},
		{"Right ends a selection at its end", "one |two", "sright sright right", "one tw|o"},
		{"Up and Down keep their place", "longer line\nab\nlonger line|", "up up", "longer line|\nab\nlonger line"},
		{"Up above the first line", "one t|wo", "up", "|one two"},
		{"Down below the last line", "one t|wo", "down", "one two|"},
		{"Tab", "a|", "tab 'b", "a\tb|"},
		{"everything", "one\ntwo|", "all 'x", "x|"},

		{"a list goes on", "- one|", "ret 'two", "- one\n- two|"},
		{"a numbered list counts", "  9. one|", "ret 'two", "  9. one\n  10. two|"},
		{"a list ends at an empty item", "- one\n- |", "ret", "- one\n|"},
		{"a list item is parted", "- one |two", "ret", "- one \n- |two"},
		{"before a bullet there is no list", "|- one", "ret", "\n|- one"},
		{"Shift+Return ends the line alone", "- one|", "sret 'x", "- one\nx|"},
		{"Tab moves an item in", "- one|", "tab", "  - one|"},
		{"Shift+Tab moves it out", "    - one|", "stab", "  - one|"},
		{"a quotation is parted", "> one |two\n> three", "ret 'mine", "> one \nmine|\n> two\n> three"},
		{"behind a quotation one writes", "> one|\n> two", "ret 'mine", "> one\nmine|\n> two"},
		{"before a quotation one writes", "> |one", "ret 'mine", "mine|\n> one"},
		{"code is left alone", "```\n- one|\n```", "ret", "```\n- one\n|\n```"},

		{"undo takes a word back", "|", "'one_two undo", "one |"},
		{"undo once more", "|", "'one_two undo undo", "|"},
		{"redo", "|", "'one_two undo undo redo", "one |"},
		{"undo after moving", "|ab", "'x right 'y undo", "xa|b"},
		{"undo of Backspace, again and again", "one two|", "bs bs bs undo", "one two|"},
		{"undo of what was selected", "one |two", "sright sright sright 'x undo", "one [two|]"},
		{"a letter ends redoing", "|", "'one undo 'x redo", "x|"},
		{"undo of Return", "> one |two", "ret undo", "> one |two"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s.put(c.text)
			s.do(c.keys)
			if got := s.shown(); got != c.want {
				t.Errorf("%s\n got %q\nwant %q", c.keys, got, c.want)
			}
		})
	}
}

func TestEndStaysInABrokenLine(t *testing.T) {
	s := newEditorStage(t, strings.Repeat("several words ", 20))
	s.key(fyne.KeyEnd, 0)
	if s.caretLine() != 0 {
		t.Fatal("End went to another line")
	}
	end := s.prose.caret.at
	if s.Text()[end] != ' ' {
		t.Errorf("End is at %d, before %q", end, s.Text()[end:end+1])
	}
	s.key(fyne.KeyHome, 0)
	if s.prose.caret.at != 0 {
		t.Error("Home went elsewhere")
	}
	s.SetText(strings.Repeat("字", 100)) // broken between letters
	s.key(fyne.KeyEnd, 0)
	if s.caretLine() != 0 || s.caretX() < 300 {
		t.Errorf("End: line %d, x %.1f", s.caretLine(), s.caretX())
	}
	at := s.prose.caret
	s.key(fyne.KeyRight, 0)
	if s.caretLine() != 1 {
		t.Errorf("Right: line %d, from %v to %v", s.caretLine(), at, s.prose.caret)
	}
	s.write("x")
	if !s.view.caret.Visible() {
		t.Error("the caret is gone")
	}
}

func TestClicksSelect(t *testing.T) {
	text := "One line here.\nAnother, which is longer.\nThe last."
	s := newEditorStage(t, text)
	at := s.spotOf(strings.Index(text, "which"))
	for _, c := range []struct {
		clicks int
		want   string
	}{
		{1, ""}, {2, "which"}, {3, "Another, which is longer.\n"},
	} {
		s.clock = s.clock.Add(time.Minute)
		for range c.clicks {
			s.click(at, 0)
		}
		if got := s.Selected(); got != c.want {
			t.Errorf("%d clicks select %q, want %q", c.clicks, got, c.want)
		}
	}
	s.clock = s.clock.Add(time.Minute)
	s.click(s.spotOf(4), 0)
	s.click(s.spotOf(strings.Index(text, "longer")), shift)
	if got := s.Selected(); got != text[4:strings.Index(text, "longer")] {
		t.Errorf("Shift selects %q", got)
	}
}

func TestDraggingSelectsAndScrolls(t *testing.T) {
	s := newEditorStage(t, strings.Repeat("a line of text\n", 100))
	s.press(s.spotOf(2), 0)
	s.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(60, 100)}})
	lines := strings.Count(s.Selected(), "\n")
	if lines < 2 || lines > 5 {
		t.Errorf("%d lines are selected", lines)
	}
	s.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(60, editorHeight+200)}})
	for range 5 {
		waiting := s.later
		s.later = nil
		for _, f := range waiting {
			f()
		}
	}
	if got := strings.Count(s.Selected(), "\n"); got <= editorHeight/int(lineHeight) || s.scroll.off == 0 {
		t.Errorf("%d lines are selected, scrolled by %d", got, s.scroll.off)
	}
	s.DragEnd()
	s.click(s.spotOf(0), 0)
	s.clock = s.clock.Add(time.Minute)
	// By words, back over where it began.
	s.SetText("one two three four")
	at := s.spotOf(9)
	s.click(at, 0)
	s.press(at, 0)
	s.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: s.spotOf(1)}})
	if got := s.Selected(); got != "one two three" {
		t.Errorf("by words %q", got)
	}
}

func TestTheCaretIsAlwaysToBeSeen(t *testing.T) {
	s := newEditorStage(t, strings.Repeat("a line\n", 500))
	seen := func() bool {
		y := s.top(s.prose.caret.par, s.caretLine()) - s.scroll.off
		return y >= 0 && y+int64(lineHeight) <= editorHeight
	}
	for _, keys := range []string{"cend", "pgup", "pgup", "chome", "pgdn", "pgdn", "down down down", "'letters ret ret ret"} {
		s.do(keys)
		if !seen() {
			t.Errorf("after %s the caret is out of sight", keys)
		}
	}
	s.do("chome pgdn pgup")
	if s.prose.caret.par != 0 {
		t.Errorf("PageDown and PageUp lead to line %d", s.prose.caret.par)
	}
}

func TestClipboard(t *testing.T) {
	s := newEditorStage(t, "one two")
	clip := fyne.CurrentApp().Clipboard()
	s.jump(textPlace{0, 3}, true)
	s.TypedShortcut(&fyne.ShortcutCut{Clipboard: clip})
	if got := s.shown(); got != "| two" || clip.Content() != "one" {
		t.Errorf("cut: %q, %q", got, clip.Content())
	}
	clip.SetContent("a\r\nb\u2028c\x00\td")
	s.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if got := s.shown(); got != "a\nb\nc\td| two" {
		t.Errorf("pasted: %q", got)
	}
	s.TypedShortcut(&fyne.ShortcutUndo{})
	if got := s.shown(); got != "| two" {
		t.Errorf("undone: %q", got)
	}
	s.OnPaste = func(string) bool { return true }
	s.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if got := s.shown(); got != "| two" {
		t.Errorf("what was taken is written too: %q", got)
	}
}

func TestEditKeepsTheCaret(t *testing.T) {
	s := newEditorStage(t, "")
	for _, c := range []struct{ text, edit, want string }{
		{"Hello|\n\n-- \nNora", "Hello\n\n-- \nThe team", "Hello|\n\n-- \nThe team"},
		{"a\nb\nend|", "a\nlonger\nend", "a\nlonger\nend|"},
		{"aé|b", "aèb", "aè|b"},
	} {
		s.put(c.text)
		s.Edit(c.edit)
		if got := s.shown(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
		s.do("undo")
		if got := s.Text(); got != strings.Replace(c.text, "|", "", 1) {
			t.Errorf("undone %q", got)
		}
	}
}

func TestKeysOfNoUseGoToTheWindow(t *testing.T) {
	s := newEditorStage(t, "text")
	var got []string
	SetStrayKeys(s.window.Canvas(), Keys{
		Key:      func(e *fyne.KeyEvent) bool { got = append(got, string(e.Name)); return true },
		Shortcut: func(sc fyne.Shortcut) bool { got = append(got, sc.ShortcutName()); return true },
	})
	defer SetStrayKeys(s.window.Canvas(), Keys{})
	s.key(fyne.KeyEscape, 0)
	s.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault})
	if len(got) != 2 || got[0] != "Escape" {
		t.Errorf("got %v", got)
	}
	if s.Text() != "text" {
		t.Errorf("text %q", s.Text())
	}
}

func TestADisabledTextDoesNotChange(t *testing.T) {
	s := newEditorStage(t, "text")
	s.Disable()
	s.do("'x bs ret tab cdel")
	s.TypedShortcut(&fyne.ShortcutPaste{})
	if s.Text() != "text" || s.told != 0 {
		t.Errorf("text %q, told %d", s.Text(), s.told)
	}
}

// A line that stays as it is is not painted again when others move.
func TestOnlyWhatChangesIsPainted(t *testing.T) {
	s := newEditorStage(t, strings.Repeat("a line\n", 200))
	pictures := func() map[any]bool {
		out := map[any]bool{}
		for _, slot := range s.view.slots {
			if slot.used {
				out[slot.key] = true
			}
		}
		return out
	}
	before := pictures()
	s.write("x")
	fresh := 0
	for k := range pictures() {
		if !before[k] {
			fresh++
		}
	}
	if fresh != 1 {
		t.Errorf("%d lines are painted for a letter", fresh)
	}
	theme.Set(theme.AlwaysDark)
	defer theme.Set(theme.FollowSystem)
	s.Refresh()
	for k := range pictures() {
		if before[k] {
			t.Fatal("a line kept the colours of before")
		}
	}
}

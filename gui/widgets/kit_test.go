package widgets

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"postrider/gui/fynetest"
	"postrider/gui/theme"
)

// inWindow shows something in a window of the test driver.
func inWindow(t *testing.T, size fyne.Size, o fyne.CanvasObject) fyne.Window {
	t.Helper()
	fynetest.New(t)
	clear(layers) // the test driver takes every widget for one of the last window's
	layer := NewTipLayer(o)
	w := test.NewWindow(layer)
	w.SetPadded(false)
	w.Resize(size)
	t.Cleanup(func() {
		layer.Close()
		w.Close()
	})
	return w
}

func key(name fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: name} }

func TestControlsArePressedByPointerAndKeys(t *testing.T) {
	presses := 0
	act := func() { presses++ }
	controls := map[string]fyne.CanvasObject{
		"button": NewButton("Go", theme.IconSend, ButtonLook{}, act), "icon button": NewIconButton(theme.IconSend, "Go", act),
		"link": NewLink("Go", act), "fold": NewFoldButton("Go", act), "check": NewCheck("Go", false, func(bool) { act() }),
		"radio": NewRadio("Go", false, act), "chip": NewSuggestionChip("in", "Go", act), "split": NewSplitButton("Go", theme.IconSend, act, nil),
		"attachment": NewAttachmentChip(theme.IconFile, "Go", "1 kB", act, nil, nil), "card": NewChoiceCard(Choice{Title: "Go"}, false, act),
	}
	for name, o := range controls {
		inWindow(t, fyne.NewSize(400, 400), Start(o))
		presses = 0
		o.(fyne.Tappable).Tapped(&fyne.PointEvent{Position: fyne.NewPos(2, 2)})
		f := o.(fyne.Focusable)
		f.TypedKey(key(fyne.KeySpace))
		f.TypedKey(key(fyne.KeyReturn))
		if presses != 3 {
			t.Errorf("%s: pressed %d times, want 3", name, presses)
		}
		o.(fyne.Disableable).Disable()
		o.(fyne.Tappable).Tapped(&fyne.PointEvent{Position: fyne.NewPos(2, 2)})
		f.TypedKey(key(fyne.KeyReturn))
		if presses != 3 {
			t.Errorf("%s: can be pressed while it is disabled", name)
		}
	}
}

func TestTabReachesEveryControl(t *testing.T) {
	first, second, field := NewButton("One", "", ButtonLook{}, nil), NewLink("Two", nil), NewField("Three")
	w := inWindow(t, fyne.NewSize(400, 100), Row(8, first, second, Grow(field)))
	for _, want := range []fyne.Focusable{first, second, field.Line} {
		w.Canvas().FocusNext()
		if got := w.Canvas().Focused(); got != want {
			t.Fatalf("the focus is on %T, want %T", got, want)
		}
	}
	if !field.frame.focused || first.focused {
		t.Error("the focus shows where it is not")
	}
}

func TestKeysThatAControlDoesNotWantReachTheCommands(t *testing.T) {
	button := NewButton("One", "", ButtonLook{}, nil)
	w := inWindow(t, fyne.NewSize(200, 60), button)
	var got []any
	SetStrayKeys(w.Canvas(), Keys{
		Key:  func(e *fyne.KeyEvent) bool { got = append(got, e.Name); return true },
		Rune: func(r rune) bool { got = append(got, r); return true },
	})
	t.Cleanup(func() { SetStrayKeys(w.Canvas(), Keys{}) })
	button.TypedRune('j')
	button.TypedRune(' ')
	button.TypedKey(key(fyne.KeyDelete))
	button.TypedKey(key(fyne.KeySpace))
	if len(got) != 2 || got[0] != 'j' || got[1] != fyne.KeyDelete {
		t.Errorf("the commands got %v", got)
	}
}

// timers replaces the clock of tooltips and carets: tick lets all waits end.
func timers(t *testing.T) (tick func()) {
	var waits []func()
	real := tipTimer
	t.Cleanup(func() { tipTimer = real })
	tipTimer = func(_ time.Duration, f func()) func() {
		waits = append(waits, f)
		return func() {}
	}
	return func() {
		due := waits
		waits = nil
		for _, f := range due {
			f()
		}
	}
}

func TestTooltipShowsAfterAWhileAndGoes(t *testing.T) {
	tick := timers(t)
	button := NewIconButton(theme.IconArchive, "Archive", nil)
	w := inWindow(t, fyne.NewSize(200, 100), Start(button))
	layer := w.Content().(*TipLayer)
	button.MouseIn(&desktop.MouseEvent{})
	if layer.text.Visible() {
		t.Error("the tooltip shows at once")
	}
	tick()
	if !layer.text.Visible() || layer.text.Text() != "Archive" {
		t.Errorf("after a while the tooltip says %q, visible %v", layer.text.Text(), layer.text.Visible())
	}
	if at := layer.ground.Position(); at.X < 0 || at.Y < button.Size().Height {
		t.Errorf("the tooltip is at %v, over the button or outside of the window", at)
	}
	button.MouseOut()
	if layer.text.Visible() {
		t.Error("the tooltip stays")
	}
	button.MouseIn(&desktop.MouseEvent{})
	button.MouseOut()
	tick()
	if layer.text.Visible() {
		t.Error("a tooltip shows for a button that the pointer has left")
	}
}

func TestTextIsPaintedOnlyWhenItChanges(t *testing.T) {
	text := NewText("Kestrel Seed Library", theme.TextBody, theme.Ink)
	inWindow(t, fyne.NewSize(300, 40), text)
	count := func(change func()) (n int) {
		text.paints = func() { n++ }
		defer func() { text.paints = nil }()
		change()
		return n
	}
	if n := count(func() { text.SetText("Kestrel Seed Library"); text.SetColor(theme.Ink); text.SetStyle(theme.TextBody) }); n != 0 {
		t.Errorf("setting what it has paints %d times", n)
	}
	if n := count(func() { text.SetColor(theme.Ink3) }); n != 1 {
		t.Errorf("a new colour paints %d times", n)
	}
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{
		"Kestrel Seed Library": "KS", "nora@fernlight.example": "N", "nora.falk@fernlight.example": "NF", "青葉ギャラリー": "青", "دار الخط العربي": "د",
		"": "?", "  “”  ": "?", "élodie öz": "ÉÖ", "Ö": "Ö", "e\u0301lan": "E\u0301", "7 Days": "7",
	} {
		if got := Initials(name); got != want {
			t.Errorf("Initials(%q) is %q, want %q", name, got, want)
		}
	}
}

func TestFileIcons(t *testing.T) {
	for _, c := range []struct {
		mediaType, name string
		want            theme.Icon
	}{
		{"application/octet-stream", "Report.PDF", theme.IconFileText}, {"image/webp", "", theme.IconFileImage}, {"application/pdf", "scan", theme.IconFileText},
		{"text/calendar", "", theme.IconCalendar}, {"", "", theme.IconFile}, {"message/rfc822", "", theme.IconMail},
	} {
		if got := FileIcon(c.mediaType, c.name); got != c.want {
			t.Errorf("%s %s has the icon %s, want %s", c.mediaType, c.name, got, c.want)
		}
	}
}

func TestChoicesAreMadeWithArrows(t *testing.T) {
	got := []int{}
	segments := NewSegments([]string{"a", "b", "c"}, 0, func(i int) { got = append(got, i) })
	inWindow(t, fyne.NewSize(300, 40), Start(segments))
	for _, k := range []fyne.KeyName{fyne.KeyRight, fyne.KeyEnd, fyne.KeyRight, fyne.KeyLeft, fyne.KeyHome} {
		segments.TypedKey(key(k))
	}
	if want := []int{1, 2, 1, 0}; !slices.Equal(got, want) {
		t.Errorf("chosen %v, want %v", got, want)
	}
	x, w := segments.span(2)
	segments.Tapped(&fyne.PointEvent{Position: fyne.NewPos(x+w/2, 10)})
	if segments.Chosen() != 2 {
		t.Errorf("a click on the third chose %d", segments.Chosen())
	}
}

func TestNoticeGrowsWithItsWords(t *testing.T) {
	short := NewNoticeBar(Notice{Text: "Short.", Actions: []NoticeAction{{"Do", nil}}, More: func(fyne.Position) {}})
	long := NewNoticeBar(Notice{Text: "A sentence that needs more room than there is in a bar so narrow, whatever is done about it."})
	inWindow(t, fyne.NewSize(300, 200), Column(8, short, long))
	if short.Size().Height != noticeHeight {
		t.Errorf("a short notice is %v high", short.Size().Height)
	}
	if long.Size().Height < noticeHeight+theme.TextLine.Line {
		t.Errorf("a long notice is %v high, so its words are cut off", long.Size().Height)
	}
}

func TestAccessibleNamesSayWhatIsThere(t *testing.T) {
	for o, want := range map[fyne.Accessible]string{
		NewButton("Reply", "", ButtonLook{}, nil): "Reply", NewIconButton(theme.IconArchive, "Archive", nil): "Archive",
		NewCheck("Ask first", true, nil): "Ask first, on", NewOperatorChip("from", "Ines", nil, nil): "from Ines",
		NewPasswordField("Password").Line: "Password",
	} {
		if got := o.AccessibilityLabel(); got != want {
			t.Errorf("%T is called %q, want %q", o, got, want)
		}
	}
}

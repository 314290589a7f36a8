package activity

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"postrider/gui/fynetest"
	"postrider/gui/theme"
	"postrider/gui/widgets"
	"postrider/mail/typeset"
)

func nothing() {}

func trouble() State {
	return State{
		Problems: []Problem{{
			Icon: theme.IconKey, Title: "Sailing club did not accept the password.",
			Text:  "Since 08:12. Mail that is already here can be read; 2 changes wait for the sign-in.",
			Words: "NO [AUTHENTICATIONFAILED] Authentication failed.", Solve: "Sign in again", OnSolve: nothing, Settings: nothing,
		}},
		Accounts: []Account{
			{theme.Violet, "Fernlight", widgets.IMAP, "No connection", false, "next try in 24 s", "Try now", nothing},
			{theme.Rust, "Home", widgets.POP, "No connection; last check 09:11", false, "next try in 24 s", "Try now", nothing},
			{theme.Green, "Sailing club", widgets.IMAP, "Sign-in needed", true, "since 08:12", "Sign in", nothing},
		},
		Waiting: []Work{
			{Icon: theme.IconStar, Text: "Star “Key for the boat shed”", Swatch: theme.Green, When: "08:20", Cancel: nothing},
			{Icon: theme.IconArchive, Text: "Archive 14 messages", Swatch: theme.Green, When: "08:31", Cancel: nothing},
			{Icon: theme.IconSend, Text: "Send “Re: Proof ready: spring catalogue” to Hollis Print Works", Swatch: theme.Violet, When: "09:22", Cancel: nothing},
			{Icon: theme.IconFolderInput, Text: "Move “Permit 44/26 has been granted” to Reading room", Swatch: theme.Violet, When: "09:24", Cancel: nothing},
			{Icon: theme.IconTrash, Text: "Delete 3 messages", Swatch: theme.Violet, When: "09:25", Cancel: nothing},
		},
		Downloads: []Download{{Name: "Home", Fraction: 0.58, Text: "1,204 of 2,066 · waits for the connection", Pause: nothing, Stop: nothing}},
	}
}

func refusal() State {
	s := trouble()
	s.Problems, s.Waiting = nil, s.Waiting[:1]
	s.Refused = []Work{{Icon: theme.IconSend, Text: "Send “Proof ready” to Hollis Print Works", Swatch: theme.Violet, When: "09:22", Why: "The server found the message too large.", Words: "552 5.3.4 Message size exceeds fixed limit", Retry: nothing, Cancel: nothing}}
	return s
}

func TestPictures(t *testing.T) {
	dir := fynetest.Pictures(t)
	lib := typeset.New(t.TempDir())
	<-lib.Ready()
	widgets.UseLibrary(lib)
	fynetest.New(t)
	defer theme.Set(theme.FollowSystem)
	for _, c := range []struct {
		name  string
		mode  theme.Mode
		state State
	}{{"problem-light", theme.AlwaysLight, trouble()}, {"problem-dark", theme.AlwaysDark, trouble()}, {"refused-light", theme.AlwaysLight, refusal()}, {"quiet-light", theme.AlwaysLight, State{Accounts: trouble().Accounts[:1]}}} {
		theme.Set(c.mode)
		p := NewPanel(nothing, nothing)
		fynetest.Draw(t, filepath.Join(dir, "activity-"+c.name+".png"), fyne.NewSize(680, 760), p, func(fyne.Canvas) { p.Set(c.state) })
	}
}

func shown(t *testing.T, s State) *Panel {
	t.Helper()
	fynetest.New(t)
	p := NewPanel(nothing, nothing)
	w := test.NewWindow(p)
	t.Cleanup(w.Close)
	w.Resize(fyne.NewSize(680, 760))
	p.Set(s)
	return p
}

func TestPressesReachWhatIsShownNow(t *testing.T) {
	got := ""
	does := func(what string) func() { return func() { got += what + " " } }
	s := trouble()
	s.Problems[0].OnSolve = does("old")
	p := shown(t, s)
	s = trouble()
	s.Problems[0].OnSolve = does("solve")
	s.Accounts[0].OnAction = does("try")
	s.Waiting[0].Cancel = does("cancel")
	s.Downloads[0].Pause = does("pause")
	p.Set(s)
	p.problems.lines[0].solve.Tapped(nil)
	p.accounts.pool.lines[0].action.Tapped(nil)
	p.waiting.pool.lines[0].cancel.Tapped(nil)
	p.downloads.pool.lines[0].pause.Tapped(nil)
	if got != "solve try cancel pause " {
		t.Errorf("the presses did %q", got)
	}
}

func TestSectionsComeAndGo(t *testing.T) {
	p := shown(t, trouble())
	if p.waiting.column.Hidden || p.quiet.Visible() {
		t.Error("what waits does not show")
	}
	p.Set(State{Accounts: trouble().Accounts})
	if !p.waiting.column.Hidden || !p.problems.column.Hidden || !p.quiet.Visible() {
		t.Error("sections stay although there is nothing in them")
	}
}

func TestWidgetsAreKeptBetweenStates(t *testing.T) {
	p := shown(t, trouble())
	before := p.waiting.pool.lines[1]
	s := trouble()
	s.Waiting = s.Waiting[1:]
	p.Set(s)
	if p.waiting.pool.lines[1] != before || len(p.waiting.pool.column.Objects) != 4 {
		t.Error("a shorter list was built anew")
	}
}

func TestVeryLongListsAreCut(t *testing.T) {
	s := State{}
	for range 5000 {
		s.Waiting = append(s.Waiting, Work{Icon: theme.IconStar, Text: "Star"})
	}
	p := shown(t, s)
	if n := len(p.waiting.pool.lines); n != mostLines {
		t.Errorf("%d lines were made for 5,000 waiting operations", n)
	}
	if got := p.waiting.caption.Text(); got != "5000, the first 100" {
		t.Errorf("the caption says %q", got)
	}
}

func TestServersWordsCanBeHidden(t *testing.T) {
	p := shown(t, trouble())
	card := p.problems.lines[0]
	card.details.Tapped(nil)
	p.Set(trouble())
	if !card.words.Hidden {
		t.Error("the words came back with the next state")
	}
}

func BenchmarkSetWithoutChange(b *testing.B) {
	fynetest.New(b)
	p := NewPanel(nothing, nothing)
	w := test.NewWindow(p)
	defer w.Close()
	w.Resize(fyne.NewSize(680, 760))
	s := trouble()
	for b.Loop() {
		p.Set(s)
	}
}

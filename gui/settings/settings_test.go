package settings

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"postrider/gui/fynetest"
	"postrider/gui/theme"
	"postrider/gui/widgets"
	"postrider/mail/typeset"
)

func nothing() {}

func home() Custody {
	return Custody{
		Question: "What happens to the server’s copy",
		Options: []Option{
			{"Keep it for ever", "", "other devices keep seeing all of it"}, {"Remove it when I delete the message here", "", "other devices see what you keep"},
			{"Remove it after", "days", "other devices see two weeks of mail"}, {"Remove it once it is stored here", "", "other devices see nothing"},
		},
		Chosen: 2, Days: 14, DayChoice: []int{1, 7, 14, 30, 90},
		Next:    Announcement{Title: "Tonight at 21:40, 7 messages (4.1 MB) leave the server.", Text: "They are 14 days old. All are stored here, read back and compared.", Action: "Not tonight", Act: nothing},
		Caption: "7 tonight, 31 in the next seven days",
		Leaving: []Leaving{
			{"Stadtwerke Lindenau", "Ablesung der Zählerstände", "17 Feb", "tonight, 21:40", nothing}, {"Village school", "Ski day: what to bring", "17 Feb", "tonight, 21:40", nothing},
			{"دار الخط العربي", "برنامج شهر مارس", "17 Feb", "tonight, 21:40", nothing}, {"Northway Parcels", "Your parcel was delivered", "17 Feb", "tonight, 21:40", nothing},
			{"青葉ギャラリー", "二月の展示を終えて", "18 Feb", "tomorrow, 21:40", nothing}, {"Jonas Weidmann", "Fotos vom Wochenende am See", "19 Feb", "Thu 5 March, 21:40", nothing},
		},
		Where: []widgets.Share{{Label: "On this computer only", Count: "6,318", Part: 6318, Color: theme.Accent}, {Label: "On the server and here", Count: "1,204", Part: 1204, Color: theme.AccentSoft}, {Label: "On the server only, being fetched", Count: "3", Part: 3, Color: theme.Ink3}},
		Ledger: []widgets.Stop{
			{State: widgets.StopUnderWay, Name: "Listed", Text: "Seen on the server, waiting to be fetched", Count: "2"}, {State: widgets.StopUnderWay, Name: "Fetching", Text: "On its way to this computer", Count: "1"},
			{State: widgets.StopSafe, Name: "Stored", Text: "Written here, read back and compared", Count: "1,197"}, {State: widgets.StopUnderWay, Name: "Due to leave", Text: "Waiting for its time; undo until then", Count: "7"},
			{State: widgets.StopEmpty, Name: "Removal sent", Text: "The server has not yet confirmed", Count: "0"}, {State: widgets.StopSafe, Name: "Gone from the server", Text: "Confirmed by the server; kept here", Count: "6,318"},
		},
		ShowAll: nothing,
	}
}

var homeHead = Account{theme.Rust, "Home", widgets.POP, "nora.falk@postbox.example", "Checked 09:41, next 09:51"}

var someKeys = []KeySection{
	{"Reading", []KeyLine{{"Next message", []string{"j"}}, {"Previous message", []string{"k"}}, {"Find in the message", []string{"Ctrl+F"}}, {"Open", []string{"o", "Enter"}}}},
	{"Doing", []KeyLine{{"Archive", []string{"e", "Ctrl+E"}}, {"Delete", []string{"#", "Delete", "Ctrl+D"}}, {"Move to a folder", []string{"m", "v"}}}},
	{"Going", []KeyLine{{"To the inbox", []string{"gi"}}, {"To what was sent", []string{"gs"}}, {"To drafts", []string{"gd"}}}},
	{"Writing", []KeyLine{{"New message", []string{"c", "Ctrl+N"}}, {"Reply", []string{"r", "Ctrl+R"}}}},
}

func custodyPage() *AccountPage {
	v := NewCustodyView()
	v.Set(home())
	return NewAccountPage(homeHead, AccountParts{Custody: v, Servers: widgets.Gap(1, 1),
		Identity: NewIdentities([]Identity{{Name: "Nora Falk", Address: "nora.falk@postbox.example", Signature: "Nora Falk\n*Fernlight*, light for rooms with books"}, {Name: "Nora", Address: "office@postbox.example"}}, nil),
		Removal:  NewRemoval("What is on the server stays there.", nil)}, nothing, nothing)
}

func programPage(part int, changed func(Values)) *ProgramPage {
	p := NewProgramPage(Values{Quiet: true, QuietFrom: 1320, QuietTo: 405, ReadAfter: 1, MailSize: 100, Undo: 10, Conversations: true, SingleKeys: true, Mode: theme.CurrentMode()},
		Surroundings{Tray: true, Session: true, Passwords: "In this computer’s keyring.", Allowed: 12, Forget: nothing, Data: "/home/nora/.local/share/postrider"}, someKeys, changed, nothing)
	p.Open(part)
	return p
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
		size  fyne.Size
		build func() fyne.CanvasObject
		then  func(fyne.Canvas)
	}{
		{"custody-light", theme.AlwaysLight, fyne.NewSize(1060, 800), func() fyne.CanvasObject { return custodyPage() }, nil},
		{"custody-dark", theme.AlwaysDark, fyne.NewSize(1060, 800), func() fyne.CanvasObject { return custodyPage() }, nil},
		{"custody-narrow", theme.AlwaysLight, fyne.NewSize(700, 800), func() fyne.CanvasObject { return custodyPage() }, nil},
		{"identity-light", theme.AlwaysLight, fyne.NewSize(1060, 800), func() fyne.CanvasObject { p := custodyPage(); p.Open(2); return p }, nil},
		{"removal-dark", theme.AlwaysDark, fyne.NewSize(1060, 800), func() fyne.CanvasObject { p := custodyPage(); p.Open(3); return p }, nil},
		{"general-light", theme.AlwaysLight, fyne.NewSize(1060, 800), func() fyne.CanvasObject { return programPage(0, nil) }, nil},
		{"appearance-dark", theme.AlwaysDark, fyne.NewSize(1060, 800), func() fyne.CanvasObject { return programPage(2, nil) }, nil},
		{"privacy-light", theme.AlwaysLight, fyne.NewSize(1060, 800), func() fyne.CanvasObject { return programPage(3, nil) }, nil},
		{"writing-light", theme.AlwaysLight, fyne.NewSize(1060, 800), func() fyne.CanvasObject { return programPage(1, nil) }, nil},
		{"keys-light", theme.AlwaysLight, fyne.NewSize(1060, 800), func() fyne.CanvasObject { return programPage(4, nil) }, nil},
		{"keymap-light", theme.AlwaysLight, fyne.NewSize(1060, 700), func() fyne.CanvasObject { return widgets.NewFill(theme.List) }, func(c fyne.Canvas) { ShowKeyMap(c, someKeys) }},
	} {
		theme.Set(c.mode)
		fynetest.Draw(t, filepath.Join(dir, "settings-"+c.name+".png"), c.size, c.build(), c.then)
	}
}

package setup

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"postrider/gui/fynetest"
	"postrider/gui/theme"
	"postrider/gui/widgets"
	"postrider/mail/typeset"
)

// picture draws a window into the folder that POSTRIDER_PICTURES names, for a
// person to look at.
func picture(t *testing.T, name string, build func() (fyne.CanvasObject, func())) {
	t.Helper()
	dir := fynetest.Pictures(t)
	lib := typeset.New(t.TempDir())
	<-lib.Ready()
	widgets.UseLibrary(lib)
	fynetest.New(t)
	defer theme.Set(theme.FollowSystem)
	for _, look := range []struct {
		name string
		mode theme.Mode
		size fyne.Size
	}{{"light", theme.AlwaysLight, fyne.NewSize(1280, 800)}, {"dark", theme.AlwaysDark, fyne.NewSize(1280, 800)}, {"narrow", theme.AlwaysLight, fyne.NewSize(720, 700)}} {
		theme.Set(look.mode)
		content, then := build()
		fynetest.Draw(t, filepath.Join(dir, name+"-"+look.name+".png"), look.size, content, func(fyne.Canvas) { then() })
	}
}

var texts = Texts{
	Title:    "Welcome to Postrider",
	Sentence: "Type your address. The settings are looked up and stay yours to change.",
	Promise:  "No Postrider account, no relay. Passwords go into this computer’s keyring.",
	Keeping:  "It goes into this computer’s keyring.",
}

const nora = "nora@fernlight.example"

func foundForNora() LookUp {
	return LookUp{
		Caption: "1.3 s, encrypted connections only",
		Probes: []Probe{
			{Empty, "Built-in list of providers", "fernlight.example is not in it"}, {Done, "autoconfig.fernlight.example", "IMAP, POP and sending"},
			{Done, "DNS service records", "agree with the above"}, {Done, "Connected to imap.fernlight.example", "certificate valid, 212 ms"},
		},
		Found: []Found{
			{Receiving, widgets.IMAP, "imap.fernlight.example", "port 993, encrypted (TLS)"}, {Receiving, widgets.POP, "pop.fernlight.example", "port 995, encrypted (TLS)"},
			{Sending, 0, "smtp.fernlight.example", "port 465, encrypted (TLS)"}, {UserName, 0, nora, "the whole address"},
		},
		Both: true, Suggested: widgets.IMAP,
	}
}

func TestPictures(t *testing.T) {
	wizard := func() *Wizard {
		return NewWizard(texts, Calls{LookUp: func(string) {}, Try: func(Account) {}, Add: func(Account) {}})
	}
	t.Run("address", func(t *testing.T) {
		picture(t, "setup-address", func() (fyne.CanvasObject, func()) {
			w := wizard()
			return w, func() {
				w.address.field.SetText(nora)
				w.lookUp(nora)
				w.SetLookUp(nora, foundForNora())
			}
		})
	})
	t.Run("choice", func(t *testing.T) {
		picture(t, "setup-choice", func() (fyne.CanvasObject, func()) {
			w := wizard()
			return w, func() {
				w.lookUp(nora)
				w.SetLookUp(nora, foundForNora())
				w.choose(nora)
			}
		})
	})
	t.Run("servers", func(t *testing.T) {
		picture(t, "setup-servers", func() (fyne.CanvasObject, func()) {
			w := wizard()
			return w, func() {
				w.choose(nora)
				w.servers(widgets.IMAP)
				w.signIn.form.password.SetText("correct horse")
				w.SetTest(Test{Steps: []TestStep{
					{State: Done, Name: "Connect", Detail: "imap.fernlight.example:993, 212 ms"},
					{State: Failed, Name: "Sign in", Detail: "as " + nora, Problem: "The server did not accept the user name or the password.", Words: "NO [AUTHENTICATIONFAILED] Authentication failed."},
				}})
			}
		})
	})
}

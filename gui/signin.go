package gui

import (
	"strings"

	"fyne.io/fyne/v2"

	"postrider/accounts/secret"
	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
)

// signIn asks for an account's password, tries it, and keeps it if the server
// takes it.
func (s *shell) signIn(id mail.AccountID) {
	account, ok := s.roster.Account(id)
	if !ok || account.Removed {
		return
	}
	d := &signInDialog{shell: s, account: account, setup: vm.NewSetup(s.desk, s.client, s.roster)}
	d.field = widgets.NewPasswordField("Password")
	d.field.Line.OnChanged = func(string) { d.field.SetBad(false) }
	d.field.Line.OnSubmit = func(string) { d.try() }
	d.note = widgets.NewBlock(widgets.Words{Style: theme.TextLine, Color: theme.Ink2}, 6)
	d.words = widgets.Column(0)
	d.say("The password of "+account.Address+". It is kept "+s.keeping()+".", "")
	d.yes = widgets.NewButton("Sign in", "", widgets.ButtonLook{Primary: true}, d.try)
	d.dialog = widgets.NewDialog("Sign in to "+account.Name, widgets.Column(theme.Space3, d.field, d.note, d.words),
		widgets.NewButton("Cancel", "", widgets.ButtonLook{}, d.cancel), d.yes)
	d.dialog.Show(s.app.window.Canvas())
	d.field.Focus()
}

type signInDialog struct {
	shell   *shell
	account vm.Account
	setup   *vm.Setup
	field   *widgets.Field
	note    *widgets.Block
	words   *fyne.Container // the server's own
	yes     *widgets.Button
	dialog  *widgets.Dialog
	gone    bool
}

func (d *signInDialog) cancel() {
	d.gone = true
	d.dialog.Hide()
}

// say puts a sentence below the field, with the server's own words if there are
// any.
func (d *signInDialog) say(text, detail string) {
	d.note.SetText(text)
	d.words.Objects = nil
	if detail = strings.TrimSpace(detail); detail != "" {
		d.words.Add(widgets.NewServerWords(detail, theme.Line))
	}
	if d.dialog != nil {
		d.dialog.Fit()
	}
}

// try signs in with what was typed, and keeps it if that went well.
func (d *signInDialog) try() {
	password := secret.New(d.field.Text())
	if password.Empty() || d.yes.Disabled() {
		d.field.SetBad(password.Empty())
		return
	}
	d.yes.Disable()
	d.say("Trying…", "")
	d.setup.SignIn(d.account.ID, password, func(err error) {
		d.yes.Enable()
		if err == nil {
			d.dialog.Hide()
			return
		}
		if d.gone {
			return
		}
		d.field.SetBad(mail.Is(err, mail.KindSignIn))
		d.say(vm.Explain(err))
	})
}

package gui

import (
	"context"

	"fyne.io/fyne/v2"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
	"postrider/mail/client"
)

// signIn asks for an account's password, tries it, and keeps it if the server
// takes it.
func (s *shell) signIn(id mail.AccountID) {
	account, ok := s.roster.Account(id)
	if !ok {
		return
	}
	d := &signInDialog{shell: s, account: account, field: widgets.NewPasswordField("Password")}
	d.note = widgets.NewBlock(widgets.Words{Style: theme.TextLine, Color: theme.Ink2}, 0)
	d.note.SetText("The password of " + account.Address + ". It goes into " + s.keeping() + ".")
	d.yes = widgets.NewButton("Sign in", "", widgets.ButtonLook{Primary: true}, d.try)
	d.field.Line.OnSubmit = func(string) { d.try() }
	body := placed(fyne.NewSize(360, 112), func(size fyne.Size) {
		put(d.field, 0, 0, size.Width, theme.ControlHeight)
		put(d.note, 0, 40, size.Width, 72)
	}, d.field, d.note)
	d.dialog = widgets.NewDialog("Sign in to "+account.Name, body, widgets.NewButton("Cancel", "", widgets.ButtonLook{}, d.cancel), d.yes)
	d.dialog.Show(s.app.window.Canvas())
	d.field.Focus()
}

type signInDialog struct {
	shell   *shell
	account vm.Account
	field   *widgets.Field
	note    *widgets.Block
	yes     *widgets.Button
	dialog  *widgets.Dialog
	stop    context.CancelFunc
}

func (d *signInDialog) cancel() {
	if d.stop != nil {
		d.stop()
	}
	d.dialog.Hide()
}

// try signs in with what was typed, and keeps it if that went well.
func (d *signInDialog) try() {
	password := secret.New(d.field.Text())
	if password.Empty() {
		d.field.SetBad(true)
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	d.stop = stop
	d.yes.Disable()
	d.note.SetText("Trying…")
	s := d.shell
	vm.Run(s.desk, func(context.Context) error {
		if err := s.client.Try(ctx, d.account.Settings, password, func(client.Step) {}); err != nil {
			return err
		}
		_, err := s.client.Edit(secret.Attended(ctx), d.account.ID, func(*accounts.Account) error { return nil }, client.Secrets{Password: password})
		if err != nil {
			return err
		}
		return s.client.Reload(ctx)
	}, func(err error) {
		d.yes.Enable()
		if err != nil {
			text, detail := vm.Explain(err)
			if detail != "" {
				text += "\n" + detail
			}
			d.note.SetText(text)
			d.field.SetBad(mail.Is(err, mail.KindSignIn))
			return
		}
		d.dialog.Hide()
		s.roster.Load()
		s.activity.TryNow(d.account.ID)
	})
}

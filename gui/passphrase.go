package gui

import (
	"fyne.io/fyne/v2"

	"postrider/accounts/secret"
	"postrider/gui/theme"
	"postrider/gui/widgets"
	"postrider/mail"
)

// passphrase asks for the passphrase of the vault in a dialog, or for a new one,
// twice.
type passphrase struct {
	create       bool
	answer       func(secret.Secret, error)
	first, again *widgets.Field
	row          *widgets.FormRow // of the last field, below which stands what is wrong
	dialog       *widgets.Dialog
}

// askPassphrase asks for the passphrase of the vault, or for a new one. answer is
// told once: a dialog that is shut is an answer too.
func askPassphrase(w fyne.Window, create bool, answer func(secret.Secret, error)) {
	p := &passphrase{create: create, answer: answer, first: widgets.NewPasswordField("Passphrase"), again: widgets.NewPasswordField("The same again")}
	title, yes, text := "Open the vault", "Open", "Your passwords are in a vault on this computer. Its passphrase opens it until Postrider ends."
	if create {
		title, yes, text = "Make a vault", "Make it", "There is no keyring here, so passwords go into a vault on this computer. Choose a passphrase that opens it. It cannot be recovered."
	}
	note := widgets.NewBlock(widgets.Words{Text: text, Style: theme.TextLine, Color: theme.Ink2}, 6)
	p.row = widgets.NewFormRow("", p.first, "")
	parts := []fyne.CanvasObject{note, p.row}
	if create {
		p.row = widgets.NewFormRow("", p.again, "")
		parts = []fyne.CanvasObject{note, p.first, p.row}
	}
	for _, field := range []*widgets.Field{p.first, p.again} {
		field.Line.OnChanged = func(string) { p.say("") }
		field.Line.OnSubmit = func(string) { p.take() }
	}
	p.dialog = widgets.NewDialog(title, widgets.Column(theme.Space3, parts...), widgets.NewButton("Not now", "", widgets.ButtonLook{}, func() { p.dialog.Hide() }),
		widgets.NewButton(yes, "", widgets.ButtonLook{Primary: true}, p.take))
	p.dialog.OnClose(func() {
		p.tell(secret.Secret{}, mail.Errorf(mail.KindSignIn, "open the vault", "the vault is locked; sign in again to open it"))
	})
	p.dialog.Show(w.Canvas())
	p.first.Focus()
}

// tell answers, unless there was an answer before.
func (p *passphrase) tell(s secret.Secret, err error) {
	if p.answer != nil {
		p.answer(s, err)
		p.answer = nil
	}
}

// say puts what is wrong below the fields.
func (p *passphrase) say(wrong string) {
	p.row.SetError(wrong)
	p.dialog.Fit()
}

func (p *passphrase) take() {
	switch {
	case p.first.Text() == "":
		p.first.Focus()
	case p.create && p.again.Text() == "":
		p.again.Focus()
	case p.create && p.again.Text() != p.first.Text():
		p.say("The two are not the same.")
	default:
		p.tell(secret.New(p.first.Text()), nil)
		p.dialog.Hide()
	}
}

package gui

import (
	"fyne.io/fyne/v2"

	"postrider/accounts/secret"
	"postrider/gui/theme"
	"postrider/gui/widgets"
	"postrider/mail"
)

// askPassphrase asks for the passphrase of the vault in a dialog, or for a new
// one, twice. answer is told once: a dialog that is shut is an answer too.
func askPassphrase(w fyne.Window, create bool, answer func(secret.Secret, error)) {
	title, text := "Open the vault", "Your passwords are in a vault on this computer. Its passphrase opens it until Postrider ends."
	if create {
		title, text = "Make a vault", "There is no keyring here, so passwords go into a vault on this computer. Choose a passphrase that opens it. It cannot be recovered."
	}
	first, again := widgets.NewPasswordField("Passphrase"), widgets.NewPasswordField("The same again")
	note := widgets.NewBlock(widgets.Words{Text: text, Style: theme.TextLine, Color: theme.Ink2}, 0)
	parts := []fyne.CanvasObject{note, first}
	height := float32(72 + 8 + theme.ControlHeight)
	if create {
		parts = append(parts, again)
		height += 8 + theme.ControlHeight
	}
	body := placed(fyne.NewSize(380, height), func(size fyne.Size) {
		put(note, 0, 0, size.Width, 72)
		put(first, 0, 80, size.Width, theme.ControlHeight)
		put(again, 0, 120, size.Width, theme.ControlHeight)
	}, parts...)

	var d *widgets.Dialog
	done := false
	tell := func(s secret.Secret, err error) {
		if !done {
			done = true
			answer(s, err)
		}
	}
	take := func() {
		switch {
		case first.Text() == "":
			first.SetBad(true)
		case create && again.Text() != first.Text():
			again.SetBad(true)
			note.SetText("The two are not the same.")
		default:
			tell(secret.New(first.Text()), nil)
			d.Hide()
		}
	}
	first.Line.OnSubmit, again.Line.OnSubmit = func(string) { take() }, func(string) { take() }
	d = widgets.NewDialog(title, body, widgets.NewButton("Not now", "", widgets.ButtonLook{}, func() { d.Hide() }),
		widgets.NewButton("Open", "", widgets.ButtonLook{Primary: true}, take))
	d.OnClose(func() {
		tell(secret.Secret{}, mail.Errorf(mail.KindSignIn, "open the vault", "the vault is locked; sign in again to open it"))
	})
	d.Show(w.Canvas())
	first.Focus()
}

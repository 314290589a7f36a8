package gui

import (
	"fyne.io/fyne/v2"

	"postrider/accounts/secret"
	"postrider/mail"
)

func askPassphrase(w fyne.Window, create bool, answer func(secret.Secret, error)) {
	answer(secret.Secret{}, mail.Errorf(mail.KindSignIn, "open the vault", "the vault needs its passphrase"))
}

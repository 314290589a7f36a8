package settings

import (
	"fyne.io/fyne/v2"

	"postrider/gui/widgets"
)

// NewProtocol says that an account's protocol stays what it is, and what to do
// instead of changing it: again begins to add it by the other one.
func NewProtocol(now widgets.Protocol, again func()) fyne.CanvasObject {
	title, text, label := "This account is IMAP",
		"Its mail lives on the server. To keep it on this computer instead, add the account once more, as POP. Remove this one when all is there; no mail is lost.", "Add it as POP …"
	if now == widgets.POP {
		title, text, label = "This account is POP",
			"Its mail lives on this computer. To have it on the server and on other devices, too, add the account once more, as IMAP. Keep this one for the mail that is only here.", "Add it as IMAP …"
	}
	return part(card("POP or IMAP", choice(title, text, widgets.NewButton(label, "", widgets.ButtonLook{}, again))))
}

package settings

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// NewRemoval is the part of an account's page that removes it. onServer says
// what becomes of the mail that is not only here. remove asks the person once
// more before anything goes.
func NewRemoval(onServer string, remove func(keepMail bool)) fyne.CanvasObject {
	keep := true
	kept := widgets.NewRadio("Keep the mail that is here", true, nil)
	dropped := widgets.NewRadio("Delete the mail that is here", false, nil)
	choose := func(k bool) func() {
		return func() {
			keep = k
			kept.SetOn(k)
			dropped.SetOn(!k)
		}
	}
	kept.SetAct(choose(true))
	dropped.SetAct(choose(false))
	return part(card("Remove this account",
		widgets.Column(2, widgets.Start(kept), widgets.Pad(0, 0, 0, 28, caption("It can be read and searched as before; nothing new comes."))),
		widgets.Column(2, widgets.Start(dropped), widgets.Pad(0, 0, 0, 28, caption(onServer))),
		widgets.Row(theme.Space2, widgets.NewButton("Remove account …", theme.IconTrash, widgets.ButtonLook{}, func() { remove(keep) }), widgets.Spring())))
}

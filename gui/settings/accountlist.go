package settings

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// AccountLine is an account in the program's settings, on the way to its page.
type AccountLine struct {
	Account
	Open func()
}

// accountList leads to the pages of the accounts, and to a new one.
func accountList(list []AccountLine, add func()) fyne.CanvasObject {
	var lines []fyne.CanvasObject
	for _, a := range list {
		lines = append(lines, widgets.Row(theme.Space2,
			widgets.NewSwatchMark(a.Swatch), widgets.NewText(a.Name, theme.TextBody.With(theme.Medium), theme.Ink), widgets.NewTag(a.Protocol),
			widgets.Grow(widgets.NewText(a.Address, theme.TextCaption, theme.Ink3)), widgets.NewLink("Settings of "+a.Name, a.Open)))
	}
	if add != nil {
		lines = append(lines, widgets.Start(widgets.NewButton("Add an account", theme.IconPlus, widgets.ButtonLook{}, add)))
	}
	return card("Accounts", lines...)
}

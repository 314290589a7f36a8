package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
)

// loadingFace is the window before the store is open, if that takes long.
func loadingFace() fyne.CanvasObject {
	return widgets.NewFace(widgets.Mailbox, "Opening your mail…", "", "", "", nil)
}

// refusedFace is the window when the store cannot be opened. mend is nil where
// it cannot be made anew.
func refusedFace(err error, mend, again, quit func()) fyne.CanvasObject {
	text, detail := vm.Explain(err)
	label, icon, act := "Try again", theme.IconRefresh, again
	if mend != nil {
		label, icon, act = "Make the list of messages anew", theme.IconDatabase, mend
	}
	face := widgets.NewFace(widgets.Gate, text, detail, icon, label, act)
	end := widgets.NewButton("Quit", "", widgets.ButtonLook{}, quit)
	return container.NewStack(widgets.NewFill(theme.Paper), placedFoot(face, end))
}

// placedFoot puts a button into the lower right corner below a face.
func placedFoot(face, button fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Placed(fyne.NewSize(360, 320), func(size fyne.Size) {
		widgets.Put(face, 0, 0, size.Width, size.Height)
		least := button.MinSize()
		widgets.Put(button, size.Width-least.Width-24, size.Height-least.Height-24, least.Width, least.Height)
	}, face, button)
}

// cover shows something in the whole window, over mail that goes on behind it.
func (s *shell) cover(with fyne.CanvasObject) {
	s.covered = true
	s.app.window.SetContent(widgets.NewTipLayer(with))
}

// uncover shows the mail again.
func (s *shell) uncover() {
	s.covered, s.uncovers = false, nil
	s.app.window.SetContent(s.object)
	s.app.window.Canvas().Focus(s.list.rows)
}

package gui

import (
	"slices"

	"fyne.io/fyne/v2"
)

// nextPane moves the focus to the next pane, or the one before.
func (s *shell) nextPane(by int) func() bool {
	return func() bool {
		panes := []fyne.Focusable{s.sidebar.tree, s.list.rows}
		canvas := s.app.window.Canvas()
		at := slices.Index(panes, canvas.Focused())
		if at < 0 && by < 0 {
			at = 0
		}
		canvas.Focus(panes[((at+by)%len(panes)+len(panes))%len(panes)])
		return true
	}
}

package gui

import (
	"slices"

	"fyne.io/fyne/v2"
)

// nextPane moves the focus to the next pane, or the one before.
func (s *shell) nextPane(by int) func() bool {
	return func() bool {
		panes := s.panes()
		if len(panes) == 0 {
			return false
		}
		canvas := s.app.window.Canvas()
		at := slices.Index(panes, canvas.Focused())
		if at < 0 && by < 0 {
			at = 0
		}
		canvas.Focus(panes[((at+by)%len(panes)+len(panes))%len(panes)])
		return true
	}
}

// panes are what can be worked by keys, of what shows.
func (s *shell) panes() (list []fyne.Focusable) {
	if s.sidebar.object.Visible() {
		list = append(list, s.sidebar.tree)
	}
	if s.list.object.Visible() {
		list = append(list, s.list.rows)
	}
	if s.right.object.Visible() && s.right.shows(s.reader.object) {
		for _, b := range s.reader.bodies() {
			if b.card == s.reader.current() && b.page.Visible() {
				list = append(list, b.page)
			}
		}
	}
	return list
}

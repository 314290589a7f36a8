package gui

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// right is the right pane: the reader, or something that takes its place for a
// while.
type right struct {
	now     fyne.CanvasObject
	changed func() // something else is there
	ground  *widgets.Fill
	object  *fyne.Container
}

func newRight(first fyne.CanvasObject, changed func()) *right {
	r := &right{now: first, changed: changed, ground: widgets.NewFill(theme.Paper)}
	r.object = widgets.Placed(fyne.NewSize(320, 240), r.lay, r.ground, first)
	return r
}

func (r *right) lay(size fyne.Size) {
	widgets.Put(r.ground, 0, 0, size.Width, size.Height)
	widgets.Put(r.now, 0, 0, size.Width, size.Height)
}

// shows reports whether a thing is in the pane.
func (r *right) shows(o fyne.CanvasObject) bool { return r.now == o }

// show puts something in the place of what is there.
func (r *right) show(o fyne.CanvasObject) {
	if r.now == o {
		return
	}
	r.object.Remove(r.now)
	r.now = o
	r.object.Add(o)
	r.lay(r.object.Size())
	r.changed()
}

// merge gives the list the place of the reader while there is nothing to list and
// nothing to read.
func (s *shell) merge() {
	if s.split == nil {
		return
	}
	reader := s.reader.model
	s.split.SetMerged(s.list.nothing() && s.right.shows(s.reader.object) && len(reader.Cards) == 0 && !reader.Gone)
}

// openPage shows a page in the reader's place.
func (s *shell) openPage(page fyne.CanvasObject) {
	s.activity.Open(false)
	s.leaveAccount()
	s.right.show(page)
	s.split.SetDrawer(false)
	s.split.SetReading(true)
}

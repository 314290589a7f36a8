package gui

import (
	"time"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
)

// tellFor is how long a toast stays that offers nothing to undo.
const tellFor = 6 * time.Second

// tell says something at the foot of the list for a while; label and act may be
// empty.
func (s *shell) tell(icon theme.Icon, text, label string, act func()) {
	s.list.showToast(icon, text, label, act)
	if s.endToast != nil {
		s.endToast()
	}
	s.endToast = s.desk.After(tellFor, s.hideToast)
}

// verbIcons stand for what was done with messages.
var verbIcons = map[vm.Verb]theme.Icon{
	vm.Archive: theme.IconArchive, vm.Delete: theme.IconTrash, vm.Destroy: theme.IconTrash, vm.Junk: theme.IconJunk, vm.NotJunk: theme.IconInbox,
	vm.MoveTo: theme.IconFolderInput, vm.CopyTo: theme.IconCopy, vm.MarkRead: theme.IconCheck, vm.MarkUnread: theme.IconMail,
	vm.Star: theme.StarOn, vm.Unstar: theme.IconStar, vm.AddTag: theme.IconTag, vm.RemoveTag: theme.IconTag,
}

// undoChanged shows what was just done and can be taken back, or that its time
// is over.
func (s *shell) undoChanged() {
	if s.endToast != nil {
		s.endToast()
		s.endToast = nil
	}
	if s.verbs.Bar == nil {
		s.list.hideToast()
		return
	}
	s.list.showToast(verbIcons[s.verbs.Bar.Verb], s.verbs.Bar.Text, "Undo", func() { s.undo() })
}

// hideToast is the cross of the toast.
func (s *shell) hideToast() {
	s.list.hideToast()
	if s.verbs.Bar != nil {
		s.verbs.Close()
	}
}

// fail says what could not be done. detail is the server's or the system's own
// words.
func (s *shell) fail(text, detail string) {
	widgets.Tell(s.app.window.Canvas(), "That did not work", text, detail)
}

func (p *listPane) showToast(icon theme.Icon, text, label string, act func()) {
	p.shell.offer = nil
	p.toast.Set(icon, text, label, act)
	widgets.Show(p.toast, true)
	p.lay(p.object.Size())
}

func (p *listPane) hideToast() {
	p.shell.offer = nil
	widgets.Show(p.toast, false)
	p.lay(p.object.Size())
}

// onClose has something done when the window is closed for good.
func (s *shell) onClose(f func()) { s.stop = append(s.stop, f) }

package gui

import (
	"time"

	"postrider/gui/desktop"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
)

// notifier tells of arrivals while nobody looks.
type notifier struct {
	shell   *shell
	model   *vm.Notify
	desktop desktop.Notifier
}

func newNotifier(s *shell) *notifier {
	n := &notifier{shell: s, model: vm.NewNotify(s.desk, s.client, s.roster, s.prefs)}
	n.model.Watching = n.watching
	n.model.Tell = n.tell
	s.onClose(func() { n.desktop.Close() })
	return n
}

// watching reports whether the person looks at the list of a mailbox right now.
func (n *notifier) watching(id mail.MailboxID) bool {
	if !n.shell.inFront {
		return false
	}
	for _, shown := range n.shell.list.model.View().Mailboxes {
		if shown == id {
			return true
		}
	}
	return false
}

// tell shows a notification; a click on it shows the message. Asking the desktop
// may take a moment, so it is done elsewhere, and a desktop without
// notifications is no trouble.
func (n *notifier) tell(note vm.Notification) {
	go n.desktop.Show(desktop.Note{Title: note.Title, Body: note.Text, Open: func() {
		widgets.Do(func() {
			n.shell.raise()
			n.shell.showMessages(note.IDs)
		})
	}})
}

// showMessages shows the first of some messages in the list that it is in.
func (s *shell) showMessages(ids []mail.PlacementID) {
	s.list.search.model.Close()
	s.goTo(vmInboxes)
	if len(ids) > 0 {
		s.list.whenKnown(ids[0], 20)
	}
}

// whenKnown selects a message and shows it, as soon as the list knows where it
// is; after so many tries it gives up.
func (p *listPane) whenKnown(id mail.PlacementID, tries int) {
	if p.model.IndexOf(id) >= 0 {
		p.rows.ShowRow(widgets.RowID(id))
		p.shell.selectionChanged()
		p.shell.open()
		return
	}
	if tries > 0 {
		p.shell.desk.After(100*time.Millisecond, func() { p.whenKnown(id, tries-1) })
	}
}

package gui

import (
	"path/filepath"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
)

// offerContacts asks whether the people of a file are to be known to the composer.
func (s *shell) offerContacts(path string) {
	widgets.Ask(s.app.window.Canvas(), widgets.Question{
		Title: "Add contacts?", Sentence: "The people and groups in " + filepath.Base(path) + " are suggested from then on when you write to somebody.", Yes: "Add contacts",
		Act: func() { vm.ImportContacts(s.desk, s.client, path, s.contactsTaken) },
	})
}

// takeContacts takes the people of an attachment in.
func (r *reader) takeContacts(f vm.Attachment) {
	r.model.TakeContacts(f, r.shell.contactsTaken)
}

func (s *shell) contactsTaken(done string, err error) {
	if err != nil {
		s.fail(vm.Explain(err))
		return
	}
	s.room.People.Forget()
	s.tell(theme.IconUser, done, "", nil)
}

package gui

import (
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
	"postrider/mail/store"
)

// askFolderName asks for the name of a folder. path says where the folder of a
// name goes, or why it cannot; do is told that.
func (s *shell) askFolderName(title, name, hint, yes string, path func(string) (path, why string), do func(string, func(error))) {
	widgets.AskLine(s.app.window.Canvas(), widgets.LineQuestion{Title: title, Text: name, Name: "Name", Hint: hint, Yes: yes, Act: func(name string, then func(string)) {
		to, why := path(name)
		if why != "" {
			then(why)
			return
		}
		do(to, func(err error) {
			why := ""
			if err != nil {
				why, _ = vm.Explain(err)
			}
			then(why)
		})
	}})
}

// newFolder asks for the name of a folder below a place, makes it and shows it.
func (s *shell) newFolder(below vm.Place) {
	hint := "At the top of this account."
	if e, ok := s.sidebar.model.Find(below); ok && below.Kind == vm.AFolder {
		hint = "Inside " + e.Title + "."
	}
	s.askFolderName("New folder", "", hint, "Make folder",
		func(name string) (string, string) { return s.roster.NewFolder(below, name) },
		func(path string, then func(error)) {
			s.verbs.CreateFolder(below.Account, path, func(m mail.Mailbox, err error) {
				then(err)
				if err == nil {
					s.say("The folder " + s.roster.FolderName(m) + " is made.")
				}
			})
		})
}

// renameFolder asks for another name of a folder.
func (s *shell) renameFolder(m mail.Mailbox) {
	hint := ""
	if s.roster.RoleOf(m.ID) != mail.RoleNone {
		hint = "Other programs may look for it by the name that it has now."
	}
	s.askFolderName("Rename the folder", s.roster.FolderName(m), hint, "Rename",
		func(name string) (string, string) { return s.roster.RenamedFolder(m, name) },
		func(path string, then func(error)) {
			if path == m.Path {
				then(nil)
				return
			}
			s.verbs.RenameFolder(m.ID, path, then)
		})
}

// deleteFolder takes an empty folder away, after a question: other devices may
// file into it.
func (s *shell) deleteFolder(m mail.Mailbox) {
	name := s.roster.FolderName(m)
	sentence := "It is empty. It goes from the server, too."
	if m.Origin == mail.Local {
		sentence = "It is empty."
	}
	widgets.Ask(s.app.window.Canvas(), widgets.Question{Title: "Delete the folder " + name + "?", Sentence: sentence, Yes: "Delete", Act: func() {
		s.verbs.DeleteFolder(m.ID, func(err error) {
			s.failed(err)
			if err == nil {
				s.say("The folder " + name + " is deleted.")
			}
		})
	}})
}

// emptyFolder deletes all that is in a folder for good, after a question.
func (s *shell) emptyFolder(id mail.MailboxID) {
	m, ok := s.roster.Mailbox(id)
	if !ok || m.Total == 0 {
		return
	}
	title := "Empty the trash?"
	if s.roster.RoleOf(id) == mail.RoleJunk {
		title = "Empty the junk folder?"
	}
	widgets.Ask(s.app.window.Canvas(), widgets.Question{
		Title: title, Sentence: s.verbs.EmptyWarning(m), Yes: "Delete", Danger: true,
		Act: func() { s.verbs.DoAll(vm.Destroy, []mail.MailboxID{id}, store.All, nil) },
	})
}

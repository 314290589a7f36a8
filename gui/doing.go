package gui

import (
	"postrider/gui/vm"
	"postrider/mail"
)

// doVerb does something with what is selected, after asking where it cannot be
// taken back.
func (s *shell) doVerb(verb vm.Verb) bool {
	return s.withSelection(verb, func(ids []mail.PlacementID) { s.act(vm.Act{Verb: verb, IDs: ids}) })
}

// withSelection finds what is selected and hands it on, if the verb goes with
// it; otherwise it says why not.
func (s *shell) withSelection(verb vm.Verb, then func([]mail.PlacementID)) bool {
	list := s.list.model
	if list.PickedCount() == 0 {
		return false
	}
	if ok, why := s.verbs.Can(verb, list.View().Mailboxes); !ok && len(list.View().Mailboxes) == 1 {
		s.say(why)
		return true
	}
	n := list.PickedCount()
	list.Targets(func(ids []mail.PlacementID, err error) {
		if err != nil {
			s.fail(vm.Explain(err))
			return
		}
		s.warned(verb, max(n, len(ids)), func() { then(ids) })
	})
	return true
}

// act does something and lets the list follow: what is selected next is decided
// by the list, when the store tells that the rows went.
func (s *shell) act(a vm.Act) { s.verbs.Do(a, nil) }

// toggleStar stars what is selected, or takes the stars off where all have one.
func (s *shell) toggleStar() bool {
	verb := vm.Unstar
	if !s.list.all(func(r vm.ListRow) bool { return r.Starred }) {
		verb = vm.Star
	}
	return s.doVerb(verb)
}

// toggleRead marks what is selected as read, or as unread where all is read.
func (s *shell) toggleRead() bool {
	verb := vm.MarkRead
	if s.list.all(func(r vm.ListRow) bool { return !r.Unread }) {
		verb = vm.MarkUnread
	}
	return s.doVerb(verb)
}

// toggleJunk says what is junk, or what is not where the list is of junk.
func (s *shell) toggleJunk() bool {
	boxes := s.list.model.View().Mailboxes
	if len(boxes) == 1 && s.roster.RoleOf(boxes[0]) == mail.RoleJunk {
		return s.doVerb(vm.NotJunk)
	}
	return s.doVerb(vm.Junk)
}

// file asks for a folder and moves or copies what is selected there.
func (s *shell) file(verb vm.Verb) bool {
	return s.withSelection(verb, func(ids []mail.PlacementID) {
		s.chooseFolder(verb, func(to mail.MailboxID) { s.act(vm.Act{Verb: verb, IDs: ids, To: to}) })
	})
}

// readAll marks all of the list as read.
func (s *shell) readAll() bool {
	list := s.list.model
	if list.Len() == 0 {
		return false
	}
	list.PickAll()
	return s.doVerb(vm.MarkRead)
}

// chooseFolder asks for a folder by some letters of its name.
func (s *shell) chooseFolder(verb vm.Verb, then func(mail.MailboxID)) {
	title := "Move to"
	if verb == vm.CopyTo {
		title = "Copy to"
	}
	newChooser(s, title, s.verbs.Chooser(s.list.model.View().Mailboxes), then)
}

// askWhere asks for a folder and shows it.
func (s *shell) askWhere() bool {
	newChooser(s, "Go to", s.verbs.Chooser(nil), func(id mail.MailboxID) {
		if box, ok := s.roster.Mailbox(id); ok {
			s.goTo(vm.Place{Kind: vm.AFolder, Account: box.Account, Mailbox: id})
		}
	})
	return true
}

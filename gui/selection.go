package gui

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
	"postrider/mail/phrase"
)

// selectionChanged has the reader show what is selected: the one message, or how
// many there are.
func (s *shell) selectionChanged() {
	m := s.list.model
	i := m.Cursor()
	if m.PickedCount() != 1 || i < 0 || !m.Picked(i) {
		s.reader.model.Clear()
		s.reader.changed()
		return
	}
	row := m.Row(i)
	if row.Loading || row.ID == s.reader.model.Chosen {
		s.reader.tools.update()
		return
	}
	s.reader.seek(s.list.sought())
	if s.list.view.Conversations && !s.list.search.model.Active {
		s.reader.model.Show(row.Row)
	} else {
		s.reader.model.ShowMessage(row.Row)
	}
	if next := m.Row(i + 1); !next.Loading {
		s.reader.model.Ahead(next.Row)
	}
}

// all reports whether all selected rows that are known are as fits says.
func (p *listPane) all(fits func(vm.ListRow) bool) bool {
	from, to := p.rows.Shown()
	if i := p.model.Cursor(); i >= 0 && p.model.PickedCount() == 1 {
		from, to = i, i+1
	}
	for i := from; i < to; i++ {
		if row := p.model.Row(i); p.model.Picked(i) && !row.Loading && !fits(row) {
			return false
		}
	}
	return true
}

// rowAction is a button of the row under the pointer: it acts on that row,
// whatever is selected.
func (s *shell) rowAction(id widgets.RowID, act widgets.RowAction) {
	verb := vm.Verb("")
	switch act.Name {
	case widgets.ArchiveAction:
		verb = vm.Archive
	case widgets.DeleteAction:
		verb = vm.Delete
	case widgets.StarAction:
		verb = vm.Star
		if i := s.list.model.IndexOf(mail.PlacementID(id)); i >= 0 && s.list.model.Row(i).Starred {
			verb = vm.Unstar
		}
	}
	entry := mail.PlacementID(id)
	if verb == vm.Star { // the message that the row shows, not all of its conversation
		s.act(vm.Act{Verb: verb, IDs: []mail.PlacementID{entry}})
		return
	}
	s.list.model.TargetsOf([]mail.PlacementID{entry}, func(ids []mail.PlacementID, err error) {
		if err != nil {
			s.fail(vm.Explain(err))
			return
		}
		s.warned(verb, len(ids), func() { s.act(vm.Act{Verb: verb, IDs: ids}) })
	})
}

// warned asks first, where a verb cannot be taken back.
func (s *shell) warned(verb vm.Verb, n int, then func()) {
	warning := s.verbs.Warning(verb, n, s.list.model.View().Mailboxes)
	if warning == "" {
		then()
		return
	}
	widgets.Ask(s.app.window.Canvas(), widgets.Question{Title: "Delete for good", Sentence: warning, Yes: "Delete", Danger: true, Act: then})
}

// showListMenu opens the menu of what is selected.
func (s *shell) showListMenu(at fyne.Position) {
	widgets.ShowMenu(s.app.window.Canvas(), at, s.messageMenu())
}

// dragLoad is what a drag of the selection carries.
func (s *shell) dragLoad() widgets.DragLoad {
	return widgets.DragLoad{Label: phrase.Messages(s.list.model.PickedCount())}
}

// dropped moves what is selected to the place that it was dropped on.
func (s *shell) dropped(key any, load widgets.DragLoad) {
	place := key.(vm.Place)
	s.list.model.Targets(func(ids []mail.PlacementID, err error) {
		if err != nil {
			s.fail(vm.Explain(err))
			return
		}
		s.act(vm.Act{Verb: vm.MoveTo, IDs: ids, To: place.Mailbox})
	})
}

// messageMenu is what can be done with what is selected.
func (s *shell) messageMenu() []widgets.MenuItem {
	boxes := s.list.model.View().Mailboxes
	item := func(label string, icon theme.Icon, a action, verb vm.Verb) widgets.MenuItem {
		can := true
		if verb != "" && len(boxes) == 1 {
			can, _ = s.verbs.Can(verb, boxes)
		}
		return widgets.MenuItem{Label: label, Icon: icon, Note: keysOf(a), Disabled: !can, Act: func() { s.do(a) }}
	}
	read, star := "Mark as unread", "Add star"
	if !s.list.all(func(r vm.ListRow) bool { return !r.Unread }) {
		read = "Mark as read"
	}
	if s.list.all(func(r vm.ListRow) bool { return r.Starred }) {
		star = "Remove star"
	}
	junk, junkVerb := "Junk", vm.Junk
	if len(boxes) == 1 && s.roster.RoleOf(boxes[0]) == mail.RoleJunk {
		junk, junkVerb = "Not junk", vm.NotJunk
	}
	return []widgets.MenuItem{
		item("Reply", theme.IconReply, actReply, ""), item("Reply to all", theme.IconReplyAll, actReplyAll, ""), item("Forward", theme.IconForward, actForward, ""),
		{Label: "Pass on in another way", Sub: s.otherWays()}, {},
		item(read, theme.IconMail, actToggleRead, vm.MarkRead), item(star, theme.IconStar, actStar, vm.Star), item("Tag…", theme.IconTag, actTag, vm.AddTag), {},
		item("Archive", theme.IconArchive, actArchive, vm.Archive), item("Move to…", theme.IconFolderInput, actMove, vm.MoveTo),
		item("Copy to…", theme.IconCopy, actCopy, vm.CopyTo), item(junk, theme.IconJunk, actJunk, junkVerb), item("Delete", theme.IconTrash, actDelete, vm.Delete), {},
		item("Find in the message", theme.IconTextSearch, actFind, ""), item("Source", theme.IconCode, actSource, ""), item("Print…", theme.IconPrinter, actPrint, ""),
	}
}

// keysOf is the first key of an action, as a menu shows it.
func keysOf(a action) string {
	for _, section := range keyMap {
		for _, b := range section.bindings {
			if b.action == a {
				return firstKey(b)
			}
		}
	}
	return ""
}

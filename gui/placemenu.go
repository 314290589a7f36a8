package gui

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/phrase"
	"postrider/mail/store"
)

// showPlaceMenu opens the menu of a line of the sidebar.
func (s *shell) showPlaceMenu(place vm.Place, at fyne.Position) {
	items := s.placeMenu(place)
	if len(items) > 0 {
		widgets.ShowMenu(s.app.window.Canvas(), at, items)
	}
}

func (s *shell) placeMenu(place vm.Place) []widgets.MenuItem {
	switch place.Kind {
	case vm.AnAccount:
		return s.accountMenu(place)
	case vm.AFolder:
		return s.folderMenu(place)
	}
	return s.viewMenu(place)
}

// viewMenu is what can be done with a view over all accounts.
func (s *shell) viewMenu(place vm.Place) []widgets.MenuItem {
	items := []widgets.MenuItem{{Label: "Get mail now", Icon: theme.IconRefresh, Note: keysOf(actSync), Act: func() { s.sync() }}}
	if place.Kind == vm.AllStarred {
		return items
	}
	return append(items, s.markAll("Mark all as read", s.roster.Mailboxes(place)), widgets.MenuItem{},
		widgets.MenuItem{Label: "Add an account …", Icon: theme.IconPlus, Act: func() { s.addAccount() }})
}

// accountMenu is what can be done with an account.
func (s *shell) accountMenu(place vm.Place) []widgets.MenuItem {
	a, ok := s.roster.Account(place.Account)
	if !ok {
		return nil
	}
	if a.Removed {
		return []widgets.MenuItem{{Label: "Delete the kept mail …", Icon: theme.IconTrash, Danger: true, Act: func() { s.askRemoval(a.ID, false) }}}
	}
	items := []widgets.MenuItem{
		{Label: "Get mail now", Icon: theme.IconRefresh, Act: func() { s.activity.TryNow(a.ID) }},
		{Label: "Account settings", Icon: theme.IconSettings, Act: func() { s.editAccount(a.ID) }},
		{Label: "Sign in again …", Icon: theme.IconLogIn, Act: func() { s.signIn(a.ID) }}, {},
		s.newFolderItem("New folder …", place), s.markAll("Mark all as read", s.roster.Newsworthy(a.ID)), {},
		{Label: "Remove account …", Icon: theme.IconTrash, Act: func() { s.openAccount(a.ID, removalPart) }},
	}
	return items
}

func (s *shell) newFolderItem(label string, below vm.Place) widgets.MenuItem {
	item := widgets.MenuItem{Label: label, Icon: theme.IconFolderPlus, Act: func() { s.newFolder(below) }}
	if s.client.ReadOnly() {
		item.Disabled, item.Note = true, "another Postrider has the mail open"
	}
	return item
}

// markAll marks what is unread in mailboxes as read.
func (s *shell) markAll(label string, boxes []mail.MailboxID) widgets.MenuItem {
	unread := 0
	for _, id := range boxes {
		m, _ := s.roster.Mailbox(id)
		unread += m.Unread
	}
	item := widgets.MenuItem{Label: label, Icon: theme.IconCheck, Act: func() { s.verbs.DoAll(vm.MarkRead, boxes, store.Unread, nil) }}
	if unread == 0 {
		item.Disabled, item.Note = true, "nothing is unread"
	} else {
		item.Note = phrase.Count(unread)
	}
	return item
}

// folderMenu is what can be done with a folder, or with a level that only holds
// folders.
func (s *shell) folderMenu(place vm.Place) []widgets.MenuItem {
	inside := s.newFolderItem("New folder inside …", place)
	m, ok := s.roster.Mailbox(place.Mailbox)
	if !ok {
		return []widgets.MenuItem{inside}
	}
	a, _ := s.roster.Account(m.Account)
	items := []widgets.MenuItem{}
	if !a.Removed {
		items = append(items, widgets.MenuItem{Label: "Get mail now", Icon: theme.IconRefresh, Act: func() { s.activity.TryNow(m.Account) }})
	}
	if !m.NoSelect {
		items = append(items, s.markAll("Mark all as read", []mail.MailboxID{m.ID}))
	}
	items = append(items, widgets.MenuItem{}, inside,
		s.folderItem("Rename …", theme.IconPencil, client.Rename, m, func() { s.renameFolder(m) }),
		s.folderItem("Delete folder …", theme.IconTrash, client.Delete, m, func() { s.deleteFolder(m) }))
	if role := s.roster.RoleOf(m.ID); role == mail.RoleTrash || role == mail.RoleJunk {
		items = append(items, widgets.MenuItem{}, s.emptyItem(m))
	}
	return items
}

// folderItem is something to do with a folder, or says why it cannot be done.
func (s *shell) folderItem(label string, icon theme.Icon, verb client.Verb, m mail.Mailbox, act func()) widgets.MenuItem {
	can, why := s.verbs.CanFolder(verb, m)
	return widgets.MenuItem{Label: label, Icon: icon, Disabled: !can, Note: why, Act: act}
}

// emptyItem empties the trash or the junk folder, after a question.
func (s *shell) emptyItem(m mail.Mailbox) widgets.MenuItem {
	label := "Empty trash …"
	if s.roster.RoleOf(m.ID) == mail.RoleJunk {
		label = "Empty junk …"
	}
	item := widgets.MenuItem{Label: label, Icon: theme.IconTrash, Danger: true, Act: func() { s.emptyFolder(m.ID) }}
	if m.Total == 0 {
		item.Disabled, item.Danger, item.Note = true, false, "it is empty"
	}
	return item
}

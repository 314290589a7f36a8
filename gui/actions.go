package gui

import (
	"strings"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
	"postrider/mail/phrase"
)

// do carries an action out; it reports whether there was anything to do.
func (s *shell) do(a action) bool {
	if !s.fits(a) {
		return false
	}
	if act, ok := s.actions()[a]; ok {
		return act()
	}
	if n, ok := strings.CutPrefix(string(a), "account "); ok {
		return s.goAccount(int(n[0] - '1'))
	}
	return false
}

// byKey carries out what a key means. While a dialog or a menu lies over the
// mail, no key reaches what is below.
func (s *shell) byKey(a action) bool {
	over := s.app.window.Canvas().Overlays().Top() != nil
	if over && a != actQuit && a != actFullScreen {
		return false
	}
	return s.do(a)
}

// actions are what each action does.
func (s *shell) actions() map[action]func() bool {
	if s.acts != nil {
		return s.acts
	}
	verb := func(v vm.Verb) func() bool { return func() bool { return s.doVerb(v) } }
	place := func(kind vm.PlaceKind) func() bool { return func() bool { return s.goTo(vm.Place{Kind: kind}) } }
	role := func(r mail.Role) func() bool { return func() bool { return s.goRole(r) } }
	s.acts = map[action]func() bool{
		actNext: s.move(1), actPrevious: s.move(-1), actNextUnread: s.nextUnread, actOpen: s.open, actBack: s.back,
		actUnified: place(vm.AllInboxes), actUnread: place(vm.AllUnread), actStarred: place(vm.AllStarred),
		actInbox: role(mail.RoleInbox), actSent: role(mail.RoleSent), actDrafts: role(mail.RoleDrafts), actArchived: role(mail.RoleArchive),
		actTrash: role(mail.RoleTrash), actJunkBox: role(mail.RoleJunk), actGoTo: s.askWhere,
		actArchive: verb(vm.Archive), actDelete: verb(vm.Delete), actDestroy: verb(vm.Destroy), actJunk: s.toggleJunk,
		actMove: func() bool { return s.file(vm.MoveTo) }, actCopy: func() bool { return s.file(vm.CopyTo) },
		actStar: s.toggleStar, actToggleRead: s.toggleRead, actReadAll: s.readAll,
		actSelect: s.toggleSelected, actSelectAll: s.selectAll, actUndo: s.undo,
		actSearch: s.list.search.focus, actFind: s.reader.find.open, actSource: s.showSource, actPrint: s.print, actExpand: s.expandAll, actPictures: s.showPictures, actSave: s.saveFiles,
		actPageDown: s.page(1), actPageUp: s.page(-1), actZoomIn: s.zoom(1), actZoomOut: s.zoom(-1), actZoomReset: s.zoom(0),
		actTag: s.tag, actUnsubscribe: func() bool { return s.unsubscribe(s.reader.current()) },
		actNextPane: s.nextPane(1), actPreviousPane: s.nextPane(-1),
		actCompose: s.begin(vm.BeginNew), actReply: s.begin(vm.BeginReply), actReplyAll: s.begin(vm.BeginReplyAll), actForward: s.begin(vm.BeginForward),
		actActivity: s.showActivity, actAddAccount: s.addAccount, actSettings: s.showSettings, actKeys: s.showKeys,
		actSync: s.sync, actSidebar: s.toggleSidebar, actFullScreen: s.fullScreen, actClose: s.closeWindow, actQuit: s.quit,
	}
	return s.acts
}

func (s *shell) move(by int) func() bool {
	return func() bool {
		s.list.rows.MoveCursor(by, false)
		return true
	}
}

// nextUnread goes to the next row that has something unread, below the cursor
// and then from the top.
func (s *shell) nextUnread() bool {
	m := s.list.model
	from := m.Cursor() + 1
	for i := range m.Len() {
		at := (from + i) % m.Len()
		if row := m.Row(at); !row.Loading && row.Unread && at != m.Cursor() {
			s.list.rows.ShowRow(widgets.RowID(row.ID))
			s.selectionChanged()
			return true
		}
	}
	return false
}

// open shows what the cursor is on, where list and reader share the room.
func (s *shell) open() bool {
	if s.list.model.PickedCount() == 0 {
		s.list.rows.MoveCursor(0, false)
	}
	if s.writeOn(s.list.model.CursorID()) {
		return true
	}
	s.split.SetReading(true)
	s.reader.tools.update()
	return true
}

// back closes what lies over the list: the reader, the drawer, the search, and
// then a selection of several.
func (s *shell) back() bool {
	switch {
	case s.covered:
		if s.uncovers == nil {
			return false
		}
		s.uncovers()
	case s.split.Drawer():
		s.split.SetDrawer(false)
	case s.reader.find.object.Visible():
		s.reader.find.hide()
	case s.accountPage != nil:
		s.leaveAccount()
	case s.right.shows(s.panel):
		s.closePanel()
	case !s.right.shows(s.reader.object):
		s.closePage()
	case s.split.Reading():
		s.split.SetReading(false)
		s.reader.tools.update()
	case s.list.search.model.Active:
		s.list.search.end()
	case s.list.model.PickedCount() > 1:
		s.list.rows.ShowRow(s.list.rows.Current())
		s.selectionChanged()
	default:
		return false
	}
	return true
}

// goTo shows the list of a place.
func (s *shell) goTo(p vm.Place) bool {
	s.sidebar.model.Choose(p)
	s.sidebar.tree.Reveal(p)
	s.split.SetDrawer(false)
	return true
}

// goRole shows the folder for a role in the account of what is shown; with
// several accounts in the list, in that of the message under the cursor.
func (s *shell) goRole(role mail.Role) bool {
	if s.goFolder(s.account(), role) {
		return true
	}
	s.say("This account has no folder for that.")
	return true
}

// account is the one that what is shown belongs to: the first, if it is of
// several.
func (s *shell) account() mail.AccountID {
	if p := s.list.place; p.Account != "" {
		return p.Account
	}
	if i := s.list.model.Cursor(); i >= 0 {
		if row := s.list.model.Row(i); row.Row.Account != "" {
			return row.Row.Account
		}
	}
	if len(s.roster.Accounts) > 0 {
		return s.roster.Accounts[0].ID
	}
	return ""
}

// goAccount shows the inbox of the account that stands at place n.
func (s *shell) goAccount(n int) bool {
	if n >= len(s.roster.Accounts) {
		return false
	}
	return s.goFolder(s.roster.Accounts[n].ID, mail.RoleInbox)
}

// goFolder shows an account's folder for a role, if it has one.
func (s *shell) goFolder(account mail.AccountID, role mail.Role) bool {
	box, ok := s.roster.Tree().Role(account, role)
	return ok && s.goTo(vm.Place{Kind: vm.AFolder, Account: account, Mailbox: box.ID})
}

func (s *shell) toggleSelected() bool {
	m := s.list.model
	if i := m.Cursor(); i >= 0 {
		m.PickAlso(i)
		s.selectionChanged()
	}
	return true
}

func (s *shell) selectAll() bool {
	s.list.rows.SelectAll()
	return true
}

// undo takes back what the toast offers to take back, or else what was done last.
func (s *shell) undo() bool {
	if s.offer != nil {
		s.offer()
		return true
	}
	s.verbs.Undo(func(ids []mail.PlacementID) {
		if len(ids) == 0 {
			s.say("There is nothing to undo.")
		}
	})
	return true
}

// sync has all accounts look for mail now.
func (s *shell) sync() bool {
	s.activity.TryNow()
	return true
}

func (s *shell) toggleSidebar() bool {
	if s.split.Mode() == widgets.DrawerPanes {
		s.split.SetDrawer(!s.split.Drawer())
	}
	return true
}

func (s *shell) fullScreen() bool {
	s.app.window.SetFullScreen(!s.app.window.FullScreen())
	return true
}

func (s *shell) closeWindow() bool {
	s.closing()
	return true
}

func (s *shell) quit() bool {
	s.end()
	return true
}

// selectedText is what the reader says when several rows are selected.
func selectedText(n int) string { return phrase.Messages(n) + " selected" }

// say tells something in passing.
func (s *shell) say(text string) {
	s.tell(theme.IconInfo, phrase.Sentence(phrase.Capital(text)), "", nil)
}

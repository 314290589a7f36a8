package gui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"postrider/accounts"
	pages "postrider/gui/settings"
	"postrider/gui/setup"
	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
)

// accountPage is all about one account, in the place of list and reader.
type accountPage struct {
	shell *shell
	id    mail.AccountID
	page  *pages.AccountPage

	custody *pages.CustodyView
	keeping *vm.CustodyPage // of a POP account
	holding *vm.HoldingPage // of an IMAP account
	chosen  bool            // the person chose another policy, whose effect is being read

	setup  *vm.Setup
	editor *setup.Editor

	again func() // ends the wait before the page is read anew
}

// The names of the page's parts.
const removalPart = "Removal"

// editAccount opens the page of an account.
func (s *shell) editAccount(id mail.AccountID) { s.openAccount(id, "") }

// openAccount opens the page of an account at a part of it; "" is where it was,
// or the first. What was typed there and not saved is still there.
func (s *shell) openAccount(id mail.AccountID, part string) {
	a, ok := s.roster.Account(id)
	if !ok || a.Removed {
		return
	}
	s.activity.Open(false)
	s.closePage() // what it says of accounts may change
	p := s.unsaved[id]
	if p == nil {
		p = newAccountPage(s, a)
	}
	s.accountPage = p
	if part != "" {
		p.page.OpenPart(part)
	}
	p.read()
	s.split.SetFace(p.page)
	s.split.SetDrawer(false)
	s.sidebar.page = vm.Place{Kind: vm.AnAccount, Account: id}
	s.sidebar.update()
}

// leaveAccount shows list and reader again.
func (s *shell) leaveAccount() {
	p := s.accountPage
	if p == nil {
		return
	}
	s.accountPage = nil
	p.setup.Stop()
	delete(s.unsaved, p.id)
	if p.editor.Edited() {
		s.unsaved[p.id] = p
	}
	s.split.SetFace(nil)
	s.sidebar.page = vm.Place{}
	s.sidebar.update()
	s.app.window.Canvas().Focus(s.list.rows)
}

func newAccountPage(s *shell, a vm.Account) *accountPage {
	p := &accountPage{shell: s, id: a.ID, custody: pages.NewCustodyView(), setup: vm.NewSetup(s.desk, s.client, s.roster)}
	if a.Settings.Protocol == accounts.POP3 {
		p.keeping = vm.NewCustodyPage(s.desk, s.client, s.roster, a.ID)
		p.keeping.Changed = p.keepingChanged
	} else {
		p.holding = vm.NewHoldingPage(s.desk, s.client, s.roster, a.ID)
		p.holding.Changed = p.holdingChanged
	}
	p.newEditor(a)
	parts := pages.AccountParts{
		Custody: p.custody, Servers: p.servers(a), Identity: pages.NewIdentities(identitiesOf(a.Settings), p.keepIdentities),
		Removal: pages.NewRemoval(removalMeans(a), func(keep bool) { s.askRemoval(a.ID, keep) }),
	}
	p.page = pages.NewAccountPage(headOf(a), parts, func() { s.activity.TryNow(a.ID) }, s.leaveAccount)
	return p
}

// servers is the part with the servers, and with what to do about the protocol.
func (p *accountPage) servers(a vm.Account) fyne.CanvasObject {
	return widgets.Column(theme.Space5, p.editor, pages.NewProtocol(protocolOf(a.Protocol), func() { p.shell.addAgain(a.ID) }))
}

// headOf is what the head of an account's page says.
func headOf(a vm.Account) pages.Account {
	h := pages.Account{Swatch: theme.Swatch(a.Swatch), Name: a.Name, Protocol: protocolOf(a.Protocol), Checked: a.State}
	if a.Address != a.Name {
		h.Address = a.Address
	}
	return h
}

// connectAccounts has the sidebar open what there is to do with accounts and
// folders.
func (s *shell) connectAccounts() {
	tree, choose := s.sidebar.tree, s.sidebar.tree.OnChoose
	tree.OnChoose = func(key any) {
		s.leaveAccount()
		choose(key)
	}
	tree.OnOpen = func(key any) {
		if place := key.(vm.Place); place.Kind == vm.AnAccount {
			s.editAccount(place.Account)
		}
	}
	tree.OnMenu = func(key any, at fyne.Position) { s.showPlaceMenu(key.(vm.Place), at) }
	s.roster.OnChange(s.accountsChanged)
}

// onPage are the actions that go with the page of an account.
var onPage = map[action]bool{
	actBack: true, actActivity: true, actSettings: true, actKeys: true, actSync: true, actSidebar: true, actFullScreen: true,
	actClose: true, actQuit: true, actAddAccount: true, actCompose: true, actNextPane: true, actPreviousPane: true,
}

// away are the actions that leave the page of an account for a list.
var away = map[action]bool{
	actInbox: true, actUnified: true, actUnread: true, actStarred: true, actSent: true, actDrafts: true, actArchived: true,
	actTrash: true, actJunkBox: true, actGoTo: true, actSearch: true,
}

// fits says whether an action goes with what fills the window. What would be done
// to a selection that nobody sees is not.
func (s *shell) fits(a action) bool {
	switch {
	case s.covered:
		return a == actQuit || a == actFullScreen || a == actClose || a == actBack
	case s.accountPage == nil || onPage[a]:
		return true
	case away[a] || strings.HasPrefix(string(a), "account "):
		s.leaveAccount()
		return true
	}
	return false
}

// accountLines lead from the program's settings to the pages of the accounts.
func (s *shell) accountLines() (lines []pages.AccountLine) {
	for _, a := range s.roster.Accounts {
		if !a.Removed {
			lines = append(lines, pages.AccountLine{Account: headOf(a), Open: func() { s.editAccount(a.ID) }})
		}
	}
	return lines
}

// accountsChanged hears that accounts or counts changed.
func (s *shell) accountsChanged() {
	p := s.accountPage
	if p == nil {
		return
	}
	a, ok := s.roster.Account(p.id)
	if !ok || a.Removed {
		s.leaveAccount()
		return
	}
	p.page.Set(headOf(a))
	p.soon()
}

// readEvery is how often at most the page is read while mail comes in: a ledger
// may have a hundred thousand lines.
const readEvery = 2 * time.Second

// soon reads where the mail is, in a while.
func (p *accountPage) soon() {
	if p.again != nil {
		return
	}
	p.again = p.shell.desk.After(readEvery, func() {
		p.again = nil
		if p.shell.accountPage == p {
			p.read()
		}
	})
}

// read reads where the account's mail is.
func (p *accountPage) read() {
	if p.keeping != nil {
		p.keeping.Load()
		return
	}
	p.holding.Load()
}

// failed says what could not be done, if anything could not.
func (s *shell) failed(err error) {
	if err != nil {
		s.fail(vm.Explain(err))
	}
}

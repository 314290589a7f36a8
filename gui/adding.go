package gui

import (
	"strings"

	"postrider/accounts"
	"postrider/gui/setup"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
)

// adding is a new account on its way in. The wizard fills the window; behind it
// everything goes on.
type adding struct {
	shell  *shell
	setup  *vm.Setup
	wizard *setup.Wizard
}

// addAccount opens the wizard. Without an account there is nothing to go back to.
func (s *shell) addAccount() bool {
	s.newAdding()
	return true
}

// addAgain opens the wizard for the address of an account that there is, by the
// other protocol.
func (s *shell) addAgain(id mail.AccountID) {
	a, ok := s.roster.Account(id)
	if !ok {
		return
	}
	other := widgets.POP
	if protocolOf(a.Protocol) == widgets.POP {
		other = widgets.IMAP
	}
	s.newAdding().wizard.Begin(a.Settings.Address, other)
}

func (s *shell) newAdding() *adding {
	a := &adding{shell: s, setup: vm.NewSetup(s.desk, s.client, s.roster)}
	calls := setup.Calls{Try: a.try, StopTry: a.setup.Stop, Add: a.add}
	sentence, short := vm.PasswordPlace(s.client.Vault())
	texts := setup.Texts{
		Title: "Welcome to Postrider", Sentence: "Type your address. The usual settings are filled in and stay yours to change.",
		Promise: sentence, Keeping: "It is kept " + short + ".",
	}
	if len(s.roster.Accounts) > 0 {
		calls.Cancel = a.close
		texts.Title = "Add an account"
	}
	a.wizard = setup.NewWizard(texts, calls)
	a.setup.Changed = func() { a.wizard.SetTest(testOf(a.setup)) }
	s.cover(a.wizard)
	s.uncovers = calls.Cancel
	a.wizard.Focus()
	return a
}

// keeping is where passwords are kept, in a few words.
func (s *shell) keeping() string {
	_, short := vm.PasswordPlace(s.client.Vault())
	return short
}

func (a *adding) close() {
	a.setup.Stop()
	a.shell.uncover()
}

// try tests an account, and shows each step as it ends.
func (a *adding) try(form setup.Account) { a.setup.Try(accountOf(form), secretsOf(form)) }

// add keeps the account, and its mail begins to come.
func (a *adding) add(form setup.Account) {
	a.wizard.SetAdding(true, "")
	a.setup.Add(accountOf(form), secretsOf(form), func(added accounts.Account, err error) {
		if err != nil {
			text, detail := vm.Explain(err)
			a.wizard.SetAdding(false, strings.TrimSpace(text+" "+detail))
			return
		}
		a.close()
		a.shell.welcome(added.ID)
	})
}

// welcome shows the inbox of an account that has just come.
func (s *shell) welcome(id mail.AccountID) {
	s.closePage()
	s.goTo(vm.Place{Kind: vm.AnAccount, Account: id})
}

// accountOf is a new account as the screens say it.
func accountOf(form setup.Account) accounts.Account {
	acc := accounts.Account{Address: form.Address, Protocol: accounts.IMAP}
	if form.Protocol == widgets.POP {
		acc.Protocol = accounts.POP3
	}
	fill(&acc, form)
	return acc
}

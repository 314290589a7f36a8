package gui

import (
	"context"
	"time"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/gui/setup"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail/client"
	"postrider/mail/phrase"
)

// adding is a new account on its way in. The wizard fills the window; behind it
// everything goes on.
type adding struct {
	shell  *shell
	wizard *setup.Wizard
	stop   context.CancelFunc // of the test under way
}

// addAccount opens the wizard. Without an account there is nothing to go back to.
func (s *shell) addAccount() bool {
	a := &adding{shell: s}
	calls := setup.Calls{Try: a.try, StopTry: a.stopTry, Add: a.add}
	if len(s.roster.Accounts) > 0 {
		calls.Cancel = a.close
	}
	texts := setup.Texts{
		Title: "Welcome to Postrider", Sentence: "Type your address. What follows is filled in as is usual, and stays yours to change.",
		Promise: "No Postrider account, no relay. Passwords go into " + s.keeping() + ".", Keeping: "It goes into " + s.keeping() + ".",
	}
	if len(s.roster.Accounts) > 0 {
		texts.Title = "Add an account"
	}
	a.wizard = setup.NewWizard(texts, calls)
	s.cover(a.wizard)
	a.wizard.Focus()
	return true
}

// keeping is where passwords are kept, in a few words.
func (s *shell) keeping() string {
	if s.client.Vault() {
		return "a vault on this computer, behind your passphrase"
	}
	return "this computer’s keyring"
}

func (a *adding) close() {
	a.stopTry()
	a.shell.uncover()
}

// try tests an account, and shows each step as it ends.
func (a *adding) try(account setup.Account) {
	a.stopTry()
	ctx, stop := context.WithCancel(context.Background())
	a.stop = stop
	test := setup.Test{Running: true}
	a.wizard.SetTest(test)
	s := a.shell
	go func() {
		err := s.client.Try(ctx, accountOf(account), secret.New(account.Password), func(step client.Step) {
			shown := testStep(step)
			s.desk.Post(func() {
				if ctx.Err() == nil {
					test.Steps = append(test.Steps, shown)
					a.wizard.SetTest(test)
				}
			})
		})
		s.desk.Post(func() {
			if ctx.Err() != nil {
				return
			}
			test.Running = false
			if last := len(test.Steps) - 1; err != nil && (last < 0 || test.Steps[last].State != setup.Failed) {
				text, detail := vm.Explain(err)
				test.Steps = append(test.Steps, setup.TestStep{State: setup.Failed, Name: "Look", Problem: text, Words: detail})
			}
			a.wizard.SetTest(test)
		})
	}()
}

func (a *adding) stopTry() {
	if a.stop != nil {
		a.stop()
		a.stop = nil
	}
}

func testStep(step client.Step) setup.TestStep {
	t := setup.TestStep{State: setup.Done, Name: phrase.Capital(step.Name), Detail: step.Detail}
	if t.Detail == "" {
		t.Detail = step.Took.Round(time.Millisecond).String()
	}
	if step.Err != nil {
		t.State = setup.Failed
		t.Problem, t.Words = vm.Explain(step.Err)
	}
	return t
}

// add keeps the account, and its mail begins to come.
func (a *adding) add(account setup.Account) {
	a.wizard.SetAdding(true, "")
	s := a.shell
	secrets := client.Secrets{Password: secret.New(account.Password)}
	if account.OwnOutgoing {
		secrets.Outgoing = secret.New(account.OutgoingPassword)
	}
	vm.Run(s.desk, func(ctx context.Context) error {
		if _, err := s.client.Add(secret.Attended(ctx), accountOf(account), secrets); err != nil {
			return err
		}
		return s.client.Reload(ctx)
	}, func(err error) {
		if err != nil {
			text, _ := vm.Explain(err)
			a.wizard.SetAdding(false, text)
			return
		}
		s.roster.Load()
		a.close()
	})
}

// accountOf is what the screens ask for, as accounts has it.
func accountOf(a setup.Account) accounts.Account {
	acc := accounts.Account{Address: a.Address, Name: a.Name, Label: a.Label, Protocol: accounts.IMAP, Incoming: serverOf(a.Incoming)}
	if a.Protocol == widgets.POP {
		acc.Protocol = accounts.POP3
	}
	if a.Sends {
		out := serverOf(a.Outgoing)
		acc.Outgoing = &out
	}
	return acc
}

func serverOf(s setup.Server) accounts.Server {
	security := map[setup.Security]accounts.TLS{setup.TLS: accounts.ImplicitTLS, setup.StartTLS: accounts.StartTLS, setup.NoTLS: accounts.NoTLS}
	return accounts.Server{Host: s.Host, Port: s.Port, TLS: security[s.Security], User: s.User}
}

package gui

import (
	"strings"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/gui/setup"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail/client"
)

// newEditor makes the part of the page with servers and sign-in.
func (p *accountPage) newEditor(a vm.Account) {
	keeping := "It is kept " + p.shell.keeping() + "."
	p.editor = setup.NewEditor(formOf(a.Settings), keeping, setup.EditorCalls{Try: p.try, StopTry: p.setup.Stop, Save: p.save})
	p.setup.Changed = func() { p.editor.SetTest(testOf(p.setup)) }
}

// settings are the account's as they are now.
func (p *accountPage) settings() accounts.Account {
	a, _ := p.shell.roster.Account(p.id)
	return a.Settings.Clone()
}

// try tests what was typed.
func (p *accountPage) try(form setup.Account) {
	acc := p.settings()
	fill(&acc, form)
	p.setup.Try(acc, secretsOf(form))
}

// save keeps what was typed.
func (p *accountPage) save(form setup.Account) {
	p.setup.Change(p.id, func(acc *accounts.Account) error {
		fill(acc, form)
		return nil
	}, secretsOf(form), func(err error) {
		text, _ := vm.Explain(err)
		p.editor.SetSaving(false, text)
		if err == nil {
			p.shell.activity.TryNow(p.id)
		}
	})
}

// testOf is how far a test has come, as the screens show it.
func testOf(m *vm.Setup) setup.Test {
	states := map[vm.StepState]setup.State{vm.StepWaits: setup.Waiting, vm.StepRuns: setup.Running, vm.StepWell: setup.Done, vm.StepFailed: setup.Failed}
	t := setup.Test{Running: m.Running}
	for _, s := range m.Steps {
		t.Steps = append(t.Steps, setup.TestStep{
			State: states[s.State], Name: s.Name, Detail: s.Detail, Problem: s.Problem, Words: s.Words, Distrust: s.Distrust, Sending: s.Sending,
		})
	}
	return t
}

// secretsOf are the passwords that were typed.
func secretsOf(form setup.Account) client.Secrets {
	s := client.Secrets{Password: secret.New(form.Password)}
	if form.OwnOutgoing {
		s.Outgoing = secret.New(form.OutgoingPassword)
	}
	return s
}

var securities = map[setup.Security]accounts.TLS{setup.TLS: accounts.ImplicitTLS, setup.StartTLS: accounts.StartTLS, setup.NoTLS: accounts.NoTLS}

// formOf is an account as the form shows it.
func formOf(acc accounts.Account) setup.Account {
	form := setup.Account{Address: acc.Address, Name: acc.Name, Label: acc.Label, Protocol: widgets.IMAP, Incoming: fieldsOf(acc.Incoming)}
	if acc.Protocol == accounts.POP3 {
		form.Protocol = widgets.POP
	}
	if acc.Outgoing != nil {
		form.Sends, form.Outgoing = true, fieldsOf(*acc.Outgoing)
		form.OwnOutgoing = acc.Outgoing.User != acc.Incoming.User
		return form
	}
	form.Outgoing = setup.Guess(acc.Address, form.Protocol).Outgoing
	return form
}

func fieldsOf(s accounts.Server) setup.Server {
	security := keyOf(securities, s.TLS)
	return setup.Server{Host: s.Host, Port: s.Port, Security: security, User: s.User, Pin: s.Pin}
}

// fill takes over what a form says, and leaves what it does not ask for.
func fill(acc *accounts.Account, form setup.Account) {
	acc.Name, acc.Label = form.Name, form.Label
	fillServer(&acc.Incoming, form.Incoming)
	if !form.Sends {
		acc.Outgoing = nil
		return
	}
	if acc.Outgoing == nil {
		acc.Outgoing = &accounts.Server{}
	}
	fillServer(acc.Outgoing, form.Outgoing)
}

// fillServer takes over a server. An authority that was trusted for one server is
// not trusted for another.
func fillServer(s *accounts.Server, f setup.Server) {
	if !strings.EqualFold(s.Host, f.Host) || f.Security == setup.NoTLS {
		s.CAFile = ""
	}
	s.Host, s.Port, s.TLS, s.User, s.Pin = f.Host, f.Port, securities[f.Security], f.User, f.Pin
}

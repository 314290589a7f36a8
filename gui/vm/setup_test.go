package vm_test

import (
	"strings"
	"testing"
	"time"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/gui/vm"
	"postrider/mail"
	"postrider/mail/client"
)

func (w *world) setup() *vm.Setup { return vm.NewSetup(&w.Desk, w.client, w.roster) }

// empty is a world without accounts, beside the demo's servers.
func empty(t *testing.T) *world {
	newWorld(t) // the servers run
	return openDir(t, t.TempDir(), &secret.Memory{})
}

func TestSetupTriesEachStep(t *testing.T) {
	w := empty(t)
	s := w.setup()
	acc := template.demo.Accounts()[0]
	s.Try(acc.Account, client.Secrets{Password: secret.New(acc.Password)})
	if !s.Running || s.Steps[0].State != vm.StepRuns {
		t.Errorf("at once: %+v", s.Steps)
	}
	w.settle()
	var names []string
	for _, st := range s.Steps {
		names = append(names, st.Name)
		if st.State != vm.StepWell {
			t.Errorf("%s: %v %q %q", st.Name, st.State, st.Problem, st.Words)
		}
	}
	if got := strings.Join(names, ", "); got != "Connect, Sign in, Look around, Connect for sending, Sign in for sending" || !s.Passed || s.Running {
		t.Errorf("steps %s; passed %v", got, s.Passed)
	}
	s.Try(acc.Account, client.Secrets{Password: secret.New("wrong")})
	w.settle()
	in := s.Steps[1]
	if s.Passed || in.State != vm.StepFailed || in.Problem == "" || in.Words == "" || s.Steps[2].State != vm.StepWaits {
		t.Errorf("with a wrong password: %+v", s.Steps)
	}
	bad := acc.Account.Clone()
	bad.Incoming.Host = "not a host"
	s.Try(bad, client.Secrets{})
	w.settle()
	if s.Passed || s.Steps[0].State != vm.StepFailed || !strings.Contains(s.Steps[0].Problem, "not a host") {
		t.Errorf("with a bad name: %+v", s.Steps[0])
	}
	s.Try(acc.Account, client.Secrets{Password: secret.New(acc.Password)})
	s.Stop()
	told := false
	s.Changed = func() { told = true }
	w.settle()
	if told || s.Running {
		t.Error("a test that was stopped goes on")
	}
}

func TestSetupAddsAndRemovesAccounts(t *testing.T) {
	w := empty(t)
	s := w.setup()
	acc := template.demo.Accounts()[1] // POP
	acc.Account.ID = ""
	var added accounts.Account
	s.Add(acc.Account, client.Secrets{Password: secret.New(acc.Password)}, func(a accounts.Account, err error) {
		if err != nil {
			t.Fatal(err)
		}
		added = a
	})
	w.settle()
	if len(w.roster.Accounts) != 1 || w.roster.Accounts[0].ID != added.ID || w.roster.Accounts[0].Name != "Home" {
		t.Fatalf("accounts: %+v", w.roster.Accounts)
	}
	if err := w.client.Sync(t.Context(), []accounts.Account{added}, func(s client.Synced) {
		if s.Err != nil {
			t.Fatal(s.Err)
		}
	}); err != nil {
		t.Fatal(err)
	}
	w.catchUp()
	s.Change(added.ID, func(a *accounts.Account) error { a.Label = "Private"; return nil }, client.Secrets{}, func(err error) {
		if err != nil {
			t.Error(err)
		}
	})
	w.settle()
	if w.roster.Accounts[0].Name != "Private" {
		t.Errorf("it is called %q", w.roster.Accounts[0].Name)
	}
	s.SignIn(added.ID, secret.New("wrong"), func(err error) {
		if !mail.Is(err, mail.KindSignIn) {
			t.Errorf("a wrong password: %v", err)
		}
	})
	w.settle()
	var weighed vm.Removal
	s.Weigh(added.ID, func(r vm.Removal, err error) { weighed = r })
	w.settle()
	if weighed.Messages == 0 || weighed.OnlyHere != 0 || weighed.Sentence(false) != "The mail stays on the server and goes from this computer." ||
		!strings.Contains(weighed.Sentence(true), "of Private stay on this computer") {
		t.Errorf("weighed %+v: %q", weighed, weighed.Sentence(false))
	}
	s.Remove(added.ID, true, func(err error) {
		if err != nil {
			t.Error(err)
		}
	})
	w.settle()
	if len(w.roster.Accounts) != 1 || !w.roster.Accounts[0].Removed || w.roster.Accounts[0].Health != vm.Fine {
		t.Errorf("with its mail kept: %+v", w.roster.Accounts)
	}
	s.Remove(added.ID, false, func(err error) {
		if err != nil {
			t.Error(err)
		}
	})
	w.settle()
	if len(w.roster.Accounts) != 0 {
		t.Errorf("it is still there: %+v", w.roster.Accounts)
	}
}

func TestGuesses(t *testing.T) {
	a := vm.GuessAccount(" Ada@Example.org ", accounts.IMAP)
	if a.Incoming.Host != "imap.example.org" || a.Incoming.Port != 993 || a.Incoming.User != "Ada@Example.org" || a.Outgoing.Host != "smtp.example.org" || a.Outgoing.Port != 465 {
		t.Errorf("IMAP: %+v %+v", a.Incoming, a.Outgoing)
	}
	if a = vm.GuessAccount("ada@example.org", accounts.POP3); a.Incoming.Host != "pop.example.org" || a.Incoming.Port != 995 {
		t.Errorf("POP: %+v", a.Incoming)
	}
}

// TestCustodyPageSaysWhatLeavesBeforeItDoes, for the account's policy and for
// one that the person only thinks about.
func TestCustodyPageSaysWhatLeavesBeforeItDoes(t *testing.T) {
	w := newWorld(t)
	home := w.roster.Accounts[1]
	p := vm.NewCustodyPage(&w.Desk, w.client, w.roster, home.ID)
	p.Load()
	w.settle()
	if !p.Ready || p.Both == 0 || p.OnlyHere != 0 || p.Sentence != "Nothing leaves the server until you delete it here." || len(p.Next) != 0 {
		t.Fatalf("until deleted: %+v", p)
	}
	all := p.Both
	p.Consider(accounts.Keep{Mode: accounts.KeepDays, Days: 14})
	w.settle()
	on := w.now.Add(14 * 24 * time.Hour)
	if !p.Ahead || !strings.HasPrefix(p.Sentence, "With this, ") || !strings.Contains(p.Sentence, w.Style.Day(on)) || len(p.Next) == 0 || p.Next[0].From == "" {
		t.Errorf("14 days: %q, %+v", p.Sentence, p.Next)
	}
	p.Consider(accounts.Keep{Mode: accounts.KeepNone})
	w.settle()
	w.now = w.client.Now()
	p.Consider(accounts.Keep{Mode: accounts.KeepNone})
	w.settle()
	if !strings.Contains(p.Sentence, "leave the server with the next check.") || p.Stages[2].N != all {
		t.Errorf("none: %q, %+v", p.Sentence, p.Stages)
	}
	list, _ := w.client.All()
	if list[1].Keep.Mode != accounts.KeepUntilDeleted {
		t.Fatal("looking changed the policy")
	}
	p.Consider(accounts.Keep{Mode: accounts.KeepForever})
	w.settle()
	p.Choose(func(err error) {
		if err != nil {
			t.Error(err)
		}
	})
	w.settle()
	list, _ = w.client.All()
	if p.Ahead || list[1].Keep.Mode != accounts.KeepForever || p.Sentence != "Nothing ever leaves the server." {
		t.Errorf("chosen: %+v, %q", list[1].Keep, p.Sentence)
	}
}

package vm

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/phrase"
)

// StepState is how far a step of a test has come.
type StepState uint8

// The states.
const (
	StepWaits StepState = iota
	StepRuns
	StepWell
	StepFailed
)

// TryStep is a step of testing an account.
type TryStep struct {
	Name    string // "Connect"
	Detail  string // "imap.fernlight.example:993, 212 ms"
	State   StepState
	Problem string // our sentence, if it failed
	Words   string // the server's own, if there are any

	Distrust bool // it failed for the server's certificate
	Sending  bool // it is about the outgoing server
}

// Setup adds accounts and changes them: it tests what was typed, step by step,
// and keeps passwords where they belong.
type Setup struct {
	Steps   []TryStep
	Running bool
	Passed  bool // the test went well to its end

	Changed func() // as a test goes on; may be nil

	desk   *Desk
	client *client.Client
	roster *Roster
	stop   context.CancelFunc
	n      uint64 // of the test that runs
}

// NewSetup makes the model.
func NewSetup(d *Desk, c *client.Client, r *Roster) *Setup {
	return &Setup{desk: d, client: c, roster: r}
}

// GuessAccount fills in what is usual for an address, where nothing better is
// known: names of servers that the person can change.
func GuessAccount(address string, p accounts.Protocol) accounts.Account {
	address = strings.TrimSpace(address)
	domain := strings.ToLower(address[strings.LastIndexByte(address, '@')+1:])
	host := "imap."
	if p == accounts.POP3 {
		host = "pop."
	}
	acc := accounts.Account{
		Address: address, Protocol: p, Incoming: accounts.Server{Host: host + domain}, Outgoing: &accounts.Server{Host: "smtp." + domain},
	}
	acc.Complete()
	return acc
}

// Try tests an account with what was typed; an empty password means the one that
// is kept. Nothing is kept, and nothing sent. What it tests is complete.
func (s *Setup) Try(acc accounts.Account, given client.Secrets) {
	s.Stop()
	acc = acc.Clone()
	acc.Complete()
	s.Steps, s.Running, s.Passed = plannedSteps(acc), true, false
	if err := acc.Check(); err != nil {
		s.Steps[0].fail(err)
		s.end(false)
		return
	}
	s.Steps[0].State = StepRuns
	s.n++
	n := s.n
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	each := func(st client.Step) {
		s.desk.Post(func() {
			if s.n == n {
				s.step(st)
			}
		})
	}
	s.desk.Go(func() {
		err := s.client.Try(secret.Attended(ctx), acc, given.Password, each)
		if err == nil {
			out := given.Outgoing
			if out.Empty() {
				out = given.Password
			}
			err = s.client.TryOut(secret.Attended(ctx), acc, out, each)
		}
		s.desk.Post(func() {
			stop()
			if s.n == n {
				s.finish(err)
			}
		})
	})
	s.changed()
}

// Stop ends a test that nobody waits for any more.
func (s *Setup) Stop() {
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
	s.n++
	s.Running = false
}

// forSending ends the names of the steps with the outgoing server.
const forSending = " for sending"

// plannedSteps are the steps that a test will take.
func plannedSteps(acc accounts.Account) (list []TryStep) {
	add := func(names ...string) {
		for _, name := range names {
			list = append(list, TryStep{Name: phrase.Capital(name), Sending: strings.HasSuffix(name, forSending)})
		}
	}
	service := func(sv *accounts.Server, suffix string) {
		add("connect" + suffix)
		if sv.TLS == accounts.StartTLS {
			add("encrypt the connection" + suffix)
		}
		add("sign in" + suffix)
	}
	service(&acc.Incoming, "")
	add("look around")
	if acc.Outgoing != nil {
		service(acc.Outgoing, forSending)
	}
	return list
}

// step notes that a step ended; the next one runs.
func (s *Setup) step(st client.Step) {
	name := phrase.Capital(st.Name)
	for i := range s.Steps {
		if s.Steps[i].Name != name || s.Steps[i].State > StepRuns {
			continue
		}
		t := &s.Steps[i]
		t.Detail = st.Detail
		if st.Took > 0 {
			t.Detail = strings.TrimPrefix(t.Detail+", "+took(st.Took), ", ")
		}
		t.State = StepWell
		if st.Err != nil {
			t.fail(st.Err)
		} else if i+1 < len(s.Steps) {
			s.Steps[i+1].State = StepRuns
		}
		break
	}
	s.changed()
}

func took(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

func (t *TryStep) fail(err error) {
	t.State = StepFailed
	t.Problem, t.Words = Explain(err)
	t.Distrust = distrusted(err)
}

// distrusted reports whether an error means that nobody whom this computer knows
// vouches for a server's certificate.
func distrusted(err error) bool {
	var (
		invalid x509.CertificateInvalidError
		host    x509.HostnameError
		unknown x509.UnknownAuthorityError
	)
	return errors.As(err, &invalid) || errors.As(err, &host) || errors.As(err, &unknown)
}

func (s *Setup) finish(err error) {
	if mail.Is(err, mail.KindCanceled) {
		s.end(false)
		return
	}
	if err != nil && !s.failed() { // it ended between the steps
		for i := range s.Steps {
			if s.Steps[i].State == StepRuns {
				s.Steps[i].fail(err)
			}
		}
	}
	s.end(err == nil)
}

func (s *Setup) failed() bool {
	for _, t := range s.Steps {
		if t.State == StepFailed {
			return true
		}
	}
	return false
}

func (s *Setup) end(passed bool) {
	s.Running, s.Passed, s.stop = false, passed, nil
	if passed { // what was planned and not needed is no part of it
		s.Steps = slices.DeleteFunc(s.Steps, func(t TryStep) bool { return t.State != StepWell })
	}
	for i := range s.Steps {
		if s.Steps[i].State == StepRuns {
			s.Steps[i].State = StepWaits
		}
	}
	s.changed()
}

func (s *Setup) changed() {
	if s.Changed != nil {
		s.Changed()
	}
}

// Add keeps an account with its passwords, both or none, and lets its mail come.
func (s *Setup) Add(acc accounts.Account, given client.Secrets, then func(accounts.Account, error)) {
	var added accounts.Account
	s.do(func(ctx context.Context) (err error) {
		added, err = s.client.Add(secret.Attended(ctx), acc, given)
		return err
	}, func(err error) { then(added, err) })
}

// Change changes an account, and those of its passwords that are not empty.
func (s *Setup) Change(id mail.AccountID, edit func(*accounts.Account) error, given client.Secrets, then func(error)) {
	s.do(func(ctx context.Context) error {
		_, err := s.client.Edit(secret.Attended(ctx), id, edit, given)
		return err
	}, then)
}

// SignIn tries a password with an account's server, and keeps it if it is right.
func (s *Setup) SignIn(id mail.AccountID, password secret.Secret, then func(error)) {
	s.do(func(ctx context.Context) error {
		acc, err := s.client.Find(string(id))
		if err != nil {
			return err
		}
		ctx = secret.Attended(ctx)
		if err := s.client.Try(ctx, acc, password, func(client.Step) {}); err != nil {
			return err
		}
		_, err = s.client.Edit(ctx, id, func(*accounts.Account) error { return nil }, client.Secrets{Password: password})
		return err
	}, func(err error) {
		if err == nil {
			s.client.Look(id)
		}
		then(err)
	})
}

// do works elsewhere; after it the workers and the window know the accounts as
// they are now.
func (s *Setup) do(work func(context.Context) error, then func(error)) {
	Run(s.desk, func(ctx context.Context) error {
		if err := work(ctx); err != nil {
			return err
		}
		return s.client.Reload(ctx)
	}, func(err error) {
		s.roster.Load()
		then(err)
	})
}

// Order puts the accounts into the person's order.
func (s *Setup) Order(ids []mail.AccountID, then func(error)) {
	s.do(func(ctx context.Context) error { return s.client.Reorder(ctx, ids...) }, then)
}

// Removal says what taking an account away would take with it.
type Removal struct {
	Name     string
	Messages int
	OnlyHere int // of them, those that are nowhere else as far as we know
	Waiting  int // changes that have not reached the server
	Unsent   int // messages that were not sent, or of which nobody knows
}

// Sentence is what to ask the person; keep says that the mail is to stay here.
func (r Removal) Sentence(keep bool) string {
	text := ""
	switch {
	case keep:
		text = "The " + phrase.Messages(r.Messages) + " of " + r.Name + " stay on this computer and can be read; no new mail comes."
	case r.OnlyHere > 0:
		text = phrase.Things(r.OnlyHere, "message is", "messages are") + " on this computer only, and will be gone for good."
	default:
		text = "The mail stays on the server and goes from this computer."
	}
	switch {
	case r.Unsent > 0 && keep:
		text += " " + phrase.Things(r.Unsent, "message", "messages") + " in the Outbox will not be sent any more."
	case r.Unsent > 0:
		text += " " + phrase.Things(r.Unsent, "message", "messages") + " in the Outbox will not be sent, and will be gone for good."
	}
	if r.Waiting > 0 {
		text += " " + phrase.Things(r.Waiting, "change has", "changes have") + " not reached the server yet, and will be lost."
	}
	return text
}

// Weigh reads what removing an account would take with it.
func (s *Setup) Weigh(id mail.AccountID, then func(Removal, error)) {
	a, _ := s.roster.Account(id)
	r := Removal{Name: a.Name}
	for _, m := range s.roster.Tree().Mailboxes {
		if m.Account == id {
			r.Messages += m.Total
		}
	}
	Run(s.desk, func(ctx context.Context) error {
		pending, err := s.client.Pending(ctx, id)
		if err != nil {
			return err
		}
		for _, p := range pending {
			switch {
			case p.Kind == mail.OpSend:
				r.Unsent++
			case p.State != mail.StateFailed:
				r.Waiting++
			}
		}
		if a.Settings.Protocol == accounts.POP3 {
			d, err := s.client.Departures(ctx, a.Settings)
			r.OnlyHere = d.OnlyHere
			return err
		}
		return nil
	}, func(err error) { then(r, err) })
}

// Remove takes an account away with its passwords, and its mail unless it is to
// be kept.
func (s *Setup) Remove(id mail.AccountID, keepMail bool, then func(error)) {
	s.do(func(ctx context.Context) error { return s.client.RemoveAccount(ctx, id, keepMail) }, then)
}

// PasswordPlace says where passwords go, in a sentence and in a few words. vault
// says that there is no keyring to use.
func PasswordPlace(vault bool) (sentence, short string) {
	if vault {
		return "No Postrider account, no relay. Passwords go into an encrypted file on this computer, which your passphrase opens.", "in the encrypted vault"
	}
	return "No Postrider account, no relay. Passwords go into this computer’s keyring.", "in this computer’s keyring"
}

// NeedsVault reports whether an error means that the system has no keyring that
// can be used, so that a vault is to be offered.
func NeedsVault(err error) bool {
	return errors.Is(err, secret.ErrUnavailable) || errors.Is(err, secret.ErrSilent) || errors.Is(err, secret.ErrFailed)
}

package client

import (
	"context"
	"errors"
	"slices"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/mail"
	"postrider/mail/dial"
)

// Accounts are the accounts of a data folder with their secrets and the way to
// their servers. They need no store, so that they can be changed while another
// process has it.
type Accounts struct {
	opts        Options
	file        *accounts.File
	dialer      *dial.Dialer
	connections connections
	limits      limits
	transcript  *dial.Transcript
	recent      *dial.Recent // nil: nothing is kept
	trace       *Trace
}

// OpenAccounts opens the accounts of opts.Dir.
func OpenAccounts(opts Options) (*Accounts, error) {
	a := &Accounts{
		opts: opts, file: accounts.In(opts.Dir),
		dialer: &dial.Dialer{Now: opts.Now, Connect: opts.Timeout, Handshake: opts.Timeout},
	}
	if opts.Recent > 0 {
		a.recent = dial.NewRecent(opts.Recent, opts.Now)
	}
	var err error
	if opts.Transcript != "" {
		if a.transcript, err = dial.OpenTranscript(opts.Transcript, opts.Now); err != nil {
			return nil, err
		}
	}
	if a.trace, err = OpenTrace(opts.Trace); err != nil {
		a.Close()
		return nil, err
	}
	return a, nil
}

// Close closes the logs.
func (a *Accounts) Close() error {
	err := a.trace.Close()
	if a.transcript != nil {
		err = errors.Join(err, a.transcript.Close())
	}
	return err
}

// Dir is the data folder.
func (a *Accounts) Dir() string { return a.opts.Dir }

// Trace is where timing spans go; it may be nil.
func (a *Accounts) Trace() *Trace { return a.trace }

// All returns the accounts in their order.
func (a *Accounts) All() ([]accounts.Account, error) { return a.file.Load() }

// Find returns the account that a person means by an id or an address.
func (a *Accounts) Find(name string) (accounts.Account, error) {
	list, err := a.file.Load()
	if err != nil {
		return accounts.Account{}, err
	}
	return accounts.Find(list, name)
}

// Select returns the accounts that a person names; no names are all accounts.
func (a *Accounts) Select(names []string) ([]accounts.Account, error) {
	list, err := a.file.Load()
	if err != nil || len(names) == 0 {
		return list, err
	}
	var chosen []accounts.Account
	for _, name := range names {
		one, err := accounts.Find(list, name)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(chosen, func(c accounts.Account) bool { return c.ID == one.ID }) {
			chosen = append(chosen, one)
		}
	}
	return chosen, nil
}

// Secrets are what a person types when they set an account up. Empty ones are
// not kept.
type Secrets struct {
	Password secret.Secret
	Outgoing secret.Secret // of an outgoing server that has its own
}

// Vault reports whether secrets go into a vault, and not into the system's
// keyring.
func (a *Accounts) Vault() bool {
	_, is := a.opts.Keyring.(*secret.Vault)
	return is
}

// Add keeps a new account with its secrets: both, or none of it.
func (a *Accounts) Add(ctx context.Context, acc accounts.Account, s Secrets) (accounts.Account, error) {
	added, err := a.file.Add(ctx, acc)
	if err != nil {
		return added, err
	}
	if err := a.keep(ctx, added.ID, s); err != nil {
		return added, errors.Join(err, a.file.Remove(context.WithoutCancel(ctx), added.ID))
	}
	return added, nil
}

// Edit changes an account, and those of its secrets that are not empty.
func (a *Accounts) Edit(ctx context.Context, id mail.AccountID, edit func(*accounts.Account) error, s Secrets) (accounts.Account, error) {
	edited, err := a.file.Edit(ctx, id, edit)
	if err != nil {
		return edited, err
	}
	return edited, a.keep(ctx, id, s)
}

func (a *Accounts) keep(ctx context.Context, id mail.AccountID, s Secrets) error {
	for what, value := range map[secret.What]secret.Secret{secret.Password: s.Password, secret.OutgoingPassword: s.Outgoing} {
		if value.Empty() {
			continue
		}
		if err := a.opts.Keyring.Set(ctx, id, what, value); err != nil {
			return err
		}
	}
	return nil
}

// remove takes an account out of the file, and its secrets out of the keyring.
func (a *Accounts) remove(ctx context.Context, id mail.AccountID) error {
	if err := a.file.Remove(ctx, id); err != nil {
		return err
	}
	return secret.Forget(ctx, a.opts.Keyring, id)
}

package client

import (
	"context"
	"io"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/mail"
	"postrider/mail/engine"
	"postrider/mail/imap"
	"postrider/mail/imap/wire"
	"postrider/mail/pop"
	"postrider/mail/smtp"
	"postrider/mail/store"
)

// password gets what to sign in to the incoming server with.
type password func(context.Context) (secret.Secret, error)

// kept is the password that the keyring has for an account.
func (a *Accounts) kept(acc accounts.Account) password {
	return func(ctx context.Context) (secret.Secret, error) {
		if acc.Incoming.Auth == accounts.OAuth {
			return secret.Secret{}, &mail.Error{Op: "sign in", Account: acc.ID, Kind: mail.KindSignIn,
				Message: "this account signs in by the provider's own page (OAuth), which this Postrider cannot do"}
		}
		return a.opts.Keyring.Get(ctx, acc.ID, secret.Password)
	}
}

// given is a password that is not in the keyring yet.
func given(s secret.Secret) password {
	return func(context.Context) (secret.Secret, error) { return s, nil }
}

// connect returns the way to an account's incoming server. st may be nil where
// nothing is to be uploaded.
func (a *Accounts) connect(acc accounts.Account, st *store.Store, p password) engine.Connect {
	if acc.Protocol == accounts.POP3 {
		return pop.Connect(pop.Config{
			Account: acc, Store: st, Dialer: a.dialerOf(acc.ID), Timeout: a.opts.Timeout,
			Transcript: a.script(acc.ID), TranscriptBodies: a.opts.TranscriptBodies,
			Credentials: func(ctx context.Context) (pop.Credentials, error) {
				s, err := a.reveal(ctx, p)
				return pop.Credentials{User: acc.Incoming.User, Password: s}, err
			},
		})
	}
	return imap.Connect(imap.Config{
		Account: acc, Store: st, Dialer: a.dialerOf(acc.ID), Timeout: a.opts.Timeout,
		Transcript: a.script(acc.ID), TranscriptBodies: a.opts.TranscriptBodies,
		Credentials: func(ctx context.Context) (wire.Credentials, error) {
			s, err := a.reveal(ctx, p)
			return wire.Credentials{User: acc.Incoming.User, Password: s}, err
		},
	})
}

// keptOut is the password that the keyring has for an account's outgoing
// server: its own, or else that of the incoming one.
func (a *Accounts) keptOut(acc accounts.Account) password {
	return func(ctx context.Context) (secret.Secret, error) {
		own, err := a.opts.Keyring.Get(ctx, acc.ID, secret.OutgoingPassword)
		if err == nil && !own.Empty() {
			return own, nil
		}
		return a.kept(acc)(ctx)
	}
}

// courier is what a courier to an account's outgoing server needs.
func (a *Accounts) courier(acc accounts.Account, st *store.Store, p password) smtp.Config {
	return smtp.Config{
		Account: acc, Store: st, Dialer: a.dialerOf(acc.ID), Timeout: a.opts.Timeout,
		Transcript: a.transcript.Writer(acc.ID, "smtp "), TranscriptBodies: a.opts.TranscriptBodies,
		Offers: func(c smtp.Caps) { a.noteLimit(acc.Outgoing, c.Size) },
		Credentials: func(ctx context.Context) (smtp.Credentials, error) {
			s, err := a.reveal(ctx, p)
			return smtp.Credentials{User: acc.Outgoing.User, Password: s}, err
		},
	}
}

// reachOut is reach for the outgoing server.
func (c *Client) reachOut(id mail.AccountID) engine.ConnectOut {
	return func(ctx context.Context) (engine.Courier, error) {
		acc, err := c.Find(string(id))
		if err != nil {
			return nil, err
		}
		return smtp.Connect(c.courier(acc, c.store, c.keptOut(acc)))(ctx)
	}
}

// reveal gets the password as text, for the wire, and keeps it out of the
// transcript before it can get into it.
func (a *Accounts) reveal(ctx context.Context, p password) (string, error) {
	s, err := p(ctx)
	if err != nil {
		return "", err
	}
	if a.transcript != nil {
		a.transcript.Hide(s.Reveal())
	}
	if a.recent != nil {
		a.recent.Hide(s.Reveal())
	}
	return s.Reveal(), nil
}

// script is where the drivers of an account write what is said on the wire; nil
// where nobody wants to know.
func (a *Accounts) script(id mail.AccountID) io.Writer {
	whole, recent := a.transcript.Writer(id, ""), a.recent.Writer(id)
	switch {
	case whole == nil:
		return recent
	case recent == nil:
		return whole
	}
	return io.MultiWriter(whole, recent)
}

// Log returns what was last said on the wire with the server of an account ("":
// of any), oldest first, without secrets; see Options.Recent.
func (a *Accounts) Log(id mail.AccountID) string {
	if a.recent == nil {
		return ""
	}
	return a.recent.Text(id)
}

package pop

import (
	"context"
	"io"
	"time"

	"postrider/accounts"
	"postrider/mail/dial"
	"postrider/mail/engine"
	"postrider/mail/store"
)

// Credentials are what a person or a provider gave for an account: a password,
// or an OAuth 2.0 access token.
type Credentials struct {
	User, Password, Token string
}

// Config is what a driver needs to know.
type Config struct {
	Account accounts.Account
	Store   *store.Store // nil: only to try out whether one can sign in
	Dialer  *dial.Dialer

	// Credentials returns what to sign in with; its error is the sign-in's.
	Credentials func(context.Context) (Credentials, error)

	Transcript       io.Writer // may be nil
	TranscriptBodies bool
	Timeout          time.Duration // how long the server may stay silent; 0: 60 s
	Poll             time.Duration // how often to look for mail; 0: every 5 min
}

// Connect returns how to connect to the account's server. It fails with kind
// busy, without connecting, while the server's least time between two sign-ins
// has not passed (RFC 2449 6.5).
func Connect(cfg Config) engine.Connect {
	return func(ctx context.Context) (engine.Driver, error) {
		d := &Driver{cfg: cfg}
		if err := d.open(ctx); err != nil {
			return nil, err
		}
		return d, nil
	}
}

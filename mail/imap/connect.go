package imap

import (
	"context"
	"crypto/tls"
	"io"
	"time"

	"github.com/emersion/go-imap/v2/imapclient"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/dial"
	"postrider/mail/engine"
	"postrider/mail/imap/wire"
	"postrider/mail/store"
)

// Config is what a driver needs to know.
type Config struct {
	Account accounts.Account
	Store   *store.Store // for the bytes of messages to upload
	Dialer  *dial.Dialer

	// Credentials returns what to sign in with; its error is the sign-in's.
	Credentials func(context.Context) (wire.Credentials, error)

	Transcript       io.Writer // may be nil
	TranscriptBodies bool
	Timeout          time.Duration // how long the server may stay silent; 0: 60 s
	Lingering        time.Duration // how long a session may outlive its connection; 0: 1 s
}

// Connect returns how to connect to the account's server.
func Connect(cfg Config) engine.Connect {
	return func(ctx context.Context) (engine.Driver, error) {
		d, err := connect(ctx, cfg)
		if err != nil {
			return nil, err
		}
		return d, nil
	}
}

func connect(ctx context.Context, cfg Config) (*Driver, error) {
	cred, err := cfg.Credentials(ctx)
	if err != nil {
		return nil, err
	}
	server := &cfg.Account.Incoming
	conn, err := cfg.Dialer.Dial(ctx, dial.To(server))
	if err != nil {
		return nil, err
	}
	d := &Driver{cfg: cfg, conn: conn, since: time.Now(), news: make(chan struct{}, 1)}
	d.wire = wire.New(conn, wire.Options{
		Secure: server.TLS != accounts.StartTLS, Timeout: cfg.Timeout, Transcript: cfg.Transcript, TranscriptBodies: cfg.TranscriptBodies,
		OnExtra: d.onExtra, OnNotify: d.onNotify,
	})
	if err := d.signIn(ctx, cred); err != nil {
		d.wire.Close()
		return nil, err
	}
	return d, nil
}

func (d *Driver) signIn(ctx context.Context, cred wire.Credentials) error {
	greeting, err := d.wire.Greet(ctx)
	if err != nil {
		return err
	}
	if d.cfg.Account.Incoming.TLS == accounts.StartTLS {
		if err := d.wire.StartTLS(ctx, d.tlsConfig()); err != nil {
			return err
		}
	}
	if !greeting.PreAuth {
		if err := d.wire.Login(ctx, cred); err != nil {
			return err
		}
	} else if cred.Password != "" || cred.Token != "" {
		return &mail.Error{Op: "sign in", Kind: mail.KindUnsafe, Message: "the server took us for signed in before we said who we are; this is not the account's server"}
	}
	d.caps = d.wire.Caps()
	d.client = imapclient.New(d.wire, &imapclient.Options{UnilateralDataHandler: &imapclient.UnilateralDataHandler{
		Expunge: func(uint32) { d.told.Add(-1); d.hear() },
		Mailbox: func(m *imapclient.UnilateralDataMailbox) {
			if m.NumMessages != nil && d.told.Swap(int64(*m.NumMessages)) != int64(*m.NumMessages) { // some repeat it at each IDLE
				d.hear()
			}
		},
		Fetch: func(m *imapclient.FetchMessageData) {
			m.Collect() // the decoder waits until it was read
			d.hear()
		},
	}})
	return nil
}

func (d *Driver) tlsConfig() *tls.Config { return d.conn.TLSConfig() }

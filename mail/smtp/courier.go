package smtp

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/dial"
	"postrider/mail/engine"
	"postrider/mail/message"
	"postrider/mail/store"
)

// Config is what a courier needs.
type Config struct {
	Account          accounts.Account
	Store            *store.Store // where the bytes are
	Dialer           *dial.Dialer
	Timeout          time.Duration // how long the server may stay silent; 0: see Options
	Transcript       io.Writer
	TranscriptBodies bool

	// Offers is told what the server offers, once somebody has signed in; may be nil.
	Offers func(Caps)

	// Credentials gets the password or the token, when the server wants one.
	Credentials func(context.Context) (Credentials, error)
}

// Courier hands messages to an account's outgoing server. It implements
// engine.Courier.
type Courier struct {
	cfg    Config
	client *Client
}

var _ engine.Courier = (*Courier)(nil)

// Connect returns the way to an account's outgoing server.
func Connect(cfg Config) engine.ConnectOut {
	return func(ctx context.Context) (engine.Courier, error) {
		c, err := Open(ctx, cfg)
		if err != nil {
			return nil, named(err, cfg.Account.ID)
		}
		return c, nil
	}
}

// Open connects and signs in. A server that offers no sign-in gets mail without
// one.
func Open(ctx context.Context, cfg Config) (*Courier, error) {
	server := cfg.Account.Outgoing
	if server == nil {
		return nil, mail.Errorf(mail.KindInput, opSend, "this account has no outgoing server; set one with `postrider account edit`")
	}
	conn, err := cfg.Dialer.Dial(ctx, dial.To(server))
	if err != nil {
		return nil, err
	}
	client, err := NewClient(ctx, conn, Options{
		Timeout: cfg.Timeout, Transcript: cfg.Transcript, TranscriptBodies: cfg.TranscriptBodies,
		Secure: server.TLS != accounts.StartTLS, // without any, dial leads to this computer alone
		Uses:   cfg.Account.Uses, Explain: conn.Explain,
	})
	if err != nil {
		return nil, err
	}
	c := &Courier{cfg: cfg, client: client}
	if err := c.enter(ctx, server, conn); err != nil {
		client.Close()
		return nil, err
	}
	if cfg.Offers != nil {
		cfg.Offers(client.Caps())
	}
	return c, nil
}

func (c *Courier) enter(ctx context.Context, server *accounts.Server, conn *dial.Conn) error {
	if server.TLS == accounts.StartTLS {
		if err := c.client.StartTLS(ctx, conn.Upgrade); err != nil {
			return err
		}
	}
	if !c.client.caps.Has("AUTH") {
		return nil
	}
	cred, err := c.cfg.Credentials(ctx)
	if err != nil {
		return err
	}
	return c.client.Login(ctx, cred)
}

// Spent implements engine.Courier.
func (c *Courier) Spent() bool { return c.client.Over() != nil }

// Close implements engine.Courier.
func (c *Courier) Close() error {
	c.client.Quit(context.Background())
	return nil
}

// Send implements engine.Courier.
func (c *Courier) Send(ctx context.Context, out *store.Outgoing, last func() error) store.Handover {
	opts := message.WireOptions{EightBit: c.client.has("8BITMIME"), UTF8: c.client.has("SMTPUTF8")}
	wire, err := message.Wire(func() (io.ReadCloser, error) { return c.cfg.Store.RawReader(ctx, out.Message) }, opts)
	if err != nil {
		return c.handover(Result{Err: err})
	}
	env := Envelope{
		From: message.WireAddress(out.Sender), Size: wire.Size, EightBit: wire.EightBit, UTF8: wire.UTF8,
		Notify: out.Notify, ID: out.MessageID,
	}
	for _, to := range append([]string{out.Sender}, out.Recipients...) {
		env.UTF8 = env.UTF8 || !ascii(message.WireAddress(to))
	}
	for _, to := range out.Recipients {
		env.To = append(env.To, message.WireAddress(to))
	}
	return c.handover(c.client.Send(ctx, env, wire.Write, last))
}

func ascii(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 })
}

// handover says in the store's words how a message was taken.
func (c *Courier) handover(res Result) store.Handover {
	h := store.Handover{How: store.Later, Recipients: res.Refused}
	if res.Err != nil {
		h.Err = named(res.Err, c.cfg.Account.ID)
	}
	switch {
	case res.Unknown:
		h.How, h.Recipients = store.Unknown, nil
	case res.Accepted():
		h.How = store.Done
	case mail.Is(res.Err, mail.KindRefused), mail.Is(res.Err, mail.KindInput):
		h.How = store.Refused
	}
	for _, err := range res.Refused {
		if h.How == store.Refused && err != nil && !mail.Is(err, mail.KindRefused) {
			h.How = store.Later // not all of them were refused for good
		}
	}
	return h
}

// named gives an error its account.
func named(err error, account mail.AccountID) error {
	var e *mail.Error
	if errors.As(err, &e) && e.Account == "" {
		e.Account = account
	}
	return err
}

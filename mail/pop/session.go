package pop

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/emersion/go-sasl"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/dial"
	"postrider/mail/pop/pop3"
)

const opSignIn = "sign in"

// open begins a session, unless there is one.
func (d *Driver) open(ctx context.Context) error {
	switch {
	case d.closed:
		return mail.Errorf(mail.KindOffline, opSignIn, "the connection was closed")
	case d.client != nil && d.client.Over() == nil:
		return nil
	}
	d.drop()
	if rest := d.rest(ctx); rest > 0 {
		return mail.Errorf(mail.KindBusy, opSignIn, "the server allows a sign-in only every %s; the next one is at %s",
			words(d.delay(ctx)), d.cfg.Store.Now().Add(rest).Local().Format(time.TimeOnly))
	}
	cred, err := d.cfg.Credentials(ctx)
	if err != nil {
		return err
	}
	if cred.Password == "" && cred.Token == "" {
		return mail.Errorf(mail.KindSignIn, opSignIn, "there is no password for this account")
	}
	c, err := d.dial(ctx)
	if err != nil {
		return err
	}
	d.client = c
	if err := d.signIn(ctx, cred); err != nil {
		d.drop()
		return err
	}
	return nil
}

// dial connects, and puts TLS on the connection if it is to come by STLS.
func (d *Driver) dial(ctx context.Context) (*pop3.Client, error) {
	server := &d.cfg.Account.Incoming
	conn, err := d.cfg.Dialer.Dial(ctx, dial.To(server))
	if err != nil {
		return nil, err
	}
	c, err := pop3.NewClient(ctx, conn, pop3.Options{
		Timeout: d.cfg.Timeout, Transcript: d.cfg.Transcript, TranscriptBodies: d.cfg.TranscriptBodies,
		ClearText:         server.TLS == accounts.NoTLS, // dial takes it for this computer only
		NoInitialResponse: !d.cfg.Account.Uses("SASL-IR"),
	})
	if err != nil {
		return nil, err
	}
	if server.TLS == accounts.StartTLS {
		if err := c.StartTLS(ctx, conn.Upgrade); err != nil {
			c.Close()
			return nil, err
		}
	}
	return c, nil
}

func (d *Driver) signIn(ctx context.Context, cred Credentials) error {
	caps, err := d.client.Caps(ctx)
	if err != nil {
		return err
	}
	switch {
	case cred.Token != "" && caps.Mechanism(sasl.OAuthBearer):
		err = d.client.Authenticate(ctx, sasl.NewOAuthBearerClient(&sasl.OAuthBearerOptions{Username: cred.User, Token: cred.Token}))
	case cred.Token != "":
		err = d.client.Authenticate(ctx, xoauth2(cred))
	case !d.cfg.Account.Uses("SASL"):
		err = d.client.UserPass(ctx, cred.User, cred.Password)
	default:
		err = d.client.Login(ctx, cred.User, cred.Password)
	}
	if err != nil {
		return err
	}
	return d.signedIn(ctx, caps.LoginDelay)
}

// xoauth2 is the mechanism that Google and Microsoft had before RFC 7628.
type xoauth2 Credentials

func (x xoauth2) Start() (string, []byte, error) {
	return "XOAUTH2", []byte("user=" + x.User + "\x01auth=Bearer " + x.Token + "\x01\x01"), nil
}

// Next answers the challenge that says why the token is refused: the -ERR
// follows.
func (x xoauth2) Next([]byte) ([]byte, error) { return []byte{}, nil }

// notes is what the store remembers of the server.
type notes struct {
	SignedIn   time.Time `json:"signed_in"`
	LoginDelay int       `json:"login_delay"` // seconds between two sign-ins; 0: none known
}

// knownDelays are of servers that refuse the sign-in before the time has passed
// and do not announce it.
var knownDelays = map[string]time.Duration{"pop3.web.de": 15 * time.Minute}

// signedIn remembers when, where that counts: where the server has announced a
// least time between two sign-ins, or did before.
func (d *Driver) signedIn(ctx context.Context, announced time.Duration) error {
	delay := max(announced, knownDelays[strings.ToLower(d.cfg.Account.Incoming.Host)])
	if d.cfg.Store == nil || delay == 0 && d.delay(ctx) == 0 {
		return nil
	}
	return d.cfg.Store.SetNotes(ctx, d.cfg.Account.ID, notes{SignedIn: d.cfg.Store.Now(), LoginDelay: int(delay.Seconds())})
}

func (d *Driver) notes(ctx context.Context) (n notes) {
	if d.cfg.Store != nil {
		if err := d.cfg.Store.Notes(ctx, d.cfg.Account.ID, &n); err != nil {
			return notes{}
		}
	}
	return n
}

func (d *Driver) delay(ctx context.Context) time.Duration {
	return time.Duration(d.notes(ctx).LoginDelay) * time.Second
}

// rest is how long it is until the server takes the next sign-in. A clock that
// was set back since the last one says nothing.
func (d *Driver) rest(ctx context.Context) time.Duration {
	n := d.notes(ctx)
	if n.LoginDelay == 0 {
		return 0
	}
	passed := d.cfg.Store.Now().Sub(n.SignedIn)
	if passed < 0 {
		return 0
	}
	return max(0, time.Duration(n.LoginDelay)*time.Second-passed)
}

// words says a duration for a person.
func words(d time.Duration) string {
	if d%time.Minute == 0 {
		return fmt.Sprintf("%d minutes", d/time.Minute)
	}
	return fmt.Sprintf("%d seconds", d/time.Second)
}

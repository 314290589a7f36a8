package pop_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/engine"
	"postrider/mail/mailtest"
	"postrider/mail/pop"
)

// TestTLS signs in under TLS of both kinds, and by none of them where the
// certificate is not to be trusted.
func TestTLS(t *testing.T) {
	s := mailtest.Dovecot(t)
	if err := s.Deliver("alice", letterOf("a", 2000)); err != nil {
		t.Fatal(err)
	}
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, s.CA.PEM, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []accounts.TLS{accounts.ImplicitTLS, accounts.StartTLS} {
		addr := map[accounts.TLS]string{accounts.ImplicitTLS: s.POP3S, accounts.StartTLS: s.POP3}[kind]
		c := newClient(t, addr, "alice", "forever", func(cfg *pop.Config) {
			cfg.Account.Incoming.TLS, cfg.Account.Incoming.CAFile = kind, ca
		})
		c.sync()
		c.want("a")
		stranger := newClient(t, addr, "alice", "forever", func(cfg *pop.Config) { cfg.Account.Incoming.TLS = kind })
		stranger.fails(mail.KindUnsafe)
		stranger.want("")
	}
}

// TestSignIn is what signing in says, and how it fails.
func TestSignIn(t *testing.T) {
	const hello = "S: +OK hello\n C: CAPA\n S: +OK\n S: SASL %s\n S: .\n"
	password := func(*pop.Config) {}
	token := func(cfg *pop.Config) {
		cfg.Credentials = func(context.Context) (pop.Credentials, error) {
			return pop.Credentials{User: "alice", Token: "tok"}, nil
		}
	}
	nothing := func(cfg *pop.Config) {
		cfg.Credentials = func(context.Context) (pop.Credentials, error) { return pop.Credentials{User: "alice"}, nil }
	}
	without := func(name string) func(*pop.Config) {
		return func(cfg *pop.Config) { cfg.Account.Without = []string{name} }
	}
	const empty = "S: +OK\n C: UIDL\n S: +OK\n S: .\n C: QUIT\n S: +OK"
	for name, tt := range map[string]struct {
		change func(*pop.Config)
		script string
		kind   mail.Kind // "": it goes well
	}{
		"PLAIN":          {password, fmt.Sprintf(hello, "PLAIN") + "C: AUTH PLAIN *\n" + empty, ""},
		"in two steps":   {without("SASL-IR"), fmt.Sprintf(hello, "PLAIN") + "C: AUTH PLAIN\n S: +\n C: *\n" + empty, ""},
		"USER and PASS":  {without("SASL"), fmt.Sprintf(hello, "PLAIN") + "C: USER alice\n S: +OK\n C: PASS alice-secret\n" + empty, ""},
		"OAUTHBEARER":    {token, fmt.Sprintf(hello, "XOAUTH2 OAUTHBEARER") + "C: AUTH OAUTHBEARER\n S: +\n C: *\n" + empty, ""},
		"XOAUTH2":        {token, fmt.Sprintf(hello, "XOAUTH2") + "C: AUTH XOAUTH2\n S: +\n C: dXNlcj1hbGljZQFhdXRoPUJlYXJlciB0b2sBAQ==\n" + empty, ""},
		"token refused":  {token, fmt.Sprintf(hello, "XOAUTH2") + "C: AUTH XOAUTH2\n S: +\n C: *\n S: + eyJzdGF0dXMiOiI0MDEifQ==\n C: \n S: -ERR [AUTH] no", mail.KindSignIn},
		"refused":        {password, fmt.Sprintf(hello, "PLAIN") + "C: AUTH PLAIN *\n S: -ERR [AUTH] wrong", mail.KindSignIn},
		"in use":         {password, fmt.Sprintf(hello, "PLAIN") + "C: AUTH PLAIN *\n S: -ERR [IN-USE] another session has the maildrop", mail.KindBusy},
		"locked":         {password, fmt.Sprintf(hello, "PLAIN") + "C: AUTH PLAIN *\n S: -ERR mailbox is locked by another POP3 session", mail.KindBusy},
		"too soon":       {password, fmt.Sprintf(hello, "PLAIN") + "C: AUTH PLAIN *\n S: -ERR [LOGIN-DELAY] wait", mail.KindBusy},
		"not today":      {password, "S: -ERR too many connections", mail.KindBusy},
		"no credentials": {nothing, "", mail.KindSignIn},
	} {
		t.Run(name, func(t *testing.T) {
			var scripts []string
			if tt.script != "" {
				scripts = []string{tt.script}
			}
			c := newClient(t, mailtest.Script(t, scripts...), "alice", "forever", tt.change)
			if tt.kind == "" {
				c.sync()
			} else if e := c.fails(tt.kind); strings.Contains(e.Error(), "secret") {
				t.Errorf("a secret in %v", e)
			}
		})
	}
}

// TestLoginDelay: a server that wants to be left alone for a while is, by all
// who use the store, unless the clock makes no sense.
func TestLoginDelay(t *testing.T) {
	s := newOdd(t)
	s.caps += "\nLOGIN-DELAY 900"
	c := newClient(t, s.addr, "alice", "forever")
	c.sync()
	s.asked("PASS")
	e := c.fails(mail.KindBusy)
	if !strings.Contains(e.Message, "15 minutes") {
		t.Errorf("the person is told %q", e.Message)
	}
	c.ahead = 14 * time.Minute
	c.fails(mail.KindBusy)
	if n := s.asked("PASS"); n > 0 {
		t.Errorf("it signed in %d times", n)
	}
	c.ahead = 16 * time.Minute
	c.sync()
	c.ahead = -400 * 24 * time.Hour
	c.sync()
}

// TestFirstSync has a whole first sync on the wire: in few steps, and what is
// newest first.
func TestFirstSync(t *testing.T) {
	c := newClient(t, mailtest.Script(t, `
		S: +OK hello
		C: CAPA
		S: +OK
		S: SASL PLAIN
		S: .
		C: AUTH PLAIN *
		S: +OK
		C: UIDL
		S: +OK
		S: 1 a
		S: 2 b
		S: .
		C: LIST
		S: +OK
		S: 1 29
		S: 2 29
		S: .
		C: CAPA
		S: +OK
		S: PIPELINING
		S: TOP
		S: .
		C: RETR 2
		C: RETR 1
		S: +OK
		S: Subject: bbb
		S:
		S: Text of b
		S:
		S: .
		S: +OK
		S: Subject: aaa
		S:
		S: Text of a
		S:
		S: .
		C: DELE 1
		C: DELE 2
		S: +OK
		S: +OK
		C: QUIT
		S: +OK
	`), "alice", "none")
	rep := c.sync()
	c.want("aaa bbb")
	if rep.Added != 2 || rep.RoundTrips != 8 {
		t.Errorf("%+v, want 2 messages in 8 round trips", rep)
	}
	if e := c.custody()["aaa"]; e.Served || !e.Sure {
		t.Errorf("aaa is %+v", e)
	}
}

// TestReceived: the date of arrival is what the server that took the message
// wrote, then what the sender did, and never one that cannot be.
func TestReceived(t *testing.T) {
	const (
		by   = "Received: from a by b; Mon, 02 Mar 2026 10:00:00 +0000\r\n"
		date = "Date: Sun, 01 Mar 2026 10:00:00 +0000\r\n"
	)
	s := newOdd(t)
	for subject, fields := range map[string]string{
		"both": by + date, "date": date, "neither": "X: y\r\n",
		"future": "Received: by c; Mon, 02 Mar 2099 10:00:00 +0000\r\n" + date,
		"past":   "Received: by c; Thu, 01 Jan 1970 00:00:00 +0000\r\nDate: rubbish\r\n",
	} {
		s.add(subject, []byte(fields+"Subject: "+subject+"\r\n\r\ntext\r\n"))
	}
	c := newClient(t, s.addr, "alice", "forever")
	c.sync()
	today := c.store.Now()
	for subject, want := range map[string]time.Time{
		"both": time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), "date": time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC),
		"neither": today, "future": time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC), "past": today,
	} {
		if got := c.one(mail.RoleInbox, subject).Received; got.Sub(want).Abs() > time.Hour {
			t.Errorf("%s: received %v, want %v", subject, got, want)
		}
	}
}

// TestTrafficOfAllSessions counts what passed in each.
func TestTrafficOfAllSessions(t *testing.T) {
	s := newOdd(t)
	s.add("ua", letterOf("a", 2000))
	c := newClient(t, s.addr, "alice", "forever")
	d, err := c.connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	last := int64(0)
	for range 3 {
		if err := d.Pull(t.Context(), quiet, c.store.Mirror(id)); err != nil {
			t.Fatal(err)
		}
		in, out, trips := d.(engine.Traffic).Traffic()
		if in <= last || out == 0 || trips == 0 {
			t.Errorf("%d octets in, %d out, %d round trips; %d in before", in, out, trips, last)
		}
		last = in
	}
	if n := s.asked("PASS"); n != 3 {
		t.Errorf("%d sessions, want one for each pull", n)
	}
}

var quiet = engine.Scope{Between: func(context.Context) error { return nil }, Progress: func(engine.Progress) {}}

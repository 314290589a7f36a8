package mailtest

import (
	"context"
	"strings"
	"testing"

	"postrider/mail/mailtest/gen"
)

func TestDrainSeesTheManifest(t *testing.T) {
	s := Dovecot(t)
	m, err := s.Load("alice", gen.Options{N: 120})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Load("bob", gen.Options{N: 120, Flat: true, User: "alice"}); err != nil {
		t.Fatal(err)
	}
	secure := clientTLS(s)
	for name, tc := range map[string]struct {
		addr string
		opts DrainOptions
	}{
		"imap":          {s.IMAP, DrainOptions{}},
		"imaps":         {s.IMAPS, DrainOptions{TLS: secure}},
		"imap starttls": {s.IMAP, DrainOptions{TLS: secure, StartTLS: true, Conns: 3, Compress: true}},
		"pop3":          {s.POP3, DrainOptions{}},
		"pop3 one":      {s.POP3, DrainOptions{Depth: 1}},
		"pop3s":         {s.POP3S, DrainOptions{TLS: secure}},
		"pop3 stls":     {s.POP3, DrainOptions{TLS: secure, StartTLS: true}},
	} {
		t.Run(name, func(t *testing.T) {
			drain, user := DrainIMAP, "alice"
			if strings.HasPrefix(name, "pop3") {
				drain, user = DrainPOP3, "bob"
			}
			got, err := drain(t.Context(), tc.addr, user, Password(user), tc.opts)
			if err != nil {
				t.Fatal(err)
			}
			if got.Messages != m.Messages || got.Content != m.Bytes || got.Wire <= got.Content {
				t.Errorf("got %+v, want %d messages of %d bytes", got, m.Messages, m.Bytes)
			}
		})
	}
}

func TestDrainFetchesOnlyWhatItIsTold(t *testing.T) {
	s := Dovecot(t)
	m, err := s.Load("alice", gen.Options{N: 50})
	if err != nil {
		t.Fatal(err)
	}
	got, err := DrainIMAP(t.Context(), s.IMAP, "alice", Password("alice"), DrainOptions{Items: FlagItems})
	if err != nil || got.Messages != 50 || got.Content != 0 {
		t.Errorf("flags: got %+v, %v", got, err)
	}
	got, err = DrainIMAP(t.Context(), s.IMAP, "alice", Password("alice"), DrainOptions{Items: LightItems})
	if err != nil || got.Messages != 50 || got.Wire >= m.Bytes/2 {
		t.Errorf("light: got %+v, %v", got, err)
	}
}

func TestDrainFails(t *testing.T) {
	s := Dovecot(t)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for name, tc := range map[string]struct {
		ctx      context.Context
		password string
	}{
		"wrong password": {t.Context(), "wrong"},
		"ended context":  {ended, Password("alice")},
	} {
		if _, err := DrainIMAP(tc.ctx, s.IMAP, "alice", tc.password, DrainOptions{}); err == nil {
			t.Errorf("imap, %s: no error", name)
		}
		if _, err := DrainPOP3(tc.ctx, s.POP3, "alice", tc.password, DrainOptions{}); err == nil {
			t.Errorf("pop3, %s: no error", name)
		}
	}
}

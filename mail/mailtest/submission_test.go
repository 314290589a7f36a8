package mailtest

import (
	"crypto/tls"
	"errors"
	"strings"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// submit signs in as alice over STARTTLS and sends a message.
func submit(s *Sink, auth sasl.Client, to ...string) error {
	c, err := smtp.DialStartTLS(s.SMTP, &tls.Config{RootCAs: s.CA.Pool(), ServerName: "localhost"})
	if err != nil {
		return err
	}
	defer c.Close()
	if auth != nil {
		if err := c.Auth(auth); err != nil {
			return err
		}
	}
	return c.SendMail("alice@example.org", to, strings.NewReader("Subject: x\r\n\r\n.y\r\n"))
}

func asAlice() sasl.Client { return sasl.NewPlainClient("", "alice", Password("alice")) }

func TestSinkKeepsWhatItAccepts(t *testing.T) {
	server := Dovecot(t)
	s := Submission(t, SubmissionOptions{Into: server})
	for _, auth := range []sasl.Client{asAlice(), sasl.NewLoginClient("alice", Password("alice"))} {
		if err := submit(s, auth, "bob@example.org", "someone@elsewhere.example"); err != nil {
			t.Fatal(err)
		}
	}
	got := s.Accepted()
	if len(got) != 2 || got[0].User != "alice" || len(got[0].To) != 2 || string(got[0].Raw) != "Subject: x\r\n\r\n.y\r\n" {
		t.Errorf("accepted: got %+v", got)
	}
	inbox, err := server.Messages("bob", "INBOX")
	if err != nil || len(inbox) != 2 || string(inbox[0].Raw) != string(got[0].Raw) {
		t.Errorf("bob's inbox: got %v, %v", inbox, err)
	}
}

func TestRecipientsAskForTrouble(t *testing.T) {
	s := Submission(t, SubmissionOptions{})
	for to, want := range map[string]struct {
		code int
		kept int
	}{
		"reject@example.org": {550, 0}, "tempfail@example.org": {451, 0}, "badata@example.org": {554, 0},
		"drop@example.org": {0, 0}, "lost@example.org": {0, 1},
	} {
		before := len(s.Accepted())
		err := submit(s, asAlice(), to)
		var refused *smtp.SMTPError
		if errors.As(err, &refused); err == nil || refused != nil && refused.Code != want.code || refused == nil && want.code != 0 {
			t.Errorf("%s: got %v, want code %d", to, err, want.code)
		}
		if got := len(s.Accepted()) - before; got != want.kept {
			t.Errorf("%s: kept %d, want %d", to, got, want.kept)
		}
	}
}

func TestSlowRecipientWaitsForRelease(t *testing.T) {
	s := Submission(t, SubmissionOptions{})
	sent := make(chan error, 1)
	go func() { sent <- submit(s, asAlice(), "slow@example.org") }()
	if n := len(s.Accepted()); n != 0 {
		t.Errorf("accepted %d before Release", n)
	}
	s.Release()
	if err := <-sent; err != nil {
		t.Error(err)
	}
}

func TestSinkRefusesStrangers(t *testing.T) {
	s := Submission(t, SubmissionOptions{})
	for name, auth := range map[string]sasl.Client{
		"wrong password": sasl.NewPlainClient("", "alice", "wrong"),
		"no user":        sasl.NewLoginClient("eve", "eve-secret"),
		"no sign-in":     nil,
	} {
		var refused *smtp.SMTPError
		if err := submit(s, auth, "bob@example.org"); !errors.As(err, &refused) || refused.Code/10 != 53 {
			t.Errorf("%s: got %v", name, err)
		}
	}
	open := Submission(t, SubmissionOptions{NoAuth: true})
	if err := submit(open, nil, "bob@example.org"); err != nil {
		t.Errorf("open server: %v", err)
	}
}

func TestSinkByTLSFromTheStartOrNotAtAll(t *testing.T) {
	s := Submission(t, SubmissionOptions{})
	c, err := smtp.DialTLS(s.SMTPS, &tls.Config{RootCAs: s.CA.Pool(), ServerName: "localhost"})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Auth(asAlice()); err != nil {
		t.Error(err)
	}
	bare := Submission(t, SubmissionOptions{NoTLS: true, MaxBytes: 1000})
	c, err = smtp.Dial(bare.SMTP)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if ok, _ := c.Extension("STARTTLS"); ok || bare.SMTPS != "" {
		t.Error("offers TLS")
	}
	if size, ok := c.MaxMessageSize(); !ok || size != 1000 {
		t.Errorf("SIZE: got %d, %v", size, ok)
	}
}

package smtp

import (
	"bufio"
	"bytes"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"

	"postrider/mail"
)

func newReader(raw []byte) *bufio.Reader {
	return bufio.NewReaderSize(bytes.NewReader(raw), maxReplyLine)
}

func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

func offering(mechs string) string {
	return "S: 220 hi\nC: EHLO *\nS: 250-x\nS: 250 AUTH " + mechs + "\n"
}

var (
	withPassword = Credentials{User: "anna", Password: "s3cret-pass"}
	withToken    = Credentials{User: "anna@example.org", Token: "tok-en"}
)

func TestSignIn(t *testing.T) {
	for _, c := range []struct {
		name, script string
		cred         Credentials
		want         mail.Kind
	}{
		{"PLAIN", offering("LOGIN PLAIN") + "C: AUTH PLAIN " + b64("\x00anna\x00s3cret-pass") + "\nS: 235 2.7.0 in\n", withPassword, ""},
		{"LOGIN", offering("LOGIN") + "C: AUTH LOGIN\nS: 334 " + b64("Username:") + "\nC: " + b64("anna") + "\nS: 334 " + b64("Password:") + "\nC: " + b64("s3cret-pass") + "\nS: 235 in\n", withPassword, ""},
		{"AUTH=LOGIN", "S: 220 hi\nC: EHLO *\nS: 250-x\nS: 250 auth=login\nC: AUTH LOGIN\nS: 334\nC: " + b64("anna") + "\nS: 334\nC: " + b64("s3cret-pass") + "\nS: 235 in\n", withPassword, ""},
		{"XOAUTH2", offering("XOAUTH2") + "C: AUTH XOAUTH2 " + b64("user=anna@example.org\x01auth=Bearer tok-en\x01\x01") + "\nS: 235 in\n", withToken, ""},
		{"XOAUTH2 refused", offering("XOAUTH2 LOGIN") + "C: AUTH XOAUTH2 *\nS: 334 " + b64(`{"status":"400"}`) + "\nC: \nS: 535 5.7.8 no\n", withToken, mail.KindSignIn},
		{"OAUTHBEARER", offering("XOAUTH2 OAUTHBEARER") + "C: AUTH OAUTHBEARER *\nS: 235 in\n", withToken, ""},
		{"OAUTHBEARER refused", offering("OAUTHBEARER") + "C: AUTH OAUTHBEARER *\nS: 334 " + b64(`{"status":"invalid_token"}`) + "\nC: *\nS: 535 no\n", withToken, mail.KindSignIn},
		{"refused", offering("PLAIN") + "C: AUTH PLAIN *\nS: 535 5.7.8 wrong\n", withPassword, mail.KindSignIn},
		{"disabled", offering("PLAIN") + "C: AUTH PLAIN *\nS: 535 5.7.139 SmtpClientAuthentication is disabled\n", withPassword, mail.KindSignIn},
		{"later", offering("PLAIN") + "C: AUTH PLAIN *\nS: 454 4.7.0 busy\n", withPassword, mail.KindBusy},
		{"nothing known", offering("GSSAPI"), withPassword, mail.KindSignIn},
		{"no token for it", offering("PLAIN"), withToken, mail.KindSignIn},
		{"no end", offering("LOGIN") + strings.Repeat("C: *\nS: 334 "+b64("more")+"\n", 3) + "C: *\nS: 501 no\n", withPassword, mail.KindGarbled},
		{"not base64", offering("LOGIN") + "C: AUTH LOGIN\nS: 334 ???\nC: *\nS: 501 no\n", withPassword, mail.KindGarbled},
	} {
		t.Run(c.name, func(t *testing.T) {
			client, transcript := open(t, c.script)
			err := client.Login(t.Context(), c.cred)
			if mail.KindOf(err) != c.want {
				t.Errorf("%v, want %q\n%s", err, c.want, transcript)
			}
			for _, secret := range []string{"s3cret-pass", "tok-en", b64("s3cret-pass"), b64("\x00anna\x00s3cret-pass"), b64("anna")} {
				if strings.Contains(transcript.String(), secret) || err != nil && strings.Contains(err.Error(), secret) {
					t.Errorf("a secret is in\n%s\n%v", transcript, err)
				}
			}
		})
	}
}

// The example of RFC 7677 3.
func TestScramExample(t *testing.T) {
	s := newScram("SCRAM-SHA-256", Credentials{User: "user", Password: "pencil"})
	s.nonce = "rOprNGfwEbeRWgbNEkqO"
	if _, first, _ := s.Start(); string(first) != "n,,n=user,r=rOprNGfwEbeRWgbNEkqO" {
		t.Errorf("first: %s", first)
	}
	final, err := s.Next([]byte("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"))
	if want := "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="; err != nil || string(final) != want {
		t.Errorf("final: %s, %v", final, err)
	}
	if _, err := s.Next([]byte("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")); err != nil || !s.verified {
		t.Errorf("the server's proof: %v", err)
	}
}

// The example of RFC 5802 5.
func TestScramSHA1Example(t *testing.T) {
	s := newScram("SCRAM-SHA-1", Credentials{User: "user", Password: "pencil"})
	s.nonce = "fyko+d2lbbFgONRv9qkxdawL"
	s.Start()
	final, err := s.Next([]byte("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096"))
	if want := "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="; err != nil || string(final) != want {
		t.Errorf("final: %s, %v", final, err)
	}
}

// A server that does not know the password cannot pretend to.
func TestScramServerMustProveItself(t *testing.T) {
	for _, first := range []string{"", "r=x,s=QSXCR+Q6sek8bf92,i=4096", "r=NONCE,s=QSXCR+Q6sek8bf92,i=4096", "r=NONCEx,s=,i=4096", "r=NONCEx,s=QSXCR+Q6sek8bf92,i=0", "r=NONCEx,s=QSXCR+Q6sek8bf92,i=999999999"} {
		s := newScram("SCRAM-SHA-1", withPassword)
		s.nonce = "NONCE"
		s.Start()
		if _, err := s.Next([]byte(first)); err == nil {
			t.Errorf("%q is believed", first)
		}
	}
	s := newScram("SCRAM-SHA-256", withPassword)
	s.nonce = "NONCE"
	s.Start()
	if _, err := s.Next([]byte("r=NONCEx,s=QSXCR+Q6sek8bf92,i=1")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Next([]byte("v=" + b64("nonsense"))); err == nil || s.verified {
		t.Error("a wrong proof is believed")
	}
	salted, _ := pbkdf2.Key(sha256.New, "other", []byte("salt"), 1, 32)
	if hmac.Equal(salted, s.signature) {
		t.Error("the proof does not depend on the password")
	}
}

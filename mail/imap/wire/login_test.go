package wire

import (
	"bytes"
	"context"
	"encoding/base64"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"unicode/utf16"

	"postrider/mail"
)

// signIn plays a sign-in: answers to each line of the client, after a greeting
// with these capabilities. It returns what the client said, and the transcript.
func signIn(t *testing.T, caps string, cred Credentials, answers ...string) (said []string, script string, err error) {
	var b bytes.Buffer
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := net.Pipe()
		done := make(chan struct{})
		server := &talker{conn: theirs, answers: answers}
		go func() { defer close(done); server.run("* OK [CAPABILITY IMAP4rev1 " + caps + "] hi\r\n") }()
		c := New(ours, Options{Secure: true, Transcript: &b})
		if _, err := c.Greet(context.Background()); err != nil {
			t.Fatal(err)
		}
		err = c.Login(context.Background(), cred)
		c.Close()
		<-done
		said = server.said
	})
	return said, b.String(), err
}

const (
	canary    = `Pa"ss\wörd`
	asciiPass = `Pa"ss\word`
)

func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

func TestLoginChoosesTheBestWay(t *testing.T) {
	in := "$ OK in\r\n"
	afterwards := "* CAPABILITY IMAP4rev1 IDLE\r\n$ OK\r\n"
	plain := b64("\x00ann\x00" + canary)
	cases := []struct {
		name, caps string
		cred       Credentials
		answers    []string
		want       []string
	}{
		{"PLAIN at once", "AUTH=PLAIN SASL-IR", Credentials{User: "ann", Password: canary}, []string{in},
			[]string{"W1 AUTHENTICATE PLAIN " + plain, "W2 CAPABILITY"}},
		{"PLAIN when asked", "AUTH=PLAIN LOGINDISABLED", Credentials{User: "ann", Password: canary}, []string{"+ \r\n", in},
			[]string{"W1 AUTHENTICATE PLAIN", plain, "W2 CAPABILITY"}},
		{"PLAIN at once, and asked nevertheless", "AUTH=PLAIN SASL-IR", Credentials{User: "ann", Password: canary}, []string{"+\r\n", in},
			[]string{"W1 AUTHENTICATE PLAIN " + plain, plain, "W2 CAPABILITY"}},
		{"LOGIN, quoted", "", Credentials{User: "ann", Password: asciiPass}, []string{in},
			[]string{`W1 LOGIN "ann" "Pa\"ss\\word"`, "W2 CAPABILITY"}},
		{"LOGIN, literal", "", Credentials{User: "ann", Password: canary}, []string{"+ go\r\n", in},
			[]string{`W1 LOGIN "ann" {11}`, canary, "W2 CAPABILITY"}},
		{"PLAIN not understood", "AUTH=PLAIN SASL-IR", Credentials{User: "ann", Password: asciiPass}, []string{"$ BAD what\r\n", in},
			[]string{"W1 AUTHENTICATE PLAIN " + b64("\x00ann\x00"+asciiPass), `W2 LOGIN "ann" "Pa\"ss\\word"`, "W3 CAPABILITY"}},
		{"XOAUTH2", "AUTH=XOAUTH2 SASL-IR LOGINDISABLED", Credentials{User: "ann", Token: "tok"}, []string{in},
			[]string{"W1 AUTHENTICATE XOAUTH2 " + b64("user=ann\x01auth=Bearer tok\x01\x01"), "W2 CAPABILITY"}},
		{"OAUTHBEARER", "AUTH=XOAUTH2 AUTH=OAUTHBEARER SASL-IR", Credentials{User: "a=n,n", Token: "tok"}, []string{in},
			[]string{"W1 AUTHENTICATE OAUTHBEARER " + b64("n,a=a=3Dn=2Cn,\x01auth=Bearer tok\x01\x01"), "W2 CAPABILITY"}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			said, _, err := signIn(t, tc.caps, tc.cred, append(tc.answers, afterwards)...)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Join(said, "\n") != strings.Join(tc.want, "\n") {
				t.Errorf("said\n%q\nwant\n%q", said, tc.want)
			}
		})
	}
}

func TestLoginRefusals(t *testing.T) {
	password := Credentials{User: "ann", Password: asciiPass}
	token := Credentials{User: "ann", Token: "tok"}
	cases := []struct {
		name, caps string
		cred       Credentials
		answers    []string
		want       mail.Kind
		detail     string
	}{
		{"wrong", "AUTH=PLAIN SASL-IR", password, []string{"$ NO [AUTHENTICATIONFAILED] Wrong password.\r\n"}, mail.KindSignIn, "[AUTHENTICATIONFAILED] Wrong password."},
		{"no code", "", password, []string{"$ NO LOGIN failed.\r\n"}, mail.KindSignIn, "LOGIN failed."},
		{"unavailable", "AUTH=PLAIN SASL-IR", password, []string{"$ NO [UNAVAILABLE] database\r\n"}, mail.KindBusy, "[UNAVAILABLE] database"},
		{"in use", "", password, []string{"$ NO [INUSE] other client\r\n"}, mail.KindBusy, "[INUSE] other client"},
		{"too many (Gmail)", "AUTH=PLAIN SASL-IR", password, []string{"$ NO [ALERT] Too many simultaneous connections. (Failure)\r\n"}, mail.KindBusy, ""},
		{"BYE in the middle", "AUTH=PLAIN SASL-IR", password, []string{"* BYE too many connections\r\n!"}, mail.KindBusy, "too many connections"},
		{"no password taken", "LOGINDISABLED AUTH=XOAUTH2", password, nil, mail.KindSignIn, ""},
		{"no password", "AUTH=PLAIN", Credentials{User: "ann"}, nil, mail.KindSignIn, ""},
		{"NUL", "AUTH=PLAIN", Credentials{User: "ann", Password: "a\x00b"}, nil, mail.KindInput, ""},
		{"referral", "AUTH=PLAIN SASL-IR", password, []string{"$ NO [REFERRAL imap://evil.test/] go there\r\n"}, mail.KindSignIn, "[REFERRAL] go there"},
		{"token refused (XOAUTH2)", "AUTH=XOAUTH2 SASL-IR", token,
			[]string{"+ " + b64(`{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}`) + "\r\n", "$ NO SASL authentication failed\r\n"},
			mail.KindSignIn, "SASL authentication failed (400)"},
		{"asked for ever", "AUTH=PLAIN", password, []string{"+ \r\n", "+ \r\n", "+ \r\n", "+ \r\n"}, mail.KindGarbled, ""},
		{"password repeated", "", password, []string{"$ BAD unknown command LOGIN ann " + asciiPass + "\r\n"}, mail.KindSignIn, "unknown command LOGIN ann [secret]"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			_, _, err := signIn(t, tc.caps, tc.cred, tc.answers...)
			if mail.KindOf(err) != tc.want {
				t.Fatalf("got %v, want kind %q", err, tc.want)
			}
			if e := err.(*mail.Error); tc.detail != "" && e.Detail != tc.detail {
				t.Errorf("detail %q, want %q", e.Detail, tc.detail)
			}
		})
	}
}

func TestPreauthWithAPasswordIsUnsafe(t *testing.T) {
	overClear(t, Options{Secure: true}, func(c *Conn) {
		g, err := c.Greet(context.Background())
		if err != nil || !g.PreAuth {
			t.Fatal(g, err)
		}
		if err := c.Login(context.Background(), Credentials{User: "a", Password: "b"}); !mail.Is(err, mail.KindUnsafe) {
			t.Error("got", err)
		}
	}, "* PREAUTH [CAPABILITY IMAP4rev1] hi\r\n")
}

// TestTranscriptHoldsNoSecret looks for the password in every form in which it
// could have got into the transcript.
func TestTranscriptHoldsNoSecret(t *testing.T) {
	for _, caps := range []string{"AUTH=PLAIN SASL-IR", "AUTH=PLAIN", "", "AUTH=XOAUTH2"} {
		for _, secret := range []string{asciiPass, canary} {
			cred := Credentials{User: "ann", Password: secret}
			if strings.Contains(caps, "XOAUTH2") {
				cred = Credentials{User: "ann", Token: secret}
			}
			echo := "$ NO you said " + secret + " and " + b64("\x00ann\x00"+secret) + " and " + b64(secret) + "\r\n"
			answers := []string{echo}
			if caps != "AUTH=PLAIN SASL-IR" {
				answers = []string{"+ \r\n", echo}
			}
			_, script, err := signIn(t, caps, cred, answers...)
			if err == nil || !strings.Contains(script, "C: W1 ") {
				t.Fatal("no sign-in was refused", err, script)
			}
			for _, form := range forms(secret) {
				if strings.Contains(script, form) || strings.Contains(err.Error(), form) {
					t.Errorf("%q: %q in\n%s\n%v", caps, form, script, err)
				}
			}
		}
	}
}

// forms are a secret raw, quoted, in base64 at each alignment, and in UTF-16.
func forms(secret string) []string {
	list := []string{secret, escape(secret), b64(secret)}
	for shift := range 3 {
		whole := b64(strings.Repeat("x", shift) + secret)
		list = append(list, whole[4:len(whole)-4])
	}
	var le, be []byte
	for _, u := range utf16.Encode([]rune(secret)) {
		le, be = append(le, byte(u), byte(u>>8)), append(be, byte(u>>8), byte(u))
	}
	return append(list, string(le), string(be))
}

package pop3

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/emersion/go-sasl"

	"postrider/mail"
)

// xoauth2 is the mechanism that Google and Microsoft use; a challenge is an
// error report, which an empty response acknowledges.
type xoauth2 struct{ user, token string }

func (x xoauth2) Start() (string, []byte, error) {
	return "XOAUTH2", []byte("user=" + x.user + "\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

func (xoauth2) Next([]byte) ([]byte, error) { return nil, nil }

func TestAuthenticate(t *testing.T) {
	long := strings.Repeat("p", 200)
	for name, tt := range map[string]struct {
		mech   sasl.Client
		opts   Options
		script string
		want   mail.Kind
	}{
		"PLAIN": {
			mech:   sasl.NewPlainClient("", "al", "pw"),
			script: "C: AUTH PLAIN AGFsAHB3\n S: +OK",
		},
		"PLAIN in two steps": {
			mech:   sasl.NewPlainClient("", "al", "pw"),
			opts:   Options{NoInitialResponse: true},
			script: "C: AUTH PLAIN\n S: + \n C: AGFsAHB3\n S: +OK",
		},
		"PLAIN asked for twice": {
			mech:   sasl.NewPlainClient("", "al", "pw"),
			script: "C: AUTH PLAIN AGFsAHB3\n S: +\n C: AGFsAHB3\n S: +OK",
		},
		"PLAIN too long for a command": {
			mech:   sasl.NewPlainClient("", "al", long),
			script: "C: AUTH PLAIN\n S: + \n C: " + base64.StdEncoding.EncodeToString([]byte("\x00al\x00"+long)) + "\n S: +OK",
		},
		"PLAIN refused": {
			mech:   sasl.NewPlainClient("", "al", "pw"),
			script: "C: AUTH PLAIN AGFsAHB3\n S: -ERR no",
			want:   mail.KindSignIn,
		},
		"XOAUTH2": {
			mech:   xoauth2{"al", "tok"},
			script: "C: AUTH XOAUTH2\n S: + \n C: dXNlcj1hbAFhdXRoPUJlYXJlciB0b2sBAQ==\n S: +OK",
		},
		"XOAUTH2 with an old token": {
			mech: xoauth2{"al", "tok"},
			script: "C: AUTH XOAUTH2\n S: + \n C: dXNlcj1hbAFhdXRoPUJlYXJlciB0b2sBAQ==\n" +
				"S: + eyJzdGF0dXMiOiI0MDEifQ==\n C: \n S: -ERR [AUTH] no",
			want: mail.KindSignIn,
		},
		"OAUTHBEARER with an old token": {
			mech: sasl.NewOAuthBearerClient(&sasl.OAuthBearerOptions{Username: "al", Token: "tok"}),
			script: "C: AUTH OAUTHBEARER\n S: + \n C: bixhPWFsLAFhdXRoPUJlYXJlciB0b2sBAQ==\n" +
				"S: + eyJzdGF0dXMiOiI0MDEifQ==\n C: *\n S: -ERR [AUTH] no",
			want: mail.KindSignIn,
		},
		"challenge that is not base64": {
			mech:   xoauth2{"al", "tok"},
			script: "C: AUTH XOAUTH2\n S: + !!!\n C: *\n S: -ERR",
			want:   mail.KindGarbled,
		},
		"challenges without end": {
			mech:   xoauth2{"al", "tok"},
			script: "C: AUTH XOAUTH2\n" + strings.Repeat("S: + eA==\n C: *\n", maxChallenges),
			want:   mail.KindGarbled,
		},
		"cut": {
			mech:   xoauth2{"al", "tok"},
			script: "C: AUTH XOAUTH2\n S| + \n CLOSE",
			want:   mail.KindOffline,
		},
	} {
		t.Run(name, func(t *testing.T) {
			tt.opts.ClearText = true
			c := connectWith(t, "S: +OK\n"+tt.script, tt.opts)
			if err := c.Authenticate(t.Context(), tt.mech); mail.KindOf(err) != tt.want {
				t.Errorf("got %v, want kind %q", err, tt.want)
			}
		})
	}
}

func TestSignInRefused(t *testing.T) {
	for answer, want := range map[string]mail.Kind{
		"-ERR":                               mail.KindSignIn,
		"-ERR [AUTH] bad password":           mail.KindSignIn,
		"-ERR [auth] bad password":           mail.KindSignIn,
		"-ERR [IN-USE] maildrop":             mail.KindBusy,
		"-ERR [LOGIN-DELAY] wait":            mail.KindBusy,
		"-ERR [SYS/TEMP] disk":               mail.KindBusy,
		"-ERR [SYS/PERM] gone for good":      mail.KindRefused,
		"-ERR [XYZZY] what":                  mail.KindSignIn,
		"-ERR [AUTH":                         mail.KindSignIn,
		"-ERR maildrop already locked":       mail.KindBusy,
		"-ERR account locked, call us":       mail.KindSignIn,
		"-ERR Mailbox in use by another one": mail.KindBusy,
		"OK":                                 mail.KindGarbled,
	} {
		c := connect(t, noCaps+"C: USER alice\n S: +OK\n C: PASS secret\n S: "+answer)
		if err := c.Login(t.Context(), "alice", "secret"); !mail.Is(err, want) {
			t.Errorf("%s: got %v, want kind %s", answer, err, want)
		}
	}
}

// TestSignInCannotInject has a password that would be a second command.
func TestSignInCannotInject(t *testing.T) {
	for _, password := range []string{"a\r\nDELE 1", "a\nDELE 1", "a\x00b"} {
		c := connect(t, noCaps)
		if err := c.Login(t.Context(), "alice", password); !mail.Is(err, mail.KindInput) {
			t.Errorf("%q: got %v, want kind input", password, err)
		}
	}
}

// TestSecretsStaySecret has a server that says everything back, in every form.
func TestSecretsStaySecret(t *testing.T) {
	const user, password = "canary-name", "canary-password"
	plain := base64.StdEncoding.EncodeToString([]byte("\x00" + user + "\x00" + password))
	alone := base64.StdEncoding.EncodeToString([]byte(password))
	echo := "-ERR " + user + " " + password + " " + plain + " " + alone + " " + wide(password)
	scripts := map[string]func(c *Client) error{
		noCaps + "C: *\n S: +OK\n C: *\n S: " + echo + "\n C: NOOP\n S: " + echo: func(c *Client) error {
			return c.UserPass(t.Context(), user, password)
		},
		noCaps + "C: *\n S: " + echo + "\n C: NOOP\n S: " + echo: func(c *Client) error {
			return c.UserPass(t.Context(), user, password)
		},
		noCaps + "C: *\n S: + \n C: *\n S: + " + plain + "\n C: *\n S: " + echo + "\n C: NOOP\n S: " + echo: func(c *Client) error {
			return c.Authenticate(t.Context(), xoauth2{user, password})
		},
		noCaps + "C: *\n S: " + echo + "\n C: NOOP\n S: " + echo: func(c *Client) error {
			return c.Authenticate(t.Context(), sasl.NewPlainClient("", user, password))
		},
	}
	for script, signIn := range scripts {
		var log bytes.Buffer
		c := connectWith(t, script, Options{ClearText: true, Transcript: &log, TranscriptBodies: true})
		_, err := c.Caps(t.Context())
		must(t, err)
		err = signIn(c)
		all := log.String() + err.Error() + c.Noop(t.Context()).Error()
		for _, secret := range []string{user, password, plain, alone, utf16LE(password)} {
			if strings.Contains(all, secret) {
				t.Errorf("%q is in the open:\n%s", secret, all)
			}
		}
		if !strings.Contains(log.String(), "C: NOOP\n") {
			t.Errorf("the transcript is not one:\n%s", log.String())
		}
	}
}

// wide is text in UTF-16 with its zero octets escaped for a script.
func wide(text string) string {
	return strings.ReplaceAll(utf16LE(text), "\x00", `\x00`)
}

func utf16LE(text string) string {
	b, err := binary.Append(nil, binary.LittleEndian, utf16.Encode([]rune(text)))
	if err != nil {
		panic(err)
	}
	return string(b)
}

func TestMechanismFailsToStart(t *testing.T) {
	c := connect(t, "S: +OK\n C: NOOP\n S: +OK")
	err := c.Authenticate(t.Context(), noToken{})
	if !mail.Is(err, mail.KindSignIn) || !errors.Is(err, errNoToken) {
		t.Errorf("got %v", err)
	}
	must(t, c.Noop(t.Context()))
}

var errNoToken = errors.New("no token")

type noToken struct{}

func (noToken) Start() (string, []byte, error) { return "", nil, errNoToken }
func (noToken) Next([]byte) ([]byte, error)    { return nil, errNoToken }

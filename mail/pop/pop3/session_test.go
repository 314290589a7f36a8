package pop3

import (
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"postrider/mail"
)

func TestSession(t *testing.T) {
	c := connect(t, `
		S: +OK POP3 ready <1896.697170952@pop.example>
		C: CAPA
		S: +OK
		S: SASL PLAIN
		S: .
		C: AUTH PLAIN AGFsaWNlAHNlY3JldA==
		S: +OK
		C: STAT
		S: +OK 2 320
		C: LIST
		S: +OK 2 messages
		S: 1 120
		S: 2 200
		S: .
		C: UIDL
		S: +OK
		S: 1 whqtswO00WBw418f9t5JxYwZ
		S: 2 QhdPYR:00WBw1Ph7x7
		S: .
		C: CAPA
		S: +OK
		S: UIDL
		S: .
		C: RETR 1
		S: +OK 120 octets
		S: Subject: one
		S:
		S: ..dot
		S: .
		C: TOP 2 0
		S: +OK
		S: Subject: two
		S:
		S: .
		C: DELE 1
		S: +OK
		C: NOOP
		S: +OK
		C: QUIT
		S: +OK bye
	`)
	ctx := t.Context()
	must(t, c.Login(ctx, "alice", "secret"))
	count, size, err := c.Stat(ctx)
	must(t, err)
	if count != 2 || size != 320 {
		t.Errorf("Stat = %d, %d, want 2, 320", count, size)
	}
	var scans []Scan
	must(t, c.List(ctx, func(s Scan) error { scans = append(scans, s); return nil }))
	if want := []Scan{{Num: 1, Size: 120}, {Num: 2, Size: 200}}; !slices.Equal(scans, want) {
		t.Errorf("List = %v, want %v", scans, want)
	}
	var ids []mail.UIDL
	must(t, c.UIDL(ctx, func(i Ident) error { ids = append(ids, i.ID); return i.Err }))
	if want := []mail.UIDL{"whqtswO00WBw418f9t5JxYwZ", "QhdPYR:00WBw1Ph7x7"}; !slices.Equal(ids, want) {
		t.Errorf("UIDL = %v, want %v", ids, want)
	}
	must(t, c.Retrieve(ctx, scans[0], func(m *Message) error {
		if got := text(t, m); got != "Subject: one\r\n\r\n.dot\r\n" {
			t.Errorf("message 1 is %q", got)
		}
		if m.Announced != 120 || m.Received() != 22 || !m.Complete() {
			t.Errorf("announced %d, received %d, complete %v", m.Announced, m.Received(), m.Complete())
		}
		return nil
	}))
	must(t, c.TopAll(ctx, scans[1:], 0, 0, func(m *Message) error {
		if got := text(t, m); got != "Subject: two\r\n\r\n" {
			t.Errorf("header 2 is %q", got)
		}
		return nil
	}))
	must(t, c.Delete(ctx, 1))
	must(t, c.Noop(ctx))
	if got, err := c.Quit(ctx); got != Committed || err != nil {
		t.Errorf("Quit = %v, %v", got, err)
	}
	if got := c.Counts(); got.RoundTrips != 11 || got.In != 271 || got.Out != 100 {
		t.Errorf("Counts = %+v", got)
	}
}

func TestCaps(t *testing.T) {
	c := connect(t, `
		S: +OK
		C: CAPA
		S: +OK Capability list follows
		S: stls
		S: USER
		S: RESP-CODES
		S: EXPIRE 0
		S: LOGIN-DELAY 300 USER
		S: TOP
		S: UIDL
		S: SASL PLAIN xoauth2
		S: IMPLEMENTATION evil\x1b[2J
		S: .
		C: STAT
		S: +OK 0 0
	`)
	caps, err := c.Caps(t.Context())
	must(t, err)
	if !caps.Known || !caps.STLS || !caps.User || !caps.TOP || !caps.UIDL || caps.Pipelining || caps.UTF8 {
		t.Errorf("caps are %+v", caps)
	}
	if !caps.Mechanism("plain") || !caps.Mechanism("XOAUTH2") || caps.Mechanism("LOGIN") {
		t.Errorf("mechanisms are %v", caps.SASL)
	}
	if caps.LoginDelay != 5*time.Minute {
		t.Errorf("login delay is %v", caps.LoginDelay)
	}
	if want := (Expire{Announced: true}); caps.Expire != want {
		t.Errorf("expire is %+v, want %+v", caps.Expire, want)
	}
	if strings.ContainsRune(strings.Join(caps.Lines, ""), '\x1b') {
		t.Errorf("an escape got through: %q", caps.Lines)
	}
	if _, err := c.Caps(t.Context()); err != nil {
		t.Error(err) // the script takes no second CAPA
	}
	_, _, err = c.Stat(t.Context())
	must(t, err)
}

func TestExpireAndDelay(t *testing.T) {
	for line, want := range map[string]Caps{
		"EXPIRE NEVER":                     {Expire: Expire{Announced: true, Never: true}},
		"EXPIRE 30 USER":                   {Expire: Expire{Announced: true, Days: 30, PerUser: true}},
		"EXPIRE -1":                        {},
		"EXPIRE 99999999999999999999":      {},
		"EXPIRE":                           {},
		"LOGIN-DELAY 900":                  {LoginDelay: 15 * time.Minute},
		"LOGIN-DELAY soon":                 {},
		"LOGIN-DELAY 18446744073709551616": {},
		"LOGIN-DELAY":                      {},
	} {
		var got Caps
		got.add(line)
		if got.Expire != want.Expire || got.LoginDelay != want.LoginDelay {
			t.Errorf("%s: got %+v", line, got)
		}
	}
}

func TestGreetingRefused(t *testing.T) {
	for greeting, want := range map[string]mail.Kind{
		"-ERR too many connections": mail.KindBusy,
		"-ERR [SYS/TEMP] later":     mail.KindBusy,
		"-ERR [SYS/PERM] never":     mail.KindRefused,
		"* OK IMAP4rev1":            mail.KindGarbled,
		"HTTP/1.1 400 Bad Request":  mail.KindGarbled,
	} {
		_, err := NewClient(t.Context(), play(t, "S: "+greeting), Options{})
		if !mail.Is(err, want) {
			t.Errorf("%s: %v, want kind %s", greeting, err, want)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func text(t *testing.T, r io.Reader) string {
	t.Helper()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

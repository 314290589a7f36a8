package accounts

import (
	"strings"
	"testing"

	"postrider/mail"
)

func imapAccount() Account {
	return Account{
		Address: "anna@example.org", Name: "Anna Ödegård", Protocol: IMAP,
		Incoming: Server{Host: "imap.example.org"},
		Outgoing: &Server{Host: "smtp.example.org", TLS: StartTLS},
	}
}

func popAccount() Account {
	return Account{
		Address: "bo@example.net", Protocol: POP3, Keep: Keep{KeepDays, 14},
		Incoming: Server{Host: "127.0.0.1", Port: 1110, TLS: NoTLS, User: `corp\bo`},
	}
}

func TestCompleteFillsWhatFollows(t *testing.T) {
	a := imapAccount()
	a.Without = []string{"qresync "}
	a.Complete()
	if got, want := a.Incoming, (Server{"imap.example.org", 993, ImplicitTLS, "anna@example.org", Password, "", ""}); got != want {
		t.Errorf("incoming = %+v, want %+v", got, want)
	}
	if got, want := *a.Outgoing, (Server{"smtp.example.org", 587, StartTLS, "anna@example.org", Password, "", ""}); got != want {
		t.Errorf("outgoing = %+v, want %+v", got, want)
	}
	if a.Uses("QResync") || !a.Uses("CONDSTORE") {
		t.Errorf("without = %q", a.Without)
	}
	if err := a.Check(); err != nil {
		t.Error(err)
	}
}

func TestCheckSaysWhatIsWrong(t *testing.T) {
	tests := []struct {
		name string
		edit func(*Account)
		kind mail.Kind
		want string
	}{
		{"no address", func(a *Account) { a.Address = "" }, mail.KindInput, "e-mail address is missing"},
		{"name in address", func(a *Account) { a.Address = "Anna <anna@example.org>" }, mail.KindInput, "is not an e-mail address"},
		{"line break in name", func(a *Account) { a.Name = "Anna\r\nBcc: x@y" }, mail.KindInput, "name contains a line break"},
		{"protocol", func(a *Account) { a.Protocol = "jmap" }, mail.KindInput, "use imap or pop3"},
		{"no host", func(a *Account) { a.Incoming.Host = "" }, mail.KindInput, "host name is missing"},
		{"URL", func(a *Account) { a.Incoming.Host = "https://example.org" }, mail.KindInput, "is a web address"},
		{"option as host", func(a *Account) { a.Incoming.Host = "-oProxy=x" }, mail.KindInput, "not a host name"},
		{"port", func(a *Account) { a.Incoming.Port = 70000 }, mail.KindInput, "not a port"},
		{"user", func(a *Account) { a.Incoming.User = "a\nb" }, mail.KindInput, "user name contains"},
		{"TLS word", func(a *Account) { a.Incoming.TLS = "ssl" }, mail.KindInput, "use tls or starttls"},
		{"clear text", func(a *Account) { a.Incoming.TLS = NoTLS }, mail.KindUnsafe, "readable by anyone"},
		{"clear SMTP", func(a *Account) { a.Outgoing.TLS = NoTLS }, mail.KindUnsafe, "smtp.example.org is another one"},
		{"pin", func(a *Account) { a.Incoming.Pin = "abcd" }, mail.KindInput, "64 hex digits"},
		{"auth", func(a *Account) { a.Incoming.Auth = "ntlm" }, mail.KindInput, "use password or oauth"},
		{"connections", func(a *Account) { a.MaxConnections = -1 }, mail.KindInput, "use 1 to 20"},
		{"keep on IMAP", func(a *Account) { a.Keep.Mode = KeepNone }, mail.KindInput, "keep none is for POP3"},
		{"offline on POP3", func(a *Account) { a.Protocol, a.Offline.Mode = POP3, OfflineHeaders }, mail.KindInput, "offline is for IMAP"},
		{"extension", func(a *Account) { a.Without = []string{"A B"} }, mail.KindInput, "not the name of a server extension"},
		{"identity", func(a *Account) { a.Identities = []Identity{{Address: "x"}} }, mail.KindInput, "is not an e-mail address"},
	}
	for _, tt := range tests {
		a := imapAccount()
		tt.edit(&a)
		a.Complete()
		err := a.Check()
		if mail.KindOf(err) != tt.kind || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error = %v (%s), want %q (%s)", tt.name, err, mail.KindOf(err), tt.want, tt.kind)
		}
	}
}

func TestClearTextStaysOnThisComputer(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "LocalHost.": true, "mail.localhost": true, "127.0.0.1": true, "127.9.9.9": true, "::1": true,
		"::ffff:127.0.0.1": true, "localhost.example.org": false, "0.0.0.0": false, "192.168.1.2": false, "127.0.0.1.nip.io": false, "": false,
	} {
		if got := Loopback(host); got != want {
			t.Errorf("Loopback(%q) = %v, want %v", host, got, want)
		}
	}
}

func TestPoliciesReadWhatTheyWrite(t *testing.T) {
	for _, s := range []string{"forever", "until-deleted", "days:30", "none"} {
		if k, err := ParseKeep(s); err != nil || k.String() != s {
			t.Errorf("ParseKeep(%q) = %v, %v", s, k, err)
		}
	}
	for _, s := range []string{"all", "days:1", "headers"} {
		if o, err := ParseOffline(s); err != nil || o.String() != s {
			t.Errorf("ParseOffline(%q) = %v, %v", s, o, err)
		}
	}
	for _, s := range []string{"days", "days:", "days:0", "days:-1", "days:+3", "days:99999", "Forever", "days:3d", "days:99999999999999999999"} {
		if k, err := ParseKeep(s); !mail.Is(err, mail.KindInput) {
			t.Errorf("ParseKeep(%q) = %v, %v; want an input error", s, k, err)
		}
		if o, err := ParseOffline(s); !mail.Is(err, mail.KindInput) {
			t.Errorf("ParseOffline(%q) = %v, %v; want an input error", s, o, err)
		}
	}
}

func TestHostAndPort(t *testing.T) {
	tests := []struct {
		in, host string
		port     int
		bad      bool
	}{
		{in: "mail.example.org", host: "mail.example.org"},
		{in: "mail.example.org:1993", host: "mail.example.org", port: 1993},
		{in: "::1", host: "::1"},
		{in: "[::1]", host: "::1"},
		{in: "[::1]:143", host: "::1", port: 143},
		{in: "127.0.0.1:143", host: "127.0.0.1", port: 143},
		{in: "bücher.example", host: "bücher.example"},
		{in: "", bad: true},
		{in: "host:", bad: true},
		{in: "host:0", bad: true},
		{in: "host:99999", bad: true},
		{in: "imaps://host:993", bad: true},
		{in: "a b", bad: true},
		{in: "host:1:2", bad: true},
	}
	for _, tt := range tests {
		host, port, err := ParseHostPort(tt.in)
		if tt.bad {
			if !mail.Is(err, mail.KindInput) {
				t.Errorf("ParseHostPort(%q) = %q, %d, %v; want an input error", tt.in, host, port, err)
			}
			continue
		}
		if host != tt.host || port != tt.port || err != nil {
			t.Errorf("ParseHostPort(%q) = %q, %d, %v", tt.in, host, port, err)
		}
	}
}

func TestPinAsPeopleCopyIt(t *testing.T) {
	want := strings.Repeat("0a", 32)
	for _, s := range []string{want, strings.ToUpper(want), strings.Repeat("0A:", 31) + "0A", "sha256:" + want, "sha256 Fingerprint=" + want} {
		if got, err := ParsePin(s); got != want || err != nil {
			t.Errorf("ParsePin(%q) = %q, %v", s, got, err)
		}
	}
}

func TestFindByIDOrAddress(t *testing.T) {
	a, b, c := imapAccount(), popAccount(), popAccount()
	a.ID, b.ID, c.ID = "aaaaaaaa", "bbbbbbbb", "cccccccc"
	list := []Account{a, b, c}
	for name, want := range map[string]mail.AccountID{"aaaaaaaa": "aaaaaaaa", "ANNA@example.org": "aaaaaaaa", "cccccccc": "cccccccc"} {
		if got, err := Find(list, name); got.ID != want || err != nil {
			t.Errorf("Find(%q) = %q, %v", name, got.ID, err)
		}
	}
	for name, want := range map[string]string{"bo@example.net": "bbbbbbbb (pop3), cccccccc (pop3)", "nobody": "there are anna@example.org"} {
		if _, err := Find(list, name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Find(%q) = %v, want %q", name, err, want)
		}
	}
}

func TestSendersBeginWithTheAccount(t *testing.T) {
	a := imapAccount()
	a.Identities = []Identity{{Address: "info@example.org"}, {Name: "A.", Address: "Anna@Example.org", Signature: "--A"}}
	got := a.Senders()
	if len(got) != 2 || got[0].Signature != "--A" || got[1].Address != "info@example.org" {
		t.Errorf("senders = %+v", got)
	}
	a.Identities = nil
	if got := a.Senders(); len(got) != 1 || got[0].Name != a.Name {
		t.Errorf("senders = %+v", got)
	}
}

func TestCalledIsTheShortestNameThereIs(t *testing.T) {
	a := Account{ID: "abcdefgh"}
	for _, want := range []string{"abcdefgh", "ada@example.org", "Work"} {
		if got := a.Called(); got != want {
			t.Errorf("called %q, want %q", got, want)
		}
		if a.Address != "" {
			a.Label = "Work"
		}
		a.Address = "ada@example.org"
	}
}

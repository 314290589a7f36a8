package client

import (
	"bytes"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"testing"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/mail"
	"postrider/mail/mailtest"
	"postrider/mail/message"
)

// town is a client with an IMAP and a POP3 account on a real server, and the way
// out through another one that delivers to it.
func town(t *testing.T) (c *Client, imap, pop accounts.Account) {
	t.Helper()
	server, err := mailtest.Start()
	if err != nil {
		if os.Getenv(mailtest.RequireEnv) != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	t.Cleanup(func() { server.Stop() })
	sink := mailtest.Submission(t, mailtest.SubmissionOptions{Into: server, NoTLS: true})
	opts := Options{Dir: t.TempDir(), Keyring: &secret.Memory{}}
	all, err := OpenAccounts(opts)
	if err != nil {
		t.Fatal(err)
	}
	defer all.Close()
	add := func(user string, protocol accounts.Protocol, addr string) accounts.Account {
		acc := accounts.Account{Address: user + "@example.org", Protocol: protocol, Incoming: at(addr, user), Outgoing: new(accounts.Server)}
		*acc.Outgoing = at(sink.SMTP, user)
		acc.Complete()
		acc, err := all.Add(t.Context(), acc, Secrets{Password: secret.New(mailtest.Password(user))})
		if err != nil {
			t.Fatal(err)
		}
		return acc
	}
	imap, pop = add("alice", accounts.IMAP, server.IMAP), add("bob", accounts.POP3, server.POP3)
	return reopened(t, opts), imap, pop
}

func at(addr, user string) accounts.Server {
	host, port, _ := net.SplitHostPort(addr)
	n, _ := strconv.Atoi(port)
	return accounts.Server{Host: host, Port: n, TLS: accounts.NoTLS, User: user}
}

// oddities are texts that something on the way might change.
var oddities = map[string]string{
	"Plain": "Hello,\n\nsee you at eight.\n\n-- \nAnna",
	"Ünïcode 你好 שלום مرحبا 👩‍👩‍👧‍👦": "Grüße, Здравствуйте, こんにちは, 안녕하세요, สวัสดี, नमस्ते\n\nשלום עולם mixed مرحبا 123",
	"dots": ".\n..\n.hidden\n\n.\nend",
	"From": "From here\n From there\n>From elsewhere",
	"long": strings.Repeat("x", 5000) + "\n" + strings.Repeat("word ", 1000),
	strings.Repeat("a long subject ", 30) + "end": strings.Repeat("漢字", 1500),
}

// What is written arrives as it was meant, by IMAP and by POP3, and lies once in
// Sent.
func TestLettersArriveAsTheyWereMeant(t *testing.T) {
	c, imap, pop := town(t)
	file := bytes.Repeat([]byte("\x00\xff\r\n.\r\nFrom x\n"), 5000)
	const name = "Übersicht – 報告.bin"
	for subject, text := range oddities {
		d := &message.Draft{
			From: message.Address{Name: "Alice Müller, Dr.", Addr: imap.Address}, Subject: subject, Text: text, Files: []message.File{message.FileOf(name, "", file)},
			To: []message.Address{{Name: "Bøb \"the\" Builder", Addr: pop.Address}}, Bcc: []message.Address{{Addr: imap.Address}},
		}
		if _, err := c.Send(t.Context(), Post{Account: imap.ID, Draft: d}); err != nil {
			t.Fatal(err)
		}
	}
	if rep, err := c.SendNow(t.Context(), imap.ID); err != nil || rep.Sent != len(oddities) {
		t.Fatalf("%+v, %v", rep, err)
	}
	if err := c.Sync(t.Context(), []accounts.Account{imap, pop}, func(s Synced) {
		if s.Err != nil {
			t.Error(s.Err)
		}
	}); err != nil {
		t.Fatal(err)
	}
	for what, where := range map[string]struct {
		acc  accounts.Account
		role mail.Role
	}{"IMAP": {imap, mail.RoleInbox}, "POP3": {pop, mail.RoleInbox}, "Sent": {imap, mail.RoleSent}} {
		got := letters(t, c, where.acc, where.role)
		if len(got) != len(oddities) {
			t.Errorf("%s: %d letters, not %d", what, len(got), len(oddities))
		}
		for _, l := range got {
			want, ok := oddities[l.Subject]
			if text := strings.TrimRight(l.text, "\n"); !ok || text != strings.TrimRight(trimmed(want), "\n") {
				t.Errorf("%s: %q says %.200q, not %.200q", what, l.Subject, text, want)
			}
			if l.name != name || !bytes.Equal(l.file, file) {
				t.Errorf("%s: the file %q of %q has %d octets", what, l.name, l.Subject, len(l.file))
			}
			if l.To[0].Name != `Bøb "the" Builder` || l.From[0].Name != "Alice Müller, Dr." || len(l.Warnings) > 0 {
				t.Errorf("%s: from %v to %v, %v", what, l.From, l.To, l.Warnings)
			}
			if (len(l.Bcc) > 0) != (what == "Sent") {
				t.Errorf("%s: Bcc %v", what, l.Bcc)
			}
		}
	}
}

// letter is what a message says.
type letter struct {
	*message.Message
	text, name string
	file       []byte
}

func letters(t *testing.T, c *Client, acc accounts.Account, role mail.Role) (list []letter) {
	t.Helper()
	tree, err := c.Tree(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	box, _ := tree.Role(acc.ID, role)
	rows, err := c.List(t.Context(), Page{Mailboxes: []mail.MailboxID{box.ID}, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		m, err := c.Message(t.Context(), r.Message)
		if err != nil {
			t.Fatal(err)
		}
		d := m.Resume(c.Opener(r.Message))
		l := letter{Message: m, text: d.Text}
		if len(d.Files) == 1 {
			l.name = d.Files[0].Name
			f, err := d.Files[0].Open()
			if err != nil {
				t.Fatal(err)
			}
			l.file, _ = io.ReadAll(f)
			f.Close()
		}
		list = append(list, l)
	}
	return list
}

// trimmed is a text as flowed text has it: without the blanks that end lines,
// and with a blank behind the marks of a quote.
func trimmed(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if l != "-- " {
			lines[i] = strings.TrimRight(l, " ")
		}
		if after, ok := strings.CutPrefix(lines[i], ">"); ok && !strings.HasPrefix(after, " ") {
			lines[i] = "> " + after
		}
	}
	return strings.Join(lines, "\n")
}

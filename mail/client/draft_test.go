package client

import (
	"bytes"
	"context"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/mail"
	"postrider/mail/message"
)

// desk is a client with one account that no server answers.
func desk(t *testing.T) (*Client, accounts.Account) {
	t.Helper()
	opts := Options{Dir: t.TempDir(), Keyring: &secret.Memory{}}
	all, err := OpenAccounts(opts)
	if err != nil {
		t.Fatal(err)
	}
	acc := accounts.Account{
		Address: "anna@example.org", Name: "Anna", Protocol: accounts.POP3,
		Incoming: accounts.Server{Host: "127.0.0.1", Port: 1, TLS: accounts.NoTLS}, Outgoing: &accounts.Server{Host: "127.0.0.1", Port: 1, TLS: accounts.NoTLS},
	}
	acc.Complete()
	if acc, err = all.Add(t.Context(), acc, Secrets{}); err != nil {
		t.Fatal(err)
	}
	all.Close()
	return reopened(t, opts), acc
}

func reopened(t *testing.T, opts Options) *Client {
	t.Helper()
	c, err := Open(context.WithoutCancel(t.Context()), opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// drafts are the texts in the account's Drafts.
func drafts(t *testing.T, c *Client, acc accounts.Account, role mail.Role) (texts []string) {
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
		texts = append(texts, strings.TrimSpace(m.Text()))
	}
	return texts
}

func keep(t *testing.T, c *Client, acc accounts.Account, d *message.Draft, old mail.PlacementID, closing bool) mail.PlacementID {
	t.Helper()
	id, err := c.SaveDraft(t.Context(), acc.ID, d, old, closing)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// With files, only words are written between a change of the files; a process
// that ends has lost none of them.
func TestDraftWithFilesSurvivesTheProcess(t *testing.T) {
	c, acc := desk(t)
	file := message.FileOf("big.bin", "", bytes.Repeat([]byte("0123456789"), 100_000))
	d := &message.Draft{From: message.Address{Addr: acc.Address}, Text: "one", Files: []message.File{file}}
	id := keep(t, c, acc, d, 0, false)
	d.Text, d.Subject = "one two", "Subject"
	if again := keep(t, c, acc, d, id, false); again != id {
		t.Errorf("the words alone make another draft: %d, not %d", again, id)
	}
	d.Files = append(d.Files, message.FileOf("small.txt", "text/plain", []byte("small")))
	id = keep(t, c, acc, d, id, false)
	d.Text = "one two three"
	keep(t, c, acc, d, id, false)
	c.Close() // as if it had been killed: nobody closed the draft
	c = reopened(t, c.opts)
	if got := drafts(t, c, acc, mail.RoleDrafts); len(got) != 1 || got[0] != "one two three" {
		t.Errorf("the drafts are %q", got)
	}
	entries, _ := os.ReadDir(c.wordsDir())
	if len(entries) != 0 {
		t.Errorf("left over: %v", entries)
	}
	tree, _ := c.Tree(t.Context())
	box, _ := tree.Role(acc.ID, mail.RoleDrafts)
	rows, _ := c.List(t.Context(), Page{Mailboxes: []mail.MailboxID{box.ID}, Limit: 10})
	back, err := c.Resume(t.Context(), rows[0].ID)
	if err != nil || back.Text != "one two three" || back.Subject != "Subject" || len(back.Files) != 2 {
		t.Fatalf("%+v, %v", back, err)
	}
	r, err := back.Files[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if data, _ := io.ReadAll(r); len(data) != 1_000_000 {
		t.Errorf("the file has %d octets", len(data))
	}
}

func TestOneDraftIsLeft(t *testing.T) {
	c, acc := desk(t)
	d := &message.Draft{From: message.Address{Addr: acc.Address}}
	var id mail.PlacementID
	for _, text := range []string{"a", "ab", "abc"} {
		d.Text = text
		id = keep(t, c, acc, d, id, text == "abc")
	}
	if got := drafts(t, c, acc, mail.RoleDrafts); len(got) != 1 || got[0] != "abc" {
		t.Errorf("the drafts are %q", got)
	}
	d.To = []message.Address{{Addr: "bob@example.net"}}
	q, err := c.Send(t.Context(), Post{Account: acc.ID, Draft: d, Saved: id})
	if err != nil {
		t.Fatal(err)
	}
	if got := drafts(t, c, acc, mail.RoleDrafts); len(got) != 0 {
		t.Errorf("the drafts are %q", got)
	}
	if got := drafts(t, c, acc, mail.RoleOutbox); len(got) != 1 || got[0] != "abc" {
		t.Errorf("the outbox has %q", got)
	}
	if err := c.Cancel(t.Context(), q.Op); err != nil {
		t.Fatal(err)
	}
	back, err := c.Resume(t.Context(), q.Message)
	if err != nil || strings.TrimSpace(back.Text) != "abc" || len(back.To) != 1 {
		t.Errorf("called off, it is %+v, %v", back, err)
	}
}

// A server that cannot be reached leaves the letter where it was, with the
// reason.
func TestUnreachableServer(t *testing.T) {
	c, acc := desk(t)
	d := &message.Draft{From: message.Address{Addr: acc.Address}, To: []message.Address{{Addr: "bob@example.net"}}, Text: "hi"}
	q, err := c.Send(t.Context(), Post{Account: acc.ID, Draft: d})
	if err != nil {
		t.Fatal(err)
	}
	rep, err := c.SendNow(t.Context(), acc.ID)
	if rep.Waiting != 1 || !mail.Is(err, mail.KindOffline) {
		t.Errorf("%+v, %v", rep, err)
	}
	list, err := c.Pending(t.Context(), acc.ID)
	if err != nil || len(list) != 1 || list[0].ID != q.Op || list[0].State != mail.StatePending || list[0].Err == nil || list[0].Err.Kind != mail.KindOffline {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestAccountThatCannotSend(t *testing.T) {
	c, acc := desk(t)
	if _, err := c.Edit(t.Context(), acc.ID, func(a *accounts.Account) error { a.Outgoing = nil; return nil }, Secrets{}); err != nil {
		t.Fatal(err)
	}
	d := &message.Draft{From: message.Address{Addr: acc.Address}, To: []message.Address{{Addr: "bob@example.net"}}}
	if _, err := c.Send(t.Context(), Post{Account: acc.ID, Draft: d}); !mail.Is(err, mail.KindInput) {
		t.Errorf("%v", err)
	}
}

// A letter that is sent tomorrow says that it is of tomorrow.
func TestScheduledLetterIsDatedThen(t *testing.T) {
	c, acc := desk(t)
	for wait, want := range map[time.Duration]time.Duration{24 * time.Hour: 24 * time.Hour, 10 * time.Second: 0} {
		now := c.Now().Truncate(time.Second)
		d := &message.Draft{From: message.Address{Addr: acc.Address}, To: []message.Address{{Addr: "bob@example.net"}}, Text: "hi"}
		q, err := c.Send(t.Context(), Post{Account: acc.ID, Draft: d, At: now.Add(wait)})
		if err != nil {
			t.Fatal(err)
		}
		row, err := c.Row(t.Context(), q.Message)
		if err != nil {
			t.Fatal(err)
		}
		if m, err := c.Message(t.Context(), row.Message); err != nil || m.Date.Sub(now).Round(time.Minute) != want {
			t.Errorf("to be sent in %v it is dated %v, %v", wait, m.Date, err)
		}
	}
}

// However long it takes to read what is attached, the person has the whole time
// to take a message back.
func TestTheTimeToUndoBeginsInTheOutbox(t *testing.T) {
	_, acc := desk(t)
	now := time.Date(2026, 3, 3, 9, 0, 0, 900e6, time.UTC)
	opts := Options{Dir: t.TempDir(), Keyring: &secret.Memory{}, Now: func() time.Time { return now }}
	all, err := OpenAccounts(opts)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := all.Add(t.Context(), acc, Secrets{}); err != nil {
		t.Fatal(err)
	}
	all.Close()
	c := reopened(t, opts)
	slow := message.FileOf("film.mp4", "video/mp4", []byte("film"))
	open := slow.Open
	slow.Open = func() (io.ReadCloser, error) {
		now = now.Add(20 * time.Second)
		return open()
	}
	d := &message.Draft{From: message.Address{Addr: acc.Address}, To: []message.Address{{Addr: "bob@example.org"}}, Files: []message.File{slow}}
	if _, err := c.Send(t.Context(), Post{Account: acc.ID, Draft: d, Undo: 10 * time.Second}); err != nil {
		t.Fatal(err)
	}
	if at, waits, err := c.store.DueOutgoing(t.Context(), acc.ID); err != nil || !waits || time.Unix(at, 0).Sub(now) < 10*time.Second {
		t.Errorf("it goes out %v from now, %v, %v", time.Unix(at, 0).Sub(now), waits, err)
	}
}

// A draft that was taken away elsewhere is kept whole again: its words alone
// would find nothing to go with.
func TestDraftThatIsGoneIsKeptWhole(t *testing.T) {
	c, acc := desk(t)
	d := &message.Draft{From: message.Address{Addr: acc.Address}, Text: "one", Files: []message.File{message.FileOf("a.txt", "text/plain", []byte("a"))}}
	id := keep(t, c, acc, d, 0, false)
	if err := c.store.DropDraft(t.Context(), id); err != nil { // as a server's news would
		t.Fatal(err)
	}
	d.Text = "one two"
	keep(t, c, acc, d, id, false)
	c.Close()
	c = reopened(t, c.opts)
	if got := drafts(t, c, acc, mail.RoleDrafts); len(got) != 1 || got[0] != "one two" {
		t.Errorf("the drafts are %q", got)
	}
}

package pop_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/dial"
	"postrider/mail/engine"
	"postrider/mail/mailtest"
	"postrider/mail/pop"
	"postrider/mail/store"
)

const id = mail.AccountID("acct")

// client is one Postrider's store and worker for a user's account.
type client struct {
	t       testing.TB
	store   *store.Store
	account accounts.Account
	config  pop.Config
	worker  *engine.Worker
	connect engine.Connect
	ahead   time.Duration // what its clock shows too much
}

// newClient makes the client of a server without TLS; user is one of
// mailtest's. Its store is checked when the test ends.
func newClient(t testing.TB, addr, user, keep string, change ...func(*pop.Config)) *client {
	t.Helper()
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	c := &client{t: t}
	c.account = accounts.Account{
		ID: id, Address: user + "@example.org", Protocol: accounts.POP3,
		Incoming: accounts.Server{Host: host, TLS: accounts.NoTLS, User: user},
	}
	if c.account.Incoming.Port, err = strconv.Atoi(port); err != nil {
		t.Fatal(err)
	}
	if c.account.Keep, err = accounts.ParseKeep(keep); err != nil {
		t.Fatal(err)
	}
	c.account.Complete()
	c.config = pop.Config{
		Account: c.account, Dialer: &dial.Dialer{}, Timeout: 10 * time.Second,
		Credentials: func(context.Context) (pop.Credentials, error) {
			return pop.Credentials{User: user, Password: mailtest.Password(user)}, nil
		},
	}
	for _, f := range change {
		f(&c.config)
	}
	c.account = c.config.Account
	c.open(folder(t))
	t.Cleanup(func() { c.check(); c.store.Close() })
	return c
}

// open opens the store in a folder.
func (c *client) open(dir string) {
	c.t.Helper()
	now := func() time.Time { return time.Now().Add(c.ahead) }
	var err error
	if c.store, err = store.Open(c.t.Context(), dir, store.Options{Now: now}); err == nil {
		err = c.store.AddAccount(c.t.Context(), id, store.POP3)
	}
	if err != nil {
		c.t.Fatal(err)
	}
	c.config.Store = c.store
	c.connect = pop.Connect(c.config)
	c.worker = engine.NewWorker(c.store, id, c.connect)
}

// folder is a temporary folder, in memory where there is one: these tests are
// about order, not about fsync.
func folder(t testing.TB) string {
	dir, err := os.MkdirTemp("/dev/shm", "postrider-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func (c *client) check() {
	c.t.Helper()
	rep, err := c.store.Check(context.WithoutCancel(c.t.Context()), false, nil)
	if err != nil || !rep.OK() {
		c.t.Errorf("check: %v %v", err, rep.Problems)
	}
}

// sync is a sync that must go well.
func (c *client) sync() engine.Report {
	c.t.Helper()
	rep, err := c.worker.Once(c.t.Context())
	if err != nil {
		c.t.Fatalf("sync: %v", err)
	}
	return rep
}

// fails is a sync that must not.
func (c *client) fails(kind mail.Kind) *mail.Error {
	c.t.Helper()
	_, err := c.worker.Once(c.t.Context())
	if !mail.Is(err, kind) {
		c.t.Fatalf("sync: %v, want kind %s", err, kind)
	}
	return err.(*mail.Error)
}

func (c *client) read(fn func(*store.Snapshot) error) {
	c.t.Helper()
	if err := c.store.Read(c.t.Context(), fn); err != nil {
		c.t.Fatal(err)
	}
}

func (c *client) mailbox(role mail.Role) (found mail.MailboxID) {
	c.t.Helper()
	c.read(func(sn *store.Snapshot) error {
		list, err := sn.Mailboxes(id)
		for _, b := range list {
			if b.Role == role {
				found = b.ID
			}
		}
		return err
	})
	return found
}

func (c *client) list(role mail.Role) (rows []store.Row) {
	c.t.Helper()
	box := c.mailbox(role)
	c.read(func(sn *store.Snapshot) (err error) {
		rows, err = sn.List(store.Page{Mailboxes: []mail.MailboxID{box}, Limit: 1 << 20})
		return err
	})
	return rows
}

// subjects are those of a mailbox, sorted, with the times each is there if that
// is not once.
func (c *client) subjects(role mail.Role) string {
	c.t.Helper()
	var list []string
	for _, r := range c.list(role) {
		list = append(list, r.Subject)
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

// want compares the inbox's subjects.
func (c *client) want(subjects string) {
	c.t.Helper()
	if got := c.subjects(mail.RoleInbox); got != subjects {
		c.t.Errorf("the inbox has %q, want %q", got, subjects)
	}
}

// one returns the message with this subject.
func (c *client) one(role mail.Role, subject string) store.Row {
	c.t.Helper()
	rows := c.list(role)
	i := slices.IndexFunc(rows, func(r store.Row) bool { return r.Subject == subject })
	if i < 0 {
		c.t.Fatalf("no %q", subject)
	}
	return rows[i]
}

func (c *client) do(op mail.Op) []mail.PlacementID {
	c.t.Helper()
	made, err := c.store.Do(c.t.Context(), op)
	if err != nil {
		c.t.Fatal(err)
	}
	return made
}

// trash moves a message of the inbox to the trash.
func (c *client) trash(subject string) mail.PlacementID {
	c.t.Helper()
	at := c.one(mail.RoleInbox, subject).ID
	c.do(mail.Move{Targets: []mail.PlacementID{at}, To: c.mailbox(mail.RoleTrash)})
	return at
}

// hashes counts the messages of the inbox by the SHA-256 of their bytes.
func (c *client) hashes() map[[32]byte]int {
	c.t.Helper()
	count := map[[32]byte]int{}
	for _, r := range c.list(mail.RoleInbox) {
		raw, err := c.store.Raw(c.t.Context(), r.Message)
		if err != nil {
			c.t.Fatalf("message %d (%s): %v", r.ID, r.Subject, err)
		}
		count[sha256.Sum256(raw)]++
	}
	return count
}

// custody is what the ledger has, by the messages' subjects.
func (c *client) custody() map[string]store.Entry {
	c.t.Helper()
	out := map[string]store.Entry{}
	c.read(func(sn *store.Snapshot) error {
		list, err := sn.Ledger(id)
		for _, e := range list {
			if r, err := sn.Row(e.Placement); err == nil {
				out[r.Subject] = e
			}
		}
		return err
	})
	return out
}

// letterOf is a message as servers have them, of about size octets.
func letterOf(subject string, size int) []byte {
	head := fmt.Sprintf("Received: from a.example by b.example with ESMTP id %s; Mon, 02 Mar 2026 10:00:00 +0000\r\n"+
		"Message-ID: <%s@test.example>\r\nFrom: Ada <ada@test.example>\r\nTo: alice@example.org\r\nSubject: %s\r\n"+
		"Date: Mon, 02 Mar 2026 09:59:00 +0000\r\n\r\n", subject, subject, subject)
	line := "This is " + subject + ".\r\n"
	return []byte(head + strings.Repeat(line, max(1, (size-len(head))/len(line))))
}

// entry is what the ledger has under a name.
func (c *client) entry(uidl string) store.Entry {
	c.t.Helper()
	entries, err := c.store.Mirror(id).Ledger(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	return entries[mail.UIDL(uidl)]
}

// leaves is what the person is told of a message.
func leaves(c *client, uidl string) (time.Time, string) {
	return pop.Leaves(&c.account, c.entry(uidl), c.store.Now())
}

func sha(raw []byte) [32]byte { return sha256.Sum256(raw) }

// damage flips bits in every message of the packs, and has the store find out.
func (c *client) damage() {
	c.t.Helper()
	names, err := filepath.Glob(filepath.Join(c.store.Dir(), "packs", "*"))
	if err != nil || len(names) == 0 {
		c.t.Fatalf("no packs: %v", err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		for i := 100; i < len(raw); i += 100 {
			raw[i] ^= 0x55
		}
		if err := os.WriteFile(name, raw, 0o600); err != nil {
			c.t.Fatal(err)
		}
	}
	if _, err := c.store.Check(c.t.Context(), true, nil); err != nil {
		c.t.Fatal(err)
	}
}

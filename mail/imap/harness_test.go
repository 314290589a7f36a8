package imap_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/dial"
	"postrider/mail/engine"
	"postrider/mail/imap"
	"postrider/mail/imap/wire"
	"postrider/mail/mailtest"
	"postrider/mail/store"
)

const id = mail.AccountID("acct")

// client is one Postrider's store and worker for alice's account.
type client struct {
	t      testing.TB
	store  *store.Store
	worker *engine.Worker
}

func newClient(t testing.TB, addr string, change ...func(*accounts.Account)) *client {
	t.Helper()
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	n, _ := strconv.Atoi(port)
	a := accounts.Account{
		ID: id, Address: "alice@example.org", Protocol: accounts.IMAP,
		Incoming: accounts.Server{Host: host, Port: n, TLS: accounts.NoTLS, User: "alice"},
	}
	for _, c := range change {
		c(&a)
	}
	a.Complete()
	s, err := store.Open(t.Context(), folder(t), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := s.AddAccount(t.Context(), id, store.IMAP); err != nil {
		t.Fatal(err)
	}
	connect := imap.Connect(imap.Config{
		Account: a, Store: s, Dialer: &dial.Dialer{}, Lingering: time.Nanosecond,
		Credentials: func(context.Context) (wire.Credentials, error) {
			return wire.Credentials{User: "alice", Password: mailtest.Password("alice")}, nil
		},
	})
	return &client{t, s, engine.NewWorker(s, id, connect)}
}

// folder is a temporary folder: for tests in memory where there is one, for they
// are about order and not about fsync; for benchmarks on the disk.
func folder(t testing.TB) string {
	if _, bench := t.(*testing.B); !bench {
		if dir, err := os.MkdirTemp("/dev/shm", "postrider-test-"); err == nil {
			t.Cleanup(func() { os.RemoveAll(dir) })
			return dir
		}
	}
	return t.TempDir()
}

func (c *client) sync() engine.Report {
	c.t.Helper()
	rep, err := c.worker.Once(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	return rep
}

func (c *client) read(fn func(*store.Snapshot) error) {
	c.t.Helper()
	if err := c.store.Read(c.t.Context(), fn); err != nil {
		c.t.Fatal(err)
	}
}

func (c *client) mailbox(path string) (found mail.Mailbox) {
	c.t.Helper()
	c.read(func(sn *store.Snapshot) error {
		list, err := sn.Mailboxes(id)
		for _, b := range list {
			if b.Path == path {
				found = b
			}
		}
		return err
	})
	if found.ID == 0 {
		c.t.Fatalf("no mailbox %s", path)
	}
	return found
}

func (c *client) list(path string) (rows []store.Row) {
	c.t.Helper()
	box := c.mailbox(path)
	c.read(func(sn *store.Snapshot) (err error) {
		rows, err = sn.List(store.Page{Mailboxes: []mail.MailboxID{box.ID}, Limit: 1 << 20})
		return err
	})
	return rows
}

// one returns the message with this subject.
func (c *client) one(path, subject string) store.Row {
	c.t.Helper()
	rows := c.list(path)
	i := slices.IndexFunc(rows, func(r store.Row) bool { return r.Subject == subject })
	if i < 0 {
		c.t.Fatalf("no %q in %s", subject, path)
	}
	return rows[i]
}

func (c *client) do(op mail.Op) {
	c.t.Helper()
	if _, err := c.store.Do(c.t.Context(), op); err != nil {
		c.t.Fatal(err)
	}
}

func (c *client) check() {
	c.t.Helper()
	rep, err := c.store.Check(context.WithoutCancel(c.t.Context()), false, nil)
	if err != nil || !rep.OK() {
		c.t.Fatalf("check: %v %v", err, rep.Problems)
	}
}

// picture is what the client shows: mailbox, subject, flags.
func (c *client) picture() string {
	var lines []string
	c.read(func(sn *store.Snapshot) error {
		boxes, err := sn.Mailboxes(id)
		for _, b := range boxes {
			rows, err := sn.List(store.Page{Mailboxes: []mail.MailboxID{b.ID}, Limit: 1 << 20})
			if err != nil {
				return err
			}
			for _, r := range rows {
				lines = append(lines, fmt.Sprintf("%s | %s | %v", b.Path, r.Subject, r.Flags.Names()))
			}
		}
		return err
	})
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// sum is the XOR of the SHA-256 of every message of the account.
func (c *client) sum() string {
	var sum [32]byte
	var rows []store.Row
	c.read(func(sn *store.Snapshot) error {
		boxes, err := sn.Mailboxes(id)
		for _, b := range boxes {
			more, err := sn.List(store.Page{Mailboxes: []mail.MailboxID{b.ID}, Limit: 1 << 20})
			if err != nil {
				return err
			}
			rows = append(rows, more...)
		}
		return err
	})
	for _, r := range rows {
		raw, err := c.store.Raw(c.t.Context(), r.Message)
		if err != nil {
			c.t.Fatalf("message %d (%s): %v", r.ID, r.Subject, err)
		}
		h := sha256.Sum256(raw)
		for i := range sum {
			sum[i] ^= h[i]
		}
	}
	return hex.EncodeToString(sum[:])
}

func raw(n int, subject string) []byte {
	return fmt.Appendf(nil, "Message-ID: <%d@test.example>\r\nFrom: Ada <ada@test.example>\r\nTo: alice@example.org\r\nSubject: %s\r\n"+
		"Date: Mon, 02 Mar 2026 10:%02d:00 +0000\r\n\r\nThis is %s.\r\n", n, subject, n%60, subject)
}

//go:build unix

package faulttest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"postrider/mail/mailtest"
	"postrider/mail/mailtest/gen"
)

// bed is one user of a server, and a data folder with an account for them. Both
// can be brought back to how they were when they were saved.
type bed struct {
	program
	server *mailtest.Server
	user   string
	root   string
	mail   *gen.Plan
	names  map[gen.Sum]string // messages by content
}

// newBed makes a bed; flags are of account add.
func newBed(t *testing.T, server *mailtest.Server, user, protocol string, flags ...string) *bed {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	root := fastDir(t)
	b := &bed{
		program: program{path, filepath.Join(root, "data")}, server: server, user: user, root: root,
		mail: gen.New(gen.Options{Seed: *seed, N: 400, Flat: true}), names: map[gen.Sum]string{},
	}
	if err := os.Mkdir(b.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	quickVault(t, filepath.Join(b.dir, "vault-key.age"))
	_, end := b.start(t, b.password(), b.adding(protocol, flags...)...)
	if e := end(); e.code != 0 {
		t.Fatalf("account add: %s", e.err)
	}
	return b
}

// adding is the command that adds the account, with password on stdin.
func (b *bed) adding(protocol string, flags ...string) []string {
	host := b.server.IMAP
	if protocol == "pop3" {
		host = b.server.POP3
	}
	return append([]string{"account", "add", "--address", b.address(), "--protocol", protocol, "--host", host,
		"--tls", "none", "--user", b.user, "--no-smtp", "--password-stdin", "--no-test"}, flags...)
}

func (b *bed) password() string { return mailtest.Password(b.user) + "\n" }

// fastDir is in memory where the system has such a folder: what would be lost
// with the power is not what these tests are about.
func fastDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "postrider-fault-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func (b *bed) address() string { return b.user + "@example.org" }

// message makes message i, which verdicts call m<i>.
func (b *bed) message(i int) []byte {
	raw := gen.CRLF(b.mail.Message(i).Raw)
	var sum gen.Sum
	sum.Add(raw)
	b.names[sum] = fmt.Sprintf("m%d", i)
	return raw
}

// deliver puts messages from to from+n-1 into the user's INBOX.
func (b *bed) deliver(t *testing.T, from, n int) {
	t.Helper()
	for i := from; i < from+n; i++ {
		if err := b.server.Deliver(b.user, b.message(i)); err != nil {
			t.Fatal(err)
		}
	}
}

func (b *bed) home() string { return filepath.Join(b.server.Dir, "home", b.user) }

// save keeps both sides as they are now.
func (b *bed) save(t *testing.T) {
	t.Helper()
	b.quiet(t)
	replace(t, b.home(), filepath.Join(b.root, "saved-home"))
	replace(t, b.dir, filepath.Join(b.root, "saved-data"))
}

// restore brings both sides back to what was saved.
func (b *bed) restore(t *testing.T) {
	t.Helper()
	b.quiet(t)
	replace(t, filepath.Join(b.root, "saved-home"), b.home())
	replace(t, filepath.Join(b.root, "saved-data"), b.dir)
}

// quiet waits until the server has ended all sessions of the user: one whose
// client was killed lives for a moment longer, and may still delete.
func (b *bed) quiet(t *testing.T) {
	t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		out, err := b.server.Doveadm("who", "-1", b.user)
		if err != nil {
			t.Fatal(err, out)
		}
		if !strings.Contains(out, b.user) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the server does not end its sessions:\n%s", out)
		}
	}
}

// replace makes to a copy of the tree at from.
func replace(t *testing.T, from, to string) {
	t.Helper()
	if err := os.RemoveAll(to); err != nil {
		t.Fatal(err)
	}
	if err := copyTree(from, to); err != nil {
		t.Fatal(err)
	}
}

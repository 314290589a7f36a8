//go:build unix

package faulttest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"postrider/mail"
	"postrider/mail/mailtest"
)

// scene is a sync that is to be disturbed: what lies before it, and what both
// sides must have when all is done.
type scene struct {
	name, user, protocol string
	flags                []string                     // of account add
	play                 func(*testing.T, *bed) sides // up to the sync
}

// staged is a scene on its bed.
type staged struct {
	*bed
	want sides
}

func (s scene) lay(t *testing.T, server *mailtest.Server) *staged {
	t.Helper()
	b := newBed(t, server, s.user, s.protocol, s.flags...)
	st := &staged{b, s.play(t, b)}
	b.save(t)
	return st
}

// scenes are the same for every kind of fault; n is how many messages arrive in
// each, at least 4.
func scenes(n int) []scene {
	return []scene{
		{"pop3 empties the maildrop", "alice", "pop3", []string{"--keep", "none"}, func(t *testing.T, b *bed) sides {
			b.deliver(t, 0, n)
			return sides{nil, arrived(0, n)}
		}},
		{"pop3 deletes what was deleted here", "bob", "pop3", []string{"--keep", "until-deleted"}, func(t *testing.T, b *bed) sides {
			return deletions(t, b, n)
		}},
		{"imap", "carol", "imap", nil, func(t *testing.T, b *bed) sides {
			return changes(t, b, n)
		}},
	}
}

// arrived are n messages in the inbox.
func arrived(from, n int) (s state) {
	for i := from; i < from+n; i++ {
		s = append(s, fmt.Sprintf("INBOX m%d", i))
	}
	return s
}

// deletions: of four messages one is deleted for good, and one lies in the trash,
// which takes it from the server too.
func deletions(t *testing.T, b *bed, n int) sides {
	b.deliver(t, 0, 4)
	b.must(t, "sync")
	id := b.ids(t, "@inbox")
	b.must(t, "delete", "--forever", id["m1"])
	b.must(t, "delete", id["m2"])
	b.deliver(t, 4, n)
	there := append(arrived(4, n), "INBOX m0", "INBOX m3")
	return sides{there, append(slices.Clone(there), "Trash m2")}
}

// changes: everything that can be done offline was, and the server changed too.
func changes(t *testing.T, b *bed, n int) sides {
	b.deliver(t, 0, 10)
	b.doveadm(t, "mailbox", "create", "-u", b.user, "Archive", "Drafts", "Trash")
	b.must(t, "sync")
	id := b.ids(t, "@inbox")
	b.must(t, "mark", id["m0"], id["m1"], "--seen", "--flag")
	b.must(t, "move", id["m1"], id["m2"], b.address()+"/@archive")
	b.must(t, "mark", id["m2"], "--tag", "kept")
	b.must(t, "delete", id["m3"])
	b.must(t, "delete", "--forever", id["m4"])
	b.must(t, "copy", id["m5"], b.address()+"/@archive")
	b.upload(t, 10, "@drafts")
	b.doveadm(t, "flags", "add", "-u", b.user, `\Answered`, "mailbox", "INBOX", "uid", "1,7")
	b.doveadm(t, "expunge", "-u", b.user, "mailbox", "INBOX", "uid", "8")
	b.deliver(t, 11, n)
	both := append(arrived(11, n),
		`INBOX m0 \Seen \Flagged \Answered`, `Archive m1 \Seen \Flagged`, `Archive m2 kept`, `Trash m3`,
		`INBOX m5`, `Archive m5`, `INBOX m6 \Answered`, `INBOX m8`, `INBOX m9`, `Drafts m10`)
	return sides{both, both}
}

// ids are the program's ids of the messages in a mailbox, by our names.
func (b *bed) ids(t *testing.T, mailbox string) map[string]string {
	t.Helper()
	ids := map[string]string{}
	for line := range strings.Lines(b.must(t, "list", b.address()+"/"+mailbox, "--json", "--limit", "1000").out) {
		var row struct{ ID int }
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		id := strconv.Itoa(row.ID)
		name := b.line("", []byte(b.must(t, "show", id, "--raw").out), mail.Flags{})
		ids[name] = id
	}
	return ids
}

// upload brings message i into a mailbox from a file.
func (b *bed) upload(t *testing.T, i int, mailbox string) {
	t.Helper()
	path := filepath.Join(b.root, "upload.eml")
	if err := os.WriteFile(path, b.message(i), 0o600); err != nil {
		t.Fatal(err)
	}
	b.must(t, "import", path, "--into", b.address()+"/"+mailbox)
}

func (b *bed) doveadm(t *testing.T, args ...string) {
	t.Helper()
	if out, err := b.server.Doveadm(args...); err != nil {
		t.Fatal(err, out)
	}
}

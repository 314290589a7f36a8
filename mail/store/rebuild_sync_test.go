package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"postrider/mail"
	"postrider/mail/engine"
	"postrider/mail/engine/enginetest"
	"postrider/mail/store"
)

// TestSyncAfterRebuildFetchesNothing: the server's messages are recognised by
// their headers; even when the first sync is days later, and the packs were
// cleaned up before it.
func TestSyncAfterRebuildFetchesNothing(t *testing.T) {
	const account = mail.AccountID("acct")
	server := enginetest.NewServer("A")
	for i := range 40 {
		name := fmt.Sprint("m", i)
		server.Add([]string{"INBOX", "A"}[i%2], enginetest.Raw(name, name), mail.FlagsOf([]string{`\Seen`, "work"}[i%2]))
	}
	dir, now := t.TempDir(), time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	sync := func() *store.Store {
		s, err := store.Open(t.Context(), dir, store.Options{Now: func() time.Time { return now }})
		check(t, err)
		check(t, s.AddAccount(t.Context(), account, store.IMAP))
		check(t, s.Purge(t.Context()))
		_, err = engine.NewWorker(s, account, enginetest.Connect(server, s, nil)).Once(t.Context())
		check(t, err)
		return s
	}
	check(t, sync().Close())
	size := packed(t, dir)
	check(t, os.Remove(filepath.Join(dir, "mail.db")))
	_, err := store.Rebuild(t.Context(), dir, now)
	check(t, err)
	now = now.Add(5 * 24 * time.Hour)
	s := sync()
	defer s.Close()
	if grown := packed(t, dir) - size; grown != 0 {
		t.Errorf("%d octets were downloaded again", grown)
	}
	if got := picture(t, s); got != server.Picture() {
		t.Errorf("shown is\n%s\nthe server has\n%s", got, server.Picture())
	}
	rep, err := s.Check(t.Context(), false, nil)
	if err != nil || !rep.OK() || rep.Messages != 40 {
		t.Errorf("%+v, %v", rep, err)
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// packed is how large the packs are.
func packed(t *testing.T, dir string) (size int64) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "packs", "*.pack"))
	check(t, err)
	for _, n := range names {
		info, err := os.Stat(n)
		check(t, err)
		size += info.Size()
	}
	return size
}

// picture is all that the store shows, as enginetest.Server.Picture has it.
func picture(t *testing.T, s *store.Store) string {
	t.Helper()
	var lines []string
	check(t, s.Read(t.Context(), func(sn *store.Snapshot) error {
		list, err := sn.Mailboxes("")
		for _, b := range list {
			rows, err := sn.List(store.Page{Mailboxes: []mail.MailboxID{b.ID}, Limit: 1000})
			if err != nil {
				return err
			}
			for _, r := range rows {
				lines = append(lines, enginetest.Line(r.Path, r.Subject, r.Flags))
			}
		}
		return err
	}))
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

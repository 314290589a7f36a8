package imap_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"postrider/mail"
	"postrider/mail/store"
)

// TestUploadWaitsForTheDisk: a message whose bytes cannot be read just now is
// not one that the server refused. It stays, and goes up with the next sync that
// can read them.
func TestUploadWaitsForTheDisk(t *testing.T) {
	s := server(t)
	c := newClient(t, s.IMAP)
	c.sync()
	st, err := c.store.StageBytes(t.Context(), raw(1, "uploaded"))
	if err != nil {
		t.Fatal(err)
	}
	msg, err := c.store.Keep(t.Context(), st)
	if err != nil {
		t.Fatal(err)
	}
	c.do(mail.Append{Mailbox: c.mailbox("Drafts").ID, Message: msg})
	spoilLast(t, c.store)
	c.sync()
	c.one("Drafts", "uploaded")
	var waiting []mail.Pending
	c.read(func(sn *store.Snapshot) (err error) {
		waiting, err = sn.Pending(id)
		return err
	})
	if len(waiting) != 1 || waiting[0].State != mail.StatePending || waiting[0].Err == nil || waiting[0].Err.Kind != mail.KindDisk {
		t.Fatalf("got %+v, want the upload to wait because of the disk", waiting)
	}
	spoilLast(t, c.store)
	c.sync()
	stored, err := s.Messages("alice", "Drafts")
	if err != nil || len(stored) != 1 || !bytes.Equal(stored[0].Raw, raw(1, "uploaded")) {
		t.Errorf("the server has %d messages, %v", len(stored), err)
	}
	c.check()
}

// spoilLast flips the bits of the last byte that was stored; twice mends it.
func spoilLast(t *testing.T, s *store.Store) {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(s.Dir(), "packs", "00000001.pack"), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	var last [1]byte
	if _, err := f.ReadAt(last[:], info.Size()-1); err != nil {
		t.Fatal(err)
	}
	last[0] ^= 0xff
	if _, err := f.WriteAt(last[:], info.Size()-1); err != nil {
		t.Fatal(err)
	}
}

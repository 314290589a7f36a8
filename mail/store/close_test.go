package store

import (
	"os"
	"path/filepath"
	"testing"
)

// TestCloseLeavesNoLog: a closed store is its database file; a backup of that
// has all of it.
func TestCloseLeavesNoLog(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.AddAccount(t.Context(), "a", POP3); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"-wal", "-shm"} {
		if _, err := os.Stat(filepath.Join(dir, "mail.db"+suffix)); !os.IsNotExist(err) {
			t.Errorf("mail.db%s is still there after Close (%v)", suffix, err)
		}
	}
}

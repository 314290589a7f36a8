//go:build unix

package store

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestOthersCannotReadMail: in a folder that everybody may enter, either, and
// not any more where they could.
func TestOthersCannotReadMail(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkPrivate(t, dir)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"mail.db", "index.db"} {
		if err := os.Chmod(filepath.Join(dir, name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if s, err = Open(t.Context(), dir, Options{}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	checkPrivate(t, dir)
}

func checkPrivate(t *testing.T, dir string) {
	t.Helper()
	seen := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		seen++
		if mode := info.Mode().Perm(); mode&0o077 != 0 {
			t.Errorf("%s may be used by others: %v", path, mode)
		}
		if d.IsDir() {
			return fs.SkipDir // nobody else can enter
		}
		return nil
	})
	if err != nil || seen < 4 {
		t.Fatalf("saw %d files, %v", seen, err)
	}
}

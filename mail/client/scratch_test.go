package client

import (
	"os"
	"path/filepath"
	"testing"
)

// Copies of attachments do not outlive the program, however it ended, and nobody
// else reads them while it runs.
func TestScratchIsSweptAfterACrash(t *testing.T) {
	c, _ := desk(t)
	dir, err := c.Scratch()
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(dir, "salaries.ods")
	if err := os.WriteFile(copied, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, d := range []string{dir, filepath.Dir(dir)} {
		if info, err := os.Stat(d); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s has mode %v, %v", d, info.Mode(), err)
		}
	}
	beside := c.opts
	beside.ReadOnly = true
	reopened(t, beside)
	if _, err := os.Stat(copied); err != nil {
		t.Errorf("whoever reads beside took it away: %v", err)
	}
	c.Close() // as if it had been killed
	reopened(t, c.opts)
	if _, err := os.Stat(filepath.Dir(dir)); !os.IsNotExist(err) {
		t.Errorf("the copy is still there: %v", err)
	}
}

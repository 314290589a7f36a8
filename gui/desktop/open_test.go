//go:build unix && !darwin

package desktop

import (
	"os"
	"path/filepath"
	"testing"
)

// A link of a mail opens a page, or nothing.
func TestOnlyPagesAreBrowsed(t *testing.T) {
	bin := t.TempDir()
	if err := os.WriteFile(filepath.Join(bin, "xdg-open"), []byte("#!/bin/sh\nexit 0\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+":/bin:/usr/bin")
	for link, opens := range map[string]bool{
		"https://example.com/a?b=c#d": true, "HTTP://example.com": true,
		"file:///etc/passwd": false, "javascript:alert(1)": false, "data:text/html,x": false, "/etc/passwd": false,
		"-h": false, "https:": false, "https:///nowhere": false, "ssh://host": false, "ms-msdt:/id": false, "": false, "https://a b": false,
	} {
		if err := Browse(link); (err == nil) != opens {
			t.Errorf("Browse(%q) = %v, want it opened: %v", link, err, opens)
		}
	}
	if err := Open("--help"); err == nil {
		t.Error("Open took something that is no path")
	}
}

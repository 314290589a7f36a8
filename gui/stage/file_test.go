package stage_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A message file opens in a window of its own, with what there is to be wary of.
func TestAMessageFileIsShown(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hold.eml")
	text := "From: \"Bank security@bank.example\" <x@evil.example>\r\nReply-To: y@other.example\r\nTo: me@corp.example\r\nSubject: Your account is on hold\r\n" +
		"Date: Tue, 03 Mar 2026 10:00:00 +0000\r\nContent-Type: text/html\r\n\r\n<h2>Dear customer</h2><p>Please look.</p><img src=\"https://evil.example/a.png\" width=90 height=90>"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	_, dir := world(t, "Home")
	p := open(t, 1280, 800, "--data", dir, path)
	p.until("the window of the file", func(s state) bool { return s.Ready && s.Windows == 2 && strings.HasPrefix(s.Foot, "Up to date") })
	p.picture("file")
}

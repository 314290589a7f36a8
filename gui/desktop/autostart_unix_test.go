//go:build unix && !darwin

package desktop

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAutostartComesAndGoes(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", dir)
	if err := SetAutostart(true, `/opt/my "mail"/100%/postrider`, "--hidden"); err != nil {
		t.Fatal(err)
	}
	if !Autostarts() {
		t.Error("it does not know that it is started")
	}
	path := filepath.Join(dir, "autostart", "app.postrider.Postrider.desktop")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if want := `Exec="/opt/my \\"mail\\"/100%%/postrider" "--hidden"`; !strings.Contains(string(text), want) {
		t.Errorf("the entry does not hold %s:\n%s", want, text)
	}
	for range 2 {
		if err := SetAutostart(false, ""); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) || Autostarts() {
		t.Errorf("the entry is still there: %v", err)
	}
}

//go:build unix && !darwin

package desktop

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// entry is where the desktop looks for what to start (Desktop Application
// Autostart Specification).
func entry() (string, error) {
	dir, err := os.UserConfigDir()
	return filepath.Join(dir, "autostart", "app.postrider.Postrider.desktop"), err
}

func addAutostart(program string, args []string) error {
	path, err := entry()
	if err != nil {
		return err
	}
	words := []string{quote(program)}
	for _, arg := range args {
		words = append(words, quote(arg))
	}
	text := "[Desktop Entry]\nType=Application\nName=Postrider\nIcon=app.postrider.Postrider\nTerminal=false\nExec=" + strings.Join(words, " ") + "\n"
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

func removeAutostart() error {
	path, err := entry()
	if err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// quote writes a word as the Exec key wants it (Desktop Entry Specification, The
// Exec key): quoted, then escaped once more as every string there.
func quote(word string) string {
	word = strings.NewReplacer(`"`, `\"`, "`", "\\`", `$`, `\$`, `\`, `\\`).Replace(word)
	word = strings.NewReplacer(`\`, `\\`, "%", "%%", "\n", `\n`).Replace(word)
	return `"` + word + `"`
}

func hasAutostart() bool {
	path, err := entry()
	if err != nil {
		return false
	}
	_, err = os.Stat(path)
	return err == nil
}

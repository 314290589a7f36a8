package desktop

import (
	"encoding/xml"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// agent is where launchd looks for what to start with a session.
func agent() (string, error) {
	home, err := os.UserHomeDir()
	return filepath.Join(home, "Library", "LaunchAgents", "app.postrider.Postrider.plist"), err
}

func addAutostart(program string, args []string) error {
	path, err := agent()
	if err != nil {
		return err
	}
	var words strings.Builder
	for _, word := range append([]string{program}, args...) {
		words.WriteString("<string>")
		if err := xml.EscapeText(&words, []byte(word)); err != nil {
			return err
		}
		words.WriteString("</string>")
	}
	text := `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>Label</key><string>app.postrider.Postrider</string><key>RunAtLoad</key><true/>` +
		"<key>ProgramArguments</key><array>" + words.String() + "</array></dict></plist>\n"
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

func removeAutostart() error {
	path, err := agent()
	if err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func hasAutostart() bool {
	path, err := agent()
	if err != nil {
		return false
	}
	_, err = os.Stat(path)
	return err == nil
}

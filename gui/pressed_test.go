package gui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// keysyms are the names of keys for X, where they differ from keyMap's.
var keysyms = map[string]string{
	"#": "numbersign", "!": "exclam", "*": "asterisk", "/": "slash", "?": "question", ";": "semicolon", "+": "plus", "-": "minus", "=": "equal",
	"]": "bracketright", ",": "comma", "Space": "space", "Enter": "Return",
}

// keysym is a key of the map as package stage presses it: ctrl+shift+e.
func keysym(key string) string {
	parts := strings.Split(strings.TrimSuffix(key, "+"), "+")
	if strings.HasSuffix(key, "+") {
		parts[len(parts)-1] = "+"
	}
	for i, p := range parts {
		if x, ok := keysyms[p]; ok {
			parts[i] = x
		} else if i < len(parts)-1 || len(p) == 1 {
			parts[i] = strings.ToLower(p)
		}
	}
	return strings.Join(parts, "+")
}

// Every key of the map is pressed in a real window by some test, which looks at
// what it does.
func TestEveryKeyIsPressedInARealWindow(t *testing.T) {
	files, err := filepath.Glob("stage/*_test.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no tests of a real window", err)
	}
	var all strings.Builder
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	for _, s := range keyMap {
		for _, b := range s.bindings {
			for _, key := range append(strings.Fields(b.single), strings.Fields(b.always)...) {
				name := `"` + keysym(key) + `"`
				if len(key) == 2 && key[0] == 'g' { // a sequence
					name = `"g", "` + keysym(key[1:]) + `"`
				}
				if !strings.Contains(all.String(), name) {
					t.Errorf("%s (%s) is never pressed: %s", key, b.title, name)
				}
			}
		}
	}
}

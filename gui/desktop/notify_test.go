package desktop

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestWordsStayOnOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                       "plain",
		"two\r\nlines\tand\u2028more": "two lines and more",
		"$(calc.exe) `x` \"q\"":       "$(calc.exe) `x` \"q\"",
		"invoice\u202Egpj.exe":        "invoicegpj.exe",
		"bell\a":                      "bell",
		"  ":                          "",
	} {
		if got := line(in, 120); got != want {
			t.Errorf("line(%q) = %q, want %q", in, got, want)
		}
	}
	if got := []rune(line(strings.Repeat("é", 500), 120)); len(got) != 120 || got[119] != '…' {
		t.Errorf("a long line has %d characters and ends in %q", len(got), got[len(got)-1])
	}
}

// Whatever a subject says, it is one string of the script.
func TestWordsCannotLeaveTheScriptsString(t *testing.T) {
	for _, words := range []string{`"); app.doShellScript("id"); ("`, "a\\", "two\nlines\u2028more", "</script>${x}`y`", "\xff\x00", "שלום"} {
		script, err := macScript(Note{Title: words, Body: words})
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(script, "\n"), "\n")
		call := strings.TrimSuffix(strings.TrimPrefix(lines[2], "app.displayNotification("), "});")
		dec := json.NewDecoder(strings.NewReader(call))
		var body, title string
		if err := dec.Decode(&body); err != nil {
			t.Fatal(err)
		}
		rest := strings.TrimPrefix(call[dec.InputOffset():], ", {withTitle: ")
		if err := json.Unmarshal([]byte(rest), &title); err != nil || len(lines) != 3 {
			t.Errorf("%q: %d lines, %v in %q", words, len(lines), err, rest)
		}
		if want := strings.ToValidUTF8(words, "\ufffd"); body != want || title != want {
			t.Errorf("%q is shown as %q, %q", words, title, body)
		}
	}
}

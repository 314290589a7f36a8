package desktop

import (
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

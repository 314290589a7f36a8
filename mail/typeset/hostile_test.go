package typeset

import (
	"strings"
	"testing"
)

// Strangers write what they like; none of it may take long. A test that hangs
// here shows a cost that grows faster than the text.
func TestHostileTextTakesNoLonger(t *testing.T) {
	lib := Embedded()
	for name, text := range map[string]string{
		"letters without a space": strings.Repeat("x", 100_000),
		"accents on one letter":   "e" + strings.Repeat("\u0301", 50_000),
		"spaces":                  strings.Repeat(" ", 100_000),
		"tabs":                    strings.Repeat("\t", 100_000),
		"Hebrew without a space":  strings.Repeat("ש", 50_000),
		"directions in turn":      strings.Repeat("aא", 20_000),
		"brackets":                strings.Repeat("(א", 20_000),
		"embeddings":              strings.Repeat("\u202b", 100_000),
		"isolates":                strings.Repeat("\u2067a", 20_000),
		"joiners":                 "👩" + strings.Repeat("\u200d👩", 50_000),
		"flags":                   strings.Repeat("🇩", 20_000),
		"lines":                   strings.Repeat("\n", 100_000),
		"bytes that are no text":  strings.Repeat("\xff\xc3", 100_000),
		"Chinese":                 strings.Repeat("漢字", 20_000),
	} {
		for _, cut := range []bool{true, false} {
			p := lib.Paragraph([]Text{{text, ui}}, Options{Width: 300, BreakWords: cut})
			if p.Lines[len(p.Lines)-1].End != len(text) {
				t.Errorf("%s: text is missing", name)
			}
		}
		lib.Line(text, ui, LineOptions{Max: 200})
	}
}

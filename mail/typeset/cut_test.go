package typeset

import (
	"strings"
	"testing"
)

// What Chromium 156 makes of each text in a column of no width with word-break:
// break-all.
func TestWordsAreCutBetweenLetters(t *testing.T) {
	for _, want := range []string{
		"w|o|r|d", "1|9,|9|0", "€1|9,|9|0", "2|0%", "(a)", "a|b.|c|o|m/|x?|y|=|1|&|z|=|2",
		"h|t|t|p://|e", "f|o|o|-|b|a|r", "u|s|e|r|@|h|o|s|t", "a|_|b", "\"a|b\"", "S|t|r|a|ß|e", "é|t|é", "a…",
	} {
		text := strings.ReplaceAll(want, "|", "")
		var got strings.Builder
		for i, r := range text {
			if MayCut(text, i) {
				got.WriteByte('|')
			}
			got.WriteRune(r)
		}
		if got.String() != want {
			t.Errorf("got %s, want %s", got.String(), want)
		}
	}
}

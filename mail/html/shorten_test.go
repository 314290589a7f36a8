package html

import (
	"strings"
	"testing"
)

// What is too long for anyone loses only what would be lost anyway.
func TestLongTokensAreShortened(t *testing.T) {
	long := strings.Repeat("a", 3*longToken)
	words := strings.Repeat("word ", longToken)
	for _, tt := range []struct {
		name, source string
		cut          bool
		want         int // bytes that are left, without the comments
	}{
		{"short", `<p title="a>b">x</p>`, false, 20},
		{"a value", `<p title="` + long + `">x</p>`, true, len(`<p title="">x</p>`) + longToken},
		{"single quotes", `<p title='` + long + `'>x</p>`, true, len(`<p title="">x</p>`) + longToken},
		{"a picture", `<img src="data:image/png;base64,` + long + `">`, false, len(`<img src="data:image/png;base64,">`) + len(long)},
		{"a text", words, false, len(words)},
		{"a word", "<p>" + long, false, len(long) + 3},
		{"a style sheet", "<style>" + words + "</style>", false, len(words) + 15},
		{"a comment", "<!--" + long + "-->x", false, len(long) + 8},
		{"an open quote", `<p title="` + long, false, len(long) + 10},
		{"an open tag", `<p ` + long, false, len(long) + 3},
		{"an open comment", `<!--` + long, false, len(long) + 4},
	} {
		parts, cut := shorten(tt.source)
		left := strings.ReplaceAll(strings.Join(parts, ""), "<!---->", "")
		if len(left) != tt.want || cut != tt.cut {
			t.Errorf("%s: %d bytes are left, want %d; cut %v, want %v", tt.name, len(left), tt.want, cut, tt.cut)
		}
	}
	doc := Parse("<p>" + words + "end</p>")
	if text := doc.TextOf(doc.Body()); text != words+"end" || doc.Cut {
		t.Errorf("%d of %d bytes of text are left, cut %v", len(text), len(words)+3, doc.Cut)
	}
}

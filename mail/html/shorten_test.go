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
		want         int // bytes that are left, without the comments
	}{
		{"short", `<p title="a>b">x</p>`, 20},
		{"a value", `<p title="` + long + `">x</p>`, len(`<p title="">x</p>`) + longToken},
		{"single quotes", `<p title='` + long + `'>x</p>`, len(`<p title="">x</p>`) + longToken},
		{"a picture", `<img src="data:image/png;base64,` + long + `">`, len(`<img src="data:image/png;base64,">`) + len(long)},
		{"a text", words, len(words)},
		{"a word", "<p>" + long, len(long) + 3},
		{"a style sheet", "<style>" + words + "</style>", len(words) + 15},
		{"a comment", "<!--" + long + "-->x", len(long) + 8},
		{"an open quote", `<p title="` + long, len(long) + 10},
		{"an open tag", `<p ` + long, len(long) + 3},
		{"an open comment", `<!--` + long, len(long) + 4},
	} {
		parts := shorten(tt.source)
		left := strings.ReplaceAll(strings.Join(parts, ""), "<!---->", "")
		if len(left) != tt.want {
			t.Errorf("%s: %d bytes are left, want %d", tt.name, len(left), tt.want)
		}
	}
	doc := Parse("<p>" + words + "end</p>")
	if text := doc.TextOf(doc.Body()); text != words+"end" || doc.Cut {
		t.Errorf("%d of %d bytes of text are left, cut %v", len(text), len(words)+3, doc.Cut)
	}
}

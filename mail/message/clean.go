package message

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cleanLine makes one line of s that is safe to show anywhere, a terminal
// included: line ends and tabs become blanks, other control characters and
// what reorders the text around it go.
func cleanLine(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\u2028' || r == '\u2029':
			return ' '
		case r == '\r' || unicode.IsControl(r) || isBidiControl(r):
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// isBidiControl reports embeddings, overrides and isolates, which let a text
// rearrange its surroundings; the marks LRM, RLM and ALM do not.
func isBidiControl(r rune) bool {
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// isInvisible reports characters that take no room or look like a blank,
// besides the joiners that scripts and emoji need.
func isInvisible(r rune) bool {
	switch r {
	case '\u00ad', '\u034f', '\u061c', '\u115f', '\u1160', '\u17b4', '\u17b5', '\u180e', '\u200b',
		'\u200e', '\u200f', '\u2800', '\u3164', '\ufeff', '\uffa0':
		return true
	}
	return r >= '\u2060' && r <= '\u206f' || r >= 0xe0000 && r <= 0xe007f
}

// truncate cuts s to at most n bytes of whole characters.
func truncate(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// cleanText takes control characters out of UTF-8 text, in place, and makes
// every line end "\n". Tabs stay.
func cleanText(b []byte) []byte {
	out := b[:0]
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case c >= ' ' && c != 0x7f:
			if c == 0xc2 && i+1 < len(b) && b[i+1] < 0xa0 { // U+0080 to U+009F
				i++
				continue
			}
			out = append(out, c)
		case c == '\n', c == '\t':
			out = append(out, c)
		case c == '\r' && (i+1 == len(b) || b[i+1] != '\n'), c == '\f':
			out = append(out, '\n')
		}
	}
	return out
}

package message

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cleanLine makes one line of s that is safe to show anywhere, a terminal
// included: it is unfolded, other line ends and tabs become blanks, other
// control characters and what reorders the text around it go.
func cleanLine(s string) string {
	if isVisible(s) { // as mostly; a copy, so as not to keep the whole header for it
		return strings.Clone(strings.TrimSpace(s))
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s[i:])
			i += n - 1
			switch {
			case r == '\u2028' || r == '\u2029':
				b.WriteByte(' ')
			case !unicode.IsControl(r) && !isBidiControl(r):
				b.WriteRune(r)
			}
		case c >= ' ' && c != 0x7f:
			b.WriteByte(c)
		case c == '\n' && i+1 < len(s) && (s[i+1] == ' ' || s[i+1] == '\t'): // RFC 5322 2.2.3
		case c == '\n' || c == '\t':
			b.WriteByte(' ')
		}
	}
	return strings.TrimSpace(b.String())
}

// isVisible reports that s is of ASCII characters that can be seen, and blanks.
func isVisible(s string) bool {
	for i := range len(s) {
		if s[i]-' ' >= 0x7f-' ' {
			return false
		}
	}
	return true
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
	n := 0
	for i := 0; i < len(b); {
		start := i
		for i < len(b) && ordinary[b[i]] {
			i++
		}
		n += copy(b[n:], b[start:i])
		if i == len(b) {
			break
		}
		switch c := b[i]; {
		case c == 0xc2 && i+1 < len(b) && b[i+1] < 0xa0: // U+0080 to U+009F
			i++
		case c == 0xc2:
			b[n] = c
			n++
		case c == '\r' && (i+1 == len(b) || b[i+1] != '\n'), c == '\f':
			b[n] = '\n'
			n++
		}
		i++
	}
	return b[:n]
}

// ordinary are the bytes of text that stay whatever comes next.
var ordinary = func() (table [256]bool) {
	for c := range table {
		table[c] = c >= ' ' && c != 0x7f && c != 0xc2 || c == '\n' || c == '\t'
	}
	return table
}()

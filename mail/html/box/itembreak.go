package box

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"postrider/mail/typeset"
)

// mayHoldBreaks reports whether a text without spaces needs a closer look. Most
// words have letters alone.
func mayHoldBreaks(t string) bool {
	for i := 0; i < len(t); i++ {
		switch c := t[i]; {
		case c == '-' || c == '?' || c == '(' || c == '[' || c == '<' || c == '{':
			return true
		case c == 0xC2 && i+1 < len(t) && t[i+1] == 0xAD: // a soft hyphen
			return true
		case c >= 0xD6: // U+0580 and above
			r, n := utf8.DecodeRuneInString(t[i:])
			if !strings.ContainsRune("\u2018\u2019\u201c\u201d\u2026\u2122\u2022", r) {
				return true
			}
			i += n - 1
		}
	}
	return false
}

// joined reports whether letters stand on both sides of a place in a text, so
// that word-break: keep-all lets no line end there.
func joined(t string, at int) bool {
	a, _ := utf8.DecodeLastRuneInString(t[:at])
	b, _ := utf8.DecodeRuneInString(t[at:])
	return (unicode.IsLetter(a) || unicode.IsDigit(a)) && (unicode.IsLetter(b) || unicode.IsDigit(b))
}

// breakable reports whether a line may end between two characters, of which
// U+FFFC stands for a box.
func breakable(a, b rune) bool {
	switch {
	case a == ' ':
		return true
	case a == '\uFFFC' || b == '\uFFFC':
		return true // browsers end lines there, whatever Unicode says
	case a == '\u00a0' || b == '\u00a0' || a == '\u2060' || b == '\u2060':
		return false
	case a < 0x80 && b < 0x80 && a != '-' && a != '?':
		return false
	}
	return len(typeset.Breaks(string([]rune{a, b}))) > 0
}

// mayTurn reports whether a text has letters that run from right to left, or
// controls that make others do so.
func mayTurn(t string) bool {
	for _, r := range t {
		switch {
		case r < 0x590:
		case r <= 0x8FF, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x200F:
			return true
		case r >= 0xFB1D && r <= 0xFDFF, r >= 0xFE70 && r <= 0xFEFC, r >= 0x10800 && r <= 0x10FFF, r >= 0x1E800 && r <= 0x1EFFF:
			return true
		}
	}
	return false
}

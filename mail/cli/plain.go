package cli

import (
	"strings"
	"unicode"
)

// plain makes one line of text that does nothing to a terminal: no control
// characters, no escape sequences, nothing that reorders or hides text.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || r == '\r' {
			return ' '
		}
		return harmless(r)
	}, s)
}

// plainText is plain for text of several lines.
func plainText(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		return harmless(r)
	}, s)
}

// harmless replaces what would act on a terminal, and drops what would only
// deceive: overrides of direction, isolates, tags and private line separators.
func harmless(r rune) rune {
	switch {
	case r >= 0x20 && r < 0x7f:
		return r
	case r == 0x2028, r == 0x2029:
		return ' '
	case unicode.IsControl(r):
		return '\ufffd'
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r >= 0xe0000 && r <= 0xe007f:
		return -1
	}
	return r
}

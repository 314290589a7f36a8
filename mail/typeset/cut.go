package typeset

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What word-break: break-all (CSS Text 3, 5.2) leaves together between two
// characters: it takes letters and digits for ideographs, and keeps the rules
// for all others. So no line begins with a comma or ends with a bracket.
const (
	cutAfter  = ".,:;!?/-%)]}&=_+#@~*<>|"
	cutBefore = "-$€([{&=_+#@~*<>|"
)

// MayCut reports whether a line may end at an offset within a word that may be
// broken between all letters.
func MayCut(text string, at int) bool {
	if at <= 0 || at >= len(text) {
		return false
	}
	a, _ := utf8.DecodeLastRuneInString(text[:at])
	b, _ := utf8.DecodeRuneInString(text[at:])
	after := wordly(a) || strings.ContainsRune(cutAfter, a)
	before := wordly(b) || strings.ContainsRune(cutBefore, b)
	if after && before {
		return b != '$' && b != '€' || !strings.ContainsRune(".,:;&=#~*>-", a)
	}
	if a < utf8.RuneSelf && b < utf8.RuneSelf {
		return asciiPair(0, a, b)
	}
	return a >= 0x80 && b >= 0x80 && len(Breaks(string([]rune{a, b}))) > 0
}

// wordly reports letters, digits and what belongs to them.
func wordly(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || unicode.Is(unicode.So, r)
}

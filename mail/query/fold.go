package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns a segmented text in lower case and without the accents that
// [Tokenizer] takes off: what the index takes for the same word is the same. For
// a few scripts that got small letters lately it goes further than the index.
func Fold(text string) string {
	for i := range len(text) {
		if c := text[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' {
			return strings.Map(FoldRune, text)
		}
	}
	return text
}

// FoldRune is Fold for one character; -1 for a mark that goes.
func FoldRune(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	case isAccent(r):
		return -1
	case r == 'ς':
		return 'σ'
	case r == 0x345: // the iota below
		return 'ι'
	}
	r = unicode.ToLower(r)
	return bare(r)
}

// isAccent reports whether SQLite takes a mark off when it stands by itself; it
// knows those of Latin.
func isAccent(r rune) bool {
	const first, last = 0x300, 0x331
	const marks = 0x000361F8_08029FDF // a bit each
	return r >= first && r <= last && uint64(marks)>>(r-first)&1 != 0
}

// bare takes the accents off a Latin letter that comes with them.
func bare(r rune) rune {
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	d := norm.NFD.Properties(buf[:n]).Decomposition()
	if len(d) == 0 || d[0] >= utf8.RuneSelf {
		return r
	}
	return rune(d[0])
}

// Beginnings calls fn with the first letter of each token of a segmented text,
// the first two, and so on up to the first longest, folded. The bytes are fn's
// only until it returns.
func Beginnings(text string, longest int, fn func(beginning []byte)) {
	var begun [4 * utf8.UTFMax]byte
	head, letters, inside := begun[:0], 0, false
	for _, r := range text {
		if !isTokenRune(r) {
			inside = false
			continue
		}
		if !inside {
			head, letters, inside = head[:0], 0, true
		}
		if letters == longest {
			continue
		}
		if r = FoldRune(r); r < 0 {
			continue
		}
		letters++
		head = utf8.AppendRune(head, r)
		fn(head)
	}
}

package query

import (
	"strings"
	"sync"
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

// Beginning is the first one to three letters of a word, folded: comparable, and
// the zero value is none.
type Beginning uint64

// LetterBits is how much of a Beginning a letter takes; the first is the lowest.
// The last plane of Unicode, which is for private use, does without its top bit.
const LetterBits = 20

const letterMask = 1<<LetterBits - 1

// BeginningBits is how much of a Beginning is used.
const BeginningBits = 3 * LetterBits

// BeginningOf returns the first letters of a segmented word, up to three.
func BeginningOf(word string) (b Beginning) {
	n := 0
	for _, r := range word {
		if r = FoldRune(r); r >= 0 && n < 3 {
			b |= Beginning(r) & letterMask << (n * LetterBits)
			n++
		}
	}
	return b
}

// Len is how many letters there are.
func (b Beginning) Len() (n int) {
	for ; b != 0; b >>= LetterBits {
		n++
	}
	return n
}

// Letter returns one of the letters; 0 where there is none.
func (b Beginning) Letter(i int) rune { return rune(b >> (i * LetterBits) & letterMask) }

// First returns the first n letters.
func (b Beginning) First(n int) Beginning { return b & (1<<(n*LetterBits) - 1) }

func (b Beginning) String() string {
	var text []byte
	for i := range b.Len() {
		text = utf8.AppendRune(text, b.Letter(i))
	}
	return string(text)
}

// Beginnings calls fn with how each token of a segmented text begins.
func Beginnings(text string, fn func(Beginning)) {
	foldedTokens := foldedTokens()
	var b Beginning
	n := 0
	for _, r := range text {
		var folded rune
		if r < rune(len(foldedTokens)) {
			folded = foldedTokens[r]
		} else {
			folded = foldToken(r)
		}
		switch {
		case folded == 0:
			if n > 0 {
				fn(b)
			}
			b, n = 0, 0
		case n < 3 && folded > 0:
			b |= Beginning(folded) & letterMask << (n * LetterBits)
			n++
		}
	}
	if n > 0 {
		fn(b)
	}
}

// foldToken returns the folded form of a character in words; 0 of others, -1 of
// a mark that goes.
func foldToken(r rune) rune {
	switch {
	case r >= firstHan && r <= lastHan:
		return r
	case isTokenRune(r):
		return FoldRune(r)
	}
	return 0
}

// The common Han characters: all are letters, and in one form.
const firstHan, lastHan = 0x4e00, 0x9fef

// foldedTokens is foldToken of the characters of European text, and more.
var foldedTokens = sync.OnceValue(func() *[0x2100]rune {
	var table [0x2100]rune
	for r := range rune(len(table)) {
		table[r] = foldToken(r)
	}
	return &table
})

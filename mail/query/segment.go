package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Tokenizer is the FTS5 tokenizer that reads what Segment writes. Marks count
// as letters, or the words of India would fall apart at their vowel signs.
const Tokenizer = `unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'`

// Segment prepares text for the index, and for looking it up there: both have
// to call it. Scripts that put no spaces between words are cut into single
// characters, so that a phrase of them is found wherever it stands;
// compatibility forms become the plain ones (NFKC: full-width letters,
// half-width kana, ligatures, decomposed Hangul); marks that writers leave out
// at will (Arabic and Hebrew vowel points, the tatweel, ё) and invisible
// characters go. Case and Latin accents are left to [Tokenizer].
//
// ASCII text comes back as it is, without a copy. Segment(Segment(s)) is
// Segment(s).
func Segment(text string) string {
	if i := asciiLen(text); i == len(text) || settled(text[i:]) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	for len(text) > 0 {
		n := asciiLen(text)
		b.WriteString(text[:n])
		text = text[n:]
		n = foreignLen(text)
		b.WriteString(segmentPiece(text[:n]))
		text = text[n:]
	}
	return b.String()
}

// segmentPiece is Segment of what stands between two pairs of ASCII characters:
// nothing that it does reaches over such a pair.
func segmentPiece(text string) string {
	if settled(text) {
		return text
	}
	text = fold(text)
	if strings.IndexFunc(text, isUnspaced) >= 0 {
		text = cut(text)
	}
	return text
}

// asciiLen returns how many bytes at the front are certain to stay: ASCII, but
// for the last one, which a combining mark may follow.
func asciiLen(text string) int {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return max(0, i-1)
		}
	}
	return len(text)
}

// foreignLen returns how many bytes it is to the middle of the first two ASCII
// characters in a row.
func foreignLen(text string) int {
	for i := 1; i < len(text); i++ {
		if text[i-1]|text[i] < utf8.RuneSelf {
			return i
		}
	}
	return len(text)
}

// fold takes text to its plain form. Taking a character out may bring together
// what then composes, so it goes on until nothing changes; mostly at once.
func fold(text string) string {
	for range foldLimit {
		normal := norm.NFKC.String(thin(text))
		folded := strings.Map(plain, normal)
		if folded == text {
			break
		}
		text = folded
	}
	return text
}

// foldLimit is far above what any text needs.
const foldLimit = 20

// maxMarks is how many marks may stand on one letter: the stream-safe form of
// NFKC (UAX #15 13) parts longer heaps by a joiner, which plain would take out
// again, for ever.
const maxMarks = 16

// thin takes marks off letters that carry too many.
func thin(text string) string {
	run, over := 0, false
	for _, r := range text {
		if run = marks(run, r); run > maxMarks {
			over = true
			break
		}
	}
	if !over {
		return text
	}
	run = 0
	return strings.Map(func(r rune) rune {
		if run = marks(run, r); run > maxMarks {
			return -1
		}
		return r
	}, text)
}

// marks counts on: how many marks stand in a row, r included.
func marks(run int, r rune) int {
	if r >= 0x300 && unicode.Is(unicode.M, r) {
		return run + 1
	}
	return 0
}

// cut writes text with a space on either side of every unspaced character. A
// mark stays with the character it belongs to.
func cut(text string) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/2)
	previous, inCut := ' ', false
	for _, r := range text {
		if !unicode.Is(unicode.M, r) {
			alone := isUnspaced(r)
			if (alone || inCut) && previous != ' ' && r != ' ' {
				b.WriteByte(' ')
			}
			inCut = alone
		}
		b.WriteRune(r)
		previous = r
	}
	return b.String()
}

// unspaced are the blocks of the scripts that are written without spaces, or,
// as Hangul, with endings that hide the word.
var unspaced = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x0e00, Hi: 0x0eff, Stride: 1}, // Thai, Lao
		{Lo: 0x1000, Hi: 0x109f, Stride: 1}, // Myanmar
		{Lo: 0x1100, Hi: 0x11ff, Stride: 1}, // Hangul Jamo
		{Lo: 0x1780, Hi: 0x17ff, Stride: 1}, // Khmer
		{Lo: 0x2e80, Hi: 0x31ff, Stride: 1}, // radicals, kana, Bopomofo, compatibility Jamo
		{Lo: 0x3400, Hi: 0x4dbf, Stride: 1}, // Han extension A
		{Lo: 0x4e00, Hi: 0x9fff, Stride: 1}, // Han
		{Lo: 0xa960, Hi: 0xa97f, Stride: 1}, // Jamo extended A
		{Lo: 0xac00, Hi: 0xd7ff, Stride: 1}, // Hangul
		{Lo: 0xf900, Hi: 0xfaff, Stride: 1}, // Han compatibility
	},
	R32: []unicode.Range32{
		{Lo: 0x1b000, Hi: 0x1b16f, Stride: 1}, // kana supplements
		{Lo: 0x20000, Hi: 0x3ffff, Stride: 1}, // Han extensions
	},
}

func isUnspaced(r rune) bool {
	return r >= 0x0e00 && unicode.Is(unspaced, r) && isTokenRune(r)
}

// plain returns the form of r that is looked up, or -1 for one that is passed over.
func plain(r rune) rune {
	switch {
	case r < 0xad:
		return r
	case r == 0xad, r == 0x34f, r >= 0x200c && r <= 0x200f, r == 0x2060, r == 0xfeff, r >= 0xfe00 && r <= 0xfe0f:
		return -1 // soft hyphen, joiners, direction marks, variation selectors: inside words, not seen
	case r == 'ё':
		return 'е'
	case r == 'Ё':
		return 'Е'
	case r >= 0x591 && r <= 0x5c7 && unicode.Is(unicode.Mn, r):
		return -1 // Hebrew points
	case r >= 0x640 && r <= 0x670:
		return plainArabic(r)
	}
	return plainAlef(r)
}

func plainArabic(r rune) rune {
	if r == 'ـ' || unicode.Is(unicode.Mn, r) {
		return -1
	}
	if r == 'ى' {
		return 'ي'
	}
	return r
}

func plainAlef(r rune) rune {
	switch r {
	case 'آ', 'أ', 'إ', 'ٱ':
		return 'ا'
	}
	return r
}

// Tokens returns the words of text as Tokenizer will cut the segmented text,
// before it folds case and accents. No tokens means that there is nothing to
// look up.
func Tokens(text string) []string {
	fields := strings.FieldsFunc(Segment(text), func(r rune) bool { return !isTokenRune(r) })
	kept := fields[:0]
	for _, f := range fields {
		if strings.IndexFunc(f, isWordRune) >= 0 {
			kept = append(kept, f)
		}
	}
	return kept
}

func isTokenRune(r rune) bool { return isWordRune(r) || unicode.In(r, unicode.Mn, unicode.Mc) }

// isWordRune reports what makes a token one; marks alone do not.
func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	return unicode.In(r, unicode.L, unicode.N, unicode.Co)
}

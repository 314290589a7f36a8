package typeset

import (
	"unicode"
	"unicode/utf8"
)

// part is a piece of text in one style and one direction: a word, or one
// character of white space.
type part struct {
	start, end int
	kind       partKind
	w          *word   // of a word
	width      float64 // px, letter-spacing included
}

type partKind uint8

const (
	wordPart  partKind = iota
	spacePart          // an ordinary space: it hangs at the end of a line
	nbspPart           // takes room like a space, and does not break
	tabPart            // its width depends on where it stands
	breakPart          // ends the line; takes no room
)

// maxPart is the length in bytes from which a word without any white space is
// taken for several, so that a megabyte of letters takes no longer than as many
// in words.
const maxPart = 160

// cut appends the parts of text to parts. base is added to their offsets.
func cut(parts []part, text string, base int) []part {
	start, lone := 0, false // of the word; it is a character that stands alone
	flush := func(end int) {
		if end > start {
			parts = append(parts, part{start: base + start, end: base + end})
		}
		start, lone = end, false
	}
	for i := 0; i < len(text); {
		if kind, n := spaceAt(text, i); n > 0 {
			flush(i)
			parts = append(parts, part{start: base + i, end: base + i + n, kind: kind})
			i += n
			start = i
			continue
		}
		if text[i] < utf8.RuneSelf {
			if lone || i-start >= maxPart {
				flush(i)
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if !extends(r) && (lone || alone(r)) {
			flush(i)
			lone = alone(r)
		} else if i-start >= maxPart && begins(r) || i-start >= 4*maxPart {
			flush(i)
		}
		i += n
	}
	flush(len(text))
	return parts
}

// begins tells whether a rune surely begins a cluster.
func begins(r rune) bool {
	return !extends(r) && !invisible(r) && !unicode.Is(unicode.M, r) && !isEmoji(r)
}

// spaceAt tells what kind of white space stands at i, and how many bytes it has;
// 0 for none.
func spaceAt(text string, i int) (partKind, int) {
	switch text[i] {
	case ' ':
		return spacePart, 1
	case '\t':
		return tabPart, 1
	case '\n', '\v', '\f':
		return breakPart, 1
	case '\r':
		if i+1 < len(text) && text[i+1] == '\n' {
			return breakPart, 2
		}
		return breakPart, 1
	case 0xC2:
		if i+1 < len(text) && text[i+1] == 0xA0 {
			return nbspPart, 2
		}
		if i+1 < len(text) && text[i+1] == 0x85 {
			return breakPart, 2
		}
	case 0xE2:
		if i+2 < len(text) && text[i+1] == 0x80 && (text[i+2] == 0xA8 || text[i+2] == 0xA9) {
			return breakPart, 3
		}
	}
	return wordPart, 0
}

// alone tells whether a character is shaped by itself, as Chinese and Japanese
// ones are: cut there, a cache of words serves them too.
func alone(r rune) bool {
	switch {
	case r >= 0x2E80 && r <= 0x2FDF, r >= 0x3001 && r <= 0x3029, r >= 0x3030 && r <= 0x3096, r >= 0x309B && r <= 0x30FF:
		return true
	case r >= 0x3400 && r <= 0x4DBF, r >= 0x4E00 && r <= 0x9FFF, r >= 0xF900 && r <= 0xFAFF, r >= 0xFF01 && r <= 0xFF60:
		return true
	}
	return r >= 0x20000 && r <= 0x3FFFF
}

// extends tells whether a rune combines with a character that stands alone.
func extends(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r <= 0x36F, r == zwj, r >= 0x20D0 && r <= 0x20FF, r >= 0x302A && r <= 0x302F, r == 0x3099, r == 0x309A:
		return true
	}
	return r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF || r == 0xFF9E || r == 0xFF9F
}

package message

import (
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxEncodedWord is the length of an encoded word (RFC 2047 2), and longWord
// that of a word which cannot be folded and is encoded for it.
const (
	maxEncodedWord = 75
	longWord       = 200
)

// plainText reports whether text can stand in a header as it is: ASCII, with
// nothing that looks like an encoded word, no blanks that folding would eat
// and no word that is too long for a line.
func plainText(s string) bool {
	if strings.Contains(s, "=?") || strings.Contains(s, "  ") || !isASCII([]byte(s)) {
		return false
	}
	for w := range strings.SplitSeq(s, " ") {
		if len(w) > longWord {
			return false
		}
	}
	return true
}

// encodeWords returns text as encoded words (RFC 2047), cut between
// characters; the first goes onto a line on which at octets stand already.
func encodeWords(s string, at int) (words []string) {
	encode, size := encodeQ, qSize
	if q := len(encodeQ(s)); q > base64.StdEncoding.EncodedLen(len(s))+8 {
		encode, size = encodeB, bSize
	}
	room := max(lineLength-at, 40) - len("=?UTF-8?Q??=")
	for s != "" {
		n := 0
		for n < len(s) {
			_, width := utf8.DecodeRuneInString(s[n:])
			if n > 0 && size(s[:n+width]) > room {
				break
			}
			n += width
		}
		words = append(words, encode(s[:n]))
		s = s[n:]
		room = maxEncodedWord - len("=?UTF-8?Q??=")
	}
	return words
}

func encodeB(s string) string {
	return "=?UTF-8?B?" + base64.StdEncoding.EncodeToString([]byte(s)) + "?="
}

func bSize(s string) int { return base64.StdEncoding.EncodedLen(len(s)) }

// encodeQ writes the Q encoding with what RFC 2047 5 (3) allows in a phrase,
// the least it allows anywhere.
func encodeQ(s string) string {
	var b strings.Builder
	b.WriteString("=?UTF-8?Q?")
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ':
			b.WriteByte('_')
		case qSafe(c):
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "=%02X", c)
		}
	}
	return b.String() + "?="
}

func qSize(s string) (n int) {
	for i := range len(s) {
		if s[i] == ' ' || qSafe(s[i]) {
			n++
		} else {
			n += 3
		}
	}
	return n
}

func qSafe(c byte) bool { return isAlnum(c) || strings.IndexByte("!*+-/", c) >= 0 }

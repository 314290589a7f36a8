package message

import (
	"strings"
	"unicode/utf8"
)

// displayValue turns a raw field value into what may be shown: unfolded, its
// encoded words (RFC 2047) decoded, 8-bit bytes guessed to be UTF-8 or else
// windows-1252, no control characters.
func displayValue(raw string) string {
	if raw = strings.Trim(raw, " \t"); isPlain(raw) {
		return raw
	}
	if !strings.Contains(raw, "=?") {
		return cleanLine(validText(raw))
	}
	return cleanLine(decodeWords(raw))
}

// isPlain reports whether a value is printable ASCII on one line without
// encoded words: nearly all are, and need no copy.
func isPlain(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= 0x7f || c == '?' && i > 0 && s[i-1] == '=' {
			return false
		}
	}
	return true
}

// decodeWords decodes the encoded words in s wherever they stand, and guesses
// the charset of what is between them. Blanks between two words vanish (RFC
// 2047 6.2), and neighbours in one charset are joined before they are decoded,
// since many senders cut a character in two.
func decodeWords(s string) string {
	var out []byte
	for s != "" {
		i := strings.Index(s, "=?")
		if i < 0 {
			break
		}
		w, n := cutWord(s[i:])
		if n == 0 {
			out = append(out, validText(s[:i+2])...)
			s = s[i+2:]
			continue
		}
		out = append(out, validText(s[:i])...)
		text, rest := joinWords(w, s[i+n:])
		out = append(out, decodeWord(text, w.charset)...)
		s = rest
	}
	return string(append(out, validText(s)...))
}

// joinWords decodes w and the words that follow it in the same charset, and
// returns what comes after them.
func joinWords(w word, s string) ([]byte, string) {
	text := w.decode(nil)
	for {
		next := strings.TrimLeft(s, " \t\r\n")
		v, n := cutWord(next)
		if n == 0 {
			return text, s
		}
		if !strings.EqualFold(v.charset, w.charset) || isStateful(w.charset) {
			return text, next
		}
		text = v.decode(text)
		s = next[n:]
	}
}

// word is an encoded word: =?charset?encoding?text?=
type word struct {
	charset string
	base64  bool
	text    string
}

// maxWord bounds the search for the end of a word, which may be 75 bytes long;
// some senders write a whole subject into one.
const maxWord = 4 << 10

// cutWord reads the encoded word that s starts with, and its length, 0 if it
// starts with none. Blanks in it are taken as they are meant.
func cutWord(s string) (word, int) {
	if len(s) < 8 || s[:2] != "=?" {
		return word{}, 0
	}
	body := s[2:min(len(s), maxWord)]
	i := strings.IndexByte(body[:min(len(body), 64)], '?')
	if i < 0 || len(body) < i+3 || body[i+2] != '?' {
		return word{}, 0
	}
	charset, _, _ := strings.Cut(body[:i], "*") // RFC 2231 5: a language may follow
	w := word{charset: charset}
	switch body[i+1] {
	case 'b', 'B':
		w.base64 = true
	case 'q', 'Q':
	default:
		return word{}, 0
	}
	text := body[i+3:]
	end := strings.Index(text, "?=")
	if end < 0 || strings.Contains(text[:end], "=?") {
		return word{}, 0
	}
	w.text = text[:end]
	return w, 2 + i + 3 + end + 2
}

// decode appends the bytes of the word to dst.
func (w word) decode(dst []byte) []byte {
	if w.base64 {
		var d base64Decoder
		return d.finish(d.write(dst, []byte(w.text)))
	}
	for i := 0; i < len(w.text); i++ {
		c := w.text[i]
		switch {
		case c == '_':
			c = ' '
		case c == '=' && i+2 < len(w.text):
			if hi, lo := hexValue(w.text[i+1]), hexValue(w.text[i+2]); hi|lo != notHex {
				c = hi<<4 | lo
				i += 2
			}
		}
		dst = append(dst, c)
	}
	return dst
}

func decodeWord(text []byte, charset string) string {
	s, _ := decodeText(text, strings.ToLower(charset), false, maxField)
	return s
}

// validText reads raw bytes of a header as UTF-8, or else guesses.
func validText(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0x1b) < 0 {
		return s
	}
	return string(guess([]byte(s)))
}

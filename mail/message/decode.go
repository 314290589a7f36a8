package message

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
)

// decodeText turns bytes in the charset label into clean UTF-8 text of at most
// limit bytes, and reports whether that cut something off. It may change b.
func decodeText(b []byte, label string, html bool, limit int) (text string, cut bool) {
	c := lookupCharset(label)
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		b, c = b[3:], utf8Charset
	case html && c == guessed:
		c = metaCharset(b)
	}
	if c.stateful || !isASCII(b) {
		b = c.decode(b)
	} else if c == guessed && bytes.IndexByte(b, 0x1b) >= 0 {
		b = guess(b)
	}
	if !c.stateful {
		b = meantLatin(b)
	}
	b = cleanText(b)
	text = truncate(string(b), limit)
	return text, len(text) < len(b)
}

// metaCharset reads the charset that an HTML text declares for itself, in its
// first kilobyte as in a browser. Valid UTF-8 is not anything else by chance:
// whoever encoded the mail anew forgot to tell the page.
func metaCharset(b []byte) *charset {
	if utf8.Valid(b) && !isASCII(b) {
		return utf8Charset
	}
	head := bytes.ToLower(b[:min(len(b), 1024)])
	_, after, ok := bytes.Cut(head, []byte("charset="))
	if !ok {
		return guessed
	}
	after = bytes.TrimLeft(after, "\"' ")
	if end := bytes.IndexAny(after, "\"'> ;/"); end >= 0 {
		after = after[:end]
	}
	c := lookupCharset(string(after))
	if c.stateful {
		return guessed // it could not have been read as ASCII this far
	}
	return c
}

func isASCII(b []byte) bool {
	for len(b) >= 8 {
		if (b[0]|b[1]|b[2]|b[3]|b[4]|b[5]|b[6]|b[7])&0x80 != 0 {
			return false
		}
		b = b[8:]
	}
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// guess reads bytes of no known charset: as UTF-8 if they are valid, as
// ISO-2022-JP if its escapes are there, else as windows-1252.
func guess(b []byte) []byte {
	switch {
	case !utf8.Valid(b):
		return latin(b)
	case bytes.Contains(b, []byte("\x1b$B")), bytes.Contains(b, []byte("\x1b$@")):
		if text, err := japanese.ISO2022JP.NewDecoder().Bytes(b); err == nil {
			return text
		}
	}
	return b
}

// repairUTF8 reads bytes declared as UTF-8: broken characters become marks,
// but if most are broken, the declaration is.
func repairUTF8(b []byte) []byte {
	if utf8.Valid(b) {
		return b
	}
	good, bad := 0, 0
	broken := false
	for rest := b; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		rest = rest[n:]
		switch {
		case r != utf8.RuneError || n > 1:
			broken = false
			if n > 1 {
				good++
			}
		case !broken: // a run of bad bytes counts once
			broken = true
			bad++
		}
	}
	if good < bad {
		return latin(b)
	}
	return bytes.ToValidUTF8(b, []byte("\ufffd"))
}

// meantLatin gives text that was taken for ISO 8859-1 on its way its quotes,
// dashes and euro signs back: where that has control characters, which nobody
// writes in mail, windows-1252 has those. Browsers do so with references.
func meantLatin(b []byte) []byte {
	if !hasC1(b) {
		return b
	}
	out := make([]byte, 0, len(b)+len(b)/8+8)
	for len(b) > 0 {
		n := bytes.IndexByte(b, 0xc2)
		if n < 0 || n+1 == len(b) {
			break
		}
		out = append(out, b[:n]...)
		switch c := b[n+1]; {
		case c < 0xa0 && c != csi:
			if r := charmap.Windows1252.DecodeByte(c); r != utf8.RuneError {
				out = utf8.AppendRune(out, r)
			}
		default:
			out = append(out, 0xc2, c)
		}
		b = b[n+2:]
	}
	return append(out, b...)
}

const csi = 0x9b // begins commands to terminals, and so may well be meant

// hasC1 reports whether UTF-8 text has characters from U+0080 to U+009F.
func hasC1(b []byte) bool {
	for {
		n := bytes.IndexByte(b, 0xc2)
		if n < 0 || n+1 == len(b) {
			return false
		}
		if b[n+1] < 0xa0 {
			return true
		}
		b = b[n+2:]
	}
}

// latin reads windows-1252, in which every byte is a character.
func latin(b []byte) []byte {
	out := make([]byte, 0, len(b)+len(b)/8+8)
	for _, c := range b {
		if c < utf8.RuneSelf {
			out = append(out, c)
			continue
		}
		out = utf8.AppendRune(out, charmap.Windows1252.DecodeByte(c))
	}
	return out
}

package wire

import (
	"bytes"
	"strconv"

	"postrider/mail"
)

// appendString writes s as a quoted string that go-imap reads as s. Line ends
// and NUL are left out: the strings of a response hold single lines, and what
// a server folds is meant to be unfolded (RFC 5322 2.2.3).
func appendString(dst, s []byte) []byte {
	if len(s) > maxString {
		s = s[:maxString]
	}
	dst = append(dst, '"')
	if !bytes.ContainsAny(s, "\"\\\r\n\x00") {
		return append(append(dst, s...), '"')
	}
	for _, ch := range s {
		switch ch {
		case '\r', '\n', 0:
			continue
		case '"', '\\':
			dst = append(dst, '\\')
		}
		dst = append(dst, ch)
	}
	return append(dst, '"')
}

// appendNString writes a string, an atom in a string's place, or NIL for
// anything else.
func appendNString(dst []byte, v value) []byte {
	if v.form == isString || v.form == isAtom {
		return appendString(dst, v.s)
	}
	return append(dst, "NIL"...)
}

// cleanAtom reports whether go-imap reads s as one atom.
func cleanAtom(s []byte) bool {
	for _, ch := range s {
		if !atomChar(ch) {
			return false
		}
	}
	return len(s) > 0
}

// atomChar is go-imap's view of ATOM-CHAR, which takes the octets 0x80 to 0x9f
// for controls.
func atomChar(ch byte) bool {
	switch ch {
	case '(', ')', '{', ' ', '%', '*', '"', '\\', ']':
		return false
	}
	return ch > ' ' && ch < 0x7f || ch >= 0xa0
}

// number32 reads v as a 32-bit number, written as an atom or as a string.
func number32(v value) (uint32, bool) {
	n, ok := number64(v)
	return uint32(n), ok && n <= 1<<32-1
}

// number64 reads v as a number that fits in 63 bits, as go-imap's do.
func number64(v value) (int64, bool) {
	if len(v.s) == 0 || len(v.s) > 20 || v.s[0] < '0' || v.s[0] > '9' {
		return 0, false
	}
	n, err := strconv.ParseInt(string(v.s), 10, 64)
	return n, err == nil
}

func digits(s string) (uint32, bool) {
	return number32(value{form: isAtom, s: []byte(s)})
}

func appendUID(dst []byte, uid mail.UID) []byte {
	return strconv.AppendUint(dst, uint64(uid), 10)
}

package message

import (
	"fmt"
	"strings"
)

// param writes a parameter of Content-Type or Content-Disposition after what
// stands there: quoted where that can be, else by RFC 2231, in pieces that fit
// a line.
func (h *headerWriter) param(name, value string) {
	if plainParam(value) {
		h.piece(name + `="` + value + `"`)
		return
	}
	const room = 50
	rest, first := value, "UTF-8''"
	for i := 0; rest != "" || i == 0; i++ {
		var part string
		part, rest = cutPercent(rest, room)
		if i == 0 && rest == "" {
			h.piece(name + "*=" + first + part)
			return
		}
		h.piece(fmt.Sprintf("%s*%d*=%s%s", name, i, first, part))
		first = ""
	}
}

// paramWords writes a parameter as programs before RFC 2231 did, and still read
// it: encoded words within quotes.
func (h *headerWriter) paramWords(name, value string) {
	if plainParam(value) {
		h.piece(name + `="` + value + `"`)
		return
	}
	h.piece(name + `="` + strings.Join(encodeWords(value, len(name)+3), "\r\n ") + `"`)
}

// piece writes one parameter onto a line of its own.
func (h *headerWriter) piece(s string) {
	whole := strings.TrimSuffix(h.b.String(), "\r\n")
	h.b.Reset()
	h.b.WriteString(whole + ";\r\n " + s + "\r\n")
}

// plainParam reports a value that fits a quoted string on a line.
func plainParam(s string) bool {
	return len(s) <= 60 && isPlain(s) && !strings.ContainsAny(s, `"\`) && !strings.Contains(s, "=?")
}

// cutPercent percent-encodes as many whole characters of s as give n octets.
func cutPercent(s string, n int) (encoded, rest string) {
	var b strings.Builder
	for i, r := range s {
		one := percent(string(r))
		if b.Len() > 0 && b.Len()+len(one) > n {
			return b.String(), s[i:]
		}
		b.WriteString(one)
	}
	return b.String(), ""
}

// percent encodes all but the characters of RFC 2231's attribute-char that no
// program trips over.
func percent(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; isAlnum(c) || strings.IndexByte("-._~", c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

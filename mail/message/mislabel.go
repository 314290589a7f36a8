package message

import "bytes"

// decode decodes a whole text body, and may do so in its memory. Having all of
// it at hand, it sees through wrong labels: text that never was encoded, and
// the plain footers that mailing lists append to encoded text.
func (c cte) decode(body []byte) []byte {
	end := len(body)
	switch c {
	case identity:
		return body
	case base64Encoding:
		end = base64End(body)
	case quotedPrintable:
		if !looksQuoted(body) {
			return body
		}
	}
	t := transfer{kind: c}
	out := body[:0] // decoded text is never ahead of what it is decoded from
	for rest := body[:end]; len(rest) > 0; {
		n := bytes.IndexByte(rest, '\n')
		if n < 0 {
			out = t.write(out, rest)
			break
		}
		row := bytes.TrimSuffix(rest[:n], []byte{'\r'})
		out = t.write(out, row)
		out = t.endLine(out, rest[len(row):n+1])
		rest = rest[n+1:]
	}
	return append(t.finish(out), body[end:]...)
}

// base64End returns where plain text starts in a base64 body: at the first
// line with a blank between two words.
func base64End(body []byte) int {
	if bytes.IndexByte(body, ' ') < 0 {
		return len(body)
	}
	for off := 0; off < len(body); {
		row, _, _ := bytes.Cut(body[off:], []byte{'\n'})
		if bytes.IndexByte(bytes.TrimSpace(row), ' ') >= 0 {
			return off
		}
		off += len(row) + 1
	}
	return len(body)
}

// looksQuoted reports whether a body was really encoded as quoted-printable: no
// "=" in it is out of place, or one is an escape that the encoding needs, of a
// byte that is not ASCII, of "=" itself or of a blank, or breaks a long line.
// Some encoders forget to escape "=", so a wrong one alone proves nothing.
func looksQuoted(body []byte) bool {
	bad := false
	for i := 0; ; i++ {
		n := bytes.IndexByte(body[i:], '=')
		if n < 0 {
			return !bad
		}
		i += n
		after := body[i+1:]
		switch {
		case len(after) == 0:
		case after[0] == '\n' || after[0] == '\r':
			if i-bytes.LastIndexByte(body[:i], '\n') > longLine {
				return true
			}
		case len(after) > 1 && hexValue(after[0])|hexValue(after[1]) != notHex:
			c := hexValue(after[0])<<4 | hexValue(after[1])
			if c >= 0x80 || c <= ' ' || c == '=' {
				return true
			}
		default:
			bad = true
		}
	}
}

const longLine = 60 // bytes after which an encoder breaks a line

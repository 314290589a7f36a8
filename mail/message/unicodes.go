package message

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
)

const (
	bigEndian    = 0 // where the high byte of a unit stands
	littleEndian = 1
)

// utf16Charset reads UTF-16 in the byte order of the mark if there is one,
// else in the order in which ASCII makes sense, else in the declared one.
// Without a single zero byte it is not UTF-16 at all, but a wrong label.
func utf16Charset(order int) *charset {
	return &charset{stateful: true, decode: func(b []byte) []byte {
		if bytes.IndexByte(b, 0) < 0 && utf8.Valid(b) {
			return b
		}
		high, b := byteOrder(b, order)
		units := make([]uint16, len(b)/2)
		for i := range units {
			units[i] = uint16(b[2*i+high])<<8 | uint16(b[2*i+1-high])
		}
		return []byte(string(utf16.Decode(units)))
	}}
}

func byteOrder(b []byte, declared int) (int, []byte) {
	switch {
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return bigEndian, b[2:]
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		return littleEndian, b[2:]
	}
	var zeros [2]int
	for i, c := range b[:min(len(b), 1024)] {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[0] > 2*zeros[1]:
		return bigEndian, b
	case zeros[1] > 2*zeros[0]:
		return littleEndian, b
	}
	return declared, b
}

// utf7Charset reads UTF-7 (RFC 2152). It is decoded before anything looks at
// the text, so that markup hidden in it is seen as the markup it is.
var utf7Charset = &charset{decode: decodeUTF7, stateful: true}

func decodeUTF7(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for len(b) > 0 {
		i := bytes.IndexByte(b, '+')
		if i < 0 {
			break
		}
		out = append(out, b[:i]...)
		b = b[i+1:]
		n := 0
		for n < len(b) && base64Value[b[n]] != notBase64 {
			n++
		}
		if n == 0 {
			out = append(out, '+')
		} else {
			out = appendUTF7(out, b[:n])
			b = b[n:]
		}
		b = bytes.TrimPrefix(b, []byte{'-'})
	}
	return bytes.ToValidUTF8(append(out, b...), []byte("\ufffd"))
}

// appendUTF7 decodes one run of base64: UTF-16 in network byte order.
func appendUTF7(out, run []byte) []byte {
	var d base64Decoder
	raw := d.finish(d.write(nil, run))
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
	}
	return append(out, string(utf16.Decode(units))...)
}

// shiftCharset reads ISO-2022-KR (RFC 1557) and the common half of ISO-2022-CN
// (RFC 1922): between SO and SI, pairs of bytes are those of the 8-bit
// encoding enc without their high bits. A line starts shifted in.
func shiftCharset(enc encoding.Encoding) *charset {
	return &charset{stateful: true, decode: func(b []byte) []byte {
		const so, si, esc = 0x0e, 0x0f, 0x1b
		out := make([]byte, 0, len(b))
		shifted := false
		for i := 0; i < len(b); i++ {
			c := b[i]
			switch {
			case c == esc && i+3 < len(b) && b[i+1] == '$': // ESC $ ) C says which set SO means
				i += 3
			case c == so || c == si:
				shifted = c == so
			case shifted && c > ' ' && c < 0x7f:
				out = append(out, c|0x80)
			default:
				shifted = shifted && c != '\n'
				out = append(out, c)
			}
		}
		return decodeWith(enc, out)
	}}
}

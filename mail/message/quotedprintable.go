package message

import "bytes"

// qpDecoder decodes quoted-printable (RFC 2045 6.7); what is no escape stays
// as it is. Blanks at the end of a line stay too: they do no harm.
type qpDecoder struct {
	carry [2]byte // an escape cut off by the end of a piece
	n     int
}

func (d *qpDecoder) write(dst, src []byte) []byte {
	if d.n > 0 {
		src = append(d.carry[:d.n:d.n], src...)
		d.n = 0
	}
	for {
		i := bytes.IndexByte(src, '=')
		if i < 0 {
			return append(dst, src...)
		}
		dst = append(dst, src[:i]...)
		src = src[i:]
		if len(src) < 3 || isBlank(src[1:]) {
			d.n = copy(d.carry[:], bytes.TrimRight(src, " \t"))
			return dst
		}
		hi, lo := hexValue(src[1]), hexValue(src[2])
		if hi|lo == notHex {
			dst = append(dst, '=')
			src = src[1:]
			continue
		}
		dst = append(dst, hi<<4|lo)
		src = src[3:]
	}
}

// endLine ends a line, unless its last byte is the "=" of a soft line break.
func (d *qpDecoder) endLine(dst, eol []byte) []byte {
	if d.n == 1 {
		d.n = 0
		return dst
	}
	return append(d.finish(dst), eol...)
}

// finish writes the beginning of an escape that never ended.
func (d *qpDecoder) finish(dst []byte) []byte {
	if d.n == 2 {
		dst = append(dst, d.carry[:]...)
	}
	d.n = 0
	return dst
}

func isBlank(b []byte) bool { return len(bytes.TrimLeft(b, " \t")) == 0 }

const notHex = 0xff

func hexValue(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	}
	return notHex
}

package message

import "bytes"

// uuDecoder decodes uuencoded lines (POSIX uuencode) between "begin" and
// "end", and leaves out everything else.
type uuDecoder struct {
	row   []byte // the current line; none that counts is longer than 64 bytes
	begun bool
}

const maxUURow = 128

func (d *uuDecoder) write(dst, src []byte) []byte {
	d.row = append(d.row, src[:min(len(src), maxUURow-len(d.row))]...)
	return dst
}

func (d *uuDecoder) endLine(dst []byte) []byte {
	row := d.row
	d.row = d.row[:0]
	switch {
	case bytes.HasPrefix(row, []byte("begin ")):
		d.begun = true
	case bytes.Equal(row, []byte("end")):
		d.begun = false
	case d.begun && len(row) > 0:
		dst = decodeRow(dst, row)
	}
	return dst
}

// decodeRow decodes one row: its first byte says how many bytes it holds.
func decodeRow(dst, row []byte) []byte {
	n := int(uuValue(row, 0))
	for i := 1; n > 0 && i < len(row); i += 4 {
		a, b, c, e := uuValue(row, i), uuValue(row, i+1), uuValue(row, i+2), uuValue(row, i+3)
		group := [3]byte{a<<2 | b>>4, b<<4 | c>>2, c<<6 | e}
		dst = append(dst, group[:min(n, 3)]...)
		n -= 3
	}
	return dst
}

// uuValue is six bits; blanks that a gateway cut off the end count as zero.
func uuValue(row []byte, i int) byte {
	if i >= len(row) {
		return 0
	}
	return (row[i] - ' ') & 0x3f
}

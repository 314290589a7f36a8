package message

// base64Decoder decodes base64 (RFC 2045 6.8) and leaves out every byte that
// is not of its alphabet. Padding ends a group, and another may follow: some
// gateways put several encodings end to end.
type base64Decoder struct {
	acc uint32 // bits not yet written
	n   int    // sextets in acc
}

const notBase64 = 0xff

var base64Value = func() (table [256]byte) {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	for i := range table {
		table[i] = notBase64
	}
	for i := range len(alphabet) {
		table[alphabet[i]] = byte(i)
	}
	return table
}()

func (d *base64Decoder) write(dst, src []byte) []byte {
	for len(src) > 0 {
		if d.n == 0 {
			dst, src = decodeGroups(dst, src)
		}
		if len(src) == 0 {
			break
		}
		dst = d.put(dst, src[0])
		src = src[1:]
	}
	return dst
}

// decodeGroups decodes whole clean groups of four, as almost all of it is, and
// returns what is left from the first odd one on.
func decodeGroups(dst, src []byte) ([]byte, []byte) {
	for len(src) >= 4 {
		a, b, c, e := base64Value[src[0]], base64Value[src[1]], base64Value[src[2]], base64Value[src[3]]
		if a|b|c|e == notBase64 {
			break
		}
		dst = append(dst, a<<2|b>>4, b<<4|c>>2, c<<6|e)
		src = src[4:]
	}
	return dst, src
}

func (d *base64Decoder) put(dst []byte, c byte) []byte {
	if c == '=' {
		return d.finish(dst)
	}
	v := base64Value[c]
	if v == notBase64 {
		return dst
	}
	d.acc = d.acc<<6 | uint32(v)
	if d.n++; d.n < 4 {
		return dst
	}
	d.n = 0
	return append(dst, byte(d.acc>>16), byte(d.acc>>8), byte(d.acc))
}

// finish writes the whole bytes of an unfinished group.
func (d *base64Decoder) finish(dst []byte) []byte {
	switch d.n {
	case 2:
		dst = append(dst, byte(d.acc>>4))
	case 3:
		dst = append(dst, byte(d.acc>>10), byte(d.acc>>2))
	}
	d.n = 0
	return dst
}

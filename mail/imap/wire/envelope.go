package wire

// appendEnvelope writes an envelope of ten fields (RFC 9051 7.5.2): date,
// subject, six lists of addresses, in-reply-to, message-id. Where a server
// leaves fields out, the first two and the last are still what they are, and
// lists are lists.
func appendEnvelope(dst []byte, v value) []byte {
	date, subject, lists, replied, id := splitEnvelope(v.list)
	dst = appendNString(append(dst, '('), date)
	dst = appendNString(append(dst, ' '), subject)
	for _, l := range lists {
		dst = appendAddresses(append(dst, ' '), l)
	}
	dst = appendNString(append(dst, ' '), replied)
	dst = appendNString(append(dst, ' '), id)
	return append(dst, ')')
}

func splitEnvelope(f []value) (date, subject value, lists [6]value, replied, id value) {
	f, date = shift(f)
	f, subject = shift(f)
	if n := len(f); n > 0 && f[n-1].form != isList {
		f, id = f[:n-1], f[n-1]
	}
	for i := range lists {
		if len(f) > 0 && (f[0].form == isList || f[0].form == isNil) {
			f, lists[i] = shift(f)
		}
	}
	if n := len(f); n > 0 {
		replied = f[n-1]
	}
	return date, subject, lists, replied, id
}

// shift takes the first value off; NIL where there is none.
func shift(f []value) ([]value, value) {
	if len(f) == 0 {
		return nil, value{}
	}
	return f[1:], f[0]
}

// appendAddresses writes a list of addresses, or NIL for an empty one.
func appendAddresses(dst []byte, v value) []byte {
	start := len(dst)
	dst = append(dst, '(')
	for _, a := range v.list {
		if a.form == isList {
			dst = appendAddress(dst, a.list)
		}
	}
	if len(dst) == start+1 {
		return append(dst[:start], "NIL"...)
	}
	return append(dst, ')')
}

// appendAddress writes (name route mailbox host).
func appendAddress(dst []byte, f []value) []byte {
	for i := range 4 {
		sep := byte(' ')
		if i == 0 {
			sep = '('
		}
		var field value
		f, field = shift(f)
		dst = appendNString(append(dst, sep), field)
	}
	return append(dst, ')')
}

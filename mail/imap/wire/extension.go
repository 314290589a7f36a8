package wire

import "bytes"

// appendPlace writes disposition, language and location, as far as they are
// there.
func appendPlace(dst []byte, f []value) []byte {
	if len(f) > 0 {
		dst = appendDisposition(append(dst, ' '), f[0])
	}
	if len(f) > 1 {
		dst = appendLanguage(append(dst, ' '), f[1])
	}
	if len(f) > 2 {
		dst = appendNString(append(dst, ' '), f[2])
	}
	return dst
}

// appendDisposition writes (value params), also of a bare value.
func appendDisposition(dst []byte, v value) []byte {
	if v.form == isString {
		v = value{form: isList, list: []value{v}}
	}
	if len(v.list) == 0 || len(v.list[0].s) == 0 {
		return append(dst, "NIL"...)
	}
	f, kind := shift(v.list)
	_, params := shift(f)
	dst = appendString(append(dst, '('), kind.s)
	return append(appendParams(append(dst, ' '), params), ')')
}

// appendLanguage writes a list of languages, or one.
func appendLanguage(dst []byte, v value) []byte {
	if v.form != isList {
		return appendNString(dst, v)
	}
	var tags [][]byte
	for _, l := range v.list {
		if l.form == isString || l.form == isAtom {
			tags = append(tags, appendString(nil, l.s))
		}
	}
	if len(tags) == 0 {
		return append(dst, "NIL"...)
	}
	return append(append(append(dst, '('), bytes.Join(tags, []byte(" "))...), ')')
}

// appendParams writes pairs of strings, or NIL. A name without a value is left
// out.
func appendParams(dst []byte, v value) []byte {
	start := len(dst)
	for i := 0; i+1 < len(v.list); i += 2 {
		name, val := v.list[i], v.list[i+1]
		if len(name.s) == 0 || val.form == isList {
			continue
		}
		dst = appendString(append(dst, ' '), name.s)
		dst = appendString(append(dst, ' '), val.s)
	}
	if len(dst) == start {
		return append(dst, "NIL"...)
	}
	dst[start] = '('
	return append(dst, ')')
}

// appendWord writes a string that must not be NIL.
func appendWord(dst []byte, v value, instead string) []byte {
	if len(v.s) == 0 {
		return appendString(dst, []byte(instead))
	}
	return appendString(dst, v.s)
}

package wire

import (
	"strconv"
	"strings"
)

// maxParts is how deep parts may lie in parts.
const maxParts = 50

// appendStructure writes a BODYSTRUCTURE as go-imap reads it, and reports
// whether v is one at all.
func appendStructure(dst []byte, v value, depth int) ([]byte, bool) {
	if v.form != isList || len(v.list) == 0 || depth > maxParts {
		return dst, false
	}
	if v.list[0].form == isList {
		return appendMultipart(dst, v.list, depth)
	}
	return appendPart(dst, v.list, depth), true
}

// appendMultipart writes (part part ... subtype [params disposition language
// location]).
func appendMultipart(dst []byte, f []value, depth int) ([]byte, bool) {
	dst = append(dst, '(')
	whole := false
	for len(f) > 0 && f[0].form == isList {
		var part value
		f, part = shift(f)
		start := len(dst)
		b, ok := appendStructure(dst, part, depth+1)
		if dst = b; !ok {
			dst = dst[:start]
		}
		whole = whole || ok
	}
	if !whole {
		return dst, false
	}
	f, subtype := shift(f)
	dst = appendWord(append(dst, ' '), subtype, "mixed")
	if len(f) > 0 {
		f, params := shift(f)
		dst = appendParams(append(dst, ' '), params)
		dst = appendPlace(dst, f)
	}
	return append(dst, ')'), true
}

// appendPart writes a part that is no multipart: (type subtype params id
// description encoding octets ...). A multipart without parts looks like one
// that lacks its type; it is written as a part of type multipart.
func appendPart(dst []byte, f []value, depth int) []byte {
	if len(f) > 1 && f[1].form == isList {
		f = append([]value{{form: isString, s: []byte("multipart")}}, f...)
	}
	f, kind := shift(f)
	f, subtype := shift(f)
	dst = appendWord(append(dst, '('), kind, "application")
	dst = appendWord(append(dst, ' '), subtype, defaultSubtype(kind))
	f, params := shift(f)
	dst = appendParams(append(dst, ' '), params)
	for range 2 { // id, description
		var field value
		f, field = shift(f)
		dst = appendNString(append(dst, ' '), field)
	}
	f, encoding := shift(f)
	dst = appendWord(append(dst, ' '), encoding, "7bit")
	f, octets := shift(f)
	dst = strconv.AppendUint(append(dst, ' '), uint64(clampOctets(octets)), 10)
	return append(appendKind(dst, f, typeName(kind, subtype), depth), ')')
}

// defaultSubtype stands in for a NIL subtype.
func defaultSubtype(kind value) string {
	if strings.EqualFold(string(kind.s), "text") {
		return "plain"
	}
	return "octet-stream"
}

func typeName(kind, subtype value) string {
	return strings.ToLower(string(kind.s) + "/" + string(subtype.s))
}

// clampOctets is a size in 32 bits: 0 for none, and the largest for more.
func clampOctets(v value) uint32 {
	n, ok := number64(v)
	switch {
	case !ok:
		return 0
	case n > 1<<32-1:
		return 1<<32 - 1
	}
	return uint32(n)
}

// appendKind writes what follows the octets, which depends on the type. go-imap
// reads the extension data of a text only after its lines, and that of a
// message only after its envelope, structure and lines.
func appendKind(dst []byte, f []value, name string, depth int) []byte {
	switch {
	case strings.HasPrefix(name, "text/"):
		lines := int64(0)
		if len(f) > 0 {
			n, ok := number64(f[0])
			if ok || len(f) > 4 { // four are the extension data alone
				lines, f = n, f[1:]
			}
		}
		dst = strconv.AppendInt(append(dst, ' '), lines, 10)
	case name == "message/rfc822", name == "message/global":
		if len(f) < 2 || f[0].form != isList {
			return dst
		}
		inner, ok := appendStructure(nil, f[1], depth+1)
		if !ok {
			return dst
		}
		dst = appendEnvelope(append(dst, ' '), f[0])
		dst = append(append(dst, ' '), inner...)
		lines := int64(0)
		if f = f[2:]; len(f) > 0 {
			lines, _ = number64(f[0])
			f = f[1:]
		}
		dst = strconv.AppendInt(append(dst, ' '), lines, 10)
	}
	if len(f) == 0 {
		return dst
	}
	md5 := value{}
	if f[0].form != isList { // a list is the disposition, and the MD5 is missing
		f, md5 = shift(f)
	}
	dst = appendNString(append(dst, ' '), md5)
	return appendPlace(dst, f)
}

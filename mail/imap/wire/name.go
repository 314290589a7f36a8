package wire

import (
	"encoding/base64"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// base64Name is the base64 of modified UTF-7 (RFC 3501 5.1.3).
var base64Name = base64.NewEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,").WithPadding(base64.NoPadding)

// encodeName writes a mailbox name in modified UTF-7.
func encodeName(name string) string {
	return encodeWith(name, func(r rune) bool { return r >= ' ' && r <= '~' })
}

// encodeWith is encodeName with a choice of what stands for itself.
func encodeWith(name string, direct func(rune) bool) string {
	var b strings.Builder
	for name != "" {
		r, n := utf8.DecodeRuneInString(name)
		if direct(r) {
			b.WriteRune(r)
			if r == '&' {
				b.WriteByte('-')
			}
			name = name[n:]
			continue
		}
		end := strings.IndexFunc(name, direct)
		if end < 0 {
			end = len(name)
		}
		writeShifted(&b, name[:end])
		name = name[end:]
	}
	return b.String()
}

func writeShifted(b *strings.Builder, s string) {
	var octets []byte
	for _, unit := range utf16.Encode([]rune(s)) {
		octets = append(octets, byte(unit>>8), byte(unit))
	}
	b.WriteByte('&')
	b.WriteString(base64Name.EncodeToString(octets))
	b.WriteByte('-')
}

// decodeName reads a mailbox name in modified UTF-7 as far as it is any: an
// ampersand that shifts nothing is an ampersand ("R&D"), a shift may lack its
// end, and raw UTF-8 or Latin-1 stands for itself.
func decodeName(raw string) string {
	raw = text([]byte(raw))
	if strings.IndexByte(raw, '&') < 0 {
		return raw
	}
	var b strings.Builder
	for raw != "" {
		before, after, found := strings.Cut(raw, "&")
		b.WriteString(before)
		if !found {
			break
		}
		decoded, rest := unshift(after)
		b.WriteString(decoded)
		raw = rest
	}
	return b.String()
}

// unshift reads what follows an ampersand.
func unshift(s string) (decoded, rest string) {
	end := strings.IndexFunc(s, func(r rune) bool { return !isBase64(r) })
	if end < 0 {
		end = len(s)
	}
	run, rest := s[:end], strings.TrimPrefix(s[end:], "-")
	if run == "" && len(rest) < len(s) {
		return "&", rest
	}
	octets, err := base64Name.Strict().DecodeString(run)
	if err != nil || len(octets) == 0 || len(octets)%2 != 0 {
		return "&", s
	}
	units := make([]uint16, len(octets)/2)
	for i := range units {
		units[i] = uint16(octets[2*i])<<8 | uint16(octets[2*i+1])
	}
	return string(utf16.Decode(units)), rest
}

func isBase64(r rune) bool {
	return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '+' || r == ','
}

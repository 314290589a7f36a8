package message

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// fieldParams takes a field such as Content-Type apart: its value, without
// comments, and its parameters, decoded by RFC 2231, by RFC 2047 where a
// sender put encoded words, and by guessing where it is raw 8-bit.
func fieldParams(raw string) (value string, params map[string]string) {
	s := paramScanner{s: raw}
	value = s.value()
	var pieces []paramPiece
	for range maxParams {
		name, v, ok := s.param()
		if !ok {
			break
		}
		pieces = append(pieces, newPiece(name, v))
	}
	return value, joinPieces(pieces)
}

// paramPiece is a parameter as written: "filename*1*" is piece 1 of filename,
// percent-encoded (RFC 2231 3, 4).
type paramPiece struct {
	name    string
	index   int // -1: the whole parameter
	percent bool
	value   string
}

func newPiece(name, value string) paramPiece {
	p := paramPiece{name: strings.ToLower(name), index: -1, value: value}
	p.name, p.percent = strings.CutSuffix(p.name, "*")
	if base, n, ok := strings.Cut(p.name, "*"); ok {
		if i, err := strconv.Atoi(n); err == nil && i >= 0 {
			p.name, p.index = base, i
		}
	}
	return p
}

// joinPieces puts the pieces together. Where a parameter comes in several
// forms, the one of RFC 2231 says more; of two equals the first counts.
func joinPieces(pieces []paramPiece) map[string]string {
	if len(pieces) == 0 {
		return nil
	}
	slices.SortStableFunc(pieces, func(a, b paramPiece) int {
		return cmp.Or(strings.Compare(a.name, b.name), cmp.Compare(a.index, b.index))
	})
	params := make(map[string]string, len(pieces))
	for len(pieces) > 0 {
		n := 1
		for n < len(pieces) && pieces[n].name == pieces[0].name {
			n++
		}
		params[pieces[0].name] = joinOne(pieces[:n])
		pieces = pieces[n:]
	}
	return params
}

// joinOne decodes the one parameter that the pieces, in order, make up.
func joinOne(pieces []paramPiece) string {
	plain := ""
	for i, p := range pieces {
		switch {
		case p.index == 0:
			return joinContinued(pieces[i:])
		case p.index < 0 && p.percent:
			return decodePercent(p.value)
		case p.index < 0 && plain == "":
			plain = p.value
		}
	}
	switch {
	case plain == "": // pieces without a first one
		return joinContinued(pieces)
	case pieces[0].name == "boundary": // bytes to compare, nothing to read
		return plain
	}
	return displayValue(plain)
}

// joinContinued joins numbered pieces up to the first gap.
func joinContinued(pieces []paramPiece) string {
	var raw strings.Builder
	charset := ""
	percent := pieces[0].percent
	next := pieces[0].index
	for _, p := range pieces {
		if p.index < next {
			continue // the same number twice
		}
		if p.index > next {
			break
		}
		next++
		v := p.value
		if p.percent && raw.Len() == 0 {
			charset, v = cutCharset(v)
		}
		if p.percent {
			v = unpercent(v)
		}
		raw.WriteString(v)
	}
	if !percent {
		return displayValue(raw.String())
	}
	return cleanLine(decodeWord([]byte(raw.String()), charset))
}

// decodePercent decodes charset'language'percent-encoded text.
func decodePercent(v string) string {
	charset, text := cutCharset(v)
	if charset == "" && strings.Contains(text, "=?") {
		return displayValue(text)
	}
	return cleanLine(decodeWord([]byte(unpercent(text)), charset))
}

func cutCharset(v string) (charset, text string) {
	parts := strings.SplitN(v, "'", 3)
	if len(parts) < 3 {
		return "", v
	}
	return parts[0], parts[2]
}

// unpercent decodes %XX and keeps what is no escape.
func unpercent(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if hi, lo := hexValue(s[i+1]), hexValue(s[i+2]); hi|lo != notHex {
				b = append(b, hi<<4|lo)
				i += 2
				continue
			}
		}
		b = append(b, s[i])
	}
	return string(b)
}

package picture

import (
	"encoding/base64"
	"net/url"
	"strings"
)

// fromData reads a "data:" reference (RFC 2397). ok says that it is one.
func fromData(ref string) (b []byte, ok bool) {
	if len(ref) < 5 || !strings.EqualFold(ref[:5], "data:") {
		return nil, false
	}
	head, body, found := strings.Cut(ref[5:], ",")
	if !found || len(body) > 2*maxBytes {
		return nil, true
	}
	if !strings.HasSuffix(strings.ToLower(strings.TrimSpace(head)), ";base64") {
		if text, err := url.PathUnescape(body); err == nil {
			return []byte(text), true
		}
		return []byte(body), true
	}
	if strings.IndexByte(body, '%') >= 0 {
		if text, err := url.PathUnescape(body); err == nil {
			body = text
		}
	}
	body = strings.Map(func(r rune) rune {
		switch {
		case r <= ' ', r == '=':
			return -1
		case r == '-':
			return '+'
		case r == '_':
			return '/'
		}
		return r
	}, body)
	b, _ = base64.RawStdEncoding.DecodeString(body) // what comes before an error may still be a picture
	return b, true
}

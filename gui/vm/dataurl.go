package vm

import (
	"encoding/base64"
	"net/url"
	"strings"
)

// maxData is how long a picture within an address may be, in octets.
const maxData = 8 << 20

// dataURL returns what a data: address holds (RFC 2397), or nil.
func dataURL(ref string) []byte {
	if len(ref) > maxData*4/3+1024 {
		return nil
	}
	head, body, ok := strings.Cut(strings.TrimSpace(ref), ",")
	if !ok {
		return nil
	}
	plain, err := url.PathUnescape(body)
	if err != nil {
		plain = body
	}
	if !strings.HasSuffix(strings.ToLower(strings.TrimSpace(head)), ";base64") {
		return []byte(plain)
	}
	plain = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\r', '\n', '=':
			return -1
		case '-':
			return '+'
		case '_':
			return '/'
		}
		return r
	}, plain)
	data, err := base64.RawStdEncoding.DecodeString(plain)
	if err != nil || len(data) == 0 {
		return nil
	}
	return data
}

package dial

import (
	"encoding/base64"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// hidden stands where a secret was.
const hidden = "[hidden]"

// scrubber takes secrets out of text, in every form that mail protocols give
// them: as they are, quoted, escaped, and in base64 by themselves or as a part
// of a SASL answer (RFC 4616, RFC 7628).
type scrubber struct{ secrets []string }

// hide registers a secret. Longer ones come first: a password may contain
// another.
func (s *scrubber) hide(secret string) {
	for _, form := range forms(secret) {
		if form != "" && !slices.Contains(s.secrets, form) {
			s.secrets = append(s.secrets, form)
		}
	}
	slices.SortFunc(s.secrets, func(a, b string) int { return len(b) - len(a) })
}

func forms(secret string) []string {
	quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(secret) // RFC 9051 4.3
	goQuoted := strconv.Quote(secret)
	return []string{
		secret, quoted, printable(secret, len(secret)*8), goQuoted[1 : len(goQuoted)-1],
		url.QueryEscape(secret), url.PathEscape(secret),
	}
}

// base64Run is what may be base64, of either alphabet.
var base64Run = regexp.MustCompile(`[A-Za-z0-9+/_-]{4,}={0,2}`)

func (s *scrubber) scrub(text string) string {
	if len(s.secrets) == 0 {
		return text
	}
	for _, secret := range s.secrets {
		text = strings.ReplaceAll(text, secret, hidden)
	}
	return base64Run.ReplaceAllStringFunc(text, func(run string) string {
		if s.encodes(run) {
			return hidden
		}
		return run
	})
}

var standardAlphabet = strings.NewReplacer("-", "+", "_", "/", "=", "")

// encodes reports whether the run is base64 of something with a secret in it,
// wherever in the run the base64 begins.
func (s *scrubber) encodes(run string) bool {
	run = standardAlphabet.Replace(run)
	for start := range min(4, len(run)) {
		code := run[start:]
		if len(code)%4 == 1 {
			code = code[:len(code)-1]
		}
		plain, _ := base64.RawStdEncoding.DecodeString(code)
		for _, secret := range s.secrets {
			if strings.Contains(string(plain), secret) {
				return true
			}
		}
	}
	return false
}

package html

import "golang.org/x/text/unicode/bidi"

// IsRTL reports whether the first letter of a text that has a direction is
// written from the right to the left, as dir=auto asks (HTML 3.2.6.4).
func IsRTL(text string) bool {
	for i, r := range text {
		if r < 0x80 {
			if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
				return false
			}
			continue
		}
		p, _ := bidi.LookupString(text[i:])
		switch p.Class() {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			return true
		}
	}
	return false
}

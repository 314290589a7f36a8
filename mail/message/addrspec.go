package message

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"
)

// bracketAddr returns the address in what stands between angle brackets: past
// a source route (RFC 5322 4.4) and without comments.
func bracketAddr(s string) string {
	s = truncate(strings.TrimSpace(s), 4*maxName)
	if strings.HasPrefix(s, "@") {
		s = s[strings.LastIndexByte(s, ':')+1:]
	}
	if len(s) > 7 && strings.EqualFold(s[:7], "mailto:") {
		s = s[7:]
	}
	return cleanAddr(dropComments(s))
}

// dropComments takes comments out of an address without a quoted part.
func dropComments(s string) string {
	for !strings.Contains(s, `"`) {
		i := strings.IndexByte(s, '(')
		if i < 0 {
			break
		}
		n := commentLen(s[i:])
		if n == 0 {
			break
		}
		s = s[:i] + s[i+n:]
	}
	return s
}

// cleanAddr returns an addr-spec fit for showing that still is the same
// address: blanks at which it was folded go, characters that cannot be seen
// become marks instead of vanishing, and a domain that mixes alphabets, as only
// a forger's does, is written in ASCII (RFC 5890).
func cleanAddr(s string) string {
	s = strings.Trim(s, " \t\r\n.")
	if isPlainAddr(s) {
		return truncate(s, maxName)
	}
	s = string(guess([]byte(s)))
	quoted := strings.HasPrefix(s, `"`)
	s = strings.Map(func(r rune) rune {
		switch {
		case isSpace(byte(r)) && r < utf8.RuneSelf:
			if quoted && r == ' ' {
				return r
			}
			return -1
		case unicode.IsControl(r), unicode.IsSpace(r), isBidiControl(r), isInvisible(r), unicode.Is(unicode.Cf, r):
			return utf8.RuneError
		}
		return r
	}, s)
	s = truncate(s, maxName)
	if at := strings.LastIndexByte(s, '@'); at >= 0 && mixesScripts(s[at+1:]) {
		if ascii, err := idna.Punycode.ToASCII(s[at+1:]); err == nil {
			s = s[:at+1] + ascii
		}
	}
	return s
}

func isPlainAddr(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// mixesScripts reports whether a label of the domain has letters of Latin and
// of an alphabet with look-alikes.
func mixesScripts(domain string) bool {
	for label := range strings.SplitSeq(domain, ".") {
		latin, alike := false, false
		for _, r := range label {
			latin = latin || unicode.Is(unicode.Latin, r)
			alike = alike || unicode.In(r, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee)
		}
		if latin && alike {
			return true
		}
	}
	return false
}

// displayName decodes the name that goes with addr, and takes out every word
// that looks like another address, since many views show the name alone. It
// reports whether there was one.
func displayName(phrase, addr string) (name string, spoof bool) {
	name = truncate(displayValue(phrase), maxName)
	name = foldBlanks(name)
	name = trimQuotes(name)
	if strings.EqualFold(name, addr) {
		return "", false
	}
	if !hasAt(name) {
		return name, false
	}
	words := strings.Fields(name)
	kept := words[:0]
	for _, w := range words {
		if hasAt(w) && posesAsAddress(w) && !strings.EqualFold(strings.Trim(w, `<>()[]"',;:`), addr) {
			spoof = true
			continue
		}
		kept = append(kept, w)
	}
	return trimQuotes(strings.Join(kept, " ")), spoof
}

// foldBlanks makes one blank of each run of blanks and of characters that only
// look like them.
func foldBlanks(s string) string {
	if isPlain(s) && !strings.Contains(s, "  ") {
		return s
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || isInvisible(r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// trimQuotes takes off the quotes that some senders put into a name.
func trimQuotes(s string) string {
	for _, q := range []string{`"`, `'`} {
		if len(s) >= 2 && strings.HasPrefix(s, q) && strings.HasSuffix(s, q) {
			s = strings.TrimSpace(s[1 : len(s)-1])
		}
	}
	return s
}

// hasAt reports an "@", or a character that looks like one when compatibility
// forms are folded (U+FF20, U+FE6B).
func hasAt(s string) bool {
	return strings.Contains(s, "@") || !isPlain(s) && strings.Contains(norm.NFKC.String(s), "@")
}

// posesAsAddress reports whether something stands on both sides of the "@", or
// on none: "@handle" is no address, a lone "@" between words makes one.
func posesAsAddress(word string) bool {
	local, domain, _ := strings.Cut(norm.NFKC.String(word), "@")
	return (strings.IndexFunc(local, isLetterOrDigit) >= 0) == (strings.IndexFunc(domain, isLetterOrDigit) >= 0)
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

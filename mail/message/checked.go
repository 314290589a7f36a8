package message

import (
	"slices"
	"strings"
)

// Checked is what the server that took a message in wrote about who sent it
// (RFC 8601), by the topmost Authentication-Results field. Anybody can write such a
// field into a message; whether the server writes one above is for the caller to
// know.
type Checked struct {
	Server  string   // which server says so, lower case; "" where it names none, as Exchange does
	Domains []string // those that it found to have sent the message, lower case
	failed  bool     // the domain's own policy (DMARC) was not met
}

// Confirms reports whether the server confirms the domain of an address: by its
// policy (RFC 7489), or by a signature or a return path of the domain, or of one
// above or below it (RFC 7489 3.1).
func (c *Checked) Confirms(address string) bool {
	domain := strings.ToLower(address[strings.LastIndexByte(address, '@')+1:])
	if c == nil || c.failed || domain == "" {
		return false
	}
	return slices.ContainsFunc(c.Domains, func(d string) bool {
		return d == domain || strings.HasSuffix(d, "."+domain) || strings.Contains(d, ".") && strings.HasSuffix(domain, "."+d)
	})
}

// maxChecks bounds the results of one field that are read.
const maxChecks = 40

// parseChecked reads the value of an Authentication-Results field as it came:
// what was decoded could have grown a semicolon that the server never wrote.
func parseChecked(raw string) *Checked {
	c := &Checked{}
	s := checkScanner{rest: raw}
	for n := range maxChecks {
		words, more := s.result()
		if n == 0 && len(words) > 0 && !strings.Contains(words[0], "=") {
			c.Server = cleanLine(words[0])
		} else {
			c.take(words)
		}
		if !more {
			break
		}
	}
	return c
}

// take reads one result: what was checked and how it came out, and then of whom.
func (c *Checked) take(words []string) {
	if len(words) == 0 {
		return
	}
	method, outcome, _ := strings.Cut(words[0], "=")
	method, _, _ = strings.Cut(method, "/") // its version
	owner := map[string]string{"dkim": "header.d", "spf": "smtp.mailfrom", "dmarc": "header.from"}[method]
	if method == "dmarc" && outcome != "pass" && outcome != "none" && outcome != "bestguesspass" {
		c.failed = true
	}
	if owner == "" || outcome != "pass" {
		return
	}
	for _, w := range words[1:] {
		name, value, _ := strings.Cut(w, "=")
		if name != owner && (method != "dkim" || name != "header.i") {
			continue
		}
		domain := strings.Trim(value[strings.LastIndexByte(value, '@')+1:], ".")
		if isHost(domain) {
			c.Domains = append(c.Domains, domain)
		}
	}
}

// isHost reports whether s can be a domain as servers write it.
func isHost(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isAlnum(c) && c != '-' && c != '.' && c < 0x80 {
			return false
		}
	}
	return s != ""
}

// checkScanner takes the field apart, past comments and quotes.
type checkScanner struct{ rest string }

// result returns the words of the next result in lower case, "name=value" as one
// word whatever blanks stand within, and whether another follows.
func (s *checkScanner) result() (words []string, more bool) {
	var word strings.Builder
	end := func() {
		if word.Len() > 0 {
			words = append(words, strings.ToLower(word.String()))
			word.Reset()
		}
	}
	for s.rest != "" {
		c := s.rest[0]
		switch {
		case c == ';':
			end()
			s.rest = s.rest[1:]
			return words, true
		case c == '(':
			n := commentLen(s.rest)
			if n == 0 {
				n = len(s.rest) // it never ends: nothing after it counts
			}
			s.rest = s.rest[n:]
			s.space(&word, end)
		case c == '"':
			word.WriteString(s.quoted())
		case isSpace(c):
			s.rest = s.rest[1:]
			s.space(&word, end)
		default:
			word.WriteByte(c)
			s.rest = s.rest[1:]
		}
	}
	end()
	return words, false
}

// space ends a word at a blank, unless a "=" is before it or after it.
func (s *checkScanner) space(word *strings.Builder, end func()) {
	s.rest = strings.TrimLeft(s.rest, " \t\r\n")
	if !strings.HasPrefix(s.rest, "=") && !strings.HasSuffix(word.String(), "=") {
		end()
	}
}

// quoted takes a quoted string. What it holds is no syntax: blanks and equals
// signs become marks that are part of no name and no domain.
func (s *checkScanner) quoted() string {
	var b strings.Builder
	i := 1
	for ; i < len(s.rest) && s.rest[i] != '"'; i++ {
		if s.rest[i] == '\\' && i+1 < len(s.rest) {
			i++
		}
		if c := s.rest[i]; isSpace(c) || c == '=' {
			b.WriteByte('"')
		} else {
			b.WriteByte(c)
		}
	}
	s.rest = s.rest[min(i+1, len(s.rest)):]
	return b.String()
}

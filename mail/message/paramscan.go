package message

import "strings"

// paramScanner reads "value; name=value; ..." as senders write it: folded,
// with comments, unquoted blanks, quotes that never end, stray semicolons.
type paramScanner struct {
	s string
	i int

	noComment, noQuote bool // one never ended: look for no more, which keeps this linear
}

// value reads what stands before the first semicolon.
func (p *paramScanner) value() string {
	return strings.TrimSpace(p.until(";", true))
}

// param reads the next parameter; false at the end. One without "=" has the
// value "".
func (p *paramScanner) param() (name, value string, ok bool) {
	for p.i < len(p.s) {
		p.skipBlanks()
		if p.i < len(p.s) && p.s[p.i] == ';' {
			p.i++
			continue
		}
		name = strings.TrimSpace(p.until("=;", true))
		if p.i < len(p.s) && p.s[p.i] == '=' {
			p.i++
			value = p.paramValue(!strings.Contains(strings.ToLower(name), "name"))
		}
		if name != "" {
			return name, value, true
		}
	}
	return "", "", false
}

// paramValue reads a value. Comments are left out of it, but not out of a file
// name: "copy (2).pdf" is common, a comment there unheard of.
func (p *paramScanner) paramValue(comments bool) string {
	p.skipBlanks()
	if p.i < len(p.s) && p.s[p.i] == '"' {
		if v, ok := p.quoted(); ok {
			p.until(";", false)
			return v
		}
		p.i++ // it never ends: only the semicolon does
	}
	return strings.TrimSpace(p.until(";", comments))
}

// quoted reads a quoted string; false, and nothing read, if it never ends.
func (p *paramScanner) quoted() (string, bool) {
	if p.noQuote {
		return "", false
	}
	v, n := unquote(p.s[p.i:])
	p.i += n
	p.noQuote = n == 0
	return v, n > 0
}

// unquote decodes the quoted string that s starts with (RFC 5322 3.2.4) and
// returns its length with the quotes, 0 if it never ends. A backslash stays
// before anything but a quote or another: Windows paths come unescaped.
func unquote(s string) (string, int) {
	end := 1
	escaped := false
	for ; end < len(s) && s[end] != '"'; end++ {
		if s[end] == '\\' {
			escaped = true
			end++
		}
	}
	if end >= len(s) {
		return "", 0
	}
	body := s[1:end]
	if !escaped {
		return body, end + 1
	}
	b := make([]byte, 0, len(body))
	for i := 0; i < len(body); i++ {
		if body[i] == '\\' && i+1 < len(body) && (body[i+1] == '"' || body[i+1] == '\\') {
			i++
		}
		b = append(b, body[i])
	}
	return string(b), end + 1
}

// until reads up to one of the stops, and leaves comments out if it should.
func (p *paramScanner) until(stops string, comments bool) string {
	start := p.i
	var kept []byte
	for p.i < len(p.s) && strings.IndexByte(stops, p.s[p.i]) < 0 {
		n := 0
		if comments && p.s[p.i] == '(' {
			n = p.comment()
		}
		if n == 0 {
			p.i++
			continue
		}
		kept = append(kept, p.s[start:p.i]...)
		p.i += n
		start = p.i
	}
	if kept == nil {
		return p.s[start:p.i]
	}
	return string(append(kept, p.s[start:p.i]...))
}

// comment returns the length of the comment that starts here, 0 if none does.
func (p *paramScanner) comment() int {
	if p.noComment {
		return 0
	}
	n := commentLen(p.s[p.i:])
	p.noComment = n == 0
	return n
}

func (p *paramScanner) skipBlanks() {
	for p.i < len(p.s) && isSpace(p.s[p.i]) {
		p.i++
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// commentLen returns the length of the comment that s starts with (RFC 5322
// 3.2.2), nested ones included, or 0 if it never ends.
func commentLen(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

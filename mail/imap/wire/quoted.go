package wire

import "bytes"

// quoted reads a quoted string. Servers copy header fields into them without
// escaping quotes (qq.com: "<1.JavaMail."cv@x"@h>"; 163.com: """"), without
// escaping backslashes, and with line ends inside. So a quote ends the string
// only where something follows that can follow a string; line ends are taken
// out; and if that finds no end at all, the first quote is it.
func (p *parser) quoted() ([]byte, error) {
	start := p.pos + 1
	if s, ok := p.plainQuoted(start); ok {
		return s, nil
	}
	for i := start; ; i++ {
		if i >= len(p.text) {
			joined, err := p.join()
			if err != nil {
				return nil, err
			}
			if !joined {
				return p.shortQuoted(start)
			}
			if i >= len(p.text) {
				i--
				continue
			}
		}
		switch p.text[i] {
		case '\\':
			if i+1 < len(p.text) && isEscapable(p.text[i+1]) {
				i++
			}
		case '"':
			if p.closes(i + 1) {
				p.pos = i + 1
				return unescape(p.text[start:i]), nil
			}
		}
	}
}

// plainQuoted reads a string without backslashes whose first quote ends it.
func (p *parser) plainQuoted(start int) ([]byte, bool) {
	n := bytes.IndexByte(p.text[start:], '"')
	if n < 0 || !p.closes(start+n+1) || bytes.IndexByte(p.text[start:start+n], '\\') >= 0 {
		return nil, false
	}
	p.pos = start + n + 1
	return p.text[start : start+n], true
}

// shortQuoted takes the first quote that is not escaped for the end.
func (p *parser) shortQuoted(start int) ([]byte, error) {
	for i := start; i < len(p.text); i++ {
		switch p.text[i] {
		case '\\':
			i++
		case '"':
			p.pos = i + 1
			return unescape(p.text[start:i]), nil
		}
	}
	return nil, errSyntax
}

// closes reports whether a string can end before p.text[i].
func (p *parser) closes(i int) bool {
	if i >= len(p.text) {
		return true
	}
	switch p.text[i] {
	case ')', '(', ']':
		return true
	case ' ':
		return p.mode == loose || p.follows(bytes.TrimLeft(p.text[i:], " "))
	}
	return false
}

// follows reports whether b can be the next value after a string and a space.
func (p *parser) follows(b []byte) bool {
	if len(b) == 0 {
		return true
	}
	switch ch := b[0]; {
	case ch == '"', ch == '(', ch == ')', ch == '{', ch == '~':
		return true
	case ch == '-', ch >= '0' && ch <= '9':
		return p.mode == structure
	}
	if len(b) < 3 || !bytes.EqualFold(b[:3], []byte("NIL")) {
		return false
	}
	return len(b) == 3 || b[3] == ' ' || b[3] == ')'
}

// join goes on with the next line, where a line ended inside a quoted string,
// unless that line is a response of its own.
func (p *parser) join() (bool, error) {
	if p.src == nil || p.joins == maxJoins {
		return false, nil
	}
	if _, ok, err := literalAtEnd(p.text[p.line:], p.max); ok || err != nil {
		// A string that never closed, and then a literal: if it is one, octets
		// of a stranger's message would be read as responses.
		return false, errQuote
	}
	if startsResponse(p.src.peekLine(12)) {
		return false, nil
	}
	pos := p.pos
	p.joins++
	err := p.more()
	p.pos = pos
	return err == nil, err
}

// startsResponse recognises "* ", "+ " and the tags in use ("T12 ", "W3 ").
func startsResponse(b []byte) bool {
	if bytes.HasPrefix(b, []byte("* ")) || bytes.HasPrefix(b, []byte("+ ")) {
		return true
	}
	if len(b) < 3 || (b[0] != 'T' && b[0] != 'W') {
		return false
	}
	digits := bytes.TrimLeft(b[1:], "0123456789")
	return len(digits) < len(b)-1 && len(digits) > 0 && digits[0] == ' '
}

func isEscapable(ch byte) bool { return ch == '"' || ch == '\\' }

// unescape undoes `\"` and `\\`; another backslash is one of the string.
func unescape(b []byte) []byte {
	if bytes.IndexByte(b, '\\') < 0 {
		return b
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] == '\\' && i+1 < len(b) && isEscapable(b[i+1]) {
			i++
		}
		out = append(out, b[i])
	}
	return out
}

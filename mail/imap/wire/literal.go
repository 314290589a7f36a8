package wire

import (
	"bytes"
	"errors"
	"strconv"
)

// literal reads a literal into the response, or reports that there is none.
func (p *parser) literal() (value, bool, error) {
	n, ok, err := literalSize(p.text[p.pos:], p.max)
	if !ok || err != nil || p.src == nil {
		return value{}, false, err
	}
	start := len(p.text)
	keep := min(n, maxString, maxStrings-p.strings)
	if p.text, err = p.src.appendN(p.text, keep); err != nil {
		return value{}, false, err
	}
	if err := p.src.discard(n - keep); err != nil {
		return value{}, false, err
	}
	p.strings += keep
	p.tooMuch = p.tooMuch || (keep < n && keep < maxString)
	v := value{form: isString, s: p.text[start:len(p.text):len(p.text)]}
	return v, true, p.more()
}

// more appends the next line of the same response.
func (p *parser) more() error {
	p.pos, p.line = len(p.text), len(p.text)
	l, err := p.src.line(func([]byte) int { return longLine - min(longLine, len(p.text)) })
	if err != nil {
		return err
	}
	if l.cut {
		return errLine
	}
	p.text = append(p.text, l.text...)
	return nil
}

// literalSize reads `{n}`, `{n+}` or `~{n}` if that is all of b. A size that is
// no size is an error: nobody knows where the next response begins.
func literalSize(b []byte, max int64) (n int64, ok bool, err error) {
	b = bytes.TrimPrefix(b, []byte("~"))
	if len(b) < 3 || b[0] != '{' || b[len(b)-1] != '}' {
		return 0, false, nil
	}
	digits := bytes.TrimSuffix(b[1:len(b)-1], []byte("+"))
	n, parseErr := strconv.ParseInt(string(digits), 10, 64)
	switch {
	case errors.Is(parseErr, strconv.ErrSyntax):
		return 0, false, nil
	case parseErr != nil, n < 0, n > max:
		return 0, false, errLiteral
	}
	return n, true, nil
}

// literalAtEnd is literalSize for whatever stands at the end of b.
func literalAtEnd(b []byte, max int64) (n int64, ok bool, err error) {
	i := bytes.LastIndexByte(b, '{')
	if i < 0 {
		return 0, false, nil
	}
	return literalSize(b[i:], max)
}

// skipRest reads to the end of a response that nothing is made of.
func (p *parser) skipRest() error { return p.skipTail(p.text[p.line:]) }

// skipTail is skipRest for a response whose line ends in tail.
func (p *parser) skipTail(tail []byte) error {
	for {
		n, ok, err := literalAtEnd(tail, p.max)
		if !ok || err != nil {
			return err
		}
		if err := p.src.discard(n); err != nil {
			return err
		}
		l, err := p.src.line(func([]byte) int { return longLine })
		if err != nil {
			return err
		}
		if tail = l.text; l.cut {
			tail = l.tail
		}
	}
}

package wire

import "bytes"

const (
	maxDepth   = 100     // lists in lists
	maxValues  = 100_000 // values in one response: an envelope with 20,000 addresses
	maxString  = 64 << 10
	maxStrings = 4 << 20 // octets of inline literals kept of one response
	maxJoins   = 200     // line ends inside quoted strings
)

// form is what a value is written as.
type form uint8

const (
	isNil form = iota
	isAtom
	isString // quoted or literal
	isList
)

// value is one parsed piece of a response. s and list belong to the response.
type value struct {
	form form
	s    []byte
	list []value
}

// mode says what may follow a quoted string, and so where a string with bare
// quotes in it ends.
type mode uint8

const (
	loose     mode = iota // anything
	envelope              // strings, lists, NIL
	structure             // these, and numbers
)

// parser reads values from a response more tolerantly than RFC 9051 9 allows.
// text is the response so far without its line ends; literals are read into it
// when they are reached, and so are further lines.
type parser struct {
	src *source // nil for a text that is all there is
	max int64   // longest literal

	text    []byte
	pos     int
	line    int // where its last line begins in text
	mode    mode
	depth   int
	values  int
	strings int64 // octets of literals kept
	joins   int
	tooMuch bool // a cap was passed: what was parsed is not complete

	open  []value // elements of the lists that are being read
	lists []value // elements of those that were: one allocation for many
}

// start begins a new response, or its continuation after a streamed literal.
func (p *parser) start(text []byte) {
	p.text, p.pos, p.line, p.mode, p.depth = append(p.text[:0], text...), 0, 0, loose, 0
	p.values, p.strings, p.joins, p.tooMuch = 0, 0, 0, false
	p.open, p.lists = p.open[:0], p.lists[:0]
}

// release lets go of buffers that one long response needed.
func (p *parser) release() {
	if cap(p.text) > 1<<20 || cap(p.lists) > 10_000 || cap(p.open) > 10_000 {
		p.text, p.lists, p.open = nil, nil, nil
	}
}

func (p *parser) skipSpace() {
	for p.pos < len(p.text) && (p.text[p.pos] == ' ' || p.text[p.pos] == '\t') {
		p.pos++
	}
}

// peek returns the next octet that is no space, 0 at the end.
func (p *parser) peek() byte {
	if p.skipSpace(); p.pos == len(p.text) {
		return 0
	}
	return p.text[p.pos]
}

// word reads up to the next space or parenthesis; "" at the end.
func (p *parser) word() string {
	p.skipSpace()
	return string(p.atomText())
}

// atomText reads up to the next space or parenthesis.
func (p *parser) atomText() []byte {
	start := p.pos
	for p.pos < len(p.text) && !endsAtom[p.text[p.pos]] {
		p.pos++
	}
	return p.text[start:p.pos]
}

var endsAtom = [256]bool{' ': true, '\t': true, '(': true, ')': true}

// rest is what is left of the line, without spaces around it.
func (p *parser) rest() []byte { return bytes.TrimSpace(p.text[p.pos:]) }

// value reads the next value. errSyntax is all that can go wrong with a
// response; other errors are the connection's.
func (p *parser) value() (value, error) {
	p.values++
	switch p.peek() {
	case 0, ')':
		return value{}, errSyntax
	case '(':
		p.pos++
		return p.list()
	case '"':
		s, err := p.quoted()
		return value{form: isString, s: s}, err
	case '{', '~':
		v, ok, err := p.literal()
		if ok || err != nil {
			return v, err
		}
	}
	return p.atom(), nil
}

func (p *parser) atom() value {
	s := p.atomText()
	if len(s) == 3 && bytes.EqualFold(s, []byte("NIL")) {
		return value{}
	}
	return value{form: isAtom, s: s}
}

// list reads the values up to the closing parenthesis; the opening one is read.
// Beyond the caps it reads on, and keeps nothing.
func (p *parser) list() (value, error) {
	if p.depth == maxDepth {
		p.tooMuch = true
		return value{form: isList}, p.skipList()
	}
	p.depth++
	mark := len(p.open)
	defer func() { p.depth--; p.open = p.open[:mark] }()
	for p.peek() != ')' {
		e, err := p.value()
		if err != nil {
			return value{}, err
		}
		if p.values > maxValues {
			p.tooMuch = true
			continue
		}
		p.open = append(p.open, e)
	}
	p.pos++
	return value{form: isList, list: p.closed(p.open[mark:])}, nil
}

// closed keeps the elements of a list that was read.
func (p *parser) closed(elements []value) []value {
	if cap(p.lists)-len(p.lists) < len(elements) {
		p.lists = make([]value, 0, max(512, 2*len(elements))) // the lists in the old one keep it
	}
	start := len(p.lists)
	p.lists = append(p.lists, elements...)
	return p.lists[start:len(p.lists):len(p.lists)]
}

// skipList reads to the end of a list without recursion.
func (p *parser) skipList() error {
	for open := 1; open > 0; {
		var err error
		switch p.peek() {
		case 0:
			return errSyntax
		case '(':
			p.pos++
			open++
		case ')':
			p.pos++
			open--
		default:
			_, err = p.value()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

package query

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits that no person meets, and that keep a pasted page from becoming a
// search that no index answers.
const (
	MaxTerms = 100
	maxDepth = 50
)

// Query is what Parse understood.
type Query struct {
	Expr  Expr     // never nil; And{} for an empty search
	Notes []string // hints for the person: what was not understood as meant
}

// Options say how a text is to be read.
type Options struct {
	// AsYouType means that the person is still typing: a word at the very end
	// is only the beginning of one, and an operator without its value, or an
	// OR with nothing after it, is passed over without a note.
	AsYouType bool
}

// Parse reads text. It has no errors: odd input is words, and Notes say so.
func Parse(text string, opt Options) Query {
	p := &parser{text: text, opt: opt}
	parts := p.terms(Anywhere)
	if p.met > MaxTerms {
		p.notef("only the first %d terms were used", MaxTerms)
	}
	return Query{Expr: all(parts), Notes: p.notes}
}

type parser struct {
	text     string
	pos      int
	depth    int  // open parentheses
	met      int  // terms so far, also those over MaxTerms
	unclosed bool // the last phrase had no closing quote
	opt      Options
	notes    []string
}

// terms reads until the end, or to the parenthesis that closes the group,
// which it takes; bare words look in field.
func (p *parser) terms(field Field) []Expr {
	var parts []Expr
	for p.more() {
		if p.closing() {
			p.pos++
			return parts
		}
		if e := p.alternatives(field); e != nil {
			parts = append(parts, e)
		}
	}
	return parts
}

// alternatives reads factor OR factor …; nil where nothing of it counts.
func (p *parser) alternatives(field Field) Expr {
	var parts []Expr
	for {
		if e := p.factor(field); e != nil {
			parts = append(parts, e)
		}
		if !p.connective("OR") {
			break
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return either(parts)
}

// factor reads a term with what negates it.
func (p *parser) factor(field Field) Expr {
	p.connective("AND")
	negative := false
	for p.connective("NOT") || p.minus() {
		negative = !negative
	}
	e := p.group(field)
	if e != nil && negative {
		return negate(e)
	}
	return e
}

func (p *parser) group(field Field) Expr {
	if !p.opening() {
		return p.atom(field)
	}
	parts := p.terms(field)
	p.depth--
	if len(parts) == 0 {
		return nil
	}
	return all(parts)
}

// atom reads a phrase, an operator with its value, or a word.
func (p *parser) atom(field Field) Expr {
	if value, ok := p.quoted(); ok {
		return p.words(field, value, p.star())
	}
	start := p.pos
	run := p.run()
	if name, rest, ok := cutOperator(run); ok {
		if op, known := operators[name]; known {
			p.pos = start + len(run) - len(rest)
			return p.operator(field, name, op, start)
		}
		p.note(unknownNote(name, rest))
	}
	return p.bare(field, run)
}

// bare makes a word of a run: with its star, or as typed so far.
func (p *parser) bare(field Field, run string) Expr {
	if p.dangling(run) {
		return nil
	}
	value, prefix := cutStar(run)
	return p.words(field, value, prefix || p.typing())
}

// dangling reports a connective without what it would connect, while typing.
func (p *parser) dangling(run string) bool {
	switch run {
	case "AND", "OR", "NOT", "-":
		return p.opt.AsYouType
	}
	return false
}

func (p *parser) words(field Field, value string, prefix bool) Expr {
	value = strings.TrimSpace(value)
	if len(Tokens(value)) > 0 {
		return p.count(Text{field, value, prefix})
	}
	if strings.IndexFunc(value, unicode.IsSymbol) >= 0 && !isASCII(value) {
		p.notef("%q cannot be searched for", value)
	}
	return nil
}

// operator reads the value of a known operator whose text began at start; what
// is no value makes words of all of it.
func (p *parser) operator(field Field, name string, op operator, start int) Expr {
	if f, ok := fields[name]; ok && p.opening() {
		parts := p.terms(f)
		p.depth--
		if len(parts) == 0 {
			return nil
		}
		return all(parts)
	}
	value, prefix, ok := p.value()
	if !ok {
		if !p.opt.AsYouType {
			p.notef("%q needs something after it", name+":")
		}
		return nil
	}
	if e, ok := op.read(value, prefix); ok {
		return p.count(e)
	}
	if op.kind == "text" {
		return nil
	}
	p.notef("%q is no %s; it was searched for as words", value, op.kind)
	return p.words(field, strings.ReplaceAll(p.text[start:p.pos], `"`, " "), false)
}

// value reads what follows an operator, also after spaces ("from: ada").
func (p *parser) value() (value string, prefix, ok bool) {
	p.spaces()
	if v, quoted := p.quoted(); quoted {
		v = strings.TrimSpace(v)
		return v, p.star(), v != ""
	}
	start := p.pos
	if p.pos == len(p.text) || p.closing() || p.peek() == '(' {
		return "", false, false
	}
	run := p.run()
	name, _, isOperator := cutOperator(run)
	_, known := operators[name]
	// Directly after the colon anything is the value; further on only what is
	// nothing else.
	glued := start > 0 && !unicode.IsSpace(p.before(start))
	if !glued && (isOperator && known || !bareSafe(strings.TrimRight(run, "*:："))) {
		p.pos = start
		return "", false, false
	}
	value, prefix = cutStar(run)
	return value, prefix || p.typing(), value != ""
}

// count lets MaxTerms terms through.
func (p *parser) count(e Expr) Expr {
	p.met++
	if p.met > MaxTerms {
		return nil
	}
	return e
}

func (p *parser) note(text string) {
	if text != "" {
		p.notes = append(p.notes, text)
	}
}

func (p *parser) notef(format string, args ...any) { p.note(fmt.Sprintf(format, args...)) }

func cutStar(run string) (value string, prefix bool) {
	value = strings.TrimRight(run, "*")
	return value, value != run
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

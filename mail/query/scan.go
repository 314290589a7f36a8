package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The parser's hands: each looks at p.text[p.pos:], and moves on only past
// what it is there for.

func (p *parser) rest() string { return p.text[p.pos:] }

func (p *parser) peek() rune {
	r, _ := utf8.DecodeRuneInString(p.rest())
	return r
}

func (p *parser) before(pos int) rune {
	r, _ := utf8.DecodeLastRuneInString(p.text[:pos])
	return r
}

func (p *parser) spaces() {
	p.pos = len(p.text) - len(strings.TrimLeftFunc(p.rest(), unicode.IsSpace))
}

// more passes spaces and reports whether anything follows.
func (p *parser) more() bool {
	p.spaces()
	return p.pos < len(p.text)
}

// typing reports that the text ends here and is still being typed.
func (p *parser) typing() bool { return p.opt.AsYouType && p.pos == len(p.text) }

// closing reports a parenthesis that closes an open group; any other one is
// part of a word.
func (p *parser) closing() bool { return p.depth > 0 && strings.HasPrefix(p.rest(), ")") }

// opening takes an opening parenthesis, after spaces none.
func (p *parser) opening() bool {
	if p.depth >= maxDepth || !strings.HasPrefix(p.rest(), "(") {
		return false
	}
	p.pos++
	p.depth++
	return true
}

// minus takes a "-" that is directly before a term: not a dash, and not the
// first of "--flag".
func (p *parser) minus() bool {
	rest, ok := strings.CutPrefix(p.rest(), "-")
	if !ok || rest == "" {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest)
	if r == '-' || unicode.IsSpace(r) || r == ')' && p.depth > 0 {
		return false
	}
	p.pos++
	return true
}

// connective takes word where it stands alone and a term follows; else it is
// a word like any other ("Portland OR").
func (p *parser) connective(word string) bool {
	start := p.pos
	p.spaces()
	rest, ok := strings.CutPrefix(p.rest(), word)
	if ok && rest != "" && (rest[0] == '(' || unicode.IsSpace(firstRune(rest))) {
		p.pos += len(word)
		if p.more() && !p.closing() {
			return true
		}
	}
	p.pos = start
	p.spaces()
	return false
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// quoted takes a phrase in quotes. Inside straight quotes a doubled quote is
// one; the curly ones that phones put in end at any. An open quote goes to
// the end of the text.
func (p *parser) quoted() (string, bool) {
	rest := p.rest()
	open := firstRune(rest)
	p.unclosed = false
	switch {
	case rest == "":
		return "", false
	case open == '"':
		return p.straight(), true
	case strings.ContainsRune("“”„", open):
		inner := rest[utf8.RuneLen(open):]
		end := strings.IndexAny(inner, "“”„\"")
		if end < 0 {
			p.pos, p.unclosed = len(p.text), true
			return inner, true
		}
		_, width := utf8.DecodeRuneInString(inner[end:])
		p.pos += utf8.RuneLen(open) + end + width
		return inner[:end], true
	}
	return "", false
}

func (p *parser) straight() string {
	p.pos++
	var b strings.Builder
	for {
		before, after, found := strings.Cut(p.rest(), `"`)
		b.WriteString(before)
		p.pos = len(p.text) - len(after)
		p.unclosed = !found
		if !found || !strings.HasPrefix(after, `"`) {
			return b.String()
		}
		b.WriteByte('"')
		p.pos++
	}
}

// star takes the stars directly after a phrase. A phrase that is still being
// typed is only begun, too.
func (p *parser) star() bool {
	trimmed := strings.TrimLeft(p.rest(), "*")
	had := len(trimmed) < len(p.rest())
	p.pos = len(p.text) - len(trimmed)
	return had || p.unclosed && p.opt.AsYouType
}

// run takes everything up to a space, or to the end of the group; a quote
// after an operator's colon ends it too, as it opens the value.
func (p *parser) run() string {
	start := p.pos
	for p.pos < len(p.text) {
		r, width := utf8.DecodeRuneInString(p.rest())
		if unicode.IsSpace(r) || p.closing() {
			break
		}
		if p.pos > start && strings.ContainsRune("\"“”„(", r) && strings.ContainsRune(":：", p.before(p.pos)) {
			break
		}
		p.pos += width
	}
	return p.text[start:p.pos]
}

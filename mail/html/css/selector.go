package css

import (
	"strings"

	"github.com/tdewolff/parse/v2/css"
)

// selector is a complex selector: compounds from the right to the left.
type selector struct {
	parts  []compound
	pseudo pseudo
	// weight is the specificity: ids, classes and types, a byte or two each.
	weight uint32
}

// pseudo is the pseudo-element that a selector is for.
type pseudo uint8

const (
	noPseudo pseudo = iota
	beforePseudo
	afterPseudo
	letterPseudo
	otherPseudo // one that has no effect here
)

// compound is what one element has to be. combinator says how it stands to
// the compound on its right: ' ', '>', '+' or '~'.
type compound struct {
	combinator byte
	tag        string // lower case, or "" for any
	id         string
	classes    []string
	attrs      []attrTest
	tests      []test
}

// attrTest is [key op value].
type attrTest struct {
	key, val string
	op       css.TokenType // 0: it is there at all
	fold     bool          // in any case
}

// test is a pseudo-class.
type test struct {
	kind testKind
	a, b int // of nth-child(an+b)
	list []*selector
}

type testKind uint8

const (
	testNever testKind = iota // such as :hover, in a mail that lies still
	testRoot
	testEmpty
	testLink
	testChecked
	testDisabled
	testEnabled
	testNthChild
	testNthLastChild
	testNthOfType
	testNthLastOfType
	testNot
	testIs
	testHas
)

const (
	maxSelectors = 400 // in one list
	maxParts     = 32  // compounds of one
	maxIs        = 4   // of :not() and its likes within each other
)

// selectorReader reads a list of selectors (Selectors 4).
type selectorReader struct {
	list  []token
	at    int
	depth int
}

// parseSelectors reads the prelude of a rule. One selector that is not valid
// spoils the list, as in a browser.
func parseSelectors(list []token) ([]*selector, bool) {
	return selectorList(list, 0)
}

func selectorList(list []token, depth int) ([]*selector, bool) {
	parts := splitCommas(list)
	if len(parts) > maxSelectors || depth > maxIs {
		return nil, false
	}
	all := make([]*selector, 0, len(parts))
	for _, part := range parts {
		r := selectorReader{list: part, depth: depth}
		sel, ok := r.complex()
		if !ok {
			return nil, false
		}
		all = append(all, sel)
	}
	return all, true
}

func (r *selectorReader) peek() *token {
	if r.at < len(r.list) {
		return &r.list[r.at]
	}
	return &noToken
}

// complex reads compounds and combinators.
func (r *selectorReader) complex() (*selector, bool) {
	sel := &selector{}
	combinator := byte(0)
	for r.at < len(r.list) {
		c := compound{}
		first := r.at
		if !r.compound(&c, sel) || r.at == first || len(sel.parts) >= maxParts {
			return nil, false
		}
		// A combinator belongs to the compound on its left.
		if n := len(sel.parts); n > 0 {
			sel.parts[n-1].combinator = combinator
		}
		sel.parts = append(sel.parts, c)
		if r.at >= len(r.list) {
			break
		}
		if sel.pseudo != noPseudo {
			return nil, false
		}
		t := r.peek()
		combinator = ' '
		if t.delim('>') || t.delim('+') || t.delim('~') {
			combinator = t.text[0]
			if r.at++; r.at >= len(r.list) {
				return nil, false
			}
		} else if !t.spaced {
			return nil, false
		}
	}
	if len(sel.parts) == 0 {
		return nil, false
	}
	for i, j := 0, len(sel.parts)-1; i < j; i, j = i+1, j-1 {
		sel.parts[i], sel.parts[j] = sel.parts[j], sel.parts[i]
	}
	return sel, true
}

// compound reads simple selectors that stand together.
func (r *selectorReader) compound(c *compound, sel *selector) bool {
	for first := r.at; r.at < len(r.list); {
		t := r.peek()
		if t.spaced && r.at > first {
			return true
		}
		switch {
		case t.kind == css.IdentToken && r.at == first:
			c.tag = strings.ToLower(ident(t.text))
			sel.weight++
			r.at++
			if r.peek().delim('|') {
				return false // namespaces
			}
		case t.delim('*') && r.at == first:
			r.at++
		case t.kind == css.HashToken:
			c.id = ident(t.text[1:])
			sel.weight += 1 << 20
			r.at++
		case t.delim('.'):
			r.at++
			name := r.peek()
			if name.kind != css.IdentToken && name.kind != css.CustomPropertyNameToken || name.spaced {
				return false
			}
			c.classes = append(c.classes, ident(name.text))
			sel.weight += 1 << 10
			r.at++
		case t.kind == css.LeftBracketToken:
			end := blockEnd(r.list, r.at)
			if !c.attribute(r.list[r.at+1 : end-1]) {
				return false
			}
			sel.weight += 1 << 10
			r.at = end
		case t.kind == css.ColonToken:
			r.at++
			if !r.pseudo(c, sel) {
				return false
			}
		default:
			return r.at > first
		}
		if sel.weight > 1<<30 {
			return false
		}
	}
	return true
}

// foldedAttrs are attributes whose values HTML compares in any case.
var foldedAttrs = map[string]bool{
	"align": true, "bgcolor": true, "charset": true, "checked": true, "clear": true, "color": true, "compact": true, "dir": true, "disabled": true, "face": true,
	"frame": true, "hreflang": true, "http-equiv": true, "lang": true, "link": true, "media": true, "method": true, "multiple": true, "nohref": true, "noshade": true, "nowrap": true,
	"readonly": true, "rel": true, "rev": true, "rules": true, "scope": true, "selected": true, "shape": true, "target": true, "text": true, "type": true, "valign": true, "vlink": true,
}

// attribute reads what is between brackets.
func (c *compound) attribute(list []token) bool {
	if len(list) == 0 || list[0].kind != css.IdentToken && list[0].kind != css.CustomPropertyNameToken {
		return false
	}
	a := attrTest{key: strings.ToLower(ident(list[0].text))}
	a.fold = foldedAttrs[a.key]
	if len(list) > 1 {
		if len(list) < 3 || len(list) > 4 {
			return false
		}
		switch op := list[1]; {
		case op.delim('='):
			a.op = css.DelimToken
		case op.kind >= css.IncludeMatchToken && op.kind <= css.SubstringMatchToken:
			a.op = op.kind
		default:
			return false
		}
		switch v := list[2]; v.kind {
		case css.IdentToken, css.CustomPropertyNameToken:
			a.val = ident(v.text)
		case css.StringToken:
			a.val = quoted(v.text)
		default:
			return false
		}
		if len(list) == 4 {
			if !list[3].is("i") && !list[3].is("s") {
				return false
			}
			a.fold = list[3].is("i")
		}
	}
	c.attrs = append(c.attrs, a)
	return true
}

package css

import (
	"strconv"
	"strings"

	"github.com/tdewolff/parse/v2/css"
)

// stillTests are pseudo-classes that need no argument.
var stillTests = map[string]test{
	"root": {kind: testRoot}, "scope": {kind: testRoot}, "empty": {kind: testEmpty},
	"link": {kind: testLink}, "any-link": {kind: testLink}, "-webkit-any-link": {kind: testLink},
	"checked": {kind: testChecked}, "default": {kind: testChecked}, "disabled": {kind: testDisabled}, "enabled": {kind: testEnabled},
	"first-child": {kind: testNthChild, b: 1}, "last-child": {kind: testNthLastChild, b: 1},
	"first-of-type": {kind: testNthOfType, b: 1}, "last-of-type": {kind: testNthLastOfType, b: 1},
}

// neverTests are those that nothing in a mail fulfils: nobody points, presses
// or plays.
var neverTests = map[string]bool{
	"hover": true, "active": true, "focus": true, "focus-within": true, "focus-visible": true, "visited": true, "target": true, "target-within": true,
	"indeterminate": true, "valid": true, "invalid": true, "required": true, "in-range": true, "out-of-range": true, "user-valid": true, "user-invalid": true,
	"fullscreen": true, "host": true, "defined": true, "modal": true, "playing": true, "paused": true, "autofill": true, "-webkit-autofill": true, "open": true,
	"optional": true, "read-only": true, "read-write": true, "placeholder-shown": true, "popover-open": true, "picture-in-picture": true,
	"first": true, "left": true, "right": true, "-webkit-full-screen": true, "-webkit-drag": true, "current": true, "past": true, "future": true,
}

// pseudo reads what follows a colon.
func (r *selectorReader) pseudo(c *compound, sel *selector) bool {
	t := r.peek()
	if t.spaced {
		return false
	}
	if t.kind == css.ColonToken {
		r.at++
		return r.element(sel)
	}
	switch t.kind {
	case css.IdentToken:
		name := strings.ToLower(ident(t.text))
		switch name {
		case "before", "after", "first-line", "first-letter":
			return r.element(sel)
		case "only-child":
			c.tests = append(c.tests, stillTests["first-child"], stillTests["last-child"])
		case "only-of-type":
			c.tests = append(c.tests, stillTests["first-of-type"], stillTests["last-of-type"])
		default:
			ts, ok := stillTests[name]
			if !ok && !neverTests[name] {
				return false
			}
			c.tests = append(c.tests, ts)
		}
		sel.weight += 1 << 10
		r.at++
		return true
	case css.FunctionToken:
		end := blockEnd(r.list, r.at)
		args := r.list[r.at+1 : end]
		if n := len(args); n > 0 && args[n-1].kind == css.RightParenthesisToken {
			args = args[:n-1]
		}
		r.at = end
		return r.function(c, sel, strings.ToLower(ident(t.text)), args)
	}
	return false
}

// element reads a pseudo-element. One of another browser spoils the list,
// except those that begin with -webkit-.
func (r *selectorReader) element(sel *selector) bool {
	t := r.peek()
	if t.kind != css.IdentToken && t.kind != css.FunctionToken || t.spaced || sel.pseudo != noPseudo {
		return false
	}
	name := strings.TrimSuffix(strings.ToLower(t.text), "(")
	switch name {
	case "before":
		sel.pseudo = beforePseudo
	case "after":
		sel.pseudo = afterPseudo
	case "first-letter":
		sel.pseudo = letterPseudo
	case "first-line", "selection", "placeholder", "marker", "backdrop", "cue", "slotted", "part", "file-selector-button", "grammar-error", "spelling-error", "target-text", "view-transition":
		sel.pseudo = otherPseudo
	default:
		if !strings.HasPrefix(name, "-webkit-") {
			return false
		}
		sel.pseudo = otherPseudo
	}
	sel.weight++
	if r.at++; t.kind == css.FunctionToken {
		r.at = blockEnd(r.list, r.at-1)
	}
	return true
}

var nthKinds = map[string]testKind{
	"nth-child(": testNthChild, "nth-last-child(": testNthLastChild, "nth-of-type(": testNthOfType, "nth-last-of-type(": testNthLastOfType,
}

// function reads a pseudo-class with arguments.
func (r *selectorReader) function(c *compound, sel *selector, name string, args []token) bool {
	if kind, ok := nthKinds[name]; ok {
		a, b, ok := nth(args)
		c.tests = append(c.tests, test{kind: kind, a: a, b: b})
		sel.weight += 1 << 10
		return ok
	}
	switch name {
	case "not(", "is(", "where(", "matches(", "-webkit-any(", "has(":
	case "lang(", "dir(", "state(", "host(", "host-context(":
		c.tests = append(c.tests, test{})
		sel.weight += 1 << 10
		return true
	default:
		return false
	}
	if r.depth >= maxIs || name == "has(" && r.depth > 0 {
		return false
	}
	if name == "has(" && len(args) > 0 && args[0].kind == css.DelimToken && args[0].text != "*" && args[0].text != "." {
		// A relative selector; only descendants are looked at.
		if !args[0].delim('>') {
			c.tests = append(c.tests, test{})
			return true
		}
		args = args[1:]
	}
	list := r.forgiving(args, name == "is(" || name == "where(")
	if list == nil && (name != "is(" && name != "where(") {
		return false
	}
	kind := testIs
	switch name {
	case "not(":
		kind = testNot
	case "has(":
		kind = testHas
	}
	c.tests = append(c.tests, test{kind: kind, list: list})
	if name != "where(" {
		heaviest := uint32(0)
		for _, s := range list {
			heaviest = max(heaviest, s.weight)
		}
		sel.weight += heaviest
	}
	return true
}

// forgiving reads a list of selectors; if it may, it leaves out those that are
// not valid.
func (r *selectorReader) forgiving(args []token, may bool) []*selector {
	if !may {
		list, ok := selectorList(args, r.depth+1)
		if !ok {
			return nil
		}
		return list
	}
	var list []*selector
	for _, part := range splitCommas(args) {
		if one, ok := selectorList(part, r.depth+1); ok && len(list) < maxSelectors {
			list = append(list, one...)
		}
	}
	return list
}

// nth reads an+b. The lexer cuts it in odd places ("2n+1" is one token and a
// number), so it is put together again.
func nth(args []token) (a, b int, ok bool) {
	var text strings.Builder
	for i := range args {
		switch t := &args[i]; t.kind {
		case css.NumberToken, css.IdentToken, css.DelimToken, css.CustomPropertyNameToken:
			text.WriteString(t.text)
		case css.DimensionToken:
			text.WriteString(trimFloat(t.num) + t.text)
		default:
			return 0, 0, false
		}
	}
	s := strings.ToLower(text.String())
	switch s {
	case "odd":
		return 2, 1, true
	case "even":
		return 2, 0, true
	}
	before, after, has := strings.Cut(s, "n")
	if !has {
		b, err := strconv.Atoi(s)
		return 0, b, err == nil
	}
	switch before {
	case "", "+":
		a = 1
	case "-":
		a = -1
	default:
		var err error
		if a, err = strconv.Atoi(before); err != nil {
			return 0, 0, false
		}
	}
	if after == "" {
		return a, 0, true
	}
	b, err := strconv.Atoi(after)
	return a, b, err == nil
}

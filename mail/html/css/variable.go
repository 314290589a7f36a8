package css

import (
	"strings"

	"github.com/tdewolff/parse/v2/css"

	"postrider/mail/html"
)

// variable is a declaration of a variable, or one that uses some.
type variable struct {
	name   string
	tokens []token
}

// scope is the variables that an element sets, and those around it.
type scope struct {
	outer *scope
	vars  map[string][]token
}

const (
	maxSubstituted = 200_000 // tokens that all variables of a mail may make
	maxValueTokens = 5_000   // tokens of one value
	maxVarDepth    = 16      // variables within variables
)

func (s *scope) get(name string) ([]token, bool) {
	for n := 0; s != nil && n < 1000; s, n = s.outer, n+1 {
		if list, ok := s.vars[name]; ok {
			return list, list != nil
		}
	}
	return nil, false
}

// scope collects the variables that an element sets.
func (c *cascade) scope(w *work, id html.ID) {
	var own *scope
	for _, important := range []bool{false, true} {
		for _, b := range c.blocks {
			if !b.vars || important && !b.important {
				continue
			}
			for i := range b.decls {
				d := &b.decls[i]
				if d.prop != pCustom || d.important != important {
					continue
				}
				if own == nil {
					own = &scope{outer: c.scopeOf(c.sheets.doc.Node(id).Parent), vars: map[string][]token{}}
				}
				v := d.val.ref.(*variable)
				own.vars[v.name] = v.tokens
				if len(v.tokens) == 1 && v.tokens[0].is("initial") {
					own.vars[v.name] = nil
				}
			}
		}
	}
	if own == nil {
		return
	}
	if c.vars == nil {
		c.vars = map[html.ID]*scope{}
	}
	c.vars[id] = own
}

// scopeOf is the scope that an element is in.
func (c *cascade) scopeOf(id html.ID) *scope {
	if c.vars == nil {
		return nil
	}
	for ; id != html.None; id = c.sheets.doc.Node(id).Parent {
		if s, ok := c.vars[id]; ok {
			return s
		}
	}
	return nil
}

// substitute reads a declaration again with the variables filled in. It gives
// nil if that makes no sense.
func (c *cascade) substitute(id html.ID, d *decl) *block {
	v := d.val.ref.(*variable)
	list, ok := c.fill(nil, v.tokens, c.scopeOf(id), 0)
	if !ok || len(list) == 0 {
		return nil
	}
	b := &block{}
	c.sheets.values.property(b, v.name, list)
	for i := range b.decls {
		if b.decls[i].prop == pPending {
			return nil
		}
		b.decls[i].important = d.important
	}
	return b
}

// fill copies tokens, with the values of variables in their places.
func (c *cascade) fill(out, list []token, s *scope, depth int) ([]token, bool) {
	if depth > maxVarDepth {
		return out, false
	}
	for i := 0; i < len(list); i++ {
		t := list[i]
		if t.kind != css.FunctionToken || !strings.EqualFold(t.text, "var(") && !strings.EqualFold(t.text, "env(") {
			if c.sheets.space--; c.sheets.space < 0 || len(out) > maxValueTokens {
				return out, false
			}
			out = append(out, t)
			continue
		}
		end := blockEnd(list, i)
		args := list[i+1 : end]
		if n := len(args); n > 0 && args[n-1].kind == css.RightParenthesisToken {
			args = args[:n-1]
		}
		i = end - 1
		if len(args) == 0 {
			return out, false
		}
		if c.sheets.space--; c.sheets.space < 0 {
			return out, false
		}
		val, ok := s.get(args[0].text)
		if !ok {
			// What stands after the comma is for this case.
			if len(args) < 2 || args[1].kind != css.CommaToken {
				return out, false
			}
			val = args[2:]
		}
		if out, ok = c.fill(out, val, s, depth+1); !ok {
			return out, false
		}
	}
	return out, true
}

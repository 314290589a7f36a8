package css

import (
	"strings"

	"github.com/tdewolff/parse/v2/css"
)

// decl is a declaration of one longhand property.
type decl struct {
	prop      prop
	important bool
	val       value
}

// block reads a list of declarations (CSS Syntax 3, section 5.5). What is not
// valid is dropped up to the next semicolon.
func (v *values) block(list []token) *block {
	b := &block{decls: make([]decl, 0, 4+len(list)/4)}
	for i := 0; i < len(list); {
		end, braces := i, false
		for end < len(list) && list[end].kind != css.SemicolonToken {
			if list[end].kind == css.LeftBraceToken && !strings.HasPrefix(list[i].text, "--") {
				// A rule within the rule.
				end, braces = blockEnd(list, end), true
				break
			}
			if opens(list[end].kind) {
				end = blockEnd(list, end)
				continue
			}
			end++
		}
		if !braces && end > i+2 && list[i+1].kind == css.ColonToken {
			v.declaration(b, list[i].text, list[i].kind, list[i+2:end])
		} else if !braces && end == i+2 && list[i].kind == css.CustomPropertyNameToken {
			v.declaration(b, list[i].text, list[i].kind, nil)
		}
		if i = end; i < len(list) && list[i].kind == css.SemicolonToken {
			i++
		}
	}
	return b
}

// declaration reads the value of a property and appends what it declares.
func (v *values) declaration(b *block, name string, kind css.TokenType, list []token) {
	important := false
	if n := len(list); n >= 2 && list[n-1].is("important") && list[n-2].delim('!') {
		list, important = list[:n-2], true
	}
	first := len(b.decls)
	switch {
	case kind == css.CustomPropertyNameToken:
		b.decls = append(b.decls, decl{prop: pCustom, val: value{kind: vTokens, ref: &variable{name: name, tokens: list}}})
	case kind != css.IdentToken || len(list) == 0:
		return
	default:
		v.property(b, strings.ToLower(ident(name)), list)
	}
	for i := first; i < len(b.decls); i++ {
		d := &b.decls[i]
		d.important = important
		b.important = b.important || important
		b.early = b.early || d.prop <= lastEarly
		b.vars = b.vars || d.prop <= pPending
	}
}

// property appends the longhands that a property declares, if its value is
// valid.
func (v *values) property(b *block, name string, list []token) {
	p, ok := properties[name]
	if !ok {
		return
	}
	if usesVar(list) {
		b.decls = append(b.decls, decl{prop: pPending, val: value{kind: vTokens, ref: &variable{name: name, tokens: list}}})
		return
	}
	first := len(b.decls)
	if len(list) == 1 && list[0].kind == css.IdentToken {
		if wide, ok := wideWords[strings.ToLower(list[0].text)]; ok {
			for _, long := range p.longs {
				b.decls = append(b.decls, decl{prop: long, val: value{kind: wide}})
			}
			return
		}
	}
	v.at, v.list, v.out = 0, list, b
	if !p.parse(v, p) || v.at < len(v.list) {
		b.decls = b.decls[:first]
	}
}

// usesVar reports whether a value has to wait for a variable's.
func usesVar(list []token) bool {
	for i := range list {
		if list[i].kind == css.FunctionToken && (strings.EqualFold(list[i].text, "var(") || strings.EqualFold(list[i].text, "env(")) {
			return true
		}
	}
	return false
}

// wideWords are values that every property takes.
var wideWords = map[string]valueKind{
	"inherit": vInherit, "initial": vInitial, "unset": vUnset, "revert": vRevert, "revert-layer": vRevert,
}

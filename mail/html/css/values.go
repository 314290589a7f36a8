package css

import (
	"strings"

	"github.com/tdewolff/parse/v2/css"
)

// valueKind says what a value is.
type valueKind uint8

const (
	vWord    valueKind = iota // word
	vLength                   // num and unit
	vPercent                  // num
	vNumber                   // num
	vColor                    // color
	vCalc                     // ref is a *calc
	vString                   // ref is a string
	vRef                      // ref is what the property needs
	vTokens                   // ref is a *variable
	vInherit
	vInitial
	vUnset
	vRevert
)

// value is the value of a longhand as it was declared.
type value struct {
	kind  valueKind
	word  uint8
	unit  unit
	color Color
	num   float32
	ref   any
}

// wide reports whether it is a value that every property takes.
func (k valueKind) wide() bool { return k >= vInherit }

func wordValue[T ~uint8](w T) value { return value{kind: vWord, word: uint8(w)} }

// values reads values. One is used for a whole mail, so that equal lists of
// families are the same.
type values struct {
	list []token // of the value being read
	at   int
	out  *block

	families map[string]*Families
	tokens   []token
}

// add declares a longhand.
func (v *values) add(p prop, val value) bool {
	v.out.decls = append(v.out.decls, decl{prop: p, val: val})
	return true
}

// peek is the next token, or one that is nothing.
func (v *values) peek() *token {
	if v.at < len(v.list) {
		return &v.list[v.at]
	}
	return &noToken
}

var noToken = token{kind: css.ErrorToken}

func (v *values) done() bool { return v.at >= len(v.list) }

// lower is the next token as a word in lower case, or "".
func (v *values) lower() string {
	if t := v.peek(); t.kind == css.IdentToken {
		return strings.ToLower(t.text)
	}
	return ""
}

// lookup takes the next token if it is one of the words.
func (v *values) lookup(m map[string]uint8) (uint8, bool) {
	w, ok := m[v.lower()]
	if ok {
		v.at++
	}
	return w, ok
}

// word reads a property that is a word.
func (v *values) word(p property) bool {
	w, ok := v.lookup(p.words)
	return ok && v.add(p.longs[0], wordValue(w))
}

// skipWord takes the next token if it is this word.
func (v *values) skipWord(w string) bool {
	if v.peek().is(w) {
		v.at++
		return true
	}
	return false
}

// slash takes the next token if it is a slash.
func (v *values) slash() bool {
	if v.peek().delim('/') {
		v.at++
		return true
	}
	return false
}

func (v *values) comma() bool {
	if v.peek().kind == css.CommaToken {
		v.at++
		return true
	}
	return false
}

// function takes a function with this name, and gives its arguments. Neither
// happens if the next token is another.
func (v *values) function(name string) ([]token, bool) {
	t := v.peek()
	if t.kind != css.FunctionToken || !strings.EqualFold(t.text[:len(t.text)-1], name) {
		return nil, false
	}
	return v.arguments(), true
}

// arguments takes the function that is next, and gives what is in its brackets.
func (v *values) arguments() []token {
	end := blockEnd(v.list, v.at)
	args := v.list[v.at+1 : end]
	if n := len(args); n > 0 && args[n-1].kind == css.RightParenthesisToken {
		args = args[:n-1]
	}
	v.at = end
	return args
}

// within reads a part of a value by itself.
func (v *values) within(list []token, read func() bool) bool {
	outer, at := v.list, v.at
	v.list, v.at = list, 0
	ok := read() && v.done()
	v.list, v.at = outer, at
	return ok
}

package query

import (
	"strings"
	"unicode"
)

// String writes e as a person would type it; Parse reads it back as it was.
func String(e Expr) string {
	return string(e.appendTo(nil))
}

func (a And) appendTo(b []byte) []byte { return join(b, a, " ", false) }

// An Or needs no parentheses inside an And: it binds closer.
func (o Or) appendTo(b []byte) []byte { return join(b, o, " OR ", true) }

func (n Not) appendTo(b []byte) []byte {
	if inner, ok := n.Expr.(Not); ok {
		return append(inner.appendTo(append(b, "-("...)), ')') // "--x" would be a word
	}
	return group(append(b, '-'), n.Expr)
}

func (t Text) appendTo(b []byte) []byte {
	if t.Field != Anywhere {
		b = append(append(b, t.Field...), ':')
	}
	b = append(b, quote(t.Value)...)
	if t.Prefix {
		b = append(b, '*')
	}
	return b
}

func (i Is) appendTo(b []byte) []byte        { return append(append(b, "is:"...), i.State...) }
func (h Has) appendTo(b []byte) []byte       { return append(append(b, "has:"...), h.Thing...) }
func (i In) appendTo(b []byte) []byte        { return append(b, "in:"+quote(i.Mailbox)...) }
func (t Tagged) appendTo(b []byte) []byte    { return append(b, "tag:"+quote(t.Tag)...) }
func (a InAccount) appendTo(b []byte) []byte { return append(b, "account:"+quote(a.Account)...) }

func (d Dated) appendTo(b []byte) []byte {
	return append(b, string(d.Side)+":"+d.When.String()...)
}

func (s Sized) appendTo(b []byte) []byte {
	if s.Larger {
		return append(b, "larger:"+formatSize(s.Bytes)...)
	}
	return append(b, "smaller:"+formatSize(s.Bytes)...)
}

func join(b []byte, parts []Expr, between string, groups bool) []byte {
	for i, p := range parts {
		if i > 0 {
			b = append(b, between...)
		}
		if groups {
			b = group(b, p)
			continue
		}
		b = p.appendTo(b)
	}
	return b
}

// group puts parentheses around what is more than one term.
func group(b []byte, e Expr) []byte {
	switch e.(type) {
	case And, Or:
		return append(e.appendTo(append(b, '(')), ')')
	}
	return e.appendTo(b)
}

// quote puts quotes around a value that would be read as something else.
func quote(value string) string {
	if bareSafe(value) {
		return value
	}
	return `"` + strings.ReplaceAll(value, `"`, `""`) + `"`
}

func bareSafe(value string) bool {
	switch value {
	case "", "AND", "OR", "NOT":
		return false
	}
	if value[0] == '-' || strings.HasSuffix(value, "*") || strings.ContainsAny(value, `()"“”„:：`) {
		return false
	}
	return strings.IndexFunc(value, unicode.IsSpace) < 0
}

package css

import (
	"strconv"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
)

// token is a token of CSS other than white space and comments.
type token struct {
	kind   css.TokenType
	spaced bool    // white space came before it
	num    float64 // of numbers, percentages and dimensions
	text   string  // as written; of dimensions the unit in lower case
}

// maxTokens is how many tokens of one sheet are read.
const maxTokens = 400_000

// tokenize cuts CSS into tokens, appended to list. Their texts share the
// source's bytes.
func tokenize(list []token, source string) []token {
	l := css.NewLexer(parse.NewInputString(source))
	spaced := false
	for at := 0; len(list) < maxTokens; {
		kind, data := l.Next()
		if kind == css.ErrorToken {
			break
		}
		text := source[at : at+len(data)]
		at += len(data)
		switch kind {
		case css.WhitespaceToken:
			spaced = true
			continue
		case css.CommentToken:
			continue
		}
		t := token{kind: kind, spaced: spaced, text: text}
		switch kind {
		case css.NumberToken, css.PercentageToken, css.DimensionToken:
			t.number()
		}
		list = append(list, t)
		spaced = false
	}
	return list
}

// number reads a token's figures, and leaves its unit as the text.
func (t *token) number() {
	n := 0
	if n < len(t.text) && (t.text[0] == '-' || t.text[0] == '+') {
		n++
	}
	for n < len(t.text) && (t.text[n] >= '0' && t.text[n] <= '9' || t.text[n] == '.') {
		n++
	}
	if n+1 < len(t.text) && t.text[n]|0x20 == 'e' {
		m := n + 1
		if t.text[m] == '-' || t.text[m] == '+' {
			m++
		}
		if m < len(t.text) && t.text[m] >= '0' && t.text[m] <= '9' {
			for n = m; n < len(t.text) && t.text[n] >= '0' && t.text[n] <= '9'; n++ {
			}
		}
	}
	t.num, _ = strconv.ParseFloat(t.text[:n], 64)
	t.num = max(-1e9, min(1e9, t.num)) // no page is larger, and sums stay finite
	if t.kind == css.DimensionToken {
		t.text = strings.ToLower(t.text[n:])
	}
}

// is reports whether a token is this word, in any case.
func (t *token) is(word string) bool {
	return t.kind == css.IdentToken && strings.EqualFold(t.text, word)
}

// delim reports whether a token is this single character.
func (t *token) delim(c byte) bool {
	return t.kind == css.DelimToken && t.text[0] == c
}

// ident is the name that an identifier, a hash or a function stands for, its
// escapes resolved.
func ident(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	return unescape(text)
}

// unescape resolves the escapes of CSS.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b.WriteByte(s[i])
			continue
		}
		if i++; i >= len(s) {
			break
		}
		n := i
		for n < len(s) && n < i+6 && strings.IndexByte("0123456789abcdefABCDEF", s[n]) >= 0 {
			n++
		}
		if n == i {
			if s[i] != '\n' {
				b.WriteByte(s[i])
			}
			continue
		}
		r, _ := strconv.ParseUint(s[i:n], 16, 32)
		if r == 0 || r > 0x10FFFF {
			r = 0xFFFD
		}
		b.WriteRune(rune(r))
		if n < len(s) && strings.IndexByte(" \t\n\r\f", s[n]) >= 0 {
			n++
		}
		i = n - 1
	}
	return b.String()
}

// quoted is the text of a string token.
func quoted(text string) string {
	if len(text) > 0 {
		q := text[0]
		text = text[1:]
		if len(text) > 0 && text[len(text)-1] == q {
			text = text[:len(text)-1]
		}
	}
	return ident(text)
}

// reference is what a url() token refers to.
func reference(text string) string {
	_, ref, _ := strings.Cut(text, "(")
	ref = strings.Trim(strings.TrimSuffix(ref, ")"), " \t\r\n\f")
	if len(ref) > 0 && (ref[0] == '"' || ref[0] == '\'') {
		return quoted(ref)
	}
	return ident(ref)
}

// opens reports whether a token begins a block that has to be closed.
func opens(k css.TokenType) bool {
	switch k {
	case css.FunctionToken, css.LeftParenthesisToken, css.LeftBracketToken, css.LeftBraceToken:
		return true
	}
	return false
}

func closes(k css.TokenType) bool {
	switch k {
	case css.RightParenthesisToken, css.RightBracketToken, css.RightBraceToken:
		return true
	}
	return false
}

// blockEnd is the index behind the block that begins at i. A closing bracket
// of another kind than the open one has no meaning.
func blockEnd(list []token, i int) int {
	var room [16]css.TokenType
	open := room[:0]
	for ; i < len(list); i++ {
		switch k := list[i].kind; {
		case opens(k):
			open = append(open, closing(k))
		case closes(k) && len(open) > 0 && open[len(open)-1] == k:
			open = open[:len(open)-1]
			if len(open) == 0 {
				return i + 1
			}
		}
	}
	return i
}

// closing is the bracket that closes a block.
func closing(k css.TokenType) css.TokenType {
	switch k {
	case css.LeftBracketToken:
		return css.RightBracketToken
	case css.LeftBraceToken:
		return css.RightBraceToken
	}
	return css.RightParenthesisToken
}

// splitCommas cuts a list at the commas that are not in brackets.
func splitCommas(list []token) [][]token {
	var parts [][]token
	first, depth := 0, 0
	for i := range list {
		switch k := list[i].kind; {
		case opens(k):
			depth++
		case closes(k):
			depth--
		case k == css.CommaToken && depth == 0:
			parts = append(parts, list[first:i])
			first = i + 1
		}
	}
	return append(parts, list[first:])
}

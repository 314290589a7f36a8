package css

import (
	"strings"

	"github.com/tdewolff/parse/v2/css"
)

// rule is a selector with its declarations.
type rule struct {
	sel   *selector
	block *block
	asks  around
	media int32 // its condition's index in the sheet, or 0 for none
	order int32
}

// block is a list of declarations.
type block struct {
	decls     []decl
	important bool // some are
	early     bool // some have to be known before the others
	vars      bool // some use or set variables
}

// maxRules is how many rules of one mail count; a mail has a few hundred.
const maxRules = 20_000

// grammar reads the rules of a sheet (CSS Syntax 3, section 5).
type grammar struct {
	sheets *Sheets
	tokens []token
	at     int
}

// rules reads rules up to the end, or to the brace that closes a block.
func (g *grammar) rules(media int32, nested int) {
	for g.at < len(g.tokens) {
		switch t := &g.tokens[g.at]; t.kind {
		case css.CDOToken, css.CDCToken, css.SemicolonToken:
			g.at++
		case css.AtKeywordToken:
			g.atRule(media, nested)
		case css.RightBraceToken:
			if nested > 0 {
				g.at++
				return
			}
			g.styleRule(media)
		default:
			g.styleRule(media)
		}
	}
}

// atRule reads what begins with an @. What is not known, or would have to be
// fetched, is skipped.
func (g *grammar) atRule(media int32, nested int) {
	name := strings.ToLower(g.tokens[g.at].text)
	first := g.at + 1
	g.at = first
	for g.at < len(g.tokens) {
		k := g.tokens[g.at].kind
		if k == css.SemicolonToken {
			g.at++
			return
		}
		if k == css.RightBraceToken && nested > 0 {
			return
		}
		if k == css.LeftBraceToken {
			break
		}
		g.at = g.skip(g.at)
	}
	if g.at >= len(g.tokens) {
		return
	}
	prelude := g.tokens[first:g.at]
	if nested < 16 {
		switch name {
		case "@media":
			g.at++
			g.rules(g.sheets.condition(prelude, media), nested+1)
			return
		case "@supports", "@layer", "@container", "@scope", "@-moz-document", "@starting-style":
			if name == "@layer" || name == "@supports" && supports(prelude) {
				g.at++
				g.rules(media, nested+1)
				return
			}
		}
	}
	g.at = blockEnd(g.tokens, g.at)
}

// skip is the index behind the token at i, or behind the block it opens.
func (g *grammar) skip(i int) int {
	if opens(g.tokens[i].kind) {
		return blockEnd(g.tokens, i)
	}
	return i + 1
}

// styleRule reads selectors and their declarations.
func (g *grammar) styleRule(media int32) {
	first := g.at
	for g.at < len(g.tokens) && g.tokens[g.at].kind != css.LeftBraceToken {
		g.at = g.skip(g.at)
	}
	if g.at >= len(g.tokens) {
		return
	}
	prelude := g.tokens[first:g.at]
	end := blockEnd(g.tokens, g.at)
	body := g.tokens[g.at+1 : end]
	if n := len(body); n > 0 && body[n-1].kind == css.RightBraceToken {
		body = body[:n-1]
	}
	g.at = end
	selectors, ok := parseSelectors(prelude)
	if !ok {
		return
	}
	b := g.sheets.values.block(body)
	if len(b.decls) == 0 {
		return
	}
	for _, sel := range selectors {
		g.sheets.add(sel, b, media)
	}
}

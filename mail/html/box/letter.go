package box

import (
	"unicode"
	"unicode/utf8"

	"postrider/mail/html"
	"postrider/mail/html/css"
	"postrider/mail/typeset"
)

// text adds a text, the first letter of a block in a style of its own if it has
// one.
func (c *content) text(id html.ID, text string) {
	if c.letter != nil && !onlySpace(text) {
		text = c.firstLetter(id, text)
	}
	if text != "" {
		c.run = append(c.run, piece{kind: textPiece, node: id, style: c.textStyle(), text: text})
	}
}

// firstLetter adds the first letter of a text, and gives the rest. What stands
// before it on the line makes it a letter like any other.
func (c *content) firstLetter(id html.ID, text string) (rest string) {
	s := c.letter
	c.letter = nil
	if len(c.kids) > 0 || !blank(c.run) || c.depth >= deepest {
		return text
	}
	from, to := letterIn(text)
	p := piece{kind: textPiece, node: id, style: s, text: text[from:to], letter: true}
	if s.Float == css.FloatNone {
		edge := p
		edge.kind, edge.text = openPiece, ""
		end := edge
		end.kind = closePiece
		c.run = append(c.run, edge, p, end)
		return text[to:]
	}
	box := c.builder.box(blockBox, s, c.box.node)
	box.adopt([]piece{p})
	c.place(box)
	return text[to:]
}

// handDown leaves the first letter to the block that is about to be made, if that
// begins the block.
func (c *content) handDown(s *css.Style) {
	if c.letter == nil || s.Float != css.FloatNone || s.Display != css.Block && s.Display != css.ListItem {
		return
	}
	if len(c.kids) == 0 && blank(c.run) {
		c.builder.letter = c.letter
	}
	c.letter = nil
}

// letterIn is where the first letter of a text is, with the punctuation around
// it (CSS Pseudo 4, 2.2).
func letterIn(text string) (from, to int) {
	for from < len(text) && isSpace(text[from]) {
		from++
	}
	to = punctuation(text, from)
	to = typeset.NextCluster(text, to)
	return from, punctuation(text, to)
}

// punctuation is where the punctuation that begins at an offset ends.
func punctuation(text string, at int) int {
	for at < len(text) {
		r, n := utf8.DecodeRuneInString(text[at:])
		if !unicode.In(r, unicode.Ps, unicode.Pe, unicode.Pi, unicode.Pf, unicode.Po) {
			break
		}
		at += n
	}
	return at
}

package box

import (
	"strings"

	"golang.org/x/net/html/atom"

	"postrider/mail/html"
	"postrider/mail/html/css"
)

// builder makes the box tree of a document.
type builder struct {
	layouter *layouter // for the widths of texts in fields
	doc      *html.Document
	styles   *css.Styles
	pictures Pictures
	folded   func(html.ID) bool
	folds    map[html.ID]html.Fold
	made     anonymous
	letter   *css.Style // of the first letter, for the block that is about to be filled
	slab     []Box
	count    int
}

// deepest is how far boxes nest; what is deeper is left out.
const deepest = 400

// boxesAtMost bounds the boxes of one mail.
const boxesAtMost = 400_000

func (b *builder) box(k kind, s *css.Style, node html.ID) *Box {
	if len(b.slab) == 0 {
		b.slab = make([]Box, slabSize)
	}
	box := &b.slab[0]
	b.slab = b.slab[1:]
	b.count++
	*box = Box{kind: k, style: s, node: node, anchor: html.None, first: noBaseline, last: noBaseline, colspan: 1, rowspan: 1}
	return box
}

const slabSize = 64

// root makes the boxes of the whole document.
func (b *builder) root() *Box {
	s := b.styles.Of(html.Root)
	box := b.box(blockBox, s, html.Root)
	if s.Display != css.DisplayNone {
		b.fill(box, 0)
	}
	return box
}

// fill makes what is in an element's box.
func (b *builder) fill(box *Box, depth int) {
	if box.kind == flexBox || stacks(box.style.Display) {
		b.items(box, depth)
		return
	}
	c := content{builder: b, box: box, depth: depth}
	c.marker()
	if c.letter = b.styles.FirstLetter(box.node); c.letter == nil {
		c.letter = b.letter
	}
	b.letter = nil
	c.inside(box.node)
	c.finish()
}

// stacks reports whether children become boxes of their own, whatever they are.
func stacks(d css.Display) bool { return d == css.Grid || d == css.InlineGrid }

// content collects what is in a block container.
type content struct {
	*builder
	box    *Box
	kids   []*Box
	run    []piece // inline content since the last block
	open   []piece // the inline boxes that are open
	lined  bool    // the last of kids is lines, or stands in an inline box
	beside bool    // a block stands in no inline box
	heads  []*Box  // floats at the beginning of an inline box that a block splits
	depth  int
	letter *css.Style // of the first letter, while that is to come
}

// inside adds the content of an element, with what style sheets add to it.
func (c *content) inside(id html.ID) {
	c.pseudo(id, c.styles.Before(id))
	c.children(c.doc.Node(id).First, html.None)
	c.pseudo(id, c.styles.After(id))
}

// children adds siblings up to stop.
func (c *content) children(id, stop html.ID) {
	for id != stop && id != html.None {
		if c.count > boxesAtMost {
			return
		}
		if f, ok := c.folds[id]; ok {
			c.fold(f)
			if c.folded(f.First) {
				id = c.doc.Node(f.Last).Next
				continue
			}
		}
		if c.tablePart(id) {
			id = c.stray(id, stop)
			continue
		}
		c.node(id)
		id = c.doc.Node(id).Next
	}
}

func (c *content) node(id html.ID) {
	n := c.doc.Node(id)
	if n.Kind == html.Text {
		c.text(id, n.Data)
		return
	}
	s := c.styles.Of(id)
	switch {
	case s == nil || s.Display == css.DisplayNone:
	case n.Tag == atom.Br:
		c.run = append(c.run, piece{kind: breakPiece, node: id, style: s})
	case n.Tag == atom.Wbr:
		c.run = append(c.run, piece{kind: textPiece, node: id, style: s, text: "\u200b"})
	case s.Display == css.Contents:
		c.within(id)
	case c.isInline(id, s):
		c.inline(id, s)
	case c.depth < deepest:
		c.handDown(s)
		c.place(c.element(id, s, c.depth))
		c.builder.letter = nil
	}
}

// within adds the children of an element that has no box.
func (c *content) within(id html.ID) {
	if c.depth < deepest {
		c.depth++
		c.inside(id)
		c.depth--
	}
}

// textStyle is the style of text at this point.
func (c *content) textStyle() *css.Style {
	if n := len(c.open); n > 0 {
		return c.open[n-1].style
	}
	return c.box.style
}

func (b *builder) isInline(id html.ID, s *css.Style) bool {
	return s.Display == css.Inline && s.Float == css.FloatNone && s.Position != css.Absolute && s.Position != css.Fixed && !b.isReplaced(id)
}

func (c *content) inline(id html.ID, s *css.Style) {
	p := piece{kind: openPiece, node: id, style: s}
	c.run = append(c.run, p)
	c.open = append(c.open, p)
	c.within(id)
	c.open = c.open[:len(c.open)-1]
	p.kind = closePiece
	c.run = append(c.run, p)
}

// pseudo adds the box of ::before or ::after.
func (c *content) pseudo(id html.ID, s *css.Style) {
	if s == nil || s.Display == css.DisplayNone || c.depth >= deepest {
		return
	}
	if s.Display == css.Inline && s.Float == css.FloatNone && s.Position != css.Absolute && s.Position != css.Fixed {
		p := piece{kind: openPiece, node: id, style: s, generated: true}
		c.run = append(c.run, p)
		c.generate(id, s)
		p.kind = closePiece
		c.run = append(c.run, p)
		return
	}
	box := c.container(id, s)
	if box.kind == tableBox || box.kind == flexBox {
		box.kind = blockBox
		if s.Content == "" && s.ContentPicture == "" {
			box.kind, box.table = tableBox, &table{}
		}
	}
	inner := content{builder: c.builder, box: box, depth: c.depth + 1}
	inner.generate(id, s)
	inner.finish()
	c.place(box)
}

func (c *content) generate(id html.ID, s *css.Style) {
	if s.Content != "" {
		c.run = append(c.run, piece{kind: textPiece, node: id, style: s, text: s.Content, generated: true})
	}
	if s.ContentPicture != "" {
		box := c.standing(c.made.style(s, css.Inline), id)
		box.repl = c.picture("img", s.ContentPicture)
		box.atom = true
		c.run = append(c.run, piece{kind: atomPiece, node: id, style: box.style, box: box, generated: true})
	}
}

// standing makes the box of a picture that a style sheet puts on the line.
func (c *content) standing(s *css.Style, id html.ID) *Box {
	box := c.builder.box(replacedBox, s, id)
	box.parent = c.box
	return box
}

// marker puts a list item's marker in its first line, or beside it.
func (c *content) marker() {
	text := c.styles.Marker(c.box.node)
	if text == "" {
		return
	}
	if c.box.style.ListInside {
		c.insideMarker(text)
		return
	}
	c.box.marker = text
	if c.doc.Node(c.box.node).First == html.None {
		c.run = append(c.run, piece{kind: textPiece, node: c.box.node, style: c.box.style, text: "\u200b", generated: true})
	}
}

// insideMarker puts a marker on the line. Bullets have more room around them than
// the character would have.
func (c *content) insideMarker(text string) {
	s := c.box.style
	p := piece{kind: textPiece, node: c.box.node, style: s, text: text, generated: true}
	if !isBullet(s.ListType) {
		c.run = append(c.run, p)
		return
	}
	wide := *c.made.style(s, css.Inline)
	wide.Padding[css.Right] = css.Px(0.95*float64(s.Size) + 1)
	p.style, p.text = &wide, strings.TrimSpace(text)
	edge := p
	edge.kind = openPiece
	c.run = append(c.run, edge, p)
	edge.kind = closePiece
	c.run = append(c.run, edge)
}

// fold adds the button of quoted history.
func (c *content) fold(f html.Fold) {
	box := c.builder.box(controlBox, c.made.style(c.box.style, css.Block), f.First)
	c.place(box)
}

// element makes the box of an element that is not inline.
func (b *builder) element(id html.ID, s *css.Style, depth int) *Box {
	if b.isReplaced(id) {
		box := b.box(replacedBox, s, id)
		box.repl = b.replacedOf(id, s)
		box.atom = inlineLevel(s)
		return box
	}
	box := b.container(id, s)
	if box.kind == tableBox {
		b.tableOf(box, b.doc.Node(id).First, html.None, depth+1)
		return box
	}
	b.fill(box, depth+1)
	return box
}

// container makes an empty box of the kind that the style asks for.
func (b *builder) container(id html.ID, s *css.Style) *Box {
	k := blockBox
	switch s.Display {
	case css.Table, css.InlineTable:
		k = tableBox
	case css.Flex, css.InlineFlex:
		k = flexBox
	}
	box := b.box(k, s, id)
	box.atom = inlineLevel(s)
	return box
}

// inlineLevel reports whether a box that is no inline box stands on a line.
func inlineLevel(s *css.Style) bool {
	if s.Float != css.FloatNone || s.Position == css.Absolute || s.Position == css.Fixed {
		return false
	}
	switch s.Display {
	case css.Inline, css.InlineBlock, css.InlineTable, css.InlineFlex, css.InlineGrid:
		return true
	}
	return false
}

// place puts a box where it belongs: on the line, beside it, or below it.
func (c *content) place(box *Box) {
	box.parent = c.box
	p := piece{kind: atomPiece, node: box.node, style: box.style, box: box}
	switch {
	case box.absolute():
		p.kind = awayPiece
	case box.floating():
		p.kind = floatPiece
	case !box.atom:
		box.anchor = c.anchorHere()
		if n := len(c.open); n > 0 {
			box.around = c.open[n-1].style
		}
		c.flush()
		c.kids = append(c.kids, box)
		c.lined = len(c.open) > 0
		c.hang()
		return
	}
	c.run = append(c.run, p)
}

// anchorHere is the link among the inline boxes that are open.
func (c *content) anchorHere() html.ID {
	for i := len(c.open) - 1; i >= 0; i-- {
		if c.doc.Is(c.open[i].node, atom.A) {
			return c.open[i].node
		}
	}
	return html.None
}

// flush makes an anonymous block of the lines before a block. Inline boxes that
// are open go on after it (CSS 2.1 9.2.1.1).
func (c *content) flush() {
	for i := len(c.open) - 1; i >= 0; i-- {
		p := c.open[i]
		p.kind, p.cut = closePiece, true
		c.run = append(c.run, p)
	}
	if blank(c.run) {
		c.keepAside()
	} else {
		box := c.builder.box(blockBox, c.made.style(c.box.style, css.Block), c.box.node)
		box.parent = c.box
		box.adopt(c.run)
		box.flow.later = len(c.kids) > 0
		c.kids = append(c.kids, box)
		c.lined = true
	}
	c.run = nil
	for i := range c.open {
		c.open[i].cut = true
		c.run = append(c.run, c.open[i])
	}
}

// keepAside saves what does not stand on the line, when there is no line.
func (c *content) keepAside() {
	inBox := false
	for _, p := range c.run {
		switch p.kind {
		case openPiece:
			inBox = true
		case floatPiece:
			if inBox && !c.lined {
				c.heads = append(c.heads, p.box)
			}
			c.kids = append(c.kids, p.box)
		case awayPiece:
			c.kids = append(c.kids, p.box)
		}
	}
}

// hang lets floats wait for the next block. The lines of an inline box that a
// block splits are a block of their own if other blocks are beside it. A float
// at its beginning is placed where that block begins, whose margin is that of
// the block in it.
func (c *content) hang() {
	if c.lined && !c.beside {
		return
	}
	c.beside = c.beside || !c.lined
	for _, float := range c.heads {
		float.hangs = true
	}
	c.heads = c.heads[:0]
}

// adopt gives a box its lines.
func (b *Box) adopt(run []piece) {
	b.flow = &flow{pieces: run, style: b.style}
	for _, p := range run {
		if p.box != nil {
			p.box.parent = b
		}
	}
}

func (c *content) finish() {
	if len(c.kids) == 0 {
		c.box.adopt(c.run)
		return
	}
	c.flush()
	c.box.kids = c.kids
}

// items makes a box of each child, as flex and grid containers do.
func (b *builder) items(box *Box, depth int) {
	c := content{builder: b, box: box, depth: depth}
	wrap := func() {
		if !blank(c.run) || len(c.run) > 0 && c.run[0].kind == awayPiece {
			c.flush()
		}
		c.run = nil
	}
	c.pseudo(box.node, b.styles.Before(box.node))
	wrap()
	for id := b.doc.Node(box.node).First; id != html.None; id = b.doc.Node(id).Next {
		if n := b.doc.Node(id); n.Kind == html.Text || n.Tag == atom.Br || n.Tag == atom.Wbr {
			c.node(id)
			continue
		}
		s := b.styles.Of(id)
		if s == nil || s.Display == css.DisplayNone || depth >= deepest {
			continue
		}
		wrap()
		if s.Display == css.Contents {
			c.within(id)
			continue
		}
		kid := b.element(id, s, depth)
		kid.atom, kid.parent = false, box
		c.kids = append(c.kids, kid)
	}
	wrap()
	c.pseudo(box.node, b.styles.After(box.node))
	wrap()
	box.kids = c.kids
}

package box

import (
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"postrider/mail/html"
	"postrider/mail/html/css"
)

// displayOf is how a node takes part in a table: what floats or is absolute is
// a block there, as is text.
func (b *builder) displayOf(id html.ID) css.Display {
	if b.doc.Node(id).Kind == html.Text {
		return css.Inline
	}
	s := b.styles.Of(id)
	switch {
	case s == nil:
		return css.DisplayNone
	case s.Display == css.DisplayNone:
		return css.DisplayNone
	case s.Float != css.FloatNone || s.Position == css.Absolute || s.Position == css.Fixed || b.isReplaced(id):
		return css.Block
	}
	return s.Display
}

// tablePart reports whether an element belongs into a table.
func (b *builder) tablePart(id html.ID) bool {
	switch b.displayOf(id) {
	case css.Row, css.Cell, css.RowGroup, css.HeaderGroup, css.FooterGroup, css.Caption, css.Column, css.ColumnGroup:
		return true
	}
	return false
}

// stray makes a table around parts of one that are elsewhere, and gives the
// node after them (CSS 2.1 17.2.1).
func (c *content) stray(id, stop html.ID) html.ID {
	end := c.gather(id, stop, func(d css.Display, id html.ID) bool { return c.tablePart(id) })
	display := css.Table
	if len(c.open) > 0 {
		display = css.InlineTable
	}
	box := c.builder.box(tableBox, c.made.style(c.textStyle(), display), c.box.node)
	box.atom = display == css.InlineTable
	if c.depth < deepest {
		c.tableOf(box, id, end, c.depth+1)
	}
	c.place(box)
	return end
}

// gather goes over siblings that belong together, with the white space
// between them, and gives the node after the last.
func (b *builder) gather(id, stop html.ID, belongs func(css.Display, html.ID) bool) html.ID {
	end := id
	for id != stop && id != html.None {
		d := b.displayOf(id)
		switch {
		case d == css.DisplayNone || b.spaceNode(id):
		case belongs(d, id):
			end = b.doc.Node(id).Next
		default:
			return end
		}
		id = b.doc.Node(id).Next
	}
	return end
}

func (b *builder) spaceNode(id html.ID) bool {
	n := b.doc.Node(id)
	return n.Kind == html.Text && onlySpace(n.Data)
}

// skips reports whether a node leaves no trace in a table: white space, and
// the form elements that parsers leave there empty.
func (b *builder) skips(id html.ID) bool {
	n := b.doc.Node(id)
	return b.spaceNode(id) || n.Tag == atom.Form && n.First == html.None || b.displayOf(id) == css.DisplayNone
}

func isSection(d css.Display) bool {
	return d == css.RowGroup || d == css.HeaderGroup || d == css.FooterGroup
}

// tableOf makes the sections, captions and columns of a table.
func (b *builder) tableOf(box *Box, id, stop html.ID, depth int) {
	box.table = &table{}
	var heads, bodies, feet []*Box
	for id != stop && id != html.None {
		next := b.doc.Node(id).Next
		d := b.displayOf(id)
		switch {
		case b.skips(id):
		case d == css.Caption:
			caption := b.box(blockBox, b.styles.Of(id), id)
			caption.parent = box
			b.fill(caption, depth+1)
			box.table.captions = append(box.table.captions, caption)
		case d == css.Column || d == css.ColumnGroup:
			b.columns(box.table, id, d)
		case isSection(d):
			s := b.section(box, b.styles.Of(id), id, b.doc.Node(id).First, html.None, depth)
			switch {
			case d == css.HeaderGroup && heads == nil:
				heads = append(heads, s)
			case d == css.FooterGroup && feet == nil:
				feet = append(feet, s)
			default:
				bodies = append(bodies, s)
			}
		default:
			next = b.gather(id, stop, func(d css.Display, _ html.ID) bool {
				return !isSection(d) && d != css.Caption && d != css.Column && d != css.ColumnGroup
			})
			bodies = append(bodies, b.section(box, b.made.style(box.style, css.RowGroup), box.node, id, next, depth))
		}
		id = next
	}
	box.kids = append(append(heads, bodies...), feet...)
}

// columns takes col and colgroup elements in.
func (b *builder) columns(t *table, id html.ID, d css.Display) {
	s := b.styles.Of(id)
	if d == css.ColumnGroup {
		before := len(t.columns)
		for k := b.doc.Node(id).First; k != html.None; k = b.doc.Node(k).Next {
			if b.displayOf(k) == css.Column {
				b.columns(t, k, css.Column)
			}
		}
		if len(t.columns) > before {
			return
		}
	}
	for range b.spans(id, "span") {
		if len(t.columns) < widestSpan {
			t.columns = append(t.columns, s)
		}
	}
}

// spans reads an attribute that counts columns or rows.
func (b *builder) spans(id html.ID, key string) int {
	v := strings.TrimSpace(b.doc.Get(id, key))
	end := 0
	for end < len(v) && v[end] >= '0' && v[end] <= '9' {
		end++
	}
	n, err := strconv.Atoi(v[:end])
	if err != nil && end > 0 {
		return widestSpan
	}
	return min(max(n, 1), widestSpan)
}

// widestSpan bounds colspan and rowspan, as HTML does for the former.
const widestSpan = 1000

func (b *builder) section(parent *Box, s *css.Style, node, id, stop html.ID, depth int) *Box {
	box := b.box(sectionBox, s, node)
	box.parent = parent
	for id != stop && id != html.None && depth < deepest {
		next := b.doc.Node(id).Next
		switch {
		case b.skips(id):
		case b.displayOf(id) == css.Row:
			box.kids = append(box.kids, b.row(box, b.styles.Of(id), id, b.doc.Node(id).First, html.None, depth+1))
		default:
			next = b.gather(id, stop, func(d css.Display, _ html.ID) bool { return d != css.Row })
			box.kids = append(box.kids, b.row(box, b.made.style(s, css.Row), node, id, next, depth+1))
		}
		id = next
	}
	return box
}

func (b *builder) row(parent *Box, s *css.Style, node, id, stop html.ID, depth int) *Box {
	box := b.box(rowBox, s, node)
	box.parent = parent
	for id != stop && id != html.None && b.count < boxesAtMost {
		next := b.doc.Node(id).Next
		switch {
		case b.skips(id):
		case b.displayOf(id) == css.Cell:
			box.kids = append(box.kids, b.cell(box, id, depth+1))
		default:
			next = b.gather(id, stop, func(d css.Display, _ html.ID) bool { return d != css.Cell })
			cell := b.box(cellBox, b.made.style(s, css.Cell), node)
			cell.parent = box
			c := content{builder: b, box: cell, depth: depth + 1}
			c.children(id, next)
			c.finish()
			box.kids = append(box.kids, cell)
		}
		id = next
	}
	return box
}

func (b *builder) cell(parent *Box, id html.ID, depth int) *Box {
	box := b.box(cellBox, b.styles.Of(id), id)
	box.parent = parent
	if tag := b.doc.Node(id).Tag; tag == atom.Td || tag == atom.Th {
		box.colspan = int32(b.spans(id, "colspan"))
		box.rowspan = int32(b.rowspan(id))
	}
	b.fill(box, depth)
	return box
}

// rowspan is 0 if the cell goes on to the end of its section.
func (b *builder) rowspan(id html.ID) int {
	if strings.TrimSpace(b.doc.Get(id, "rowspan")) == "0" {
		return 0
	}
	return b.spans(id, "rowspan")
}

package css

import (
	"golang.org/x/net/html/atom"

	"postrider/mail/html"
)

// cascade computes the styles of one document for one medium.
type cascade struct {
	sheets   *Sheets
	styles   *Styles
	media    Media
	hold     []bool
	m        matcher
	inside   []around // by element, for its children
	rules    []rule
	blocks   []*block
	hint     block
	interned interned
	work     work
	layers   map[layerKey]*Layers
	cast     map[shadowKey]*Shadows
	tables   map[html.ID]*tableInfo
	vars     map[html.ID]*scope
	counts   counters
	root     float64
	none     *Style
}

// Cascade computes how each element looks.
func (s *Sheets) Cascade(m Media) *Styles {
	c := &cascade{
		sheets: s, media: m, hold: s.holds(m),
		styles:   &Styles{of: make([]*Style, s.doc.Len()), doc: s.doc},
		m:        matcher{d: s.doc, steps: maxSteps},
		inside:   make([]around, s.doc.Len()),
		interned: interned{},
		cast:     map[shadowKey]*Shadows{},
		counts:   counters{d: s.doc},
		root:     16,
	}
	s.space = maxSubstituted
	none := initial
	none.Display = DisplayNone
	c.none = &none
	for id := html.Root; int(id) < s.doc.Len(); {
		id = c.element(id)
	}
	return c.styles
}

// element computes one element's style, and gives the node to go on with.
func (c *cascade) element(id html.ID) html.ID {
	n := c.sheets.doc.Node(id)
	if n.Kind == html.Text {
		return id + 1
	}
	if hiddenTag(n.Tag) || n.Tag == atom.Form && c.inTable(n.Parent) {
		return c.hide(id, n.End)
	}
	parent := &initial
	if n.Parent != html.None {
		parent = c.styles.of[n.Parent]
	}
	var outside around
	if n.Parent != html.None {
		outside = c.inside[n.Parent]
	}
	c.rules = c.sheets.matching(c.rules[:0], &c.m, id, &outside, c.hold)
	if n.First != html.None {
		c.inside[id] = c.m.around(outside, id)
	}
	w := c.begin(parent)
	w.tag, w.listDepth, w.inList = n.Tag, c.listDepth(n), c.inList(n)
	c.blocks = append(c.blocks[:0], c.hintsOf(id, n))
	plain := true // no rules for pseudo-elements
	for i := range c.rules {
		if c.rules[i].sel.pseudo == noPseudo {
			c.blocks = append(c.blocks, c.rules[i].block)
		} else {
			plain = false
		}
	}
	if style := c.sheets.doc.Get(id, "style"); style != "" {
		c.blocks = append(c.blocks, c.sheets.inlineBlock(style))
	}
	w.uaEarly(n.Tag)
	c.early(w, id)
	if id == html.Root {
		c.root = float64(w.Size)
		w.root = c.root
	}
	w.uaLate(n.Tag, w.inList)
	c.run(w, id, false)
	if c.media.Flush && n.Tag == atom.Body && w.bare() {
		w.margins(0, 0, 0, 0)
	}
	st := c.finish(w, n.Tag)
	if st.Display == DisplayNone {
		return c.hide(id, n.End)
	}
	c.styles.of[id] = st
	c.count(id, n, w)
	if !plain || n.Tag == atom.Q {
		c.pseudo(id, n.Tag, st, beforePseudo)
		c.pseudo(id, n.Tag, st, afterPseudo)
		c.letter(id, st)
	}
	return id + 1
}

// inTable reports whether a node may only have parts of a table in it. The
// parser leaves forms there empty.
func (c *cascade) inTable(id html.ID) bool {
	switch c.sheets.doc.Node(id).Tag {
	case atom.Table, atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr:
		return true
	}
	return false
}

// hide gives a node and all that is in it no display.
func (c *cascade) hide(id, end html.ID) html.ID {
	for ; id < end; id++ {
		if c.sheets.doc.Node(id).Kind == html.Element {
			c.styles.of[id] = c.none
		}
	}
	return end
}

// begin is a style that has inherited and nothing else. There is one at a time.
func (c *cascade) begin(parent *Style) *work {
	w := &c.work
	*w = work{cast: c.cast}
	w.inherit(parent)
	w.media, w.root, w.size, w.line = c.media, c.root, float64(parent.Size), float64(parent.LineHeight)
	return w
}

func (w *work) inherit(parent *Style) {
	w.parent = parent
	w.Font, w.Paragraph = parent.Font, parent.Paragraph
	w.Paragraph.Bidi = BidiNormal
	w.Box, w.Surface, w.Placing = initialBox, initialSurface, initialPlacing
	w.borders(3, NoLine, currentColor)
	w.decoStyle, w.decoColor = Solid, currentColor
}

// listDepth is how many lists an element that is a list lies in.
func (c *cascade) listDepth(n *html.Node) (depth int) {
	switch n.Tag {
	case atom.Ul, atom.Ol, atom.Menu, atom.Dir:
	default:
		return 0
	}
	for p := n.Parent; p != html.None; p = c.sheets.doc.Node(p).Parent {
		switch c.sheets.doc.Node(p).Tag {
		case atom.Ul, atom.Ol, atom.Menu, atom.Dir:
			depth++
		}
	}
	return depth
}

// inList reports whether a list lies in another, so that it has no margins (HTML
// 15.3.8).
func (c *cascade) inList(n *html.Node) bool {
	switch n.Tag {
	case atom.Ul, atom.Ol, atom.Menu, atom.Dir, atom.Dl:
	default:
		return false
	}
	for p := n.Parent; p != html.None; p = c.sheets.doc.Node(p).Parent {
		switch c.sheets.doc.Node(p).Tag {
		case atom.Ul, atom.Ol, atom.Menu, atom.Dir, atom.Dl:
			return true
		}
	}
	return false
}

// hintsOf makes a block of an element's attributes. It is good until the next.
func (c *cascade) hintsOf(id html.ID, n *html.Node) *block {
	c.hint.decls = c.hint.decls[:0]
	c.hint.early = true
	h := hinter{d: c.sheets.doc, id: id, tag: n.Tag, out: &c.hint, v: &c.sheets.values}
	var table *tableInfo
	switch n.Tag {
	case atom.Td, atom.Th:
		table = c.tableOf(n.Parent)
	case atom.Table:
		if c.tables == nil {
			c.tables = map[html.ID]*tableInfo{}
		}
		c.tables[id] = h.about()
	}
	h.hints(table)
	return &c.hint
}

// tableOf is what the table around a cell says.
func (c *cascade) tableOf(id html.ID) *tableInfo {
	for ; id != html.None; id = c.sheets.doc.Node(id).Parent {
		if c.sheets.doc.Node(id).Tag == atom.Table {
			return c.tables[id]
		}
	}
	return nil
}

// early computes what other values depend on, and settles the font's size.
func (c *cascade) early(w *work, id html.ID) {
	c.scope(w, id)
	c.run(w, id, true)
	w.settleSize()
	w.size, w.font = float64(w.Size), &w.Style.Font
}

// run applies the blocks in the order of the cascade: the important ones of
// all last.
func (c *cascade) run(w *work, id html.ID, early bool) {
	important := false
	for _, b := range c.blocks {
		important = important || b.important
		c.runBlock(w, id, b, early, false)
	}
	if !important {
		return
	}
	for _, b := range c.blocks {
		if b.important {
			c.runBlock(w, id, b, early, true)
		}
	}
}

func (c *cascade) runBlock(w *work, id html.ID, b *block, early, important bool) {
	if early && !b.early {
		return
	}
	for i := range b.decls {
		d := &b.decls[i]
		switch {
		case d.important != important || d.prop == pCustom:
		case d.prop == pPending:
			if x := c.substitute(id, d); x != nil {
				x.early = true
				c.runBlock(w, id, x, early, important)
			}
		case early && d.prop <= lastEarly:
			w.applyEarly(d.prop, d.val)
		case !early && d.prop > lastEarly:
			w.apply(d.prop, d.val)
		}
	}
}

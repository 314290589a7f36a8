package html

import (
	"io"
	"strings"
	"unicode/utf8"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What a document may have. The figures are well beyond the largest real mails
// (1.3 MB, 26,500 nodes, tables in tables 19 deep).
const (
	maxSource = 5 << 20  // bytes of HTML, without the pictures in it
	maxNodes  = 50_000   // in a document
	maxDepth  = 256      // of elements; what is deeper belongs to the last that is not
	maxValue  = 64 << 10 // bytes of an attribute, unless it is a picture
	maxData   = 14 << 20 // bytes of a picture in an attribute: 10 MB in base64
	maxRest   = 1 << 20  // bytes of text kept of what exceeds maxNodes
)

// standards makes the parser nest tables and paragraphs as in standards mode,
// whatever the mail's own document type; only the first one counts.
const standards = "<!DOCTYPE html>"

// Parse reads the HTML of a mail, decoded to UTF-8. It never fails: what is
// broken is read as a browser would read it, and what is dangerous is left out.
func Parse(source string) *Document {
	b := &builder{d: &Document{}}
	source = strings.TrimPrefix(source, "\ufeff")
	tree := b.tree(source)
	n := strings.Count(source, "<")
	b.d.nodes = make([]Node, 0, min(maxNodes, n+n/2+8))
	b.d.attrs = make([]Attr, 0, min(maxNodes, n+8))
	b.document(tree)
	b.d.finish()
	return b.d
}

// finish works out what follows from the tree.
func (d *Document) finish() {
	d.findRemote()
	d.findFolds()
}

// builder copies the parser's tree into a document.
type builder struct {
	d    *Document
	rest strings.Builder // the text beyond maxNodes
}

// tree parses the source. The parser is fast and knows every rule of HTML, but
// some sources make it build trees that are much larger than they are, and it
// gives up on deep ones; those are tamed first.
func (b *builder) tree(source string) *xhtml.Node {
	parts := shorten(source)
	if total(parts) <= maxSource && !suspect(source) {
		if tree, err := parseWhole(read(parts)); err == nil {
			return tree
		}
	}
	for _, depth := range []int{maxDepth, maxDepth / 4} {
		tamed, cut := tame(parts, depth)
		b.d.Cut = b.d.Cut || cut
		if tree, err := parseWhole(strings.NewReader(tamed)); err == nil {
			return tree
		}
	}
	return wordsOnly(source)
}

func parseWhole(source io.Reader) (*xhtml.Node, error) {
	r := io.MultiReader(strings.NewReader(standards), source)
	return xhtml.ParseWithOptions(r, xhtml.ParseOptionEnableScripting(false))
}

// wordsOnly is a tree of the words of a source that nothing else can be made of.
func wordsOnly(source string) *xhtml.Node {
	body := &xhtml.Node{Type: xhtml.ElementNode, Data: "body", DataAtom: atom.Body}
	z := xhtml.NewTokenizer(strings.NewReader(source))
	for {
		switch z.Next() {
		case xhtml.ErrorToken:
			root := &xhtml.Node{Type: xhtml.ElementNode, Data: "html", DataAtom: atom.Html}
			root.AppendChild(body)
			document := &xhtml.Node{Type: xhtml.DocumentNode}
			document.AppendChild(root)
			return document
		case xhtml.TextToken:
			line := &xhtml.Node{Type: xhtml.ElementNode, Data: "div", DataAtom: atom.Div}
			line.AppendChild(&xhtml.Node{Type: xhtml.TextNode, Data: string(z.Text())})
			body.AppendChild(line)
		}
	}
}

// document copies the html element and what is in it.
func (b *builder) document(tree *xhtml.Node) {
	root, body := find(tree, atom.Html), find(tree, atom.Body)
	b.open(None, Element, "html", atom.Html)
	b.attributes(Root, root)
	if root != nil {
		b.children(root, Root, 1)
	}
	b.d.body = b.findBody()
	if b.d.body == None {
		b.d.body = b.open(Root, Element, "body", atom.Body)
		b.attributes(b.d.body, body)
		b.framesets(root)
	}
	if b.rest.Len() > 0 {
		b.open(b.d.body, Text, b.rest.String(), 0)
	}
	b.close(b.d.body)
	b.close(Root)
}

func (b *builder) findBody() ID {
	for i := b.d.nodes[Root].First; i != None; i = b.d.nodes[i].Next {
		if b.d.Is(i, atom.Body) {
			return i
		}
	}
	return None
}

// framesets gives a page of frames the text that it has for those who show
// none.
func (b *builder) framesets(root *xhtml.Node) {
	if root == nil {
		return
	}
	for n := range root.Descendants() {
		if n.DataAtom != atom.Noframes || n.FirstChild == nil {
			continue
		}
		if tree, err := parseWhole(strings.NewReader(n.FirstChild.Data)); err == nil {
			if body := find(tree, atom.Body); body != nil {
				b.children(body, b.d.body, 2)
			}
		}
	}
}

// find is the first element of a kind, or nil.
func find(tree *xhtml.Node, tag atom.Atom) *xhtml.Node {
	for n := range tree.Descendants() {
		if n.Type == xhtml.ElementNode && n.DataAtom == tag {
			return n
		}
	}
	return nil
}

// children copies what is in n below the element parent, which has a depth.
func (b *builder) children(n *xhtml.Node, parent ID, depth int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case xhtml.TextNode:
			b.text(c.Data, parent)
		case xhtml.ElementNode:
			b.element(c, parent, depth)
		}
	}
}

func (b *builder) element(n *xhtml.Node, parent ID, depth int) {
	v := b.judge(n)
	if v == drop {
		return
	}
	if v == unwrap || depth >= maxDepth || len(b.d.nodes) >= maxNodes-2 {
		if v != hollow {
			b.children(n, parent, depth)
		}
		return
	}
	id := b.open(parent, Element, n.Data, n.DataAtom)
	b.attributes(id, n)
	if v != hollow {
		b.children(n, id, depth+1)
	}
	b.close(id)
}

// text copies a piece of text. White space between the parts of a table has
// no meaning, and there is a lot of it.
func (b *builder) text(text string, parent ID) {
	p := &b.d.nodes[parent]
	switch p.Tag {
	case atom.Table, atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr, atom.Colgroup, atom.Html, atom.Head:
		if strings.Trim(text, " \t\n\r\f") == "" {
			return
		}
	}
	if len(b.d.nodes) < maxNodes-2 {
		b.open(parent, Text, text, 0) // texts with a comment between stay apart, as in a browser
		return
	}
	switch {
	case p.Tag == atom.Style:
	case b.rest.Len()+len(text) < maxRest:
		b.rest.WriteByte(' ')
		b.rest.WriteString(text)
	default:
		b.d.Cut = true
	}
}

// open appends a node as the last child of parent.
func (b *builder) open(parent ID, kind Kind, data string, tag atom.Atom) ID {
	id := ID(len(b.d.nodes))
	n := Node{Kind: kind, Tag: tag, Parent: parent, First: None, Last: None, Prev: None, Next: None, End: id + 1, Data: data}
	if parent != None {
		p := &b.d.nodes[parent]
		n.Prev = p.Last
		if p.Last == None {
			p.First = id
		} else {
			b.d.nodes[p.Last].Next = id
		}
		p.Last = id
	}
	b.d.nodes = append(b.d.nodes, n)
	return id
}

// close says that all descendants of a node are there.
func (b *builder) close(id ID) { b.d.nodes[id].End = ID(len(b.d.nodes)) }

func (b *builder) attributes(id ID, n *xhtml.Node) {
	first := len(b.d.attrs)
	if n != nil {
		for _, a := range n.Attr {
			b.attribute(n.DataAtom, a)
		}
	}
	b.d.nodes[id].attrs, b.d.nodes[id].attrsEnd = int32(first), int32(len(b.d.attrs))
}

func (b *builder) attribute(tag atom.Atom, a xhtml.Attribute) {
	if !b.keeps(tag, &a) {
		return
	}
	b.d.attrs = append(b.d.attrs, Attr{a.Key, a.Val})
}

// clip cuts a string at a rune, n bytes at most.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

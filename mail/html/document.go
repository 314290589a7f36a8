package html

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// ID is the place of a node in its document. The nodes are numbered in
// document order, so an element's descendants follow it without a gap.
type ID int32

const (
	// Root is the html element. Every document has one.
	Root ID = 0
	// None stands for no node.
	None ID = -1
)

// Kind tells elements from text.
type Kind uint8

const (
	Element Kind = iota
	Text
)

// Node is an element or a piece of text. The links to other nodes are [None]
// where there is no such node.
type Node struct {
	Kind   Kind
	Tag    atom.Atom // 0 for elements that HTML does not know
	Parent ID
	First  ID
	Last   ID
	Prev   ID
	Next   ID
	End    ID     // one past the last descendant
	Data   string // the text, or the element's name in lower case

	attrs, attrsEnd int32
}

// Attr is an attribute: its name in lower case, and its value with the
// character references resolved.
type Attr struct{ Key, Val string }

// Document is a mail's text, made safe.
type Document struct {
	// Remote lists what the mail would have fetched, in document order.
	Remote []Resource
	// Folds are the parts that quote earlier mail, in document order and not
	// overlapping.
	Folds []Fold

	plain bool // made of plain text, whose line breaks count
	// Refused counts what was taken out for safety.
	Refused Refused
	// Cut says that a limit was exceeded, and some of the words are missing.
	Cut bool

	nodes []Node
	attrs []Attr
	body  ID
}

// Len is the number of nodes; IDs go from 0 to one below.
func (d *Document) Len() int { return len(d.nodes) }

// Node gives a node to be read.
func (d *Document) Node(id ID) *Node { return &d.nodes[id] }

// Body is the body element. Every document has one.
func (d *Document) Body() ID { return d.body }

// Attrs are all attributes of an element.
func (d *Document) Attrs(id ID) []Attr {
	n := &d.nodes[id]
	return d.attrs[n.attrs:n.attrsEnd]
}

// Attr is the value of an attribute, and whether the element has it.
func (d *Document) Attr(id ID, key string) (string, bool) {
	for _, a := range d.Attrs(id) {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// Get is the value of an attribute, or "".
func (d *Document) Get(id ID, key string) string {
	v, _ := d.Attr(id, key)
	return v
}

// Is reports whether a node is an element of this kind.
func (d *Document) Is(id ID, tag atom.Atom) bool {
	return id >= 0 && d.nodes[id].Kind == Element && d.nodes[id].Tag == tag
}

// TextOf is all text below a node, as it stands in the source.
func (d *Document) TextOf(id ID) string {
	n := &d.nodes[id]
	if n.Kind == Text {
		return n.Data
	}
	var b strings.Builder
	for i := id + 1; i < n.End; i++ {
		if c := &d.nodes[i]; c.Kind == Text {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

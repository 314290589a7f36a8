package html

import (
	"fmt"

	"golang.org/x/net/html/atom"
)

// plainSheet is how plain text is set. The levels of quotes have colours.
const plainSheet = `
body{margin:0;font-family:Inter,sans-serif;font-size:14px;line-height:22px;color:#16191e;overflow-wrap:anywhere}
p{margin:0 0 8px;white-space:pre-wrap}
pre{margin:0 0 8px;font-family:monospace;font-size:13px;line-height:20px;overflow-wrap:normal}
a{color:#2563c9}
blockquote{margin:0 0 8px;padding:0 0 0 12px;border-left:2px solid #2563c9;color:#4a535e}
blockquote.q2{border-color:#1e7b4a;color:#44664f}
blockquote.q3{border-color:#b07a1e;color:#75592f}
blockquote.q4{border-color:#8e5bb0;color:#65497a}
blockquote.q5{border-color:#1f8a92;color:#3f676b}
p.attr,div.sig{color:#616b77}
hr{border:0;border-top:1px solid #e5e7eb;margin:16px 0}
blockquote>:last-child{margin-bottom:0}
`

// Plain is a piece of plain text. Flowed and DelSp are the parameters of
// format=flowed (RFC 3676): its lines are joined as their sender meant; without,
// those that some program broke at a fixed width.
type Plain struct {
	Text          string
	Flowed, DelSp bool
}

// FromText makes a document of plain text.
func FromText(text string, flowed, delsp bool) *Document {
	return FromPlain(Plain{text, flowed, delsp})
}

// FromPlain makes a document of the plain texts of a mail, with a line between
// two of them.
//
// Quotes become blockquotes of the classes q1 to q5, signatures a div.sig,
// introductions of quotes a p.attr, and whatever looks like a table, a patch
// or a program stays in columns, as pre.
func FromPlain(texts ...Plain) *Document {
	b := &builder{d: &Document{plain: true}}
	b.open(None, Element, "html", atom.Html)
	head := b.open(Root, Element, "head", atom.Head)
	style := b.open(head, Element, "style", atom.Style)
	b.open(style, Text, plainSheet, 0)
	b.close(style)
	b.close(head)
	b.d.body = b.open(Root, Element, "body", atom.Body)
	w := plainWriter{b: b, open: []ID{b.d.body}}
	left := maxSource
	for i, t := range texts {
		if len(t.Text) > left {
			t.Text, b.d.Cut = clip(t.Text, left), true
		}
		left -= len(t.Text)
		if i > 0 && t.Text != "" {
			w.depth(0)
			b.close(w.tag(b.d.body, "hr", atom.Hr))
		}
		for _, part := range parts(lines(t.Text, t.Flowed, t.DelSp)) {
			w.part(part)
		}
	}
	w.depth(0)
	b.close(b.d.body)
	b.close(Root)
	b.d.finish()
	return b.d
}

// plainWriter writes parts into a document.
type plainWriter struct {
	b    *builder
	open []ID // the body and the blockquotes in it
	sig  ID   // an open div.sig, or 0
}

// tag opens an element with attributes, given as names and values in turn;
// those without a value are left out.
func (w *plainWriter) tag(parent ID, name string, tag atom.Atom, attrs ...string) ID {
	b := w.b
	id := b.open(parent, Element, name, tag)
	b.d.nodes[id].attrs = int32(len(b.d.attrs))
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			b.d.attrs = append(b.d.attrs, Attr{attrs[i], attrs[i+1]})
		}
	}
	b.d.nodes[id].attrsEnd = int32(len(b.d.attrs))
	return id
}

// depth closes and opens blockquotes.
func (w *plainWriter) depth(n int) {
	if w.sig != 0 {
		w.b.close(w.sig)
		w.sig = 0
	}
	for len(w.open) > n+1 {
		w.b.close(w.open[len(w.open)-1])
		w.open = w.open[:len(w.open)-1]
	}
	for len(w.open) < n+1 {
		class := fmt.Sprintf("q%d", min(len(w.open), 5))
		w.open = append(w.open, w.tag(w.top(), "blockquote", atom.Blockquote, "type", "cite", "class", class))
	}
}

func (w *plainWriter) top() ID {
	if w.sig != 0 {
		return w.sig
	}
	return w.open[len(w.open)-1]
}

// part writes one part. When the document is nearly full the rest is one text.
func (w *plainWriter) part(p part) {
	if w.b.d.Len() > maxNodes-1000 {
		w.b.d.Cut = true
		if last := &w.b.d.nodes[w.b.d.Len()-1]; last.Kind == Text && len(last.Data) < maxRest {
			last.Data += "\n\n" + p.text
			return
		}
	}
	if p.depth != len(w.open)-1 || p.kind != signature && w.sig != 0 {
		w.depth(p.depth)
	}
	switch p.kind {
	case columns:
		id := w.tag(w.top(), "pre", atom.Pre, "dir", "ltr")
		w.text(id, p.text)
		w.b.close(id)
		return
	case signature:
		if w.sig == 0 {
			w.sig = w.tag(w.top(), "div", atom.Div, "class", "sig")
		}
	}
	class, dir := "", ""
	if p.kind == attribution {
		class = "attr"
	}
	if IsRTL(p.text) {
		dir = "rtl"
	}
	id := w.tag(w.top(), "p", atom.P, "class", class, "dir", dir)
	w.text(id, p.text)
	w.b.close(id)
}

// maxDepthPlain is how deep quotes are followed.
const maxDepthPlain = 40

// text writes text with its addresses as links.
func (w *plainWriter) text(parent ID, text string) {
	at := 0
	for _, l := range Links(text) {
		if w.b.d.Len() > maxNodes-500 {
			break
		}
		if l.From > at {
			w.b.open(parent, Text, text[at:l.From], 0)
		}
		a := w.tag(parent, "a", atom.A, "href", l.Href)
		w.b.open(a, Text, text[l.From:l.To], 0)
		w.b.close(a)
		at = l.To
	}
	if at < len(text) {
		w.b.open(parent, Text, text[at:], 0)
	}
}

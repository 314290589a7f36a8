package html

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// Fold is a run of siblings that quote earlier mail: everything from the node
// First to the end of the node Last. Both have the same parent.
type Fold struct {
	First, Last ID
}

// lineful is about how many letters a line of a mail has.
const lineful = 80

// maxCounted bounds how many nodes of a fold are looked at to count its lines.
const maxCounted = 20_000

// LinesOf is about how many lines a fold hides, counted by its paragraphs and how
// long they are.
func (d *Document) LinesOf(f Fold) (lines int) {
	letters := 0
	end := func() {
		if letters > 0 {
			lines += 1 + (letters-1)/lineful
		}
		letters = 0
	}
	to := min(d.nodes[f.Last].End, f.First+maxCounted)
	for id := f.First; id < to; id++ {
		n := &d.nodes[id]
		switch {
		case n.Kind == Text && d.keepsLines(id):
			for line := range strings.SplitSeq(n.Data, "\n") {
				letters += len(strings.TrimFunc(line, blank))
				end()
			}
		case n.Kind == Text:
			letters += len(strings.TrimFunc(n.Data, blank))
		case n.Tag == atom.Style:
			id = n.End - 1
		case endsLine[n.Tag]:
			end()
		}
	}
	end()
	return lines
}

// endsLine are the elements that begin a line of their own.
var endsLine = map[atom.Atom]bool{
	atom.Br: true, atom.P: true, atom.Div: true, atom.Blockquote: true, atom.Li: true, atom.Tr: true, atom.Table: true, atom.Pre: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Hr: true, atom.Ul: true, atom.Ol: true,
}

// keepsLines reports whether the line breaks of a text count.
func (d *Document) keepsLines(text ID) bool {
	for up := d.nodes[text].Parent; up > Root; up = d.nodes[up].Parent {
		if d.nodes[up].Tag == atom.Pre || d.plain && d.nodes[up].Tag == atom.P {
			return true
		}
	}
	return false
}

// Refused counts what a document had to give up.
type Refused struct {
	Scripts  int // scripts, and attributes that run one
	Frames   int // frames, plugins, sound, film
	Forms    int // forms, drawn as pictures of themselves
	Links    int // links that would run something or open a local file
	Sheets   int // style sheets and fonts that would be fetched
	Redirect int // refreshes and changes of the base address
}

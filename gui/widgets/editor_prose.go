package widgets

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// prose is a text being written, of any length: its paragraphs, the caret, what
// is selected and what can be undone. A paragraph is what stands between line
// ends. It knows nothing of how it looks.
type prose struct {
	pars          []*passage // at least one
	caret, anchor textPlace  // what is between them is selected
	size          int        // octets, line ends counted as one each

	past, future []change
	kept         int  // octets that past and future hold
	step         int  // of the last change; those of one step are undone together
	grouped      bool // changes join the step under way
	run          run  // what the last change was part of

	// spliced is told that the paragraphs from first on, removed of them, are
	// others now, as many as added says.
	spliced func(first, removed, added int)
}

// passage is a paragraph. Its text does not change: an edit makes another one.
type passage struct {
	text string
	look passageLook
	set  setting
}

// lastSet is what of a paragraph was set last, before the edits that nobody has
// seen yet.
func (p *passage) lastSet() *passage {
	if len(p.set.lines) == 0 && p.set.was != nil {
		return p.set.was
	}
	return p
}

// textPlace is a place in the text: a paragraph, and octets in it, between clusters.
type textPlace struct{ par, at int }

func (p textPlace) before(o textPlace) bool { return p.par < o.par || p.par == o.par && p.at < o.at }

// order gives two places in the order of the text.
func order(a, b textPlace) (first, last textPlace) {
	if b.before(a) {
		return b, a
	}
	return a, b
}

func newProse() *prose { return &prose{pars: []*passage{{}}} }

// text is all of it.
func (p *prose) text() string { return p.slice(textPlace{}, p.end()) }

// end is the place behind everything.
func (p *prose) end() textPlace {
	last := len(p.pars) - 1
	return textPlace{last, len(p.pars[last].text)}
}

// span is what is selected.
func (p *prose) span() (from, to textPlace) { return order(p.caret, p.anchor) }

func (p *prose) selected() string { return p.slice(p.span()) }

// slice is the text between two places.
func (p *prose) slice(from, to textPlace) string {
	if from.par == to.par {
		return p.pars[from.par].text[from.at:to.at]
	}
	var b strings.Builder
	b.WriteString(p.pars[from.par].text[from.at:])
	for _, par := range p.pars[from.par+1 : to.par] {
		b.WriteByte('\n')
		b.WriteString(par.text)
	}
	b.WriteByte('\n')
	b.WriteString(p.pars[to.par].text[:to.at])
	return b.String()
}

// put puts a clean text in place of what is between two places, and returns the
// place behind it. Paragraphs whose text stays the same stay the same.
func (p *prose) put(from, to textPlace, text string) textPlace {
	first, last := p.pars[from.par], p.pars[to.par]
	head, tail := first.text[:from.at], last.text[to.at:]
	gone := len(first.text) - from.at + to.at
	if from.par == to.par {
		gone = to.at - from.at
	} else {
		for _, par := range p.pars[from.par+1 : to.par] {
			gone += len(par.text)
		}
		gone += to.par - from.par
	}
	lines := strings.Split(text, "\n")
	end := textPlace{from.par + len(lines) - 1, len(lines[len(lines)-1])}
	if len(lines) == 1 {
		end.at += from.at
	}
	lines[0] = head + lines[0]
	lines[len(lines)-1] += tail
	added := make([]*passage, len(lines))
	for i, line := range lines {
		switch {
		case i == 0 && line == first.text:
			added[i] = first
		case i == len(lines)-1 && line == last.text && (i > 0 && added[0] != last || i == 0):
			added[i] = last
		default:
			added[i] = &passage{text: line}
		}
	}
	if added[0] != first {
		added[0].set.was = first.lastSet()
	}
	removed := to.par + 1 - from.par
	p.pars = slices.Replace(p.pars, from.par, to.par+1, added...)
	p.size += len(text) - gone
	if p.spliced != nil {
		p.spliced(from.par, removed, len(added))
	}
	return end
}

// after is the place behind a text that begins at a place.
func (from textPlace) after(text string) textPlace {
	n := strings.Count(text, "\n")
	if n == 0 {
		return textPlace{from.par, from.at + len(text)}
	}
	return textPlace{from.par + n, len(text) - strings.LastIndexByte(text, '\n') - 1}
}

// reset replaces everything, with nothing to undo; the caret is at the start.
func (p *prose) reset(text string) {
	p.put(textPlace{}, p.end(), cleanText(text))
	p.caret, p.anchor = textPlace{}, textPlace{}
	p.past, p.future, p.kept, p.run = nil, nil, 0, noRun
}

// cleanText is a text as it may be written: its lines end in "\n", and nothing
// of it is a control character but tabs.
func cleanText(text string) string {
	if !strings.ContainsFunc(text, isUnclean) && utf8.ValidString(text) {
		return text
	}
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r', r == '\v', r == '\f', r == '\u0085', r == '\u2028', r == '\u2029':
			return '\n'
		case isUnclean(r):
			return -1
		}
		return r
	}, text)
}

func isUnclean(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7F && r < 0xA0 || r == '\u2028' || r == '\u2029' || r == '\uFEFF'
}

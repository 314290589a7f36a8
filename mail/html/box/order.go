package box

import (
	"strings"
	"unicode/utf8"

	"postrider/mail/html/css"
	"postrider/mail/typeset"
)

// order finds out which items run from right to left, and sets their words.
func (l *layouter) order(f *flow) {
	if f.bidi || f.rtl || turns(f.pieces) {
		f.bidi = true
		l.levels(f)
	}
	for i := range f.items {
		it := &f.items[i]
		if it.kind != wordItem {
			continue
		}
		if l.over() {
			f.items = f.items[:i]
			return
		}
		it.set(it.text)
	}
	if !f.bidi {
		kern(f.items)
	}
}

// kern moves words and the spaces beside them together as their face has it.
func kern(items []item) {
	for i := range items {
		it := &items[i]
		if it.kind != spaceItem {
			continue
		}
		if i > 0 && items[i-1].kind == wordItem && items[i-1].font == it.font {
			r, _ := utf8.DecodeLastRuneInString(items[i-1].text)
			it.width += it.font.faces.Kern(r, ' ') * it.font.size
		}
		if i+1 < len(items) && items[i+1].kind == wordItem && items[i+1].font == it.font {
			r, _ := utf8.DecodeRuneInString(items[i+1].text)
			it.width += it.font.faces.Kern(' ', r) * it.font.size
		}
	}
}

// set shapes an item's word.
func (it *item) set(text string) {
	it.word = it.font.faces.Word(text, it.level&1 == 1)
	it.width = it.font.widthOf(it.word)
}

// widthOf is the width of a word in px.
func (f *font) widthOf(w typeset.Word) float64 {
	if f.size == 0 {
		return 0
	}
	return w.Width()*f.size + float64(w.Clusters())*f.letter
}

// turns reports whether a style asks for text from right to left.
func turns(pieces []piece) bool {
	for i := range pieces {
		if s := pieces[i].style; s != nil && (s.RTL || s.Bidi == css.Override || s.Bidi == css.IsolateOverride) {
			return true
		}
	}
	return false
}

// levels applies the bidirectional algorithm to a flow. Boxes are a neutral
// character in it, and inline boxes with a direction of their own become the
// controls that Unicode has for that (CSS Writing Modes 3, 2.4).
func (l *layouter) levels(f *flow) {
	items := make([]item, 0, len(f.items))
	for rest := f.items; len(rest) > 0; {
		n := min(len(rest), orderedAtOnce)
		items = levelsOf(f, rest[:n], items)
		rest = rest[n:]
	}
	f.items = items
}

// orderedAtOnce bounds the items whose directions are found together, as the
// algorithm takes much memory: nobody writes paragraphs of so many words.
const orderedAtOnce = 20_000

// levelsOf appends items of a flow with their levels, divided where those
// change.
func levelsOf(f *flow, from, items []item) []item {
	text := controls(f, from)
	direction := typeset.LeftToRight
	if f.rtl {
		direction = typeset.RightToLeft
	}
	runs, _ := typeset.Levels(text, direction)
	r := 0
	for _, it := range from {
		at := int(it.at)
		for r < len(runs)-1 && at >= runs[r].End {
			r++
		}
		if r < len(runs) {
			it.level = runs[r].Level
		}
		for it.kind == wordItem && r < len(runs)-1 && at+len(it.text) > runs[r].End {
			left := it
			n := runs[r].End - at
			left.text, left.flags = it.text[:n], it.flags&^mayBreak
			items = append(items, left)
			r++
			it.text, it.level, at = it.text[n:], runs[r].Level, at+n
		}
		items = append(items, it)
	}
	return items
}

// controls is the text of items as the bidirectional algorithm sees it. It sets
// where each begins in it.
func controls(f *flow, items []item) string {
	var b strings.Builder
	for i := range items {
		it := &items[i]
		it.at = int32(b.Len())
		switch it.kind {
		case wordItem, spaceItem:
			b.WriteString(it.text)
		case tabItem:
			b.WriteByte('\t')
		case breakItem:
			b.WriteString("\u2029")
		case atomItem:
			b.WriteString("\uFFFC")
		case openItem:
			b.WriteString(opening(f.pieces[it.piece].style))
		case closeItem:
			b.WriteString(closing(f.pieces[it.piece].style))
		}
	}
	return b.String()
}

func opening(s *css.Style) string {
	pick := func(ltr, rtl string) string {
		if s.RTL {
			return rtl
		}
		return ltr
	}
	switch s.Bidi {
	case css.Embed:
		return pick("\u202A", "\u202B")
	case css.Isolate:
		return pick("\u2066", "\u2067")
	case css.Override:
		return pick("\u202D", "\u202E")
	case css.IsolateOverride:
		return "\u2068" + pick("\u202D", "\u202E")
	case css.Plaintext:
		return "\u2068"
	}
	return ""
}

func closing(s *css.Style) string {
	switch s.Bidi {
	case css.Embed, css.Override:
		return "\u202C"
	case css.Isolate, css.Plaintext:
		return "\u2069"
	case css.IsolateOverride:
		return "\u202C\u2069"
	}
	return ""
}

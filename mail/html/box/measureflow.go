package box

import (
	"postrider/mail/html/css"
	"postrider/mail/typeset"
)

// measureFlow is the width of the widest word of a flow, and of its widest
// line if only the mail ended lines.
func (l *layouter) measureFlow(b *Box) (least, most float64) {
	f := b.flow
	f.rtl = b.style.RTL
	w := widths{}
	if i := b.style.Indent; !i.HasPercent() && !f.later && !blank(f.pieces) {
		w.line, w.word = i.Of(0), i.Of(0)
	}
	for _, it := range l.items(f) {
		w.take(l, f, &it)
		// Between a no-break space and a picture lines end, but not in the
		// narrowest form: so browsers have it.
		if it.is(mayBreak) && !(it.kind == spaceItem && it.is(nowrap)) {
			w.endWord()
		}
	}
	w.endLine()
	return max(0, w.least), max(0, w.least, w.most)
}

// widths measures a flow.
type widths struct {
	least, most float64
	word, line  float64
	spaces      float64 // at the end of the line so far
	inWord      float64 // those that no line may end at: they are part of the word if it goes on
	floats      float64
	content     bool
}

func (w *widths) endWord() {
	w.least = max(w.least, w.word)
	w.word, w.inWord = 0, 0
}

func (w *widths) endLine() {
	w.endWord()
	w.most = max(w.most, w.line+w.floats)
	w.line, w.spaces, w.content = 0, 0, false
}

func (w *widths) add(width float64) {
	w.line += w.spaces + width
	w.word += w.inWord + width
	w.spaces, w.inWord = 0, 0
}

func (w *widths) take(l *layouter, f *flow, it *item) {
	switch it.kind {
	case wordItem:
		w.content = true
		if it.is(everyhow) || it.is(anywhere) && f.pieces[it.piece].style.Wrap == css.WrapAnywhere {
			w.endWord()
			w.add(it.width)
			w.word = it.widestPart()
			w.endWord()
			return
		}
		w.add(it.width)
	case spaceItem, tabItem:
		w.space(it)
	case breakItem:
		w.endLine()
	case openItem, closeItem: // spaces before it may still turn out to be the line's last
		w.line += it.width
		w.word += it.width
	case atomItem:
		w.content = true
		a, z := l.outer(f.pieces[it.piece].box)
		w.line += w.spaces + z
		w.word += w.inWord + a
		w.spaces, w.inWord = 0, 0
	case floatItem:
		a, z := l.outer(f.pieces[it.piece].box)
		w.least = max(w.least, a)
		w.floats += z
	}
}

// widestPart is how narrow a word becomes that may be broken anywhere.
func (it *item) widestPart() float64 {
	widest, part := 0.0, 0.0
	strict := it.is(everyhow)
	for i := range it.word.Clusters() {
		_, end, _, w := it.word.Cluster(i)
		part += w*it.font.size + it.font.letter
		if strict && !typeset.MayCut(it.text, end) {
			continue
		}
		widest, part = max(widest, part), 0
	}
	return min(max(widest, part), it.width)
}

func (w *widths) space(it *item) {
	switch {
	case it.is(preserved):
		w.content = true
		width := it.width
		if it.kind == tabItem {
			width = 8 * it.font.space
		}
		if it.is(mayBreak) && it.text != nbsp { // at a line's end it hangs
			w.line += w.spaces + width
			w.inWord += width
			w.spaces = 0
			return
		}
		w.add(width)
	case !w.content:
	case it.is(nowrap):
		w.spaces += it.width
		w.inWord += it.width
	default:
		w.spaces += it.width
	}
}

package widgets

import (
	"strings"
)

// Surround puts a mark on both sides of what is selected, or of the word at the
// caret; where it is there already it takes it away.
func (e *Editor) Surround(mark string) {
	if e.disabled {
		return
	}
	p := e.prose
	from, to := p.span()
	if from.par != to.par {
		e.surroundLines(mark)
		return
	}
	text := p.pars[from.par].text
	if from == to {
		if start, end := wordAround(text, from.at); hasWord(text[start:end]) {
			from.at, to.at = start, end
		}
	}
	e.surround(from, to, mark)
	e.changed()
}

// surround marks what is between two places of a paragraph, and selects it.
func (e *Editor) surround(from, to textPlace, mark string) {
	p := e.prose
	text := p.pars[from.par].text
	n := len(mark)
	inner := strings.TrimSpace(text[from.at:to.at])
	if inner != "" { // marks do not stand beside spaces
		from.at += strings.Index(text[from.at:to.at], inner)
		to.at = from.at + len(inner)
	}
	marked := strings.HasSuffix(text[:from.at], mark) && strings.HasPrefix(text[to.at:], mark) && !isLonger(text, from.at, to.at, mark)
	switch {
	case marked:
		inner := text[from.at:to.at]
		p.together(func() { p.replace(textPlace{from.par, from.at - n}, textPlace{from.par, to.at + n}, inner) })
		p.moveTo(textPlace{from.par, from.at - n}, false)
		p.moveTo(textPlace{from.par, to.at - n}, true)
	default:
		p.together(func() { p.replace(from, to, mark+text[from.at:to.at]+mark) })
		p.moveTo(textPlace{from.par, from.at + n}, false)
		p.moveTo(textPlace{from.par, to.at + n}, true)
	}
}

// isLonger tells that the marks around a text are a longer row: the two
// asterisks of bold are not those of italics.
func isLonger(text string, from, to int, mark string) bool {
	before := len(text[:from]) - len(strings.TrimRight(text[:from], mark[:1]))
	return before != len(mark) && before != 3
}

// surroundLines marks each line of the selection by itself: marks do not reach
// over paragraphs.
func (e *Editor) surroundLines(mark string) {
	p := e.prose
	from, to := p.span()
	caret, anchor := p.caret, p.anchor
	p.together(func() {
		for i := from.par; i <= to.par; i++ {
			text := p.pars[i].text
			start, end := 0, len(text)
			if i == from.par {
				start = from.at
			}
			if i == to.par {
				end = to.at
			}
			start = max(start, p.pars[i].look.bullet, headingOf(text))
			if start < end && strings.TrimSpace(text[start:end]) != "" {
				trimmed := strings.TrimSpace(text[start:end])
				start += strings.Index(text[start:end], trimmed)
				p.replace(textPlace{i, start}, textPlace{i, start + len(trimmed)}, mark+trimmed+mark)
			}
		}
	})
	p.caret, p.anchor = p.within(caret), p.within(anchor)
	e.changed()
}

// Begin puts a mark at the start of each selected line, as for a list or a
// quotation; where all have it already it takes it away.
func (e *Editor) Begin(mark string) {
	if e.disabled {
		return
	}
	p := e.prose
	from, to := p.span()
	last := to.par
	if to.at == 0 && to.par > from.par {
		last-- // the line where the selection ends is not meant
	}
	all := true
	for _, par := range p.pars[from.par : last+1] {
		all = all && (strings.HasPrefix(par.text, mark) || par.text == "" && last > from.par)
	}
	caret, anchor := p.caret, p.anchor
	p.together(func() {
		for i := from.par; i <= last; i++ {
			text := p.pars[i].text
			by := e.begin1(i, text, mark, all, last > from.par)
			for _, at := range []*textPlace{&caret, &anchor} {
				if at.par == i {
					at.at = max(0, at.at+by)
				}
			}
		}
	})
	p.caret, p.anchor = p.within(caret), p.within(anchor)
	e.changed()
}

// begin1 gives one line a mark, or takes it away, and returns how much longer it
// is.
func (e *Editor) begin1(i int, text, mark string, away, several bool) int {
	p := e.prose
	switch {
	case away && strings.HasPrefix(text, mark):
		p.replace(textPlace{i, 0}, textPlace{i, len(mark)}, "")
		return -len(mark)
	case away, text == "" && several:
		return 0
	}
	old := 0
	if strings.HasPrefix(mark, "#") || strings.HasPrefix(mark, "-") {
		old = max(headingOf(text), bulletOf(text)) // one in place of the other
	}
	p.replace(textPlace{i, 0}, textPlace{i, old}, mark)
	return len(mark) - old
}

// Link makes what is selected a link, and selects where its address goes; a
// selected address becomes the link's.
func (e *Editor) Link(address string) {
	if e.disabled {
		return
	}
	p := e.prose
	words := strings.ReplaceAll(p.selected(), "\n", " ")
	lower := strings.ToLower(words)
	if address == "" && (strings.HasPrefix(lower, "https://") || strings.HasPrefix(lower, "http://")) {
		words, address = "", words
	}
	from, to := p.span()
	p.together(func() { p.replace(from, to, "["+words+"]("+address+")") })
	at := from.at + 1
	switch {
	case words == "": // the words come first
		p.moveTo(textPlace{from.par, at}, false)
	default:
		start := at + len(words) + 2
		p.moveTo(textPlace{from.par, start}, false)
		p.moveTo(textPlace{from.par, start + len(address)}, true)
	}
	e.changed()
}

package box

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"postrider/mail/html/css"
	"postrider/mail/typeset"
)

// flow is the content of a block of lines.
type flow struct {
	pieces []piece
	style  *css.Style // of the block
	items  []item
	made   bool
	bidi   bool // some of it runs from right to left
	rtl    bool // the block does
	later  bool // its first line is not the first of its block, and is not indented
	lines  []line
	frags  []frag
}

// item is the smallest part of a flow that is placed as one.
type item struct {
	kind  itemKind
	level uint8 // bidi
	flags itemFlags
	piece int32
	at    int32 // where it begins in the flow's text, if the flow has right-to-left parts
	text  string
	word  typeset.Word
	font  *font
	width float64
}

type itemKind uint8

const (
	wordItem itemKind = iota
	spaceItem
	tabItem
	breakItem // the line ends
	openItem
	closeItem
	atomItem
	floatItem
	awayItem
)

type itemFlags uint8

const (
	mayBreak  itemFlags = 1 << iota // a line may end after it
	preserved                       // a space that does not vanish at the start of a line
	nowrap                          // no break within its style
	anywhere                        // a word that may be broken if it must
	everyhow                        // a word that may be broken like any other
)

func (it *item) is(f itemFlags) bool { return it.flags&f != 0 }

// itemiser cuts the pieces of a flow into items.
type itemiser struct {
	l     *layouter
	flow  *flow
	blank bool         // the last thing was a space that collapses, or a line begins
	last  rune         // the last character, 0 at the start
	glue  int          // the item after which the last character stands, -1 none
	open  []*css.Style // of the block and the inline boxes that are open
}

// items makes the items of a flow, once.
func (l *layouter) items(f *flow) []item {
	if f.made {
		return f.items
	}
	f.made = true
	m := itemiser{l: l, flow: f, blank: true, glue: -1, open: []*css.Style{f.style}}
	f.items = make([]item, 0, f.guess())
	for i := range f.pieces {
		if l.over() || m.full() {
			break
		}
		m.piece(int32(i), &f.pieces[i])
	}
	l.left -= len(f.items)
	l.order(f)
	return f.items
}

// itemsAtMost bounds the words and spaces of a mail: more hardly fit on the
// longest page. The longest real mail has a seventh.
const itemsAtMost = 150_000

// full reports whether there are as many items as there may be. The rest of the
// mail is left out.
func (m *itemiser) full() bool {
	if len(m.flow.items) <= m.l.left {
		return false
	}
	m.l.cut = true
	return true
}

// guess is about how many items there will be.
func (f *flow) guess() int {
	n := 0
	for i := range f.pieces {
		n += 1 + len(f.pieces[i].text)/4
	}
	return min(n, itemsAtMost)
}

func (m *itemiser) add(it item) { m.flow.items = append(doubled(m.flow.items), it) }

func (m *itemiser) piece(i int32, p *piece) {
	switch p.kind {
	case textPiece:
		m.text(i, p)
	case openPiece:
		m.open = append(m.open, p.style)
		m.add(item{kind: openItem, piece: i, font: m.l.font(p.style), width: inlineEdge(p, css.Left)})
	case closePiece:
		if n := len(m.open); n > 1 {
			m.open = m.open[:n-1]
		}
		m.add(item{kind: closeItem, piece: i, width: inlineEdge(p, css.Right)})
	case breakPiece:
		m.add(item{kind: breakItem, piece: i, font: m.l.font(p.style)})
		m.blank, m.last, m.glue = true, 0, -1
	case atomPiece:
		m.between('\uFFFC', m.open[len(m.open)-1].WhiteSpace)
		m.add(item{kind: atomItem, piece: i})
		m.blank, m.last, m.glue = false, '\uFFFC', len(m.flow.items)-1
	case floatPiece:
		m.add(item{kind: floatItem, piece: i})
	case awayPiece:
		m.add(item{kind: awayItem, piece: i})
	}
}

// inlineEdge is the room of an inline box's margin, border and padding.
func inlineEdge(p *piece, side css.Side) float64 {
	if p.cut {
		return 0
	}
	return float64(p.style.Border[side].Width) + snap(p.style.Margin[side].Of(0)) + snap(max(0, p.style.Padding[side].Of(0)))
}

// between allows a line to end between the last character and r, if it may.
func (m *itemiser) between(r rune, w css.WhiteSpace) {
	if m.glue < 0 || m.last == 0 || !wraps(w) {
		return
	}
	it := &m.flow.items[m.glue]
	if it.is(nowrap) && (m.last != '\u00a0' || r != '\uFFFC') || it.is(mayBreak) {
		return
	}
	if breakable(m.last, r) {
		it.flags |= mayBreak
	}
}

func wraps(w css.WhiteSpace) bool { return w != css.WSNowrap && w != css.WSPre }

// text cuts a text at its spaces and wherever else a line may end.
func (m *itemiser) text(i int32, p *piece) {
	t := cased(p.text, p.style)
	f := m.l.font(p.style)
	w := p.style.WhiteSpace
	start := 0
	word := func(end int) {
		if end > start {
			m.words(i, p, f, t[start:end])
		}
	}
	for k := 0; k < len(t); {
		c := t[k]
		if !isSpace(c) {
			k++
			continue
		}
		if m.full() {
			return
		}
		word(k)
		switch {
		case c == '\n' && !collapses(w):
			m.add(item{kind: breakItem, piece: i, font: f})
			m.blank, m.last, m.glue = true, 0, -1
			if k > 0 && t[k-1] == '\r' { // one line end, as HTML reads it
				m.unspace()
			}
		case w == css.WSPre || w == css.WSPreWrap || w == css.WSBreakSpaces:
			m.space(i, p, f, c, preserved)
		default:
			switch {
			case !m.blank:
				m.space(i, p, f, ' ', 0)
			case wraps(w):
				m.loosen()
			}
		}
		k++
		start = k
	}
	word(len(t))
}

// unspace takes back the space that a carriage return left before a line's end.
func (m *itemiser) unspace() {
	n := len(m.flow.items)
	if n > 1 && m.flow.items[n-2].kind == spaceItem {
		m.flow.items = append(m.flow.items[:n-2], m.flow.items[n-1])
	}
}

func (m *itemiser) space(i int32, p *piece, f *font, c byte, flags itemFlags) {
	it := item{kind: spaceItem, piece: i, font: f, width: f.space, flags: flags, text: " "}
	if c == '\t' {
		it.kind = tabItem
	}
	if c == '\r' {
		it.width = 0
	}
	if wraps(p.style.WhiteSpace) {
		it.flags |= mayBreak
	} else {
		it.flags |= nowrap
	}
	m.add(it)
	m.blank = flags&preserved == 0
	m.last, m.glue = ' ', -1
}

// loosen lets a line end at the last space, if that lets none end, as one that
// does has collapsed into it.
func (m *itemiser) loosen() {
	for k := len(m.flow.items) - 1; k >= 0; k-- {
		switch it := &m.flow.items[k]; it.kind {
		case openItem, closeItem:
		case spaceItem:
			if !it.is(preserved) {
				it.flags = it.flags&^nowrap | mayBreak
			}
			return
		default:
			return
		}
	}
}

// words adds the words between two spaces: lines may end within some.
func (m *itemiser) words(i int32, p *piece, f *font, t string) {
	for {
		k := strings.Index(t, nbsp)
		if k < 0 {
			break
		}
		if k > 0 {
			m.run(i, p, f, t[:k])
		}
		m.between('\u00a0', p.style.WhiteSpace)
		m.add(item{kind: spaceItem, piece: i, font: f, width: f.space, flags: preserved | nowrap, text: nbsp})
		m.blank, m.last, m.glue = false, '\u00a0', len(m.flow.items)-1
		t = t[k+len(nbsp):]
	}
	if t != "" {
		m.run(i, p, f, t)
	}
}

const nbsp = "\u00a0"

// run adds text without any space.
func (m *itemiser) run(i int32, p *piece, f *font, t string) {
	m.blank = false
	first, _ := utf8.DecodeRuneInString(t)
	m.between(first, p.style.WhiteSpace)
	start := 0
	for mayHoldBreaks(t) && len(t) > longestRun && !m.full() {
		k := longestRun
		for k > longestRun-4 && !utf8.RuneStart(t[k]) {
			k--
		}
		m.run(i, p, f, t[:k])
		t = t[k:]
	}
	if mayHoldBreaks(t) && len(t) <= longestRun {
		for _, b := range typeset.Breaks(t) {
			if p.style.WordBreak == css.KeepAll && joined(t, b.At) {
				continue
			}
			m.word(i, p, f, t[start:b.At], true)
			start = b.At
		}
		if !m.flow.bidi && mayTurn(t) {
			m.flow.bidi = true
		}
	}
	m.word(i, p, f, t[start:], false)
	m.last, _ = utf8.DecodeLastRuneInString(t)
	m.glue = len(m.flow.items) - 1
}

// longestRun bounds what is searched for breaks at once, in bytes.
const longestRun = 4096

// longestWord bounds what is shaped as one, in bytes: longer words are set in
// parts, with no line ending between them.
const longestWord = 400

func (m *itemiser) word(i int32, p *piece, f *font, t string, breaks bool) {
	for len(t) > longestWord && !m.full() {
		k := longestWord
		for k > longestWord-4 && !utf8.RuneStart(t[k]) {
			k--
		}
		m.word(i, p, f, t[:k], false)
		t = t[k:]
	}
	if m.full() {
		return
	}
	it := item{kind: wordItem, piece: i, font: f, text: t}
	s := p.style
	if wraps(s.WhiteSpace) {
		if breaks {
			it.flags |= mayBreak
		}
		switch {
		case s.WordBreak == css.BreakAll:
			it.flags |= everyhow
		case s.Wrap != css.WrapNormal:
			it.flags |= anywhere
		}
	} else {
		it.flags |= nowrap
	}
	m.add(it)
	if len(t) > 96 {
		m.l.left -= len(t) / 3 // it is in no cache, and takes as much memory as many short ones
	}
}

// cased applies text-transform.
func cased(t string, s *css.Style) string {
	switch s.Case {
	case css.Upper:
		return upper(t)
	case css.Lower:
		return strings.ToLower(t)
	case css.Capital:
		return capitals(t)
	}
	if s.SmallCaps {
		return upper(t)
	}
	return t
}

// upper is in capitals. Go maps a letter to a letter, but this one is two.
func upper(t string) string { return strings.ReplaceAll(strings.ToUpper(t), "ß", "SS") }

// capitals makes the first letter of each word a capital.
func capitals(t string) string {
	var b strings.Builder
	inWord := false
	for _, r := range t {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r) || inWord && (r == '\'' || r == '’')
		if letter && !inWord {
			r = unicode.ToTitle(r)
		}
		b.WriteRune(r)
		inWord = letter
	}
	return b.String()
}

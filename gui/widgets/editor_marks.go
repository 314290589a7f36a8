package widgets

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// passageLook is what the marks in a paragraph mean: Markdown, quotations, the
// signature. The marks stay; they only change how the text looks.
type passageLook struct {
	known   bool
	before  passageState // of the paragraph before it
	after   passageState
	traits  []traitSpan // in order, not overlapping; the rest is plain
	quote   int         // depth of quotation
	mark    int         // octets of the quote marks, with the space behind them
	bullet  int         // octets of an item's indentation and bullet, with the space behind it
	literal bool        // nothing in it means anything: code, what was forwarded
	kind    passageKind

	words []wordSpan // that can be misspelt; see Editor.words
	read  bool       // they were looked for
}

// passageState is what a paragraph has to know of those before it.
type passageState struct {
	kind   passageKind
	fenced bool // in fenced code
}

// passageKind is whose words a paragraph has. Which is which is decided as
// message.HTMLOf does, so that the text looks like what is sent.
type passageKind uint8

const (
	ownWords passageKind = iota
	quotedWords
	signatureWords
	forwardedWords
)

// trait is how a piece of text differs from plain text, as bits.
type trait uint8

const (
	boldTrait trait = 1 << iota
	italicTrait
	codeTrait
	markTrait // it is a mark, not a word
	linkTrait
	plainTrait trait = 0
)

type traitSpan struct {
	from, to int
	trait    trait
}

// lookOf finds out what the marks in a paragraph mean; plain is for text that is
// sent as it is.
func lookOf(text string, before passageState, plain bool) passageLook {
	l := passageLook{known: true, before: before}
	depth, mark := quoteMarks(text)
	state := before
	switch {
	case state.kind == forwardedWords || state.fenced:
	case isForwardedLine(text):
		state.kind = forwardedWords
	case depth > 0:
		state.kind = quotedWords
	case text == "-- ":
		state.kind = signatureWords
	case state.kind == quotedWords:
		state.kind = ownWords
	}
	fence := state.kind == ownWords && isFenceLine(text) && !plain
	if fence {
		state.fenced = !state.fenced
	}
	l.kind, l.after = state.kind, state
	switch {
	case fence:
		l.literal, l.traits = true, []traitSpan{{0, len(text), codeTrait | markTrait}}
	case state.fenced:
		l.literal, l.traits = true, []traitSpan{{0, len(text), codeTrait}}
	case depth > 0 && state.kind != signatureWords:
		l.quote, l.mark = depth, mark
		l.traits = []traitSpan{{0, mark, markTrait}}
	case state.kind == forwardedWords:
		l.literal = true
	case plain:
		l.bullet = bulletOf(text)
	default:
		l.markdown(text)
	}
	return l
}

// quoteMarks is how deep a line is quoted, and how many octets say so.
func quoteMarks(line string) (depth, octets int) {
	rest := line
	for {
		next := rest
		if depth > 0 {
			next = strings.TrimPrefix(next, " ")
		}
		if !strings.HasPrefix(next, ">") {
			break
		}
		depth++
		rest = next[1:]
	}
	if depth > 0 {
		rest = strings.TrimPrefix(rest, " ")
	}
	return depth, len(line) - len(rest)
}

// isForwardedLine reports the line before a message that is passed on: words
// between dashes.
func isForwardedLine(line string) bool {
	line = strings.TrimSpace(line)
	words := strings.Trim(line, "-")
	left := len(line) - len(strings.TrimLeft(line, "-"))
	right := len(line) - len(strings.TrimRight(line, "-"))
	return left >= 5 && right >= 5 && strings.TrimSpace(words) != "" && words[0] == ' ' && words[len(words)-1] == ' '
}

func isFenceLine(line string) bool {
	line = strings.TrimLeft(line, " ")
	return strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~")
}

// bulletOf is how many octets the indentation and the bullet of an item have.
func bulletOf(line string) int {
	rest := strings.TrimLeft(line, " \t")
	indent := len(line) - len(rest)
	digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	switch {
	case digits > 0 && digits < 10 && len(rest) > digits+1 && (rest[digits] == '.' || rest[digits] == ')') && rest[digits+1] == ' ':
		return indent + digits + 2
	case len(rest) > 1 && strings.IndexByte("-*+", rest[0]) >= 0 && rest[1] == ' ':
		return indent + 2
	}
	return 0
}

// nextBullet is the bullet of the item after one.
func nextBullet(bullet string) string {
	rest := strings.TrimLeft(bullet, " \t")
	digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	n, err := strconv.Atoi(rest[:digits])
	if err != nil {
		return bullet
	}
	return bullet[:len(bullet)-len(rest)] + strconv.Itoa(n+1) + rest[digits:]
}

// headingOf is how many octets the marks of a heading have.
func headingOf(line string) int {
	n := len(line) - len(strings.TrimLeft(line, "#"))
	if n > 0 && n <= 6 && len(line) > n && line[n] == ' ' {
		return n + 1
	}
	return 0
}

// maxMarked is how long a paragraph is at most that is looked at for marks, with
// each letter that is typed in it. What is longer is data that was pasted.
const maxMarked = 64 << 10

// markdown marks what a person wrote.
func (l *passageLook) markdown(text string) {
	if l.kind == signatureWords && text == "-- " || len(text) > maxMarked {
		return
	}
	l.bullet = bulletOf(text)
	heading := headingOf(text)
	if l.bullet == 0 && heading == 0 && !strings.ContainsAny(text, "*_`[~:") {
		return
	}
	m := marker{text: text, traits: make([]trait, len(text))}
	start := max(l.bullet, heading)
	m.set(0, start, markTrait)
	if heading > 0 {
		m.set(heading, len(text), boldTrait)
	}
	m.inline(start)
	l.traits = m.spans()
}

// marker finds the marks within a line.
type marker struct {
	text   string
	traits []trait // of each octet
	open   []emphasis
}

// emphasis is a row of asterisks or the like that may open something.
type emphasis struct {
	at, n int
	char  byte
}

func (m *marker) set(from, to int, t trait) {
	for i := from; i < to; i++ {
		m.traits[i] |= t
	}
}

func (m *marker) spans() (list []traitSpan) {
	for i := 0; i < len(m.traits); {
		j := i + 1
		for j < len(m.traits) && m.traits[j] == m.traits[i] {
			j++
		}
		if m.traits[i] != plainTrait {
			list = append(list, traitSpan{i, j, m.traits[i]})
		}
		i = j
	}
	return list
}

// inline finds code, links and emphasis, as CommonMark does, within one line.
func (m *marker) inline(at int) {
	for at < len(m.text) {
		switch c := m.text[at]; c {
		case '\\':
			at += 2
		case '`':
			at = m.code(at)
		case '[':
			at = m.link(at)
		case '*', '_', '~':
			at = m.emphasis(at, c)
		case ':':
			at = m.address(at)
		default:
			at++
		}
	}
}

// row is how many of the same character stand at an offset.
func (m *marker) row(at int) int {
	n := 1
	for at+n < len(m.text) && m.text[at+n] == m.text[at] {
		n++
	}
	return n
}

func (m *marker) code(at int) int {
	n := m.row(at)
	for end := at + n; end < len(m.text); {
		next := strings.IndexByte(m.text[end:], '`')
		if next < 0 {
			break
		}
		end += next
		k := m.row(end)
		if k == n {
			m.set(at, at+n, markTrait)
			m.set(at+n, end, codeTrait)
			m.set(end, end+n, markTrait)
			return end + n
		}
		end += k
	}
	return at + n
}

// link marks [words](address).
func (m *marker) link(at int) int {
	closed := strings.IndexByte(m.text[at:], ']')
	if closed < 0 || at+closed+1 >= len(m.text) || m.text[at+closed+1] != '(' {
		return at + 1
	}
	closed += at
	end := strings.IndexByte(m.text[closed:], ')')
	if end < 0 {
		return at + 1
	}
	end += closed
	m.set(at, at+1, markTrait)
	m.set(at+1, closed, linkTrait)
	m.set(closed, end+1, markTrait)
	return end + 1
}

// address marks an address that stands by itself.
func (m *marker) address(at int) int {
	if !strings.HasPrefix(m.text[at:], "://") {
		return at + 1
	}
	start := at
	for start > 0 && (m.text[start-1]|0x20) >= 'a' && (m.text[start-1]|0x20) <= 'z' {
		start--
	}
	if scheme := strings.ToLower(m.text[start:at]); scheme != "http" && scheme != "https" {
		return at + 1
	}
	end := at + 3
	for end < len(m.text) && !strings.ContainsRune(" \t<>\"`{}|\\^", rune(m.text[end])) {
		end++
	}
	end = start + len(strings.TrimRight(m.text[start:end], ".,;:!?)]*_"))
	m.set(start, max(end, at+1), linkTrait)
	return max(end, at+1)
}

// emphasis marks what is between two rows of the same character.
func (m *marker) emphasis(at int, char byte) int {
	n := m.row(at)
	end := at + n
	if char == '~' && n != 2 {
		return end
	}
	opens, closes := m.flanks(at, end, char)
	left := n
	for closes && left > 0 {
		i := len(m.open) - 1
		for i >= 0 && m.open[i].char != char {
			i--
		}
		if i < 0 {
			break
		}
		o := &m.open[i]
		k := min(o.n, left, 2)
		from := o.at + o.n - k
		m.set(from, from+k, markTrait)
		m.set(end-left, end-left+k, markTrait)
		m.set(from+k, end-left, traitOf(char, k))
		o.n -= k
		left -= k
		m.open = m.open[:i+1]
		if o.n == 0 {
			m.open = m.open[:i]
		}
	}
	if opens && left > 0 && len(m.open) < 64 {
		m.open = append(m.open, emphasis{end - left, left, char})
	}
	return end
}

func traitOf(char byte, n int) trait {
	switch {
	case char == '~':
		return markTrait // struck out: it steps back
	case n == 2:
		return boldTrait
	}
	return italicTrait
}

// flanks says what a row can do, by what stands around it (CommonMark 0.31 6.2).
func (m *marker) flanks(from, to int, char byte) (opens, closes bool) {
	before, _ := utf8.DecodeLastRuneInString(m.text[:from])
	after, _ := utf8.DecodeRuneInString(m.text[to:])
	spaceBefore := from == 0 || unicode.IsSpace(before)
	spaceAfter := to == len(m.text) || unicode.IsSpace(after)
	punctBefore := from > 0 && (unicode.IsPunct(before) || unicode.IsSymbol(before))
	punctAfter := to < len(m.text) && (unicode.IsPunct(after) || unicode.IsSymbol(after))
	left := !spaceAfter && (!punctAfter || spaceBefore || punctBefore)
	right := !spaceBefore && (!punctBefore || spaceAfter || punctAfter)
	if char == '_' {
		return left && (!right || punctBefore), right && (!left || punctAfter)
	}
	return left, right
}

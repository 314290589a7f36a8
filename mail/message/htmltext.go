package message

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// rendered is HTML turned to text.
type rendered struct {
	text   string // lines end in "\n"
	hidden string // the beginning of what stands hidden before it: the preview text of newsletters
}

// renderHTML turns HTML to the text that a person would see, in one pass over
// its tokens without building a tree, so that no nesting and no flood of
// elements costs more than its bytes. What is not displayed is left out.
func renderHTML(source string) rendered {
	t := textRenderer{z: html.NewTokenizer(strings.NewReader(source))}
	t.out.Grow(min(len(source)/4, maxText))
	for t.step() {
	}
	return rendered{text: t.out.String(), hidden: t.hidden.String()}
}

const (
	maxHidden = 1024 // bytes of hidden text kept
	maxQuote  = 8    // levels of quoting shown
	maxList   = 16   // levels of lists counted
)

type textRenderer struct {
	z   *html.Tokenizer
	out strings.Builder

	breaks int  // line ends due before the next word
	blank  bool // a blank is due
	quote  int  // blockquotes open
	pre    int
	lists  []int // number of the last item of each open list, -1 without numbers

	skip   atom.Atom // the element whose content is passed over
	depth  int       // elements of that name open in it
	quiet  bool      // its text is not even a preview: script, style
	hidden strings.Builder
}

// step takes one token; false at the end.
func (t *textRenderer) step() bool {
	switch t.z.Next() {
	case html.ErrorToken:
		return false
	case html.TextToken:
		t.text(t.z.Text())
	case html.StartTagToken:
		t.start(false)
	case html.SelfClosingTagToken:
		t.start(true)
	case html.EndTagToken:
		t.end()
	case html.CommentToken:
		t.comment()
	}
	return true
}

// comment shows a comment only if it never ends and all of the text is in it.
func (t *textRenderer) comment() {
	raw := t.z.Raw()
	if t.out.Len() == 0 && bytes.HasPrefix(raw, []byte("<!--")) && !bytes.HasSuffix(raw, []byte{'>'}) {
		t.words(t.z.Text())
	}
}

func (t *textRenderer) text(b []byte) {
	switch {
	case t.skip != 0:
		if !t.quiet && t.out.Len() == 0 && t.hidden.Len()+len(b) < maxHidden {
			t.hidden.Write(b)
		}
	case t.pre > 0:
		t.preformatted(b)
	default:
		t.words(b)
	}
}

// words writes text with its blanks folded.
func (t *textRenderer) words(b []byte) {
	for len(b) > 0 {
		n := bytes.IndexAny(b, " \t\n\r\f")
		if n < 0 {
			n = len(b)
		}
		t.word(b[:n])
		t.blank = t.blank || n < len(b)
		b = b[min(n+1, len(b)):]
	}
}

func (t *textRenderer) preformatted(b []byte) {
	for i, row := range bytes.Split(b, []byte{'\n'}) {
		if i > 0 {
			t.breaks++
		}
		t.word(row)
	}
}

// word writes a word after the blank or the line ends that are due.
func (t *textRenderer) word(b []byte) {
	if len(b) == 0 {
		return
	}
	t.separate()
	if isASCII(b) {
		t.out.Write(b)
		return
	}
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == '\u00a0':
			t.out.WriteByte(' ')
		case !isInvisible(r) || r == '\u200e' || r == '\u200f':
			t.out.Write(b[:n])
		}
		b = b[n:]
	}
}

func (t *textRenderer) separate() {
	switch {
	case t.out.Len() == 0:
		t.prefix()
	case t.breaks > 0:
		for range min(t.breaks, 2) {
			t.out.WriteByte('\n')
		}
		t.prefix()
	case t.blank:
		t.out.WriteByte(' ')
	}
	t.breaks, t.blank = 0, false
}

// prefix starts a line in a quotation as mail quotes it.
func (t *textRenderer) prefix() {
	for range min(t.quote, maxQuote) {
		t.out.WriteString("> ")
	}
}

// newline makes sure that n line ends stand before the next word.
func (t *textRenderer) newline(n int) { t.breaks = max(t.breaks, n) }

func (t *textRenderer) start(selfClosing bool) {
	name, hasAttr := t.z.TagName()
	tag := atom.Lookup(name)
	if t.skip != 0 {
		t.startSkipped(tag, selfClosing)
		return
	}
	if quiet := isQuiet(tag); quiet || hasAttr && isHidden(t.z.Raw()) && !isVoid(tag) {
		if !selfClosing && tag != 0 {
			t.skip, t.depth, t.quiet = tag, 1, quiet
		}
		return
	}
	t.open(tag, hasAttr)
}

// startSkipped counts elements inside of a hidden one. A paragraph, which
// often is never closed, ends at the next block.
func (t *textRenderer) startSkipped(tag atom.Atom, selfClosing bool) {
	switch {
	case t.skip == atom.P && (tag == atom.P || blockBreaks[tag] > 0):
		t.skip = 0
		t.open(tag, false)
	case tag == t.skip && !selfClosing:
		t.depth++
	}
}

func (t *textRenderer) open(tag atom.Atom, hasAttr bool) {
	t.newline(blockBreaks[tag])
	switch tag {
	case atom.Br:
		t.breaks++
	case atom.Blockquote:
		t.quote++
	case atom.Pre:
		t.pre++
	case atom.Td, atom.Th:
		t.blank = true
	case atom.Img:
		if hasAttr {
			t.words(t.attr("alt"))
		}
	case atom.Ul:
		t.openList(-1)
	case atom.Ol:
		t.openList(0)
	case atom.Li:
		t.item()
	}
}

func (t *textRenderer) openList(n int) {
	if len(t.lists) < maxList {
		t.lists = append(t.lists, n)
	}
}

func (t *textRenderer) item() {
	bullet := "•"
	if n := len(t.lists); n > 0 && t.lists[n-1] >= 0 {
		t.lists[n-1]++
		bullet = strconv.Itoa(t.lists[n-1]) + "."
	}
	t.separate()
	t.out.WriteString(bullet)
	t.blank = true
}

func (t *textRenderer) end() {
	name, _ := t.z.TagName()
	tag := atom.Lookup(name)
	if t.skip != 0 {
		if tag == t.skip {
			if t.depth--; t.depth == 0 {
				t.skip = 0
			}
		}
		return
	}
	t.newline(blockBreaks[tag])
	switch tag {
	case atom.Blockquote:
		t.quote = max(t.quote-1, 0)
	case atom.Pre:
		t.pre = max(t.pre-1, 0)
	case atom.Ul, atom.Ol:
		t.lists = t.lists[:max(len(t.lists)-1, 0)]
	case atom.Td, atom.Th:
		t.blank = true
	}
}

// attr returns the value of an attribute of the current tag.
func (t *textRenderer) attr(name string) []byte {
	for more := true; more; {
		var key, value []byte
		key, value, more = t.z.TagAttr()
		if string(key) == name {
			return value
		}
	}
	return nil
}

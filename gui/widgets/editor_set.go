package widgets

import (
	"slices"
	"strings"
	"unicode/utf8"

	"postrider/gui/theme"
	"postrider/mail/typeset"
)

// setting is a paragraph of a text being written, in lines. A long one is set in
// chunks, so that a letter in its midst costs as much as in a short one.
type setting struct {
	lines  []setLine // none: not set
	chunks []chunk   // of a long one
	rtl    bool
	width  float32
	faces  uint64 // the library's generation

	was *passage // what it was before the last edit, until it is set
}

// chunk is a part of a long paragraph that was set by itself. It ends where a
// line ends.
type chunk struct {
	base   int // where it begins
	window int // how much text was set
	lines  int // how many of its lines count; the last one depends on what follows
	par    *typeset.Paragraph
}

// setLine is a line of a paragraph. Its own offsets count from base.
type setLine struct {
	*typeset.Line
	base int
	text string // that was set
}

func (l setLine) start() int { return l.base + l.Line.Start }
func (l setLine) end() int   { return l.base + l.Line.End }

func (l setLine) caretX(at int) float32 { return float32(l.CaretX(at - l.base)) }

func (l setLine) offset(x float32) int { return l.base + l.Offset(float64(x)) }

func (l setLine) spans(from, to int) []typeset.Span {
	return l.Spans(max(from-l.base, 0), max(to-l.base, 0))
}

const (
	chunkSize = 2 << 10 // octets
	// chunkSpare is how much more of a changed chunk is set, to find the line
	// again where the next one begins.
	chunkSpare = 512
)

// lineHeight is how high each line of a text being written is.
var lineHeight = theme.TextMail.Line

// setter sets paragraphs.
type setter struct {
	library *typeset.Library
	width   float32
}

func (s setter) options() typeset.Options {
	return typeset.Options{Width: float64(s.width), LineHeight: float64(lineHeight), BreakWords: true, Tab: 32}
}

// set sets a paragraph, if it is not set as it should be.
func (s setter) set(p *passage) {
	generation := s.library.Generation()
	if len(p.set.lines) > 0 && p.set.width == s.width && p.set.faces == generation {
		return
	}
	was := p.set.was
	p.set = setting{width: s.width, faces: generation}
	if len(p.text) <= chunkSize {
		par := s.library.Paragraph(pieces(p, 0, len(p.text)), s.options())
		p.set.take(par, 0, len(par.Lines))
		return
	}
	s.long(p, was)
}

func (t *setting) take(par *typeset.Paragraph, base, lines int) {
	for i := range lines {
		t.lines = append(t.lines, setLine{&par.Lines[i], base, par.Text})
	}
	t.rtl = t.lines[0].RTL
}

// long sets a long paragraph. What of it was set before the last edit stays.
func (s setter) long(p *passage, was *passage) {
	o := s.options()
	reuse := s.reuseOf(p, was)
	if was != nil {
		p.set.lines = make([]setLine, 0, len(was.set.lines)+chunkSize/32)
	}
	at := 0
	for _, c := range reuse.head {
		p.set.add(c)
		at = c.base + c.par.Lines[c.lines-1].End
	}
	for at < len(p.text) {
		if len(p.set.lines) > 0 {
			o.Direction = typeset.LeftToRight
			if p.set.rtl {
				o.Direction = typeset.RightToLeft
			}
		}
		c := s.chunk(p, at, o)
		tail := reuse.cut(&c)
		p.set.add(c)
		at = c.base + c.par.Lines[c.lines-1].End
		if len(tail) > 0 {
			for _, c := range tail {
				p.set.add(c)
			}
			return
		}
	}
}

func (t *setting) add(c chunk) {
	t.chunks = append(t.chunks, c)
	t.take(c.par, c.base, c.lines)
}

// chunk sets what follows an offset.
func (s setter) chunk(p *passage, at int, o typeset.Options) chunk {
	for size := chunkSize + chunkSpare; ; size *= 2 {
		end := min(at+size, len(p.text))
		for end < len(p.text) && !utf8.RuneStart(p.text[end]) {
			end++
		}
		par := s.library.Paragraph(pieces(p, at, end), o)
		c := chunk{base: at, window: end - at, lines: len(par.Lines), par: par}
		if end == len(p.text) {
			return c
		}
		// The last line would go on; and what was set for spare is left over.
		for c.lines > 1 && (c.lines == len(par.Lines) || par.Lines[c.lines-1].Start > chunkSize) {
			c.lines--
		}
		if c.lines < len(par.Lines) {
			return c
		}
	}
}

// reuse is what of a paragraph need not be set again.
type reuse struct {
	head, tail []chunk
}

// reuseOf compares a paragraph with what it was.
func (s setter) reuseOf(p, was *passage) (r reuse) {
	if was == nil || len(was.set.chunks) == 0 || was.set.width != s.width || was.set.faces != p.set.faces {
		return r
	}
	same := samePrefix(was, p)
	for _, c := range was.set.chunks {
		if c.base+c.window > same || c.base+c.window == len(was.text) {
			break
		}
		r.head = append(r.head, c)
	}
	moved := len(p.text) - len(was.text)
	rest := len(was.text) - sameSuffix(was, p)
	for _, c := range was.set.chunks {
		if c.base >= rest && c.base+moved >= same {
			c.base += moved
			r.tail = append(r.tail, c)
		}
	}
	return r
}

// cut ends a chunk where one that need not be set again begins, and returns this
// and all after it.
func (r *reuse) cut(c *chunk) []chunk {
	for i, t := range r.tail {
		for k := 1; k < len(c.par.Lines); k++ {
			if c.base+c.par.Lines[k].Start == t.base {
				c.lines = k
				return r.tail[i:]
			}
		}
		if t.base > c.base+c.window {
			break
		}
	}
	return nil
}

// stride is how much of two texts is compared at once, before it is by octets.
const stride = 1 << 10

// samePrefix is how many octets two paragraphs have in common from the start,
// also in how they look.
func samePrefix(a, b *passage) int {
	n := 0
	for n+stride <= min(len(a.text), len(b.text)) && a.text[n:n+stride] == b.text[n:n+stride] {
		n += stride
	}
	for n < len(a.text) && n < len(b.text) && a.text[n] == b.text[n] {
		n++
	}
	for i := 0; ; i++ {
		switch {
		case i == len(a.look.traits) && i == len(b.look.traits):
			return n
		case i == len(a.look.traits):
			return min(n, b.look.traits[i].from)
		case i == len(b.look.traits):
			return min(n, a.look.traits[i].from)
		case a.look.traits[i] != b.look.traits[i]:
			return min(n, a.look.traits[i].from, b.look.traits[i].from)
		}
	}
}

// sameSuffix is the same from the end.
func sameSuffix(a, b *passage) int {
	n, x, y := 0, len(a.text), len(b.text)
	for n+stride <= min(x, y) && a.text[x-n-stride:x-n] == b.text[y-n-stride:y-n] {
		n += stride
	}
	for n < len(a.text) && n < len(b.text) && a.text[len(a.text)-1-n] == b.text[len(b.text)-1-n] {
		n++
	}
	for i := 0; ; i++ {
		x, y := len(a.look.traits)-1-i, len(b.look.traits)-1-i
		switch {
		case x < 0 && y < 0:
			return n
		case x < 0:
			return min(n, len(b.text)-b.look.traits[y].to)
		case y < 0:
			return min(n, len(a.text)-a.look.traits[x].to)
		}
		s, t := a.look.traits[x], b.look.traits[y]
		if len(a.text)-s.from != len(b.text)-t.from || len(a.text)-s.to != len(b.text)-t.to || s.trait != t.trait {
			return min(n, len(a.text)-s.to, len(b.text)-t.to)
		}
	}
}

// lineOf is the line where a caret in front of an offset stands.
func (t *setting) lineOf(at int) int {
	i, _ := slices.BinarySearchFunc(t.lines, at, func(l setLine, at int) int {
		if l.end() <= at {
			return -1
		}
		return 1
	})
	return min(i, len(t.lines)-1)
}

// pieces are a part of a paragraph's text by how they look.
func pieces(p *passage, from, to int) []typeset.Text {
	var out []typeset.Text
	at := from
	add := func(end int, t trait) {
		if end = min(end, to); end > at {
			out = append(out, typeset.Text{Text: p.text[at:end], Style: t.style()})
			at = end
		}
	}
	for _, s := range p.look.traits {
		add(s.from, plainTrait)
		add(s.to, s.trait)
	}
	add(to, plainTrait)
	if out == nil {
		out = append(out, typeset.Text{Style: plainTrait.style()})
	}
	return out
}

// style is how text with traits is set.
func (t trait) style() typeset.Style {
	s := theme.TextMail
	if t&boldTrait != 0 && t&markTrait == 0 {
		s.Weight = theme.SemiBold
	}
	s.Italic = t&italicTrait != 0 && t&markTrait == 0
	if t&codeTrait != 0 {
		s.Mono, s.Size = true, theme.TextLine.Size
	}
	return styleOf(s)
}

// guess is about how many lines a paragraph has that is not set.
func (s setter) guess(text string) int {
	const letter = 7 // px, roughly
	return max(1, (len(text)*letter+int(s.width)-1)/max(1, int(s.width)))
}

// visible is where what can be seen of a line ends: before the spaces at which
// it is broken.
func (t *setting) visible(i int, text string) int {
	l := t.lines[i]
	if i == len(t.lines)-1 {
		return l.end()
	}
	return l.start() + len(strings.TrimRight(text[l.start():l.end()], " "))
}

package box

import (
	"strings"

	"postrider/mail/html"
	"postrider/mail/html/css"
	"postrider/mail/html/display"
)

// runMaker collects the words of one text on one line.
type runMaker struct {
	piece *piece
	font  *font
	run   display.Run
	words []display.Word // of the run
	slab  []display.Word // memory for the runs to come
}

// lines draws the lines of a flow.
func (e *emitter) lines(b *Box, x, y float64) {
	f := b.flow
	for i := range f.lines {
		ln := &f.lines[i]
		if e.hidden(ln, y) {
			continue
		}
		outer := e.inlines
		e.inlines = nil
		for k := ln.from; k < ln.to; k++ {
			e.frag(f, &f.frags[k], x, y)
		}
		e.flush()
		e.inlines = outer
	}
	f.items, f.frags, f.lines = nil, nil, nil // long mails need the memory now
}

// hidden reports whether a line is beyond the page's last.
func (e *emitter) hidden(ln *line, y float64) bool { return y+ln.y > tallest }

func (e *emitter) frag(f *flow, g *frag, x, y float64) {
	if n := len(e.inlines); n > 0 {
		look := e.inlines[n-1]
		x, y = x+look.dx, y+look.dy
	}
	switch g.kind {
	case boxFrag:
		e.flush()
		x, y = e.openInline(f.pieces[g.item].style, x, y)
		e.inlineBox(&f.pieces[g.item], g, x, y)
	case endFrag:
		e.flush()
		e.closeInline()
	case atomFrag:
		e.flush()
		e.atom(f.pieces[f.items[g.item].piece].box, x, y)
	case textFrag, spaceFrag:
		it := &f.items[g.item]
		if it.kind == breakItem {
			e.flush()
			e.gap = max(e.gap, display.LineGap)
			return
		}
		e.word(f, it, g, x, y)
	}
}

// openInline applies the position and opacity of an inline box to what follows.
func (e *emitter) openInline(s *css.Style, x, y float64) (float64, float64) {
	var look inlineLook
	if n := len(e.inlines); n > 0 {
		look = e.inlines[n-1]
	}
	look.opacity = e.opacity
	if s.Position == css.Relative {
		dx, dy := relative(s, 0, 0)
		look.dx, look.dy = look.dx+dx, look.dy+dy
		x, y = x+dx, y+dy
	}
	e.opacity *= s.Opacity
	e.inlines = append(e.inlines, look)
	return x, y
}

func (e *emitter) closeInline() {
	if n := len(e.inlines); n > 0 {
		e.opacity = e.inlines[n-1].opacity
		e.inlines = e.inlines[:n-1]
	}
}

// atom draws a box that stands on the line.
func (e *emitter) atom(k *Box, x, y float64) {
	if lifted(k) {
		return
	}
	dx, dy := e.moved(k, 0, 0)
	e.context(k, x+k.x+dx, y+k.y+dy)
	if k.flow != nil || len(k.kids) > 0 {
		e.gap = max(e.gap, display.SpaceGap)
	}
}

// inlineBox draws the background and border of an inline box on one line.
func (e *emitter) inlineBox(p *piece, g *frag, x, y float64) {
	s := p.style
	if s.Visibility != css.Visible || g.w < 0 || e.opacity < 0.02 {
		return
	}
	r := rect(x+float64(g.x), y+float64(g.y), float64(g.w), float64(g.h))
	if link, ok := e.links[p.node]; ok {
		e.linkRect(link, r)
	}
	edges := s.Border
	c := corners(s, float64(g.w), float64(g.h))
	if !g.first {
		edges[css.Left] = css.Edge{}
		c[css.TopLeft], c[css.BottomLeft] = display.Corners{}[0], display.Corners{}[0]
	}
	if !g.last {
		edges[css.Right] = css.Edge{}
		c[css.TopRight], c[css.BottomRight] = display.Corners{}[0], display.Corners{}[0]
	}
	if g.w > 0 {
		e.surface(p.node, s, r, c, edges, false, false)
	}
}

// word adds a word or a space to the run.
func (e *emitter) word(f *flow, it *item, g *frag, x, y float64) {
	p := &f.pieces[it.piece]
	m := &e.runs
	base := float32(y + float64(g.y))
	if m.piece != p || m.run.Baseline != base {
		e.flush()
		m.piece, m.font = p, it.font
		m.run = display.Run{Baseline: base, Node: int32(p.node), Generated: p.generated}
	}
	w := display.Word{X: float32(x + float64(g.x)), W: g.w, Text: g.text, RTL: it.level&1 == 1}
	if it.kind == wordItem {
		w.Shape = g.word
		w.Hyphen = strings.HasSuffix(it.text, softHyphen) && strings.HasSuffix(g.text, "-")
	} else {
		w.Space = true
		w.Text = " "
		if it.text == nbsp {
			w.Text = nbsp
		}
	}
	m.add(w)
}

// add appends a word, in memory that many runs share.
func (m *runMaker) add(w display.Word) {
	n := len(m.words)
	if n == len(m.slab) {
		slab := make([]display.Word, max(slabWords, 2*n))
		copy(slab, m.words)
		m.slab = slab
	}
	m.slab[n] = w
	m.words = m.slab[:n+1]
}

// take hands the words of a run over.
func (m *runMaker) take() []display.Word {
	n := len(m.words)
	words := m.words[:n:n]
	m.slab, m.words = m.slab[n:], nil
	return words
}

const slabWords = 256

// flush ends the run.
func (e *emitter) flush() {
	m := &e.runs
	if m.piece == nil {
		return
	}
	p := m.piece
	m.piece = nil
	if !e.trimmed(m.words) {
		m.words = nil
		return
	}
	s := p.style
	behind, window := css.Color{}, false
	if s.Color.A < 5 {
		behind, window = e.behind(p.node)
	}
	if s.Visibility != css.Visible || e.opacity < 0.02 || m.font.size < 0.5 || s.Color.A < 5 && !window && s.Shadow == nil {
		m.words = nil
		return
	}
	words := m.take()
	r := m.run
	left, right := words[0].X, words[0].X+words[0].W
	for i := range words {
		left, right = min(left, words[i].X), max(right, words[i].X+words[i].W)
	}
	r.Rect = display.Rect{X: left, Y: r.Baseline - float32(m.font.ascent), W: right - left, H: float32(m.font.ascent + m.font.descent)}
	r.Words = words
	r.Style, r.Window = e.look(s), window
	if window {
		r.Style = e.recolour(r.Style, behind)
	}
	r.Link = e.linkOf(html.ID(r.Node))
	r.Gap, r.Joins = e.gap, p.letter
	e.gap = display.NoGap
	e.page.Runs = append(e.page.Runs, r)
	e.add(display.Text, len(e.page.Runs)-1, r.Rect, html.ID(r.Node))
}

// trimmed reports whether a run has words. If it has spaces alone they become a
// gap.
func (e *emitter) trimmed(words []display.Word) bool {
	for i := range words {
		if !words[i].Space {
			return true
		}
	}
	if len(words) > 0 {
		e.gap = max(e.gap, display.SpaceGap)
	}
	return false
}

// behind is a colour of the background that shows through clear letters, where a
// mail asks for that (background-clip: text).
func (e *emitter) behind(id html.ID) (css.Color, bool) {
	for range 4 {
		if id < 0 {
			break
		}
		if s := e.styles.Of(id); s != nil && s.Layers != nil {
			for i := range s.Layers.List {
				if l := &s.Layers.List[i]; l.Clip == css.TextArea && l.Gradient != nil && len(l.Gradient.Stops) > 0 {
					return l.Gradient.Stops[len(l.Gradient.Stops)/2].Color, true
				}
			}
		}
		id = e.doc.Node(id).Parent
	}
	return css.Color{}, false
}

// recolour is a text style with another colour.
func (e *emitter) recolour(style int32, c css.Color) int32 {
	t := e.page.Styles[style]
	t.Colour = nrgba(c)
	e.page.Styles = append(e.page.Styles, t)
	return int32(len(e.page.Styles) - 1)
}

// look is the index of a text style.
func (e *emitter) look(s *css.Style) int32 {
	if i, ok := e.looks[s]; ok {
		return i
	}
	f := e.l.font(s)
	t := display.TextStyle{
		Size: f.size, LetterSpacing: f.letter, Weight: int(s.Weight), Italic: s.Italic, Colour: nrgba(s.Color), Family: familyList(s.Family),
	}
	m := f.metrics
	t.Under = textLine(s.Deco.Under, m.UnderlinePosition, m.UnderlineThickness)
	t.Over = textLine(s.Deco.Over, -m.Ascent, m.UnderlineThickness)
	t.Through = textLine(s.Deco.Through, -m.StrikePosition-m.UnderlineThickness/2, m.UnderlineThickness)
	if s.Shadow != nil {
		for _, sh := range s.Shadow.List {
			t.Shadows = append(t.Shadows, display.TextShadow{X: sh.X, Y: sh.Y, Blur: sh.Blur, Colour: nrgba(sh.Color)})
		}
	}
	i := int32(len(e.page.Styles))
	e.page.Styles = append(e.page.Styles, t)
	e.looks[s] = i
	return i
}

func textLine(l css.TextLine, y, thickness float64) display.TextLine {
	if l.Style == css.NoLine || l.Style == css.HiddenLine {
		return display.TextLine{}
	}
	t := display.TextLine{Stroke: stroke(l.Style), Colour: nrgba(l.Color), Y: float32(y), Thickness: float32(max(1, thickness))}
	if l.Thickness > 0 {
		t.Thickness = l.Thickness
	}
	return t
}

// marker draws what stands before a list item, beside its first line.
func (e *emitter) marker(b *Box, x, y float64) {
	s := b.style
	if s.Visibility != css.Visible {
		return
	}
	f := e.l.font(s)
	first := b.first
	if first < 0 { // beside no line, it has one for itself
		first, _ = f.extent(s)
		first += b.edge(css.Top, b.w)
	}
	text := strings.TrimRight(b.marker, " ")
	var words []display.Word
	w := f.faces.Word(text, s.RTL)
	width := f.widthOf(w)
	gap := f.space
	if text != b.marker && len(b.marker)-len(text) == 0 {
		gap = 0
	}
	left := x + b.edge(css.Left, b.w) - width - gap
	if isBullet(s.ListType) {
		left = x + b.edge(css.Left, b.w) - width - f.size*0.45
	}
	if s.RTL {
		left = x + b.w - b.edge(css.Right, b.w) + gap
	}
	words = append(words, display.Word{X: float32(left), W: float32(width), Text: text, Shape: w, RTL: s.RTL})
	words = append(words, display.Word{X: float32(left + width), W: float32(gap), Text: " ", Space: true})
	base := float32(y + first + b.lower)
	r := display.Run{
		Baseline: base, Node: int32(b.node), Generated: true, Words: words, Style: e.look(s), Link: -1, Gap: e.gap,
		Rect: display.Rect{X: float32(left), Y: base - float32(f.ascent), W: float32(width), H: float32(f.ascent + f.descent)},
	}
	e.gap = display.NoGap
	e.page.Runs = append(e.page.Runs, r)
	e.add(display.Text, len(e.page.Runs)-1, r.Rect, b.node)
}

func isBullet(t css.ListType) bool { return t == css.Disc || t == css.Circle || t == css.Square }

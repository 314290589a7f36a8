package widgets

import (
	"slices"

	"postrider/gui/theme"
	"postrider/mail/typeset"
	"postrider/mail/typeset/ink"
)

// Align says where in its room a text stands.
type Align uint8

// The ways to align. AlignStart is the left, also for text that runs from right
// to left: the window itself does not.
const (
	AlignStart Align = iota
	AlignMiddle
	AlignEnd
)

// A Span makes a part of a text look different.
type Span struct {
	From, To int          // byte offsets
	Color    theme.Token  // None is the text's
	Behind   theme.Token  // such as Hit, for what a search found; None is nothing
	Weight   theme.Weight // 0 is the text's
	Act      func()       // makes it a link, in a [Block]
}

// Words are a text with its looks.
type Words struct {
	Text  string
	Style theme.TextStyle
	Color theme.Token
	Align Align
	Spans []Span // in order, not overlapping
}

// equal says whether they look the same.
func (t Words) equal(o Words) bool {
	return t.Text == o.Text && t.Style == o.Style && t.Color == o.Color && t.Align == o.Align &&
		slices.EqualFunc(t.Spans, o.Spans, func(a, b Span) bool {
			return a.From == b.From && a.To == b.To && a.Color == b.Color && a.Behind == b.Behind && a.Weight == b.Weight
		})
}

// heavy says whether a part changes the weight, and with it the widths.
func (t Words) heavy() bool {
	return slices.ContainsFunc(t.Spans, func(s Span) bool { return s.Weight != 0 })
}

// width is how wide they are in one line.
func (t Words) width() float32 {
	if !t.heavy() {
		return TextWidth(t.Text, t.Style)
	}
	return float32(library().Paragraph(t.texts(), typeset.Options{MaxLines: 1}).Width)
}

// texts cuts them where the weight changes.
func (t Words) texts() []typeset.Text {
	var out []typeset.Text
	at := 0
	add := func(to int, s theme.TextStyle) {
		if to > at {
			out = append(out, typeset.Text{Text: t.Text[at:to], Style: styleOf(s)})
			at = to
		}
	}
	for _, s := range t.Spans {
		if s.Weight != 0 {
			add(t.within(s.From), t.Style)
			add(t.within(s.To), t.Style.With(s.Weight))
		}
	}
	add(len(t.Text), t.Style)
	if out == nil {
		out = append(out, typeset.Text{Style: styleOf(t.Style)})
	}
	return out
}

func (t Words) within(offset int) int { return min(max(offset, 0), len(t.Text)) }

// Text paints words in one line, in a box of the style's line height at x, y,
// and w wide: what is longer ends in dots. It says how wide they came out.
func (s *Sheet) Text(x, y, w float32, t Words) float32 {
	if t.Text == "" || w <= 0 {
		return 0
	}
	line := t.line(w)
	used := float32(line.Width)
	switch t.Align {
	case AlignMiddle:
		x += (w - used) / 2
	case AlignEnd:
		x += w - used
	}
	s.line(line, x-float32(line.X), y+Ascent(t.Style), t)
	return used
}

// line sets words that may be so wide. A little more is allowed than was given,
// or rounding would cost a text its last letters.
func (t Words) line(w float32) *typeset.Line {
	const slack = 0.05
	if !t.heavy() {
		return library().Line(t.Text, styleOf(t.Style), typeset.LineOptions{Max: float64(w + slack)})
	}
	p := library().Paragraph(t.texts(), typeset.Options{Width: float64(w + slack), MaxLines: 1, Align: typeset.Left})
	return &p.Lines[0]
}

// line paints a set line with its left edge at x and its baseline at y.
func (s *Sheet) line(line *typeset.Line, x, y float32, t Words) {
	canvas := s.canvas()
	left, base := float64(x), float64(float32(s.px(y))/s.Scale)
	for _, span := range t.Spans {
		if span.Behind != theme.None {
			s.ground(canvas, line, left, base, t, span)
		}
	}
	for i := range line.Runs {
		t.pieces(&line.Runs[i], func(run *typeset.GlyphRun, color theme.Token) {
			canvas.Text(run, left, base, color.Now())
		})
	}
}

// ground paints what is behind a part of a line.
func (s *Sheet) ground(canvas *ink.Canvas, line *typeset.Line, left, base float64, t Words, span Span) {
	high, room := float64(t.Style.Size)*markHeight, float64(t.Style.Line)
	top := base - float64(Ascent(t.Style)) + (room-high)/2
	for _, part := range line.Spans(t.within(span.From), t.within(span.To)) {
		canvas.Fill(ink.Rect{X: left + part.Left, Y: top, W: part.Right - part.Left, H: high}, ink.Round(float64(theme.RadiusSwatch)), span.Behind.Now())
	}
}

// pieces hands out the pieces of a run that have one colour each.
func (t Words) pieces(run *typeset.GlyphRun, paint func(*typeset.GlyphRun, theme.Token)) {
	if len(t.Spans) == 0 {
		paint(run, t.Color)
		return
	}
	from := 0
	for i := range run.Glyphs {
		color := t.colorAt(run.Base + int(run.Glyphs[i].Cluster))
		if i+1 < len(run.Glyphs) && t.colorAt(run.Base+int(run.Glyphs[i+1].Cluster)) == color {
			continue
		}
		piece := *run
		piece.Glyphs = run.Glyphs[from : i+1]
		paint(&piece, color)
		from = i + 1
	}
}

// colorAt is the colour of the text at an offset.
func (t Words) colorAt(offset int) theme.Token {
	for _, s := range t.Spans {
		if offset < s.From || offset >= s.To {
			continue
		}
		switch {
		case s.Color != theme.None:
			return s.Color
		case s.Behind == theme.Hit:
			return theme.Ink // a caption's colour would be too faint there
		}
	}
	return t.Color
}

// markHeight is how high the ground behind a hit is, in sizes of the text: that
// of Inter's content area.
const markHeight = 1.21

// canvas draws text onto the sheet.
func (s *Sheet) canvas() *ink.Canvas {
	library() // makes the ink
	at := s.Pix.Rect.Min
	return typecase.ink.Canvas(s.Pix, float64(s.Scale), float64(at.X)/float64(s.Scale), float64(at.Y)/float64(s.Scale))
}

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
	color := t.Color.Now()
	for i := range line.Runs {
		canvas.Text(&line.Runs[i], left, base, color)
	}
	for _, span := range t.Spans {
		if span.Color != theme.None || span.Behind != theme.None {
			s.span(canvas, line, left, base, t, span)
		}
	}
}

// span paints a part of a line again, in its own colours.
func (s *Sheet) span(canvas *ink.Canvas, line *typeset.Line, left, base float64, t Words, span Span) {
	color := t.Color
	switch {
	case span.Color != theme.None:
		color = span.Color
	case span.Behind == theme.Hit:
		color = theme.Ink
	}
	top := base - float64(Ascent(t.Style))
	for _, part := range line.Spans(t.within(span.From), t.within(span.To)) {
		// Glyphs may reach over the edge of their part by a little.
		r := ink.Rect{X: left + part.Left, Y: top, W: part.Right - part.Left, H: float64(t.Style.Line)}
		canvas.Clip(r, ink.Corners{})
		if span.Behind != theme.None {
			inset := (r.H - float64(t.Style.Size)*markHeight) / 2
			canvas.Fill(ink.Rect{X: r.X, Y: r.Y + inset, W: r.W, H: r.H - 2*inset}, ink.Round(2), span.Behind.Now())
		}
		for i := range line.Runs {
			canvas.Text(&line.Runs[i], left, base, color.Now())
		}
		canvas.Unclip()
	}
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

package typeset

import "math"

// Text is a piece of a paragraph in one style.
type Text struct {
	Text  string
	Style Style
}

// Align is where lines stand in their paragraph.
type Align uint8

const (
	Start  Align = iota // left, or right in a paragraph that runs from right to left
	End                 // the other side
	Left                // whatever the direction
	Right               // whatever the direction
	Center              // whatever the direction
)

// Options say how a paragraph is set. The zero value sets each line as long as it
// is.
type Options struct {
	Width      float64 // px; 0 is no limit
	Direction  Direction
	Align      Align
	LineHeight float64 // px; 0 is what the faces ask for
	Tab        float64 // px between tab stops; 0 is eight spaces
	BreakWords bool    // a word that is wider than a line may be cut anywhere
	MaxLines   int     // the last of them ends in an ellipsis if there is more; 0 is no limit
}

// Paragraph is text in lines. What breaks a line for certain in its text begins a
// paragraph in the sense of UAX #9, with a direction of its own.
type Paragraph struct {
	Text   string  // all of it
	Lines  []Line  // at least one
	Width  float64 // of the widest line, px
	Height float64 // px
}

// Paragraph sets text in lines.
func (l *Library) Paragraph(texts []Text, o Options) *Paragraph {
	f := newFiller(l, texts, o)
	f.fill()
	p := &Paragraph{Text: f.text, Lines: f.lines}
	for i := range p.Lines {
		line := &p.Lines[i]
		line.Top = p.Height
		p.Height += line.Height
		p.Width = max(p.Width, line.Width)
	}
	return p
}

// LineAt is the index of the line at a height; above the first it is the first,
// below the last the last.
func (p *Paragraph) LineAt(y float64) int {
	for i := range p.Lines {
		if y < p.Lines[i].Top+p.Lines[i].Height {
			return i
		}
	}
	return len(p.Lines) - 1
}

// LineOf is the index of the line that shows an offset of the text.
func (p *Paragraph) LineOf(offset int) int {
	for i := range p.Lines {
		if offset < p.Lines[i].End {
			return i
		}
	}
	return len(p.Lines) - 1
}

// OffsetAt is the place for a caret that is nearest to a point.
func (p *Paragraph) OffsetAt(x, y float64) int { return p.Lines[p.LineAt(y)].Offset(x) }

// joined makes one string of the texts, and the offset where each ends.
func joined(texts []Text) (string, []int) {
	if len(texts) == 1 {
		return texts[0].Text, []int{len(texts[0].Text)}
	}
	n := 0
	ends := make([]int, len(texts))
	for i, t := range texts {
		n += len(t.Text)
		ends[i] = n
	}
	b := make([]byte, 0, n)
	for _, t := range texts {
		b = append(b, t.Text...)
	}
	return string(b), ends
}

// align moves a line that was placed at 0 to where it belongs.
func (o Options) align(line *Line) {
	if o.Width <= 0 || math.IsInf(o.Width, 1) {
		return
	}
	free := o.Width - line.Width
	switch o.side(line.RTL) {
	case Left:
		return
	case Center:
		free /= 2
	}
	if free <= 0 && !line.RTL {
		return // too wide: its beginning is to be seen
	}
	line.X += free
	for i := range line.Runs {
		line.Runs[i].X += free
	}
	for i := range line.atoms {
		line.atoms[i].x += free
	}
}

// side makes Left, Right or Center of an alignment.
func (o Options) side(rtl bool) Align {
	switch {
	case o.Align == Start && !rtl, o.Align == End && rtl:
		return Left
	case o.Align == Start, o.Align == End:
		return Right
	}
	return o.Align
}

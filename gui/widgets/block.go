package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"postrider/gui/theme"
	"postrider/mail/typeset"
)

// A Block is a paragraph: as many lines as its width makes of it, or as many as
// it may have. A part of it can be a link.
type Block struct {
	picture
	words Words
	most  int // lines; 0 is no limit
	set   *typeset.Paragraph
	wide  float32 // that set was made for
	made  uint64  // the library's generation then
	over  int     // the link under the pointer, by its part; -1 is none
}

var (
	_ fyne.Tappable      = (*Block)(nil)
	_ desktop.Hoverable  = (*Block)(nil)
	_ desktop.Cursorable = (*Block)(nil)
)

// NewBlock is a paragraph of at most so many lines; 0 is no limit.
func NewBlock(words Words, most int) *Block {
	b := &Block{words: words, most: most, over: -1}
	b.become(b)
	return b
}

// Set changes everything about it.
func (b *Block) Set(words Words) {
	same := b.words.equal(words)
	b.words = words // a part may do something else now
	if !same {
		b.set = nil
		b.remeasure()
	}
}

// SetText changes the text, and drops its parts.
func (b *Block) SetText(text string) {
	words := b.words
	words.Text, words.Spans = text, nil
	b.Set(words)
}

// Text is what it says.
func (b *Block) Text() string { return b.words.Text }

// AccessibilityLabel is for Fyne.
func (b *Block) AccessibilityLabel() string { return b.words.Text }

// AccessibilityRole is for Fyne.
func (b *Block) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// paragraph is the text in lines of a width.
func (b *Block) paragraph(width float32) *typeset.Paragraph {
	lib := library()
	if b.set == nil || b.wide != width || b.made != lib.Generation() {
		b.set = lib.Paragraph(b.words.texts(), typeset.Options{
			Width: float64(width), Align: typeset.Left, LineHeight: float64(b.words.Style.Line), BreakWords: true, MaxLines: b.most,
		})
		b.wide, b.made = width, lib.Generation()
	}
	return b.set
}

// HeightFor is the height for a width.
func (b *Block) HeightFor(width float32) float32 {
	if b.words.Text == "" {
		return 0
	}
	return float32(len(b.paragraph(max(width, 1)).Lines)) * b.words.Style.Line
}

// measure is for the width that it has. Before it has one, a line is assumed.
func (b *Block) measure() fyne.Size {
	size := b.least()
	if w := b.Size().Width; w > 0 {
		size.Height = b.HeightFor(w)
	}
	return size
}

// blockLeast is the least width of a paragraph: a few words a line.
const blockLeast float32 = 120

func (b *Block) least() fyne.Size {
	if b.words.Text == "" {
		return fyne.Size{}
	}
	return fyne.NewSize(min(ceil(b.words.width()), blockLeast), b.words.Style.Line)
}

// left is where a line begins.
func (b *Block) left(line *typeset.Line, width float32) float32 {
	switch b.words.Align {
	case AlignMiddle:
		return (width - float32(line.Width)) / 2
	case AlignEnd:
		return width - float32(line.Width)
	default:
		return 0
	}
}

func (b *Block) paint(s *Sheet) {
	width := b.Size().Width
	if b.words.Text == "" || width < 1 {
		return
	}
	p := b.paragraph(width)
	words := b.words
	words.Spans = b.linked()
	for i := range p.Lines {
		line := &p.Lines[i]
		y := float32(i) * b.words.Style.Line
		x := b.left(line, width) - float32(line.X)
		s.line(line, x, y+Ascent(b.words.Style), words)
		if b.over >= 0 {
			b.underline(s, line, x, y)
		}
	}
}

// linked are the parts, with links in their colour.
func (b *Block) linked() []Span {
	spans := make([]Span, len(b.words.Spans))
	copy(spans, b.words.Spans)
	for i := range spans {
		if spans[i].Act != nil && spans[i].Color == theme.None {
			spans[i].Color = theme.Accent
		}
	}
	return spans
}

func (b *Block) underline(s *Sheet, line *typeset.Line, x, y float32) {
	span := b.words.Spans[b.over]
	for _, part := range line.Spans(span.From, span.To) {
		s.HLine(x+float32(part.Left), y+Ascent(b.words.Style)+2, float32(part.Right-part.Left), theme.Accent)
	}
}

// linkAt is the link at a place, by its part, or -1.
func (b *Block) linkAt(at fyne.Position) int {
	if len(b.words.Spans) == 0 || b.words.Text == "" || at.Y < 0 {
		return -1
	}
	p := b.paragraph(b.Size().Width)
	n := int(at.Y / b.words.Style.Line)
	if n >= len(p.Lines) {
		return -1
	}
	line := &p.Lines[n]
	x := float64(at.X - b.left(line, b.Size().Width) + float32(line.X))
	for i, span := range b.words.Spans {
		if span.Act == nil {
			continue
		}
		for _, part := range line.Spans(span.From, span.To) {
			if x >= part.Left && x < part.Right {
				return i
			}
		}
	}
	return -1
}

// Tapped is for Fyne.
func (b *Block) Tapped(e *fyne.PointEvent) {
	if i := b.linkAt(e.Position); i >= 0 {
		b.words.Spans[i].Act()
	}
}

// MouseIn is for Fyne.
func (b *Block) MouseIn(e *desktop.MouseEvent) { b.MouseMoved(e) }

// MouseMoved is for Fyne.
func (b *Block) MouseMoved(e *desktop.MouseEvent) {
	if i := b.linkAt(e.Position); i != b.over {
		b.over = i
		b.repaint()
	}
}

// MouseOut is for Fyne.
func (b *Block) MouseOut() {
	if b.over >= 0 {
		b.over = -1
		b.repaint()
	}
}

// Cursor is for Fyne.
func (b *Block) Cursor() desktop.Cursor {
	if b.over >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

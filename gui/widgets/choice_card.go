package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"postrider/gui/theme"
	"postrider/mail/typeset"
)

// A Choice is what a choice card says.
type Choice struct {
	Title     string
	Suggested bool
	Protocol  Protocol
	Sketch    *Sketch
	Captions  []Caption // below the sketch
	Points    []ChoicePoint
}

// A Caption is a word below a sketch, centred at a place of it.
type Caption struct {
	X, Y float32 // the middle, and the top of its line
	Text string
}

// A ChoicePoint answers one question: "On the server", "connectivity", and what
// happens there.
type ChoicePoint struct{ Head, Term, Answer string }

// A ChoiceCard is a large card with a choice and what it means, one of two or
// three beside each other.
type ChoiceCard struct {
	control
	choice Choice
	on     bool
	width  float32
}

const (
	choiceWidth   float32 = 440
	choiceSide    float32 = 25 // the outline and 24
	choiceTop     float32 = 21
	choiceBottom  float32 = 9
	choiceRadio   float32 = 20
	choicePicture float32 = 24 // 16 above, 8 below
	pointAir      float32 = 10
	pointGap      float32 = 2
)

// NewChoiceCard calls act when the person chooses it.
func NewChoiceCard(choice Choice, on bool, act func()) *ChoiceCard {
	c := &ChoiceCard{choice: choice, on: on, width: choiceWidth}
	c.act = act
	c.become(c)
	return c
}

// SetOn switches it without telling.
func (c *ChoiceCard) SetOn(on bool) {
	if c.on != on {
		c.on = on
		c.repaint()
	}
}

// On says whether it is chosen.
func (c *ChoiceCard) On() bool { return c.on }

// AccessibilityLabel is for Fyne.
func (c *ChoiceCard) AccessibilityLabel() string {
	label := c.choice.Title + ", " + c.choice.Protocol.String()
	if c.on {
		label += ", chosen"
	}
	return label
}

// AccessibilityRole is for Fyne.
func (c *ChoiceCard) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Cursor is for Fyne.
func (c *ChoiceCard) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (c *ChoiceCard) measure() fyne.Size {
	width := c.width
	if w := c.Size().Width; w > 0 {
		width = w
	}
	return fyne.NewSize(min(c.width, 300), c.HeightFor(width))
}

// HeightFor is the height for a width.
func (c *ChoiceCard) HeightFor(width float32) float32 {
	h := choiceTop + theme.TextHead.Line + choiceBottom
	if c.choice.Sketch != nil {
		h += c.choice.Sketch.height + choicePicture
	}
	for _, p := range c.choice.Points {
		h += theme.Hairline + 2*pointAir + theme.TextCaption.Line + pointGap
		h += float32(len(c.answer(p, width).Lines)) * theme.TextBody.Line
	}
	return h
}

func (c *ChoiceCard) answer(p ChoicePoint, width float32) *typeset.Paragraph {
	return library().Paragraph([]typeset.Text{{Text: p.Answer, Style: styleOf(theme.TextBody)}},
		typeset.Options{Width: float64(width - 2*choiceSide), LineHeight: float64(theme.TextBody.Line), Align: typeset.Left, BreakWords: true})
}

func (c *ChoiceCard) paint(s *Sheet) {
	size := c.Size()
	s.Box(0, 0, size.Width, size.Height, theme.RadiusCard, theme.Paper)
	if c.hovered && !c.on {
		s.Box(0, 0, size.Width, size.Height, theme.RadiusCard, theme.Hover)
	}
	switch {
	case c.on, c.focused:
		s.Outline(0, 0, size.Width, size.Height, theme.RadiusCard, theme.FocusWidth, theme.Accent)
	default:
		s.Outline(0, 0, size.Width, size.Height, theme.RadiusCard, theme.Hairline, theme.Control)
	}
	c.paintHead(s, size.Width)
	y := choiceTop + theme.TextHead.Line
	if c.choice.Sketch != nil {
		y = c.paintSketch(s, y, size.Width)
	}
	for _, p := range c.choice.Points {
		y = c.paintPoint(s, p, y, size.Width)
	}
}

func (c *ChoiceCard) paintHead(s *Sheet, width float32) {
	s.radio(choiceSide, choiceTop+(theme.TextHead.Line-choiceRadio)/2, choiceRadio, c.on, c.hovered)
	end := width - choiceSide - tagWidth(c.choice.Protocol)
	s.Tag(end, choiceTop+(theme.TextHead.Line-theme.TextTag.Line)/2, c.choice.Protocol)
	if c.choice.Suggested {
		const word = "Suggested"
		style := theme.TextCaption.With(theme.SemiBold)
		end -= theme.Space3 + TextWidth(word, style)
		s.Text(end, choiceTop+(theme.TextHead.Line-style.Line)/2, width, Words{Text: word, Style: style, Color: theme.Accent})
	}
	x := choiceSide + choiceRadio + theme.Space3
	s.Text(x, choiceTop, end-theme.Space2-x, Words{Text: c.choice.Title, Style: theme.TextHead, Color: theme.Ink})
	if c.focused {
		w := TextWidth(c.choice.Title, theme.TextHead)
		s.HLine(x, choiceTop+theme.TextHead.Line-2, w, theme.Accent)
	}
}

func (c *ChoiceCard) paintSketch(s *Sheet, y, width float32) float32 {
	x := choiceSide + floorHalf(max(0, (width-2*choiceSide-c.choice.Sketch.width)/2))
	y += theme.Space4
	c.choice.Sketch.paint(s, x, y)
	const room = 120
	for _, word := range c.choice.Captions {
		s.Text(x+word.X-room/2, y+word.Y, room, Words{Text: word.Text, Style: theme.TextCaption.With(theme.Medium), Color: theme.Ink2, Align: AlignMiddle})
	}
	return y + c.choice.Sketch.height + theme.Space2
}

func (c *ChoiceCard) paintPoint(s *Sheet, p ChoicePoint, y, width float32) float32 {
	s.HLine(choiceSide, y, width-2*choiceSide, theme.Line)
	y += theme.Hairline + pointAir
	head := Words{Text: p.Head, Style: theme.TextCaption, Color: theme.Ink3,
		Spans: []Span{{To: len(p.Head), Weight: theme.Medium, Color: theme.Ink2}}}
	if p.Term != "" {
		head.Text += " · " + p.Term
	}
	s.Text(choiceSide, y, width-2*choiceSide, head)
	y += theme.TextCaption.Line + pointGap
	answer := c.answer(p, width)
	for i := range answer.Lines {
		line := &answer.Lines[i]
		s.line(line, choiceSide-float32(line.X), y+Ascent(theme.TextBody), Words{Text: p.Answer, Style: theme.TextBody, Color: theme.Ink})
		y += theme.TextBody.Line
	}
	return y + pointAir
}

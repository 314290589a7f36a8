package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

// A Text is one line. In a place that is narrower than it is, it ends in dots.
type Text struct {
	picture
	words Words
}

// NewText is a line of text.
func NewText(text string, style theme.TextStyle, color theme.Token) *Text {
	return NewWords(Words{Text: text, Style: style, Color: color})
}

// NewWords is a line of text with all that it can have.
func NewWords(words Words) *Text {
	t := &Text{words: words}
	t.become(t)
	return t
}

// Set changes everything about it. Nothing is done if nothing changed.
func (t *Text) Set(words Words) {
	if t.words.equal(words) {
		return
	}
	before := t.words
	t.words = words
	if before.Style == words.Style && before.width() == words.width() {
		t.repaint()
		return
	}
	t.remeasure()
}

// SetText changes the text, and drops its parts.
func (t *Text) SetText(text string) {
	words := t.words
	words.Text, words.Spans = text, nil
	t.Set(words)
}

// SetColor changes the colour.
func (t *Text) SetColor(color theme.Token) {
	words := t.words
	words.Color = color
	t.Set(words)
}

// SetStyle changes size and weight.
func (t *Text) SetStyle(style theme.TextStyle) {
	words := t.words
	words.Style = style
	t.Set(words)
}

// Text is what it says.
func (t *Text) Text() string { return t.words.Text }

// AccessibilityLabel is for Fyne.
func (t *Text) AccessibilityLabel() string { return t.words.Text }

// AccessibilityRole is for Fyne.
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (t *Text) measure() fyne.Size { return fyne.NewSize(ceil(t.words.width()), t.words.Style.Line) }

// least is how narrow it may become where it can be shortened.
func (t *Text) least() fyne.Size {
	size := t.measure()
	size.Width = min(size.Width, textLeast)
	return size
}

const textLeast float32 = 24

func (t *Text) paint(s *Sheet) {
	size := t.Size()
	s.Text(0, (size.Height-t.words.Style.Line)/2, size.Width, t.words)
}

package display

import (
	"image/color"

	"postrider/mail/typeset"
)

// Run is words of one text, in one style, on one line.
type Run struct {
	Rect      Rect // the text's own box: ascent and descent of its face
	Baseline  float32
	Style     int32 // index into Page.Styles
	Words     []Word
	Link      int32 // index into Page.Links, -1: none
	Node      int32
	Gap       Gap  // what is between it and the text before
	Joins     bool // the next run of the node goes on with the same word
	Generated bool
	Window    bool // the mail shows a background through its letters: they are drawn in a colour of it
	From, To  int  // bytes of Page.Text
}

// Gap is what separates a run from the text before it.
type Gap uint8

// The gaps.
const (
	NoGap Gap = iota
	SpaceGap
	CellGap // another cell of the same row
	LineGap // another block, or a line ended by the mail
)

// Word is a part of a run that was set as one. Space reports white space, which
// draws nothing but lines at the text.
type Word struct {
	X, W     float32
	Shape    typeset.Word
	Text     string
	From, To int // bytes of Page.Text
	RTL      bool
	Space    bool
	Hyphen   bool // it ends with a hyphen that shows only as the line ends there
}

// TextStyle is what runs have in common.
type TextStyle struct {
	Size          float64
	LetterSpacing float64
	Weight        int
	Italic        bool
	Colour        color.NRGBA
	Family        string
	Under         TextLine
	Over          TextLine
	Through       TextLine
	Shadows       []TextShadow
}

// TextLine is a line at a text.
type TextLine struct {
	Stroke    Stroke
	Colour    color.NRGBA
	Y         float32 // of its upper edge, from the baseline down
	Thickness float32
}

// TextShadow is a shadow of letters.
type TextShadow struct {
	X, Y   float32
	Blur   float32
	Colour color.NRGBA
}

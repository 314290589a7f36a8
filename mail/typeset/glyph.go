package typeset

// Glyph is one glyph of a run. Its measures are in ems: times the run's size they
// are px.
type Glyph struct {
	ID      uint32
	X, Y    float32 // where it is drawn, from the run's origin; y is down
	Advance float32 // how far it moves on, letter-spacing included
	Cluster int32   // byte offset of its first rune, from the run's Base
}

// NoGlyph is the ID of a glyph that draws nothing.
const NoGlyph = ^uint32(0)

// GlyphRun is what is drawn of a piece of text: glyphs of one face, in one size,
// from left to right.
type GlyphRun struct {
	Face          *Face
	Size          float64 // px
	X, Y          float64 // origin on the baseline, px, in the coordinates of whatever holds the run
	Width         float64 // px
	Bold, Oblique bool    // the face lacks it: embolden, slant
	RTL           bool
	Span          int     // index of the span that it comes from, for its colour
	Start, End    int     // byte offsets in the text
	Base          int     // what the glyphs' clusters count from
	Glyphs        []Glyph // shared: not to be changed
}

// Slant is how far an oblique glyph leans, in x per y.
const Slant = 0.25

// word is a word as it was shaped, in ems.
type word struct {
	width float64
	runs  []wordRun // from left to right
	stops []stop    // in the order of the text
}

type wordRun struct {
	slot
	x, width   float64
	start, end int
	glyphs     []Glyph
}

// stop is a cluster of a word: where a caret may stand on both sides of it.
type stop struct {
	start, end int     // bytes
	x, width   float64 // from the word's left edge
}

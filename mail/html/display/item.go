package display

import "image/color"

// Kind says what an [Item] is.
type Kind uint8

// The kinds of items. What belongs to an item beside its place is in the slice
// of the Page that has the kind's name, at Item.At.
const (
	Fill     Kind = iota + 1 // a rectangle in one colour: Page.Fills
	Border                   // the four borders of a box: Page.Borders
	Shadow                   // the shadow of a box: Page.Shadows
	Gradient                 // a gradient behind a box: Page.Gradients
	Backdrop                 // a background picture: Page.Backdrops
	Image                    // a picture, or the place of one: Page.Images
	Text                     // words on one line: Page.Runs
	Control                  // a small button of the reader's own: Page.Controls
)

// Item is one thing to draw.
type Item struct {
	Rect    Rect // what it covers at most; text may stand out a little
	At      int32
	Clip    int32 // index into Page.Clips, 0: not clipped
	Node    int32 // the element it comes from
	Kind    Kind
	Opacity uint8 // of the element and those around it, 255: opaque
}

// Clip is a rectangle outside of which nothing is drawn. Rect is already
// within the clips around it; round corners are not.
type Clip struct {
	Rect    Rect
	Corners Corners
	Parent  int32 // the clip around it, 0: none
}

// FillItem is a rectangle in one colour.
type FillItem struct {
	Colour  color.NRGBA
	Corners Corners
	Canvas  bool // lies behind everything: the page's own colour
}

// BorderItem is the border of a box, drawn within the item's rectangle.
type BorderItem struct {
	Edges   [4]Edge // top, right, bottom, left
	Corners Corners
	// Asked is what the mail asks for, around the box Box, where that is not what
	// is drawn: table cells share the lines between them. Else it is nil.
	Asked *[4]Edge
	Box   Rect
	// Clips says that the box cuts off what stands out of its padding; it matters
	// to the dump alone, as in that of browsers the border is cut off too.
	Clips bool
}

// Edge is one side of a border.
type Edge struct {
	Width  float32
	Stroke Stroke
	Colour color.NRGBA
	Faint  bool // a relief that is drawn in light grey, whatever its colour
}

// Stroke is how a border or a line at a text is drawn.
type Stroke uint8

// The strokes of CSS.
const (
	None Stroke = iota
	Solid
	Dashed
	Dotted
	Double
	Groove
	Ridge
	Inset
	Outset
	Wavy
)

// ShadowItem is a shadow of a box; the item's rectangle covers its blur.
type ShadowItem struct {
	Box          Rect // the box itself
	X, Y         float32
	Blur, Spread float32
	Colour       color.NRGBA
	Corners      Corners
	Inner        bool
}

// GradientItem fills a box with colours along a line, or around a centre.
type GradientItem struct {
	Radial  bool
	X0, Y0  float32 // start, or centre, in px of the page
	X1, Y1  float32 // end; for radial ones the horizontal and vertical radius
	Stops   []Stop
	Repeat  bool
	Corners Corners
	Canvas  bool   // lies behind everything, over the whole page
	Source  string // as the mail has it
}

// Stop is a colour at a place of a gradient, from 0 to 1.
type Stop struct {
	At     float32
	Colour color.NRGBA
}

// BackdropItem is a background picture.
type BackdropItem struct {
	Source           string // as the mail has it
	Tile             Rect   // the first tile
	RepeatX, RepeatY bool
	Canvas           bool // lies behind everything, over the whole page
	Corners          Corners
}

// ImageItem is a picture of the mail. Item.Rect is its box with padding and
// border.
type ImageItem struct {
	Tag        string // img, svg, input, …
	Source     string // as the mail has it
	Alt        string
	NaturalW   float32 // 0 where nobody knows
	NaturalH   float32
	Missing    bool  // not to be had: draw its place, with Alt
	Link       int32 // index into Page.Links, -1: none
	Content    Rect  // without padding and border: nothing is drawn outside
	Draw       Rect  // where the whole picture goes, as object-fit has it
	Corners    Corners
	Label      string // the text in a form field
	LabelStyle int32
}

// ControlItem is something the reader put into the mail, such as the "…" of
// folded history.
type ControlItem struct {
	ID     int32 // the node it stands for
	Folded bool
	Label  string // how much it hides
}

// Link is an anchor of the mail with the rectangles a person can click.
type Link struct {
	Target string // as the mail has it
	Title  string
	Rects  []Rect
	Node   int32
}

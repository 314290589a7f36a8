package display

import "image/color"

// Kind says what an [Item] is.
type Kind uint8

// The kinds of items. What belongs to an item beside its place is in the slice
// of the Page that has the kind's name, at Item.At.
const (
	Fill     Kind = iota + 1 // a rectangle in one colour, perhaps with round corners: Page.Fills
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
	Rect    Rect // what it covers at most
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
	Width   Sides
	Colour  [4]color.NRGBA // top, right, bottom, left
	Style   [4]Stroke
	Corners Corners
}

// Stroke is how a border or a text decoration is drawn.
type Stroke uint8

// The strokes.
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

// ShadowItem is a shadow of the box Box; the item's rectangle covers its blur.
type ShadowItem struct {
	Box     Rect // the shadow's own rectangle, before the blur
	Hole    Rect // the box itself, which hides its outer shadow
	Blur    float32
	Colour  color.NRGBA
	Corners Corners
	Inner   bool
}

// GradientItem fills a box with colours along a line, or around a centre.
type GradientItem struct {
	Radial  bool
	X0, Y0  float32 // start, or centre, in px of the page
	X1, Y1  float32 // end; for radial ones the horizontal and vertical radius
	Stops   []Stop
	Repeat  bool
	Corners Corners
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
	Corners          Corners
}

// ImageItem is a picture of the mail. Item.Rect is the picture without its
// padding and border.
type ImageItem struct {
	Tag     string // img, svg, input, …
	Source  string // as the mail has it
	Alt     string
	Natural struct{ W, H float32 } // 0 where nobody knows
	Missing bool                   // not to be had: draw its place, with Alt
	Link    int32                  // index into Page.Links, -1: none
	Corners Corners
	Draw    Rect // where the whole picture goes; object-fit may let it stand out
	Outer   Rect // with padding and border
}

// ControlItem is something the reader put into the mail, such as the "…" of
// folded history.
type ControlItem struct {
	ID    int32 // the node it stands for
	Label string
}

// Link is an anchor of the mail with the rectangles a person can click.
type Link struct {
	Target string // as the mail has it
	Rects  []Rect
	Node   int32
	From   int // its text within Page.Text
	To     int
}

package css

// Style is how an element looks, computed: lengths are px or percentages,
// colours are colours. Styles are interned in their [Styles]: two elements of
// a mail look the same if their pointers are equal. Nobody changes one.
//
// The zero value is not the initial style; see [Initial].
type Style struct {
	Font
	Paragraph
	Box
	Surface
	Placing
}

// Font is what text is drawn with. All of it is inherited, but for Deco, which
// is what the element and those around it ask for: it needs no propagation.
type Font struct {
	Color     Color
	Family    *Families
	Size      float32 // px; 0 draws nothing
	Weight    uint16  // 1–1000
	Italic    bool
	SmallCaps bool
	// LineHeight is in px; below 0 it is "normal", what the face has.
	LineHeight    float32
	LetterSpacing float32 // px
	WordSpacing   float32 // px
	Case          Case
	Visibility    Visibility
	Kerning       bool
	Deco          Decoration
	Shadow        *Shadows // text-shadow

	lineFactor float32 // line-height without a unit, which is inherited as such
	keyword    int8    // the keyword the size comes from, 1–8, or 0
	absolute   bool    // the size depends on no keyword and no preference
}

// Families are the names of font-family in order of preference. Equal lists
// of one mail have equal pointers.
type Families struct {
	Names []Family
}

// Family is a name of font-family.
type Family struct {
	Name    string
	Generic bool // serif, sans-serif, monospace, cursive, fantasy, system-ui…; lower case
}

// Decoration is the lines at a text.
type Decoration struct{ Under, Over, Through TextLine }

// TextLine is one line at a text. Style is NoLine if there is none.
type TextLine struct {
	Style     LineStyle
	Color     Color
	Thickness float32 // px, or 0 for what the face has
}

// Paragraph is how lines are made. All of it is inherited, but for Bidi.
type Paragraph struct {
	Align      Align
	WhiteSpace WhiteSpace
	WordBreak  WordBreak
	Wrap       Wrap
	Indent     Length
	TabSize    float32 // in spaces
	RTL        bool
	Bidi       Bidi
	ListType   ListType
	ListInside bool
	ListText   string // with ListString
	ListImage  string // a reference, or ""
	// Of tables:
	Collapse     bool // border-collapse
	SpaceX       float32
	SpaceY       float32
	CaptionBelow bool
	HideEmpty    bool // empty-cells
}

// Box is the size of a box and how it takes part in layout.
type Box struct {
	Display  Display
	Float    Float
	Clear    Clear
	Position Position
	Inset    [4]Length // top, right, bottom, left
	Z        int32
	ZAuto    bool
	VAlign   VAlign
	Raise    Length // with VALength

	Width, Height       Length // Auto unless set
	MinWidth, MinHeight Length // Auto unless set
	MaxWidth, MaxHeight Length // NoLimit unless set
	Margin              [4]Length
	Padding             [4]Length
	Border              [4]Edge
	BorderBox           bool // box-sizing
	FixedTable          bool // table-layout
	OverflowX           Overflow
	OverflowY           Overflow
	Ellipsis            bool
	Clamp               uint16  // -webkit-line-clamp, 0 for none
	Ratio               float32 // aspect-ratio, 0 for none
	Clipped             bool    // clip or clip-path leave nothing to be seen
}

// Edge is one side of a border. Its width is 0 if there is no line.
type Edge struct {
	Width float32 // px, whole if it is 1 or more
	Style LineStyle
	Color Color
	Faint bool // a relief in the colour of the text, which browsers draw in light grey
}

// Surface is how a box is painted.
type Surface struct {
	Background Color
	Layers     *Layers // pictures and gradients, or nil
	Radius     [4]Corner
	Shadows    *Shadows // or nil
	Opacity    float32
	Transform  *Transform // or nil
	Fit        Fit
	FitX, FitY Length // object-position
}

// Placing is what flex, grid and generated content need.
type Placing struct {
	Flow           Flow
	FlexWrap       FlexWrap
	Grow, Shrink   float32
	Basis          Length // Auto: the width; MaxContent: the content
	Justify        Place  // justify-content
	AlignItems     Place
	AlignSelf      Place
	AlignContent   Place
	JustifyItems   Place
	JustifySelf    Place
	GapX, GapY     Length
	Order          int32
	Columns        *Tracks // grid-template-columns, or nil
	Content        string  // of ::before and ::after, counters filled in
	ContentPicture string  // the same, a reference or ""
}

// Corner is the radius of a corner; percentages are of the border box.
type Corner struct{ X, Y Length }

// Layers are background pictures, the topmost first.
type Layers struct{ List []Layer }

// Layer is one background picture.
type Layer struct {
	Ref      string    // a reference for a Resolver, or ""
	Gradient *Gradient // or nil
	X, Y     Length    // percentages as in CSS: of the room that is left
	Size     LayerSize
	Width    Length // with SizeSet; Auto keeps the ratio
	Height   Length
	RepeatX  Repeat
	RepeatY  Repeat
	Origin   Area
	Clip     Area
}

// LayerSize is the keyword of background-size.
type LayerSize uint8

const (
	SizeAuto LayerSize = iota
	SizeSet
	SizeCover
	SizeContain
)

// Gradient is a picture made of colours.
type Gradient struct {
	Source string // as written, for whoever shows it
	Radial bool
	Repeat bool
	// Angle is in degrees clockwise, 0 is upwards. With Corner it is instead
	// the direction to the corner whose signs X and Y have (right, down > 0).
	Angle  float32
	Corner bool
	X, Y   Length // the direction's signs, or the centre of a radial one
	Circle bool
	// Extent of a radial one: 0 farthest-corner, 1 closest-side,
	// 2 closest-corner, 3 farthest-side, 4 RadiusX and RadiusY.
	Extent           uint8
	RadiusX, RadiusY Length
	Stops            []Stop
}

// Stop is a colour of a gradient. At is Auto if it lies evenly between others.
type Stop struct {
	Color Color
	At    Length
}

// Shadows are box or text shadows, the topmost first.
type Shadows struct{ List []Shadow }

// Shadow is one shadow; lengths in px.
type Shadow struct {
	X, Y, Blur, Spread float32
	Color              Color
	Inset              bool
}

// Transform moves what a box paints, and nothing else. The steps apply from
// the last to the first, about the origin (percentages of the border box).
type Transform struct {
	Steps            []Step
	OriginX, OriginY Length
}

// Step is one function of transform: a translation by X and Y, then the
// matrix (a c; b d).
type Step struct {
	X, Y       Length
	A, B, C, D float32
}

// Tracks are the columns of a grid.
type Tracks struct {
	List []Track
	// AutoFill and AutoFit repeat the list as often as there is room.
	AutoFill, AutoFit bool
}

// Track is one column: at least Min wide; if Fr is not 0 it takes that share
// of what is left, else it is Size wide.
type Track struct {
	Min, Size Length
	Fr        float32
}

// Initial is the style of a root element without any rule: black serif of
// 16 px, an inline box.
func Initial() Style {
	return Style{
		Font: Font{
			Color:  Color{A: 255},
			Family: defaultFamily, Size: 16, Weight: 400, LineHeight: -1, lineFactor: -1, Kerning: true, keyword: 4,
		},
		Paragraph: Paragraph{Indent: Px(0), TabSize: 8},
		Box:       initialBox,
		Surface:   initialSurface,
		Placing:   initialPlacing,
	}
}

// defaultFamily stands for a family that nobody named.
var defaultFamily = &Families{Names: []Family{{"serif", true}}}

var zero = Px(0)

var initialBox = Box{
	Display: Inline, ZAuto: true,
	MaxWidth: Length{Unit: NoLimit}, MaxHeight: Length{Unit: NoLimit},
	Margin:  [4]Length{zero, zero, zero, zero},
	Padding: [4]Length{zero, zero, zero, zero},
}

var initialSurface = Surface{
	Opacity: 1, FitX: Percent(50), FitY: Percent(50),
	Radius: [4]Corner{{zero, zero}, {zero, zero}, {zero, zero}, {zero, zero}},
}

var initialPlacing = Placing{Shrink: 1, GapX: zero, GapY: zero}

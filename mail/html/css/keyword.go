package css

// Display is how a box takes part in layout.
type Display uint8

const (
	DisplayNone Display = iota
	Inline
	Block
	InlineBlock
	ListItem
	FlowRoot
	Table
	InlineTable
	RowGroup
	HeaderGroup
	FooterGroup
	Row
	Cell
	Column
	ColumnGroup
	Caption
	Flex
	InlineFlex
	Grid
	InlineGrid
	Contents
)

// Float is the side that a box floats to.
type Float uint8

const (
	FloatNone Float = iota
	FloatLeft
	FloatRight
)

// Clear says which floats a box wants to be below.
type Clear uint8

const (
	ClearNone Clear = iota
	ClearLeft
	ClearRight
	ClearBoth
)

// Position is the scheme that places a box.
type Position uint8

const (
	Static Position = iota
	Relative
	Absolute
	Fixed
	Sticky
)

// Align is how the lines of a block lie. The Block… ones come from align
// attributes and <center>: they place blocks within the block too.
type Align uint8

const (
	AlignStart Align = iota
	AlignEnd
	AlignLeft
	AlignRight
	AlignCenter
	AlignJustify
	AlignBlockLeft
	AlignBlockRight
	AlignBlockCenter
)

// VAlign is the keyword of vertical-align.
type VAlign uint8

const (
	Baseline VAlign = iota
	VALength        // raised by Style.Raise; a percentage is of the line height
	VASub           // ‥Sub and ‥Super are for text, the rest for cells too
	VASuper
	VATextTop
	VATextBottom
	VATop
	VAMiddle
	VABottom
	VABaselineMiddle // its middle on the baseline: align="middle" of pictures
)

// WhiteSpace says what becomes of spaces and line ends.
type WhiteSpace uint8

const (
	WSNormal WhiteSpace = iota
	WSNowrap
	WSPre
	WSPreWrap
	WSPreLine
	WSBreakSpaces
)

// WordBreak says where lines may break within words.
type WordBreak uint8

const (
	BreakNormal WordBreak = iota
	BreakAll
	KeepAll
)

// Wrap says whether a word too long for its line may be broken anywhere.
type Wrap uint8

const (
	WrapNormal   Wrap = iota
	WrapWord          // broken if it must be; min-content stays the whole word
	WrapAnywhere      // the same, and min-content knows of it
)

// Case is text-transform.
type Case uint8

const (
	CaseNone Case = iota
	Upper
	Lower
	Capital
)

// Visibility says whether a box that takes its room is painted.
type Visibility uint8

const (
	Visible Visibility = iota
	Hidden
	Collapsed
)

// Overflow says what becomes of content that is larger than its box.
type Overflow uint8

const (
	OverflowVisible Overflow = iota
	OverflowHidden
	OverflowClip
	OverflowScroll
	OverflowAuto
)

// LineStyle is the style of a border, or of a decoration of text.
type LineStyle uint8

const (
	NoLine LineStyle = iota
	HiddenLine
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

// Bidi is unicode-bidi.
type Bidi uint8

const (
	BidiNormal Bidi = iota
	Embed
	Isolate
	Override
	IsolateOverride
	Plaintext
)

// ListType is list-style-type.
type ListType uint8

const (
	Disc ListType = iota
	NoMarker
	Circle
	Square
	Decimal
	DecimalZero
	LowerAlpha
	UpperAlpha
	LowerRoman
	UpperRoman
	LowerGreek
	ListString // Style.ListText is the marker
)

// Fit is object-fit.
type Fit uint8

const (
	FitFill Fit = iota
	FitContain
	FitCover
	FitNone
	FitScaleDown
)

// Flow is flex-direction.
type Flow uint8

const (
	FlowRow Flow = iota
	FlowRowReverse
	FlowColumn
	FlowColumnReverse
)

// FlexWrap is flex-wrap.
type FlexWrap uint8

const (
	FlexNoWrap FlexWrap = iota
	FlexWraps
	FlexWrapReverse
)

// Place is a value of justify-content, align-items, align-self and their
// likes. PlaceAuto is align-self's auto and the normal of the others.
type Place uint8

const (
	PlaceAuto Place = iota
	PlaceStart
	PlaceEnd
	PlaceCenter
	PlaceStretch
	PlaceBaseline
	PlaceBetween
	PlaceAround
	PlaceEvenly
)

// Repeat says how a background picture fills one dimension.
type Repeat uint8

const (
	RepeatOn Repeat = iota
	RepeatOff
	RepeatSpace
	RepeatRound
)

// Area is a rectangle of a box.
type Area uint8

const (
	BorderArea Area = iota
	PaddingArea
	ContentArea
	TextArea // background-clip: text
)

package css

import "github.com/tdewolff/parse/v2/css"

var textProperties = map[string]property{
	"text-align":          words(pAlign, aligns),
	"white-space":         words(pWhiteSpace, whiteSpaces),
	"text-wrap":           words(pWhiteSpace, map[string]uint8{"wrap": uint8(WSNormal), "nowrap": uint8(WSNowrap), "balance": uint8(WSNormal), "pretty": uint8(WSNormal), "stable": uint8(WSNormal)}),
	"word-break":          long(pWordBreak, (*values).wordBreak),
	"overflow-wrap":       words(pWrap, wraps),
	"word-wrap":           words(pWrap, wraps),
	"text-indent":         long(pIndent, lengthOf(percents|negative)),
	"tab-size":            long(pTabSize, numberOf(0, 1000)),
	"direction":           words(pDirection, map[string]uint8{"ltr": 0, "rtl": 1}),
	"unicode-bidi":        words(pBidi, map[string]uint8{"normal": uint8(BidiNormal), "embed": uint8(Embed), "isolate": uint8(Isolate), "bidi-override": uint8(Override), "isolate-override": uint8(IsolateOverride), "plaintext": uint8(Plaintext)}),
	"list-style":          short((*values).listStyle, pListType, pListPosition, pListImage),
	"list-style-type":     long(pListType, (*values).listType),
	"list-style-position": words(pListPosition, listPositions),
	"list-style-image":    long(pListImage, (*values).listImage),
	"border-collapse":     words(pCollapse, map[string]uint8{"separate": 0, "collapse": 1}),
	"border-spacing":      long(pSpacing, (*values).borderSpacing),
	"caption-side":        words(pCaptionSide, map[string]uint8{"top": 0, "bottom": 1}),
	"empty-cells":         words(pEmptyCells, map[string]uint8{"show": 0, "hide": 1}),
}

var aligns = map[string]uint8{
	"start": uint8(AlignStart), "end": uint8(AlignEnd), "left": uint8(AlignLeft), "right": uint8(AlignRight), "center": uint8(AlignCenter), "justify": uint8(AlignJustify),
	"-webkit-left": uint8(AlignBlockLeft), "-webkit-right": uint8(AlignBlockRight), "-webkit-center": uint8(AlignBlockCenter),
	"-webkit-auto": uint8(AlignStart), "match-parent": matchParent, "-webkit-match-parent": matchParent, "-internal-center": headingCell,
}

// Values of text-align that depend on the parent.
const (
	matchParent = 100
	headingCell = 101 // of th: centred unless someone said otherwise
)

var whiteSpaces = map[string]uint8{
	"normal": uint8(WSNormal), "nowrap": uint8(WSNowrap), "pre": uint8(WSPre), "pre-wrap": uint8(WSPreWrap), "-moz-pre-wrap": uint8(WSPreWrap),
	"pre-line": uint8(WSPreLine), "break-spaces": uint8(WSBreakSpaces), "-webkit-nowrap": uint8(WSNowrap),
}

var wraps = map[string]uint8{"normal": uint8(WrapNormal), "break-word": uint8(WrapWord), "anywhere": uint8(WrapAnywhere)}

var wordBreaks = map[string]uint8{"normal": uint8(BreakNormal), "break-all": uint8(BreakAll), "keep-all": uint8(KeepAll), "auto-phrase": uint8(BreakNormal)}

// wordBreak: break-word is an old word for overflow-wrap: anywhere.
func (v *values) wordBreak(property) bool {
	if v.skipWord("break-word") {
		return v.add(pWordBreak, wordValue(breakWord))
	}
	w, ok := v.lookup(wordBreaks)
	return ok && v.add(pWordBreak, wordValue(w))
}

// breakWord is the value of word-break that acts as overflow-wrap: anywhere.
const breakWord WordBreak = 100

var listPositions = map[string]uint8{"outside": 0, "inside": 1}

var listTypes = map[string]uint8{
	"none": uint8(NoMarker), "disc": uint8(Disc), "circle": uint8(Circle), "square": uint8(Square), "decimal": uint8(Decimal), "decimal-leading-zero": uint8(DecimalZero),
	"lower-alpha": uint8(LowerAlpha), "lower-latin": uint8(LowerAlpha), "upper-alpha": uint8(UpperAlpha), "upper-latin": uint8(UpperAlpha),
	"lower-roman": uint8(LowerRoman), "upper-roman": uint8(UpperRoman), "lower-greek": uint8(LowerGreek),
	"disclosure-open": uint8(Disc), "disclosure-closed": uint8(Disc),
}

func (v *values) listType(property) bool {
	val, ok := v.readListType()
	return ok && v.add(pListType, val)
}

// readListType takes a word or a string. Systems that are not known count in
// decimals, as in a browser.
func (v *values) readListType() (value, bool) {
	t := v.peek()
	if t.kind == css.StringToken {
		v.at++
		return value{kind: vString, ref: quoted(t.text)}, true
	}
	if w, ok := v.lookup(listTypes); ok {
		return wordValue(w), true
	}
	if t.kind != css.IdentToken {
		return value{}, false
	}
	v.at++
	return wordValue(Decimal), true
}

func (v *values) listImage(property) bool {
	val, ok := v.readListImage()
	return ok && v.add(pListImage, val)
}

func (v *values) readListImage() (value, bool) {
	if v.skipWord("none") {
		return value{kind: vString, ref: ""}, true
	}
	t := v.peek()
	if t.kind != css.URLToken {
		return value{}, false
	}
	v.at++
	return value{kind: vString, ref: reference(t.text)}, true
}

// listStyle reads the shorthand.
func (v *values) listStyle(property) bool {
	kind, place, image := wordValue(Disc), wordValue(uint8(0)), value{kind: vString, ref: ""}
	n, nones := 0, 0
	for ; !v.done() && n < 3; n++ {
		if w, ok := v.lookup(listPositions); ok {
			place = wordValue(w)
			continue
		}
		if v.skipWord("none") {
			nones++
			continue
		}
		if val, ok := v.readListImage(); ok {
			image = val
			continue
		}
		val, ok := v.readListType()
		if !ok {
			return false
		}
		kind = val
	}
	if nones > 0 && kind == wordValue(Disc) {
		kind = wordValue(NoMarker)
	}
	v.add(pListType, kind)
	v.add(pListPosition, place)
	return n > 0 && v.add(pListImage, image)
}

// twoLengths is the value of border-spacing and its likes.
type twoLengths struct{ x, y value }

func (v *values) borderSpacing(property) bool {
	x, ok := v.length(0)
	if !ok {
		return false
	}
	y := x
	if !v.done() {
		if y, ok = v.length(0); !ok {
			return false
		}
	}
	return v.add(pSpacing, value{kind: vRef, ref: &twoLengths{x, y}})
}

package css

import (
	"github.com/tdewolff/parse/v2/css"
)

const (
	sizeWords   = percents | autos | sizes
	marginWords = percents | negative | autos
)

var boxProperties = map[string]property{
	"display":        long(pDisplay, (*values).display),
	"float":          words(pFloat, map[string]uint8{"none": uint8(FloatNone), "left": uint8(FloatLeft), "right": uint8(FloatRight), "inline-start": uint8(FloatLeft), "inline-end": uint8(FloatRight)}),
	"clear":          words(pClear, map[string]uint8{"none": uint8(ClearNone), "left": uint8(ClearLeft), "right": uint8(ClearRight), "both": uint8(ClearBoth), "inline-start": uint8(ClearLeft), "inline-end": uint8(ClearRight)}),
	"position":       words(pPosition, map[string]uint8{"static": uint8(Static), "relative": uint8(Relative), "absolute": uint8(Absolute), "fixed": uint8(Fixed), "sticky": uint8(Sticky), "-webkit-sticky": uint8(Sticky)}),
	"top":            long(pTop, lengthOf(marginWords)),
	"right":          long(pRight, lengthOf(marginWords)),
	"bottom":         long(pBottom, lengthOf(marginWords)),
	"left":           long(pLeft, lengthOf(marginWords)),
	"inset":          short(quad(readLength(marginWords)), pTop, pRight, pBottom, pLeft),
	"z-index":        long(pZ, (*values).zIndex),
	"vertical-align": long(pVAlign, (*values).verticalAlign),

	"width":           long(pWidth, lengthOf(sizeWords)),
	"height":          long(pHeight, lengthOf(sizeWords)),
	"min-width":       long(pMinWidth, lengthOf(sizeWords)),
	"min-height":      long(pMinHeight, lengthOf(sizeWords)),
	"max-width":       long(pMaxWidth, lengthOf(percents|nones|sizes)),
	"max-height":      long(pMaxHeight, lengthOf(percents|nones|sizes)),
	"inline-size":     long(pWidth, lengthOf(sizeWords)),
	"block-size":      long(pHeight, lengthOf(sizeWords)),
	"min-inline-size": long(pMinWidth, lengthOf(sizeWords)),
	"min-block-size":  long(pMinHeight, lengthOf(sizeWords)),
	"max-inline-size": long(pMaxWidth, lengthOf(percents|nones|sizes)),
	"max-block-size":  long(pMaxHeight, lengthOf(percents|nones|sizes)),

	"margin":              short(quad(readLength(marginWords)), pMarginTop, pMarginRight, pMarginBottom, pMarginLeft),
	"margin-top":          long(pMarginTop, lengthOf(marginWords)),
	"margin-right":        long(pMarginRight, lengthOf(marginWords)),
	"margin-bottom":       long(pMarginBottom, lengthOf(marginWords)),
	"margin-left":         long(pMarginLeft, lengthOf(marginWords)),
	"margin-block":        short(pair(readLength(marginWords)), pMarginTop, pMarginBottom),
	"margin-block-start":  long(pMarginTop, lengthOf(marginWords)),
	"margin-block-end":    long(pMarginBottom, lengthOf(marginWords)),
	"margin-inline":       short(pair(readLength(marginWords)), pMarginStart, pMarginEnd),
	"margin-inline-start": long(pMarginStart, lengthOf(marginWords)),
	"margin-inline-end":   long(pMarginEnd, lengthOf(marginWords)),

	"padding":              short(quad(readLength(percents)), pPaddingTop, pPaddingRight, pPaddingBottom, pPaddingLeft),
	"padding-top":          long(pPaddingTop, lengthOf(percents)),
	"padding-right":        long(pPaddingRight, lengthOf(percents)),
	"padding-bottom":       long(pPaddingBottom, lengthOf(percents)),
	"padding-left":         long(pPaddingLeft, lengthOf(percents)),
	"padding-block":        short(pair(readLength(percents)), pPaddingTop, pPaddingBottom),
	"padding-block-start":  long(pPaddingTop, lengthOf(percents)),
	"padding-block-end":    long(pPaddingBottom, lengthOf(percents)),
	"padding-inline":       short(pair(readLength(percents)), pPaddingStart, pPaddingEnd),
	"padding-inline-start": long(pPaddingStart, lengthOf(percents)),
	"padding-inline-end":   long(pPaddingEnd, lengthOf(percents)),

	"inset-block":        short(pair(readLength(marginWords)), pTop, pBottom),
	"inset-block-start":  long(pTop, lengthOf(marginWords)),
	"inset-block-end":    long(pBottom, lengthOf(marginWords)),
	"inset-inline":       short(pair(readLength(marginWords)), pInsetStart, pInsetEnd),
	"inset-inline-start": long(pInsetStart, lengthOf(marginWords)),
	"inset-inline-end":   long(pInsetEnd, lengthOf(marginWords)),

	"box-sizing":         words(pBoxSizing, boxSizings),
	"-webkit-box-sizing": words(pBoxSizing, boxSizings),
	"table-layout":       words(pTableLayout, map[string]uint8{"auto": 0, "fixed": 1}),
	"overflow":           short(pair(readOverflow), pOverflowX, pOverflowY),
	"overflow-x":         words(pOverflowX, overflows),
	"overflow-y":         words(pOverflowY, overflows),
	"text-overflow":      words(pEllipsis, map[string]uint8{"clip": 0, "ellipsis": 1}),
	"-webkit-line-clamp": long(pClamp, (*values).lineClamp),
	"line-clamp":         long(pClamp, (*values).lineClamp),
	"aspect-ratio":       long(pRatio, (*values).aspectRatio),
	"clip":               long(pClip, (*values).clip),
	"clip-path":          long(pClip, (*values).clip),
}

var boxSizings = map[string]uint8{"content-box": 0, "border-box": 1}

var overflows = map[string]uint8{
	"visible": uint8(OverflowVisible), "hidden": uint8(OverflowHidden), "clip": uint8(OverflowClip), "scroll": uint8(OverflowScroll), "auto": uint8(OverflowAuto), "overlay": uint8(OverflowAuto),
	"-webkit-paged-x": uint8(OverflowAuto), "-webkit-paged-y": uint8(OverflowAuto),
}

func readOverflow(v *values) (value, bool) {
	w, ok := v.lookup(overflows)
	return wordValue(w), ok
}

var displays = map[string]uint8{
	"none": uint8(DisplayNone), "inline": uint8(Inline), "block": uint8(Block), "inline-block": uint8(InlineBlock), "list-item": uint8(ListItem), "flow-root": uint8(FlowRoot),
	"table": uint8(Table), "inline-table": uint8(InlineTable), "table-row-group": uint8(RowGroup), "table-header-group": uint8(HeaderGroup), "table-footer-group": uint8(FooterGroup),
	"table-row": uint8(Row), "table-cell": uint8(Cell), "table-column": uint8(Column), "table-column-group": uint8(ColumnGroup), "table-caption": uint8(Caption),
	"flex": uint8(Flex), "-webkit-flex": uint8(Flex), "inline-flex": uint8(InlineFlex), "-webkit-inline-flex": uint8(InlineFlex), "grid": uint8(Grid), "inline-grid": uint8(InlineGrid),
	"-webkit-box": uint8(Flex), "-webkit-inline-box": uint8(InlineFlex), "contents": uint8(Contents), "flow": uint8(Block), "ruby": uint8(Inline), "math": uint8(Inline),
}

// insideDisplays are the words that may follow block or inline.
var insideDisplays = map[string][2]Display{
	"flow": {Block, Inline}, "flow-root": {FlowRoot, InlineBlock}, "table": {Table, InlineTable}, "flex": {Flex, InlineFlex}, "grid": {Grid, InlineGrid}, "list-item": {ListItem, ListItem},
}

func (v *values) display(property) bool {
	w, ok := v.lookup(displays)
	if !ok {
		return false
	}
	if inside, two := insideDisplays[v.lower()]; two && (Display(w) == Block || Display(w) == Inline) {
		v.at++
		w = uint8(inside[w&1])
		if Display(w) == 0 {
			return false
		}
	}
	return v.add(pDisplay, wordValue(w))
}

func (v *values) zIndex(property) bool {
	if v.skipWord("auto") {
		return v.add(pZ, value{kind: vWord})
	}
	n, ok := v.number(false)
	return ok && n == float64(int64(n)) && v.add(pZ, value{kind: vNumber, num: float32(n)})
}

var verticalAligns = map[string]uint8{
	"baseline": uint8(Baseline), "sub": uint8(VASub), "super": uint8(VASuper), "text-top": uint8(VATextTop), "text-bottom": uint8(VATextBottom),
	"top": uint8(VATop), "middle": uint8(VAMiddle), "bottom": uint8(VABottom), "-webkit-baseline-middle": uint8(VABaselineMiddle),
}

func (v *values) verticalAlign(property) bool {
	if w, ok := v.lookup(verticalAligns); ok {
		return v.add(pVAlign, wordValue(w))
	}
	val, ok := v.length(percents | negative)
	return ok && v.add(pVAlign, val)
}

func (v *values) lineClamp(property) bool {
	if v.skipWord("none") {
		return v.add(pClamp, value{kind: vNumber})
	}
	n, ok := v.number(false)
	return ok && n >= 1 && v.add(pClamp, value{kind: vNumber, num: float32(min(n, 10_000))})
}

func (v *values) aspectRatio(property) bool {
	auto := v.skipWord("auto")
	w, ok := v.number(false)
	if !ok {
		return auto && v.add(pRatio, value{kind: vNumber})
	}
	h := 1.0
	if v.slash() {
		if h, ok = v.number(false); !ok {
			return false
		}
	}
	v.skipWord("auto")
	if w <= 0 || h <= 0 {
		return v.add(pRatio, value{kind: vNumber})
	}
	return v.add(pRatio, value{kind: vNumber, num: float32(w / h)})
}

// clip finds out whether something is hidden the way that screen readers'
// texts are: cut to nothing. Other shapes have no effect.
func (v *values) clip(property) bool {
	cut := uint8(0)
	for ; !v.done(); v.at++ {
		t := v.peek()
		if t.kind != css.FunctionToken {
			continue
		}
		args := v.arguments()
		v.at--
		switch t.text {
		case "rect(":
			cut = 1
			for i := range args {
				if args[i].num > 1 || args[i].is("auto") {
					cut = 0
				}
			}
		case "inset(":
			if len(args) > 0 && args[0].kind == css.PercentageToken && args[0].num >= 50 {
				cut = 1
			}
		}
	}
	return v.add(pClip, wordValue(cut))
}

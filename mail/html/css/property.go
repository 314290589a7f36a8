package css

// prop is a longhand property.
type prop uint8

const (
	pCustom  prop = iota // a variable
	pPending             // a declaration whose value contains var()

	// What follows is known before the rest is computed.
	pFontSize
	pFontFamily
	pDirection
	pColor

	pFontWeight
	pFontStyle
	pFontCaps
	pKerning
	pLineHeight
	pLetterSpacing
	pWordSpacing
	pCase
	pVisibility
	pDecoLine
	pDecoStyle
	pDecoColor
	pDecoThickness
	pTextShadow

	pAlign
	pWhiteSpace
	pWordBreak
	pWrap
	pIndent
	pTabSize
	pBidi
	pListType
	pListPosition
	pListImage
	pCollapse
	pSpacing
	pCaptionSide
	pEmptyCells

	pDisplay
	pFloat
	pClear
	pPosition
	pTop
	pRight
	pBottom
	pLeft
	pInsetStart
	pInsetEnd
	pZ
	pVAlign
	pWidth
	pHeight
	pMinWidth
	pMinHeight
	pMaxWidth
	pMaxHeight
	pMarginTop
	pMarginRight
	pMarginBottom
	pMarginLeft
	pMarginStart
	pMarginEnd
	pPaddingTop
	pPaddingRight
	pPaddingBottom
	pPaddingLeft
	pPaddingStart
	pPaddingEnd
	pBorderTopWidth
	pBorderRightWidth
	pBorderBottomWidth
	pBorderLeftWidth
	pBorderStartWidth
	pBorderEndWidth
	pBorderTopStyle
	pBorderRightStyle
	pBorderBottomStyle
	pBorderLeftStyle
	pBorderStartStyle
	pBorderEndStyle
	pBorderTopColor
	pBorderRightColor
	pBorderBottomColor
	pBorderLeftColor
	pBorderStartColor
	pBorderEndColor
	pBoxSizing
	pTableLayout
	pOverflowX
	pOverflowY
	pEllipsis
	pClamp
	pRatio
	pClip

	pBackground
	pLayerImages
	pLayerX
	pLayerY
	pLayerSize
	pLayerRepeat
	pLayerOrigin
	pLayerClip
	pRadiusTopLeft
	pRadiusTopRight
	pRadiusBottomRight
	pRadiusBottomLeft
	pBoxShadow
	pOpacity
	pTransform
	pTransformOrigin
	pFit
	pFitPosition

	pFlow
	pFlexWrap
	pGrow
	pShrink
	pBasis
	pJustify
	pAlignItems
	pAlignSelf
	pAlignContent
	pJustifyItems
	pJustifySelf
	pGapX
	pGapY
	pOrder
	pColumns
	pContent
	pCounterReset
	pCounterIncrement
	pCounterSet

	propCount
)

// lastEarly is the last property of those that others depend on.
const lastEarly = pColor

// property says how the value of a property, long or short, is read.
type property struct {
	longs []prop
	parse func(*values, property) bool
	words map[string]uint8 // for those that take a word
}

func long(p prop, parse func(*values, property) bool) property {
	return property{longs: []prop{p}, parse: parse}
}

func words(p prop, m map[string]uint8) property {
	return property{longs: []prop{p}, parse: (*values).word, words: m}
}

func short(parse func(*values, property) bool, longs ...prop) property {
	return property{longs: longs, parse: parse}
}

// properties are all that have an effect, by name.
var properties map[string]property

func init() {
	properties = make(map[string]property, 256)
	for _, table := range []map[string]property{
		fontProperties, textProperties, boxProperties, borderProperties, surfaceProperties, placingProperties,
	} {
		for name, p := range table {
			properties[name] = p
		}
	}
	all := property{parse: (*values).none}
	for p := lastEarly; p < propCount; p++ {
		if p != pDirection && p != pBidi {
			all.longs = append(all.longs, p)
		}
	}
	all.longs = append(all.longs, pFontSize, pFontFamily)
	properties["all"] = all
}

// none is for properties that take no value but those which all take.
func (v *values) none(property) bool { return false }

package css

// inherited reports whether a property takes the parent's value by itself.
func (p prop) inherited() bool {
	switch {
	case p >= pDecoLine && p <= pDecoThickness, p == pBidi:
		return false
	}
	return p <= pEmptyCells
}

// copyWide takes inherit, initial or unset for a property.
func (w *work) copyWide(p prop, kind valueKind) {
	from := &initial
	switch {
	case kind == vInherit || kind == vUnset && p.inherited():
		from = w.parent
	case kind == vRevert:
		from = w.browsers()
	}
	switch {
	case p <= pTextShadow:
		w.copyFont(p, from)
	case p <= pEmptyCells:
		w.copyParagraph(p, from)
	case p >= pMarginTop && p <= pBorderEndColor:
		w.copyEdges(p, from)
	case p < pBackground:
		w.copyBox(p, from)
	case p < pFlow:
		w.copySurface(p, from)
	default:
		w.copyPlacing(p, from)
	}
}

var initial = Initial()

// browsers is what the element would look like without the mail's rules.
func (w *work) browsers() *Style {
	plain := &work{}
	plain.inherit(w.parent)
	plain.resolver = w.resolver
	plain.tag, plain.listDepth, plain.inList = w.tag, w.listDepth, w.inList
	plain.uaEarly(w.tag)
	plain.settleSize()
	plain.size = float64(plain.Size)
	plain.uaLate(w.tag, w.inList)
	return &plain.Style
}

func (w *work) copyFont(p prop, from *Style) {
	switch p {
	case pFontWeight:
		w.Weight = from.Weight
	case pFontStyle:
		w.Italic = from.Italic
	case pFontCaps:
		w.SmallCaps = from.SmallCaps
	case pKerning:
		w.Kerning = from.Kerning
	case pLineHeight:
		w.LineHeight, w.lineFactor = from.LineHeight, from.lineFactor
	case pLetterSpacing:
		w.LetterSpacing = from.LetterSpacing
	case pWordSpacing:
		w.WordSpacing = from.WordSpacing
	case pCase:
		w.Case = from.Case
	case pVisibility:
		w.Visibility = from.Visibility
	case pDecoLine:
		w.decoLines = from.Deco.lines()
	case pDecoStyle:
		w.decoStyle = Solid
	case pDecoColor:
		w.decoColor = currentColor
	case pDecoThickness:
		w.decoThick = 0
	case pTextShadow:
		w.Font.Shadow = from.Font.Shadow
	}
}

// lines are the lines of a decoration as bits.
func (d Decoration) lines() (bits uint8) {
	if d.Under.Style != NoLine {
		bits |= underline
	}
	if d.Over.Style != NoLine {
		bits |= overline
	}
	if d.Through.Style != NoLine {
		bits |= lineThrough
	}
	return bits
}

func (w *work) copyParagraph(p prop, from *Style) {
	switch p {
	case pAlign:
		w.Align = from.Align
	case pWhiteSpace:
		w.WhiteSpace = from.WhiteSpace
	case pWordBreak:
		w.WordBreak = from.WordBreak
	case pWrap:
		w.Wrap = from.Wrap
	case pIndent:
		w.Indent = from.Indent
	case pTabSize:
		w.TabSize = from.TabSize
	case pBidi:
		w.Bidi = from.Bidi
	case pListType:
		w.ListType, w.ListText = from.ListType, from.ListText
	case pListPosition:
		w.ListInside = from.ListInside
	case pListImage:
		w.ListImage = from.ListImage
	case pCollapse:
		w.Collapse = from.Collapse
	case pSpacing:
		w.SpaceX, w.SpaceY = from.SpaceX, from.SpaceY
	case pCaptionSide:
		w.CaptionBelow = from.CaptionBelow
	case pEmptyCells:
		w.HideEmpty = from.HideEmpty
	}
}

func (w *work) copyBox(p prop, from *Style) {
	switch p {
	case pDisplay:
		w.Display = from.Display
	case pFloat:
		w.Float = from.Float
	case pClear:
		w.Clear = from.Clear
	case pPosition:
		w.Position = from.Position
	case pTop, pRight, pBottom, pLeft:
		w.Inset[p-pTop] = from.Inset[p-pTop]
	case pInsetStart, pInsetEnd:
		i := w.side(p == pInsetEnd)
		w.Inset[i] = from.Inset[i]
	case pZ:
		w.Z, w.ZAuto = from.Z, from.ZAuto
	case pVAlign:
		w.VAlign, w.Raise = from.VAlign, from.Raise
	case pWidth:
		w.Width = from.Width
	case pHeight:
		w.Height = from.Height
	case pMinWidth:
		w.MinWidth = from.MinWidth
	case pMinHeight:
		w.MinHeight = from.MinHeight
	case pMaxWidth:
		w.MaxWidth = from.MaxWidth
	case pMaxHeight:
		w.MaxHeight = from.MaxHeight
	case pBoxSizing:
		w.BorderBox = from.BorderBox
	case pTableLayout:
		w.FixedTable = from.FixedTable
	case pOverflowX:
		w.OverflowX = from.OverflowX
	case pOverflowY:
		w.OverflowY = from.OverflowY
	case pEllipsis:
		w.Ellipsis = from.Ellipsis
	case pClamp:
		w.Clamp = from.Clamp
	case pRatio:
		w.Ratio = from.Ratio
	case pClip:
		w.Clipped = from.Clipped
	}
}

func (w *work) copyEdges(p prop, from *Style) {
	group, i := (p-pMarginTop)/6, Side((p-pMarginTop)%6)
	if i >= 4 {
		i = w.side(i == 5)
	}
	switch group {
	case 0:
		w.Margin[i] = from.Margin[i]
	case 1:
		w.Padding[i] = from.Padding[i]
	case 2:
		w.Border[i].Width = from.Border[i].Width
		if from == &initial {
			w.Border[i].Width = 3
		}
	case 3:
		w.Border[i].Style = from.Border[i].Style
	case 4:
		w.Border[i].Color = from.Border[i].Color
		if from == &initial {
			w.Border[i].Color = currentColor
		}
	}
}

func (w *work) copySurface(p prop, from *Style) {
	switch p {
	case pBackground:
		w.Background = from.Background
	case pLayerImages:
		w.layers.images = nil
		w.Layers = from.Layers
	case pLayerX:
		w.layers.x = nil
	case pLayerY:
		w.layers.y = nil
	case pLayerSize:
		w.layers.size = nil
	case pLayerRepeat:
		w.layers.repeat = nil
	case pLayerOrigin:
		w.layers.origin = nil
	case pLayerClip:
		w.layers.clip = nil
	case pRadiusTopLeft, pRadiusTopRight, pRadiusBottomRight, pRadiusBottomLeft:
		w.Radius[p-pRadiusTopLeft] = from.Radius[p-pRadiusTopLeft]
	case pBoxShadow:
		w.Shadows = from.Shadows
	case pOpacity:
		w.Opacity = from.Opacity
	case pTransform, pTransformOrigin:
		w.Transform = from.Transform
	case pFit:
		w.Fit = from.Fit
	case pFitPosition:
		w.FitX, w.FitY = from.FitX, from.FitY
	}
}

func (w *work) copyPlacing(p prop, from *Style) {
	switch p {
	case pFlow:
		w.Flow = from.Flow
	case pFlexWrap:
		w.FlexWrap = from.FlexWrap
	case pGrow:
		w.Grow = from.Grow
	case pShrink:
		w.Shrink = from.Shrink
	case pBasis:
		w.Basis = from.Basis
	case pJustify:
		w.Justify = from.Justify
	case pAlignItems:
		w.AlignItems = from.AlignItems
	case pAlignSelf:
		w.AlignSelf = from.AlignSelf
	case pAlignContent:
		w.AlignContent = from.AlignContent
	case pJustifyItems:
		w.JustifyItems = from.JustifyItems
	case pJustifySelf:
		w.JustifySelf = from.JustifySelf
	case pGapX:
		w.GapX = from.GapX
	case pGapY:
		w.GapY = from.GapY
	case pOrder:
		w.Order = from.Order
	case pColumns:
		w.Columns = from.Columns
	case pContent:
		w.content = value{}
	case pCounterReset:
		w.reset = nil
	case pCounterIncrement:
		w.incr = nil
	case pCounterSet:
		w.set = nil
	}
}

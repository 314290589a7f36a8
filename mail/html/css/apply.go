package css

import "golang.org/x/net/html/atom"

// work is a style while it is being computed.
type work struct {
	Style
	resolver
	parent    *Style
	tag       atom.Atom
	listDepth int  // lists around it, if it is one: its bullets depend on it
	inList    bool // lists or definitions are around it

	// Decorations of the element itself.
	decoLines uint8
	decoStyle LineStyle
	decoColor Color
	decoThick float32

	layers  layerKey
	cast    map[shadowKey]*Shadows // of the document, so that equal ones are one
	content value
	reset   *[]counter
	incr    *[]counter
	set     *[]counter
}

// layerKey is all that the background pictures of an element depend on.
type layerKey struct {
	images, x, y, size, repeat, origin, clip *[]value
	em, root                                 float64
	color                                    Color
}

// shadowKey is all that the shadows of an element depend on.
type shadowKey struct {
	list     *[]shadow
	em, root float64
	color    Color
}

// side is the left or right side that a logical one is, as an index of sides.
func (w *work) side(end bool) Side {
	if end != w.RTL {
		return Right
	}
	return Left
}

// apply takes one declaration. Those that others depend on were taken before.
func (w *work) apply(p prop, v value) {
	if v.kind.wide() {
		w.copyWide(p, v.kind)
		return
	}
	switch {
	case p <= pTextShadow:
		w.applyFont(p, v)
	case p <= pEmptyCells:
		w.applyParagraph(p, v)
	case p < pMarginTop:
		w.applyBox(p, v)
	case p <= pBorderEndColor:
		w.applyEdges(p, v)
	case p < pBackground:
		w.applyBox(p, v)
	case p < pFlow:
		w.applySurface(p, v)
	default:
		w.applyPlacing(p, v)
	}
}

func (w *work) applyFont(p prop, v value) {
	switch p {
	case pFontWeight:
		w.Weight = weight(v, w.parent.Weight)
	case pFontStyle:
		w.Italic = v.word == 1
	case pFontCaps:
		w.SmallCaps = v.word == 1
	case pKerning:
		w.Kerning = v.word == 1
	case pLineHeight:
		w.lineHeight(v)
	case pLetterSpacing:
		w.LetterSpacing = w.length(v).Px
	case pWordSpacing:
		w.WordSpacing = w.length(v).Px
	case pCase:
		w.Case = Case(v.word)
	case pVisibility:
		w.Visibility = Visibility(v.word)
	case pDecoLine:
		w.decoLines = v.word
	case pDecoStyle:
		w.decoStyle = LineStyle(v.word)
	case pDecoColor:
		w.decoColor = v.color
	case pDecoThickness:
		w.decoThick = float32(w.length(v).Of(w.size))
	case pTextShadow:
		w.Font.Shadow = w.shadows(v)
	}
}

// ink is a colour of text: currentcolor is the parent's.
func (w *work) ink(v value, current Color) Color {
	if v.color == currentColor {
		return current
	}
	return v.color
}

// weight computes font-weight; bolder and lighter go by the parent's (CSS
// Fonts 4, 2.2.1).
func weight(v value, parent uint16) uint16 {
	if v.kind == vNumber {
		return uint16(v.num)
	}
	switch v.word {
	case fontWeights["bolder"]:
		switch {
		case parent < 350:
			return 400
		case parent < 550:
			return 700
		}
		return max(parent, 900)
	case fontWeights["lighter"]:
		switch {
		case parent < 100:
			return parent
		case parent < 550:
			return 100
		case parent < 750:
			return 400
		}
		return 700
	}
	return uint16(v.word) * 100
}

func (w *work) lineHeight(v value) {
	switch v.kind {
	case vWord:
		w.LineHeight, w.lineFactor = -1, -1
	case vNumber:
		w.LineHeight, w.lineFactor = 0, v.num
	default:
		w.LineHeight, w.lineFactor = float32(max(0, w.length(v).Of(w.size))), -1
	}
}

func (w *work) applyParagraph(p prop, v value) {
	switch p {
	case pAlign:
		w.align(v.word)
	case pWhiteSpace:
		w.WhiteSpace = WhiteSpace(v.word)
	case pWordBreak:
		if WordBreak(v.word) == breakWord {
			w.WordBreak, w.Wrap = BreakNormal, WrapAnywhere
		} else {
			w.WordBreak = WordBreak(v.word)
		}
	case pWrap:
		w.Wrap = Wrap(v.word)
	case pIndent:
		w.Indent = w.length(v)
	case pTabSize:
		w.TabSize = v.num
	case pBidi:
		w.Bidi = Bidi(v.word)
	case pListType:
		if v.kind == vString {
			w.ListType, w.ListText = ListString, v.ref.(string)
		} else {
			w.ListType, w.ListText = ListType(v.word), ""
		}
	case pListPosition:
		w.ListInside = v.word == 1
	case pListImage:
		w.ListImage = v.ref.(string)
	case pCollapse:
		w.Collapse = v.word == 1
	case pSpacing:
		two := v.ref.(*twoLengths)
		w.SpaceX, w.SpaceY = w.length(two.x).Px, w.length(two.y).Px
	case pCaptionSide:
		w.CaptionBelow = v.word == 1
	case pEmptyCells:
		w.HideEmpty = v.word == 1
	}
}

func (w *work) align(word uint8) {
	switch {
	case word == matchParent:
		w.Align = w.parent.Align
		if w.Align == AlignStart || w.Align == AlignEnd {
			w.Align = map[bool]Align{false: AlignLeft, true: AlignRight}[(w.Align == AlignEnd) != w.parent.RTL]
		}
	case word == headingCell:
		if w.parent.Align == AlignStart {
			w.Align = AlignCenter
		} else {
			w.Align = w.parent.Align
		}
	default:
		w.Align = Align(word)
	}
}

func (w *work) applyBox(p prop, v value) {
	switch p {
	case pDisplay:
		w.Display = Display(v.word)
	case pFloat:
		w.Float = Float(v.word)
	case pClear:
		w.Clear = Clear(v.word)
	case pPosition:
		w.Position = Position(v.word)
	case pTop, pRight, pBottom, pLeft:
		w.Inset[p-pTop] = w.length(v)
	case pInsetStart, pInsetEnd:
		w.Inset[w.side(p == pInsetEnd)] = w.length(v)
	case pZ:
		w.Z, w.ZAuto = int32(v.num), v.kind == vWord
	case pVAlign:
		w.VAlign, w.Raise = VAlign(v.word), Length{}
		if v.kind != vWord {
			w.VAlign, w.Raise = VALength, w.length(v)
		}
	case pWidth:
		w.Width = w.length(v)
	case pHeight:
		w.Height = w.length(v)
	case pMinWidth:
		w.MinWidth = w.length(v)
	case pMinHeight:
		w.MinHeight = w.length(v)
	case pMaxWidth:
		w.MaxWidth = w.length(v)
	case pMaxHeight:
		w.MaxHeight = w.length(v)
	case pBoxSizing:
		w.BorderBox = v.word == 1
	case pTableLayout:
		w.FixedTable = v.word == 1
	case pOverflowX:
		w.OverflowX = Overflow(v.word)
	case pOverflowY:
		w.OverflowY = Overflow(v.word)
	case pEllipsis:
		w.Ellipsis = v.word == 1
	case pClamp:
		w.Clamp = uint16(v.num)
	case pRatio:
		w.Ratio = v.num
	case pClip:
		w.Clipped = v.word == 1
	}
}

// applyEdges takes margins, paddings and borders, whose properties stand in
// groups of six: four sides, start and end.
func (w *work) applyEdges(p prop, v value) {
	group, i := (p-pMarginTop)/6, Side((p-pMarginTop)%6)
	if i >= 4 {
		i = w.side(i == 5)
	}
	switch group {
	case 0:
		w.Margin[i] = w.length(v)
	case 1:
		w.Padding[i] = w.length(v)
	case 2:
		w.Border[i].Width = edge(w.length(v).Of(0))
	case 3:
		w.Border[i].Style = LineStyle(v.word)
	case 4:
		w.Border[i].Color = v.color
	}
}

func (w *work) applySurface(p prop, v value) {
	switch p {
	case pBackground:
		w.Background = v.color
	case pLayerImages:
		w.layers.images = v.ref.(*[]value)
	case pLayerX:
		w.layers.x = v.ref.(*[]value)
	case pLayerY:
		w.layers.y = v.ref.(*[]value)
	case pLayerSize:
		w.layers.size = v.ref.(*[]value)
	case pLayerRepeat:
		w.layers.repeat = v.ref.(*[]value)
	case pLayerOrigin:
		w.layers.origin = v.ref.(*[]value)
	case pLayerClip:
		w.layers.clip = v.ref.(*[]value)
	case pRadiusTopLeft, pRadiusTopRight, pRadiusBottomRight, pRadiusBottomLeft:
		two := v.ref.(*twoLengths)
		w.Radius[p-pRadiusTopLeft] = Corner{w.length(two.x), w.length(two.y)}
	case pBoxShadow:
		w.Shadows = w.shadows(v)
	case pOpacity:
		w.Opacity = v.num
	case pTransform:
		w.transform(v)
	case pTransformOrigin:
		// Kept for when the transform is known; see finish.
		two := v.ref.(*twoLengths)
		t := Transform{}
		if w.Transform != nil {
			t = *w.Transform
		}
		t.OriginX, t.OriginY = w.length(two.x), w.length(two.y)
		w.Transform = &t
	case pFit:
		w.Fit = Fit(v.word)
	case pFitPosition:
		two := v.ref.(*twoLengths)
		w.FitX, w.FitY = w.length(two.x), w.length(two.y)
	}
}

// transform computes the steps, and keeps an origin that came before.
func (w *work) transform(v value) {
	t := Transform{OriginX: Percent(50), OriginY: Percent(50)}
	if w.Transform != nil {
		t.OriginX, t.OriginY = w.Transform.OriginX, w.Transform.OriginY
	}
	if v.kind == vRef {
		for _, s := range *v.ref.(*[]step) {
			t.Steps = append(t.Steps, Step{X: w.length(s.x), Y: w.length(s.y), A: float32(s.a), B: float32(s.b), C: float32(s.c), D: float32(s.d)})
		}
	}
	w.Transform = &t
}

// shadows computes shadows; their colour may be the text's.
func (w *work) shadows(v value) *Shadows {
	if v.kind != vRef {
		return nil
	}
	key := shadowKey{v.ref.(*[]shadow), float64(w.Size), w.root, w.Color}
	if s := w.cast[key]; s != nil {
		return s
	}
	list := *key.list
	out := &Shadows{List: make([]Shadow, len(list))}
	for i, s := range list {
		out.List[i] = Shadow{
			X: w.length(s.lengths[0]).Px, Y: w.length(s.lengths[1]).Px, Blur: max(0, w.length(s.lengths[2]).Px), Spread: w.length(s.lengths[3]).Px,
			Color: w.ink(value{color: s.color}, w.Color), Inset: s.inset,
		}
	}
	w.cast[key] = out
	return out
}

func (w *work) applyPlacing(p prop, v value) {
	switch p {
	case pFlow:
		w.Flow = Flow(v.word)
	case pFlexWrap:
		w.FlexWrap = FlexWrap(v.word)
	case pGrow:
		w.Grow = v.num
	case pShrink:
		w.Shrink = v.num
	case pBasis:
		w.Basis = w.length(v)
	case pJustify:
		w.Justify = Place(v.word)
	case pAlignItems:
		w.AlignItems = Place(v.word)
	case pAlignSelf:
		w.AlignSelf = Place(v.word)
	case pAlignContent:
		w.AlignContent = Place(v.word)
	case pJustifyItems:
		w.JustifyItems = Place(v.word)
	case pJustifySelf:
		w.JustifySelf = Place(v.word)
	case pGapX:
		w.GapX = w.length(v)
	case pGapY:
		w.GapY = w.length(v)
	case pOrder:
		w.Order = int32(v.num)
	case pColumns:
		w.Columns = w.columns(v)
	case pContent:
		w.content = v
	case pCounterReset:
		w.reset = counterList(v)
	case pCounterIncrement:
		w.incr = counterList(v)
	case pCounterSet:
		w.set = counterList(v)
	}
}

func counterList(v value) *[]counter {
	list, _ := v.ref.(*[]counter)
	return list
}

func (w *work) columns(v value) *Tracks {
	t, ok := v.ref.(*tracks)
	if !ok {
		return nil
	}
	out := &Tracks{AutoFill: t.fill, AutoFit: t.fit, List: make([]Track, len(t.list))}
	for i, one := range t.list {
		out.List[i] = Track{Min: w.length(one.least), Size: w.length(one.size), Fr: one.fr}
	}
	return out
}

package css

import "golang.org/x/net/html/atom"

// The sheet of the browser, as HTML recommends it (15.3) and Chromium has it,
// in code: what it says about a font has to be known first.

var monospace = &Families{Names: []Family{{"monospace", true}}}

var controlFont = &Families{Names: []Family{{"Arial", false}}}

// hidden elements are never shown.
func hiddenTag(tag atom.Atom) bool {
	switch tag {
	case atom.Head, atom.Style, atom.Script, atom.Title, atom.Meta, atom.Link, atom.Base, atom.Template, atom.Area, atom.Datalist,
		atom.Noembed, atom.Noframes, atom.Param, atom.Rp, atom.Dialog, atom.Source, atom.Track:
		return true
	}
	return false
}

// uaEarly sets what other values depend on.
func (w *work) uaEarly(tag atom.Atom) {
	switch tag {
	case atom.H1:
		w.em(2)
	case atom.H2:
		w.em(1.5)
	case atom.H3:
		w.em(1.17)
	case atom.H4:
		w.em(1)
	case atom.H5:
		w.em(0.83)
	case atom.H6:
		w.em(0.67)
	case atom.Small, atom.Sub, atom.Sup:
		w.fontSize(wordValue(uint8(smaller)))
	case atom.Big:
		w.fontSize(wordValue(uint8(larger)))
	case atom.Rt:
		w.em(0.5)
	case atom.Pre, atom.Xmp, atom.Listing, atom.Plaintext, atom.Tt, atom.Code, atom.Kbd, atom.Samp:
		w.Family = monospace
	case atom.Textarea:
		w.Family = monospace
		w.fontSize(value{kind: vLength, num: 13.3333})
		w.Color = Color{A: 255}
	case atom.Input, atom.Button, atom.Select:
		w.Family = controlFont
		w.fontSize(value{kind: vLength, num: 13.3333})
		w.Color = Color{A: 255}
	case atom.Mark:
		w.Color = Color{A: 255}
	case atom.Hr:
		w.Color = gray
	}
}

func (w *work) em(n float64) { w.fontSize(value{kind: vLength, unit: em, num: float32(n)}) }

var gray = Color{128, 128, 128, 255}

// blockTags are blocks with no more to say.
func blockTag(tag atom.Atom) bool {
	switch tag {
	case atom.Html, atom.Div, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Main, atom.Nav, atom.Aside, atom.Form, atom.Dt,
		atom.Figcaption, atom.Details, atom.Summary, atom.Hgroup, atom.Optgroup, atom.Option, atom.Body, atom.Center, atom.P, atom.Pre, atom.Xmp, atom.Listing,
		atom.Plaintext, atom.Blockquote, atom.Figure, atom.Ul, atom.Ol, atom.Menu, atom.Dir, atom.Dl, atom.Dd, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Hr, atom.Address, atom.Fieldset, atom.Legend, atom.Frameset:
		return true
	}
	return false
}

// uaLate sets the rest.
func (w *work) uaLate(tag atom.Atom, inList bool) {
	if blockTag(tag) {
		w.Display = Block
	}
	switch tag {
	case atom.Body:
		w.margins(8, 8, 8, 8)
	case atom.P, atom.Pre, atom.Xmp, atom.Listing, atom.Plaintext:
		w.marginsEm(1)
	case atom.Dl:
		if !inList {
			w.marginsEm(1)
		}
	case atom.Blockquote, atom.Figure:
		w.marginsEm(1)
		w.Margin[Left], w.Margin[Right] = Px(40), Px(40)
	case atom.Ul, atom.Ol, atom.Menu, atom.Dir:
		w.uaList(tag, inList)
	case atom.Dd:
		w.Margin[w.side(false)] = Px(40)
	case atom.Li:
		w.Display = ListItem
	case atom.Center:
		w.Align = AlignBlockCenter
	case atom.H1:
		w.heading(0.67)
	case atom.H2:
		w.heading(0.83)
	case atom.H3:
		w.heading(1)
	case atom.H4:
		w.heading(1.33)
	case atom.H5:
		w.heading(1.67)
	case atom.H6:
		w.heading(2.33)
	case atom.Hr:
		w.uaRule()
	case atom.Fieldset:
		w.Margin[Left], w.Margin[Right] = Px(2), Px(2)
		w.Padding = [4]Length{Px(0.35 * w.size), Px(0.75 * w.size), Px(0.625 * w.size), Px(0.75 * w.size)}
		w.borders(2, Groove, Color{0xEF, 0xEF, 0xEF, 255})
	case atom.Legend:
		w.Padding[Left], w.Padding[Right] = Px(2), Px(2)
	}
	w.uaInline(tag)
	w.uaTable(tag)
	w.uaControl(tag)
	switch tag {
	case atom.Pre, atom.Xmp, atom.Listing, atom.Plaintext:
		w.WhiteSpace = WSPre
	}
}

func (w *work) uaInline(tag atom.Atom) {
	switch tag {
	case atom.B, atom.Strong:
		w.Weight = weight(value{word: fontWeights["bolder"]}, w.parent.Weight)
	case atom.I, atom.Em, atom.Cite, atom.Var, atom.Dfn, atom.Address:
		w.Italic = true
	case atom.U, atom.Ins:
		w.decoLines = underline
	case atom.S, atom.Strike, atom.Del:
		w.decoLines = lineThrough
	case atom.Sub:
		w.VAlign = VASub
	case atom.Sup:
		w.VAlign = VASuper
	case atom.Mark:
		w.Background = Color{255, 255, 0, 255}
	case atom.Nobr:
		w.WhiteSpace = WSNowrap
	case atom.Img, atom.Svg:
		w.OverflowX, w.OverflowY = OverflowClip, OverflowClip
	case atom.Iframe:
		w.borders(2, Inset, currentColor)
	case atom.Ruby, atom.Rt:
		w.Display = Inline
	case atom.Marquee, atom.Meter, atom.Progress:
		w.Display = InlineBlock
	case atom.Bdi:
		w.Bidi = Isolate
	case atom.Bdo:
		w.Bidi = Override
	}
}

// uaList: a list within a list has no margins, and other markers.
func (w *work) uaList(tag atom.Atom, inList bool) {
	if !inList {
		w.marginsEm(1)
	}
	w.Padding[w.side(false)] = Px(40)
	switch {
	case tag == atom.Ol:
		w.ListType = Decimal
	case !inList:
		w.ListType = Disc
	case w.listDepth < 2:
		w.ListType = Circle
	default:
		w.ListType = Square
	}
	w.ListText = ""
}

func (w *work) uaRule() {
	w.Margin = [4]Length{Px(0.5 * w.size), {}, Px(0.5 * w.size), {}}
	w.OverflowX, w.OverflowY = OverflowHidden, OverflowHidden
	w.borders(1, Inset, currentColor)
}

func (w *work) uaTable(tag atom.Atom) {
	switch tag {
	case atom.Table:
		w.Display, w.BorderBox = Table, true
		w.SpaceX, w.SpaceY, w.Collapse = 2, 2, false
		w.Indent = zero
	case atom.Thead:
		w.part(HeaderGroup)
	case atom.Tbody:
		w.part(RowGroup)
	case atom.Tfoot:
		w.part(FooterGroup)
	case atom.Tr:
		w.part(Row)
		w.VAlign, w.Raise = w.parent.VAlign, w.parent.Raise
	case atom.Td, atom.Th:
		w.Display = Cell
		w.VAlign, w.Raise = w.parent.VAlign, w.parent.Raise
		w.Padding = [4]Length{Px(1), Px(1), Px(1), Px(1)}
		if tag == atom.Th {
			w.Weight = 700
			w.align(headingCell)
		}
	case atom.Caption:
		w.Display, w.Align = Caption, AlignBlockCenter
	case atom.Col:
		w.Display = Column
	case atom.Colgroup:
		w.Display = ColumnGroup
	}
}

// part is a part of a table: its contents stand in the middle, and it hands
// the colour of borders down.
func (w *work) part(d Display) {
	w.Display = d
	w.VAlign = VAMiddle
	for i := range w.Border {
		w.Border[i].Color = w.parent.Border[i].Color
	}
}

func (w *work) uaControl(tag atom.Atom) {
	switch tag {
	case atom.Input, atom.Button, atom.Select, atom.Textarea:
	default:
		return
	}
	w.Display = InlineBlock
	w.Align, w.Indent, w.Case = AlignStart, zero, CaseNone
	w.LetterSpacing, w.WordSpacing, w.LineHeight, w.lineFactor = 0, 0, -1, -1
	w.Weight, w.Italic, w.SmallCaps = 400, false, false
	w.Font.Shadow = nil
	w.WhiteSpace, w.OverflowX, w.OverflowY = WSNormal, OverflowClip, OverflowClip
	white := Color{255, 255, 255, 255}
	edge := Color{0x76, 0x76, 0x76, 255}
	switch tag {
	case atom.Textarea:
		w.OverflowX, w.OverflowY = OverflowAuto, OverflowAuto
		w.padding(2, 2)
		w.WhiteSpace, w.Wrap = WSPreWrap, WrapWord
		w.borders(1, Solid, edge)
		w.Background = white
	case atom.Select:
		w.BorderBox = true
		w.borders(1, Solid, edge)
		w.WhiteSpace = WSPre
		w.Background = buttonFace
	case atom.Button:
		w.button()
	default:
		w.padding(1, 2)
		w.borders(2, Inset, edge)
		w.Background = white
	}
}

var buttonFace = Color{0xEF, 0xEF, 0xEF, 255}

// button is the look of what can be pressed.
func (w *work) button() {
	w.BorderBox = true
	w.OverflowX, w.OverflowY = OverflowVisible, OverflowVisible
	w.padding(1, 6)
	w.borders(2, Outset, Color{0, 0, 0, 255})
	w.Background = buttonFace
	w.Align = AlignCenter
}

func (w *work) margins(top, right, bottom, left float64) {
	w.Margin = [4]Length{Px(top), Px(right), Px(bottom), Px(left)}
}

// bare reports whether a body has the margin that browsers give it, and nothing
// that would be seen in it.
func (w *work) bare() bool {
	return w.Margin == [4]Length{Px(8), Px(8), Px(8), Px(8)} && w.Background == Transparent && w.parent.Background == Transparent
}

func (w *work) marginsEm(n float64) {
	w.Margin[Top], w.Margin[Bottom] = Px(n*w.size), Px(n*w.size)
}

func (w *work) heading(margin float64) {
	w.marginsEm(margin)
	w.Weight = 700
}

func (w *work) padding(y, x float64) {
	w.Padding = [4]Length{Px(y), Px(x), Px(y), Px(x)}
}

func (w *work) borders(width float32, style LineStyle, c Color) {
	for i := range w.Border {
		w.Border[i] = Edge{Width: width, Style: style, Color: c}
	}
}

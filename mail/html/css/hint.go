package css

import (
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"postrider/mail/html"
)

// hinter makes declarations of an element's attributes (HTML 15.3). They count
// as an author's, weaker than any selector.
type hinter struct {
	d   *html.Document
	id  html.ID
	tag atom.Atom
	out *block
	v   *values
}

// tableInfo is what a table's attributes say about its cells.
type tableInfo struct {
	padding value // kind vWord: none
	line    LineStyle
	sides   [4]bool
}

func (h *hinter) add(p prop, v value) {
	h.out.decls = append(h.out.decls, decl{prop: p, val: v})
}

func (h *hinter) addAll(v value, list ...prop) {
	for _, p := range list {
		h.add(p, v)
	}
}

// dimension reads a length of an attribute: figures, and perhaps a per cent
// sign; whatever follows has no meaning (HTML 2.4.4.4).
func dimension(s string) (value, bool) {
	s = strings.TrimLeft(s, " \t\n\r\f")
	if s = strings.TrimPrefix(s, "+"); len(s) > 64 {
		s = s[:64]
	}
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n == 0 && !(len(s) > 1 && s[0] == '.' && s[1] >= '0' && s[1] <= '9') {
		return value{}, false
	}
	if n < len(s) && s[n] == '.' {
		for n++; n < len(s) && s[n] >= '0' && s[n] <= '9'; n++ {
		}
	}
	f, err := strconv.ParseFloat(strings.TrimSuffix(s[:n], "."), 64)
	if err != nil {
		return value{}, false
	}
	f = min(f, 1e7)
	if n < len(s) && s[n] == '%' {
		return value{kind: vPercent, num: float32(f)}, true
	}
	if n < len(s) && s[n] == '*' {
		return value{}, false // a share, as frames had
	}
	return value{kind: vLength, num: float32(f)}, true
}

// size declares a length of an attribute.
func (h *hinter) size(s string, zeros bool, list ...prop) {
	if v, ok := dimension(s); ok && (zeros || v.num > 0) {
		h.addAll(v, list...)
	}
}

func (h *hinter) color(s string, list ...prop) {
	if c, ok := LegacyColor(s); ok {
		h.addAll(value{kind: vColor, color: c}, list...)
	}
}

// picture declares a background picture.
func (h *hinter) picture(ref string) {
	if ref = strings.TrimSpace(ref); ref != "" {
		list := []value{{kind: vString, ref: ref}}
		h.add(pLayerImages, value{kind: vRef, ref: &list})
	}
}

// hints makes the declarations of an element.
func (h *hinter) hints(table *tableInfo) {
	attrs := h.d.Attrs(h.id)
	if h.tag == atom.Td || h.tag == atom.Th {
		h.cell(table)
	}
	for i := range attrs {
		a := &attrs[i]
		switch a.Key {
		case "style", "class", "id", "href", "src", "alt", "title":
			continue
		case "dir":
			h.direction(a.Val)
			continue
		case "hidden":
			h.add(pDisplay, wordValue(DisplayNone))
			continue
		}
		switch h.tag {
		case atom.Td, atom.Th:
			h.part(a)
			h.cellAttr(a)
		case atom.Table:
			h.table(a)
		case atom.Tr, atom.Tbody, atom.Thead, atom.Tfoot, atom.Col, atom.Colgroup:
			h.part(a)
		case atom.Body:
			h.body(a)
		case atom.Img, atom.Input, atom.Svg, atom.Iframe, atom.Embed, atom.Video:
			h.img(a)
		case atom.Font:
			h.font(a)
		case atom.P, atom.Div:
			if a.Key == "align" {
				h.align(a.Val)
			}
		case atom.Hr:
			h.rule(a, attrs)
		case atom.Br:
			h.lineBreak(a)
		case atom.Ul, atom.Ol, atom.Li, atom.Menu, atom.Dir:
			h.list(a)
		case atom.Pre:
			if a.Key == "wrap" {
				h.add(pWhiteSpace, wordValue(WSPreWrap))
			}
		default:
			h.textAlign(a)
		}
	}
	switch {
	case h.tag == atom.Input:
		h.input()
	case h.tag == atom.A || h.tag == atom.Area:
		h.link()
	}
}

// direction is the dir attribute; auto goes by the first letter that has one.
func (h *hinter) direction(v string) {
	rtl := uint8(0)
	switch strings.ToLower(strings.TrimSpace(v)) {
	case "rtl":
		rtl = 1
	case "ltr":
	case "auto":
		if html.IsRTL(h.d.TextOf(h.id)) {
			rtl = 1
		}
	default:
		return
	}
	h.add(pDirection, value{kind: vWord, word: rtl})
	if h.tag != atom.Html && h.tag != atom.Body {
		h.add(pBidi, wordValue(Isolate))
	}
}

// align declares text-align as attributes mean it: blocks move too.
func (h *hinter) align(v string) {
	switch strings.ToLower(strings.TrimSpace(v)) {
	case "center", "middle":
		h.add(pAlign, wordValue(AlignBlockCenter))
	case "left":
		h.add(pAlign, wordValue(AlignBlockLeft))
	case "right":
		h.add(pAlign, wordValue(AlignBlockRight))
	case "justify":
		h.add(pAlign, wordValue(AlignJustify))
	case "absmiddle":
		h.add(pAlign, wordValue(AlignCenter))
	}
}

func (h *hinter) valign(v string) {
	if w, ok := verticalAligns[strings.ToLower(strings.TrimSpace(v))]; ok {
		h.add(pVAlign, value{kind: vWord, word: w})
	}
}

// part is an attribute of a part of a table.
func (h *hinter) part(a *html.Attr) {
	switch a.Key {
	case "align":
		h.align(a.Val)
	case "valign":
		h.valign(a.Val)
	case "bgcolor":
		h.color(a.Val, pBackground)
	case "background":
		h.picture(a.Val)
	case "height":
		h.size(a.Val, h.tag != atom.Td && h.tag != atom.Th, pHeight)
	case "width":
		if h.tag == atom.Td || h.tag == atom.Th || h.tag == atom.Col || h.tag == atom.Colgroup {
			h.size(a.Val, h.tag == atom.Col, pWidth)
		}
	}
}

func (h *hinter) cellAttr(a *html.Attr) {
	if a.Key == "nowrap" {
		h.add(pWhiteSpace, wordValue(WSNowrap))
	}
}

// cell declares what the table says about its cells.
func (h *hinter) cell(t *tableInfo) {
	if t == nil {
		return
	}
	if t.padding.kind != vWord {
		h.addAll(t.padding, pPaddingTop, pPaddingRight, pPaddingBottom, pPaddingLeft)
	}
	if t.line == NoLine {
		return
	}
	for i, on := range t.sides {
		if on {
			h.add(borderWidths[i], value{kind: vLength, num: 1})
			h.add(borderStyles[i], wordValue(t.line))
			h.add(borderColors[i], value{kind: vInherit})
		}
	}
}

// about reads what a table says about its cells.
func (h *hinter) about() *tableInfo {
	t := &tableInfo{sides: [4]bool{true, true, true, true}}
	if v, ok := dimension(h.d.Get(h.id, "cellpadding")); ok && v.kind == vLength {
		t.padding = v
	}
	_, bordered := h.border()
	switch rules, _ := h.d.Attr(h.id, "rules"); strings.ToLower(rules) {
	case "none", "groups":
	case "all":
		t.line = Solid
	case "rows":
		t.line, t.sides = Solid, [4]bool{true, false, true, false}
	case "cols":
		t.line, t.sides = Solid, [4]bool{false, true, false, true}
	default:
		if !bordered {
			break
		}
		t.line = Inset
		if _, ok := LegacyColor(h.d.Get(h.id, "bordercolor")); ok {
			t.line = Solid
		}
	}
	return t
}

// border is the border attribute of a table; without figures it is 1.
func (h *hinter) border() (width float32, ok bool) {
	s, ok := h.d.Attr(h.id, "border")
	if !ok {
		return 0, false
	}
	if v, ok := dimension(s); ok && v.kind == vLength {
		return v.num, v.num > 0
	} else if strings.TrimSpace(s) != "" && strings.IndexByte("-+.0123456789", strings.TrimSpace(s)[0]) >= 0 {
		return 0, false
	}
	return 1, true
}

func (h *hinter) table(a *html.Attr) {
	switch a.Key {
	case "width":
		h.size(a.Val, false, pWidth)
	case "height":
		h.size(a.Val, false, pHeight)
	case "bgcolor":
		h.color(a.Val, pBackground)
	case "background":
		h.picture(a.Val)
	case "valign":
		h.valign(a.Val)
	case "align":
		h.tableAlign(a.Val)
	case "hspace":
		h.size(a.Val, true, pMarginLeft, pMarginRight)
	case "vspace":
		h.size(a.Val, true, pMarginTop, pMarginBottom)
	case "cellspacing":
		if v, ok := dimension(a.Val); ok && v.kind == vLength {
			h.add(pSpacing, value{kind: vRef, ref: &twoLengths{v, v}})
		}
	case "border":
		h.tableBorder()
	case "bordercolor":
		h.color(a.Val, borderColors...)
	case "rules":
		switch strings.ToLower(a.Val) {
		case "none", "groups", "rows", "cols", "all":
			h.add(pCollapse, value{kind: vWord, word: 1})
		}
	case "frame":
		h.frame(a.Val)
	}
}

func (h *hinter) tableAlign(v string) {
	switch strings.ToLower(strings.TrimSpace(v)) {
	case "left":
		h.add(pFloat, wordValue(FloatLeft))
	case "right":
		h.add(pFloat, wordValue(FloatRight))
	case "center":
		h.addAll(wordValue(Auto), pMarginLeft, pMarginRight)
	}
}

func (h *hinter) tableBorder() {
	width, ok := h.border()
	h.addAll(value{kind: vLength, num: width}, borderWidths...)
	if !ok {
		return
	}
	line := Outset
	if _, ok := LegacyColor(h.d.Get(h.id, "bordercolor")); ok {
		line = Solid
	}
	h.addAll(wordValue(line), borderStyles...)
}

// frame says which sides of a table have a border.
func (h *hinter) frame(v string) {
	sides, ok := map[string][4]bool{
		"void": {}, "above": {true, false, false, false}, "below": {false, false, true, false}, "hsides": {true, false, true, false},
		"vsides": {false, true, false, true}, "lhs": {false, false, false, true}, "rhs": {false, true, false, false},
		"box": {true, true, true, true}, "border": {true, true, true, true},
	}[strings.ToLower(strings.TrimSpace(v))]
	if !ok {
		return
	}
	for i, on := range sides {
		style := HiddenLine
		if on {
			style = Solid
		}
		h.add(borderWidths[i], value{kind: vLength, num: 1})
		h.add(borderStyles[i], wordValue(style))
	}
}

func (h *hinter) body(a *html.Attr) {
	switch a.Key {
	case "bgcolor":
		h.color(a.Val, pBackground)
	case "background":
		h.picture(a.Val)
	case "text":
		h.color(a.Val, pColor)
	case "leftmargin", "marginwidth":
		h.size(a.Val, true, pMarginLeft, pMarginRight)
	case "topmargin", "marginheight":
		h.size(a.Val, true, pMarginTop, pMarginBottom)
	}
}

// pictureAligns is what align does to a picture, unless it floats.
var pictureAligns = map[string]VAlign{
	"top": VATop, "middle": VABaselineMiddle, "center": VABaselineMiddle, "bottom": Baseline, "baseline": Baseline,
	"texttop": VATextTop, "absmiddle": VAMiddle, "abscenter": VAMiddle, "absbottom": VABottom,
}

func (h *hinter) img(a *html.Attr) {
	if h.tag == atom.Input && !strings.EqualFold(h.d.Get(h.id, "type"), "image") {
		return
	}
	if h.tag == atom.Iframe {
		if n, ok := dimension(a.Val); a.Key == "frameborder" && (!ok || n.num == 0) {
			h.addAll(wordValue(NoLine), borderStyles...)
		}
		if a.Key != "width" && a.Key != "height" && a.Key != "align" {
			return
		}
	}
	switch a.Key {
	case "width":
		h.size(a.Val, true, pWidth)
	case "height":
		h.size(a.Val, true, pHeight)
	case "hspace":
		h.size(a.Val, true, pMarginLeft, pMarginRight)
	case "vspace":
		h.size(a.Val, true, pMarginTop, pMarginBottom)
	case "valign":
		h.valign(a.Val)
	case "border":
		if v, ok := dimension(a.Val); ok && v.kind == vLength {
			h.addAll(v, borderWidths...)
			h.addAll(wordValue(Solid), borderStyles...)
			h.addAll(value{kind: vColor, color: currentColor}, borderColors...)
		}
	case "align":
		switch v := strings.ToLower(strings.TrimSpace(a.Val)); v {
		case "left", "right":
			side := FloatLeft
			if v == "right" {
				side = FloatRight
			}
			h.add(pFloat, wordValue(side))
			h.add(pVAlign, wordValue(VATop))
		default:
			if w, ok := pictureAligns[v]; ok {
				h.add(pVAlign, wordValue(w))
			}
		}
	}
}

func (h *hinter) font(a *html.Attr) {
	switch a.Key {
	case "color":
		h.color(a.Val, pColor)
	case "face":
		h.v.list, h.v.at, h.v.out = tokenize(nil, a.Val), 0, h.out
		h.v.fontFamily(property{})
	case "size":
		if n, ok := fontNumber(a.Val); ok {
			h.add(pFontSize, value{kind: vWord, word: uint8(n + 1)})
		}
	}
}

// fontNumber reads the size of a font element, from 1 to 7 (HTML 2.4.4.7 and
// 15.3.3).
func fontNumber(s string) (int, bool) {
	s = strings.TrimLeft(s, " \t\n\r\f")
	base := 0
	if s != "" && (s[0] == '+' || s[0] == '-') {
		base = 3
	}
	digits := strings.TrimLeft(s, "+-")
	if base != 0 {
		digits = s[1:]
	}
	n := 0
	for n < len(digits) && n < 4 && digits[n] >= '0' && digits[n] <= '9' {
		n++
	}
	v, err := strconv.Atoi(digits[:n])
	if err != nil {
		return 0, false
	}
	if base != 0 && s[0] == '-' {
		v = -v
	}
	return max(1, min(7, base+v)), true
}

// textAlign is align on any other element: only lines move.
func (h *hinter) textAlign(a *html.Attr) {
	if a.Key != "align" {
		return
	}
	v := strings.ToLower(strings.TrimSpace(a.Val))
	if h.tag == atom.Caption && v == "bottom" {
		h.add(pCaptionSide, value{kind: vWord, word: 1})
		return
	}
	if v == "middle" {
		v = "center"
	}
	if w, ok := aligns[v]; ok && v != "start" && v != "end" {
		h.add(pAlign, value{kind: vWord, word: w})
	}
}

// rule is an attribute of hr.
func (h *hinter) rule(a *html.Attr, attrs []html.Attr) {
	switch a.Key {
	case "width":
		h.size(a.Val, true, pWidth)
	case "align":
		h.ruleAlign(a.Val)
	case "color":
		h.color(a.Val, append([]prop{pBackground}, borderColors...)...)
		h.addAll(wordValue(Solid), borderStyles...)
	case "noshade":
		h.addAll(wordValue(Solid), borderStyles...)
		if _, ok := h.d.Attr(h.id, "color"); !ok {
			h.addAll(value{kind: vColor, color: gray}, append([]prop{pBackground}, borderColors...)...)
		}
	case "size":
		v, ok := dimension(a.Val)
		switch {
		case !ok || v.kind != vLength:
		case v.num <= 1:
			h.add(pBorderBottomWidth, value{kind: vLength})
		default:
			h.add(pHeight, value{kind: vLength, num: v.num - 2})
		}
	}
}

func (h *hinter) ruleAlign(v string) {
	switch strings.ToLower(strings.TrimSpace(v)) {
	case "left":
		h.add(pMarginLeft, value{kind: vLength})
		h.add(pMarginRight, wordValue(Auto))
	case "right":
		h.add(pMarginLeft, wordValue(Auto))
		h.add(pMarginRight, value{kind: vLength})
	case "center":
		h.addAll(wordValue(Auto), pMarginLeft, pMarginRight)
	}
}

func (h *hinter) lineBreak(a *html.Attr) {
	if a.Key != "clear" {
		return
	}
	switch strings.ToLower(strings.TrimSpace(a.Val)) {
	case "all", "both":
		h.add(pClear, wordValue(ClearBoth))
	case "left":
		h.add(pClear, wordValue(ClearLeft))
	case "right":
		h.add(pClear, wordValue(ClearRight))
	}
}

// listKinds are the values of type; its letters have a case.
var listKinds = map[string]ListType{
	"a": LowerAlpha, "A": UpperAlpha, "i": LowerRoman, "I": UpperRoman, "1": Decimal,
}

func (h *hinter) list(a *html.Attr) {
	if a.Key != "type" {
		return
	}
	if t, ok := listKinds[a.Val]; ok {
		h.add(pListType, wordValue(t))
	} else if w, ok := listTypes[strings.ToLower(a.Val)]; ok {
		h.add(pListType, value{kind: vWord, word: w})
	}
}

// input makes buttons of the inputs that are.
func (h *hinter) input() {
	switch strings.ToLower(h.d.Get(h.id, "type")) {
	case "submit", "button", "reset":
		h.addAll(value{kind: vLength, num: 6}, pPaddingLeft, pPaddingRight)
		h.addAll(wordValue(Outset), borderStyles...)
		h.addAll(value{kind: vColor, color: Color{0, 0, 0, 255}}, borderColors...)
		h.add(pBackground, value{kind: vColor, color: Color{0xEF, 0xEF, 0xEF, 255}})
		h.add(pAlign, wordValue(AlignCenter))
		h.add(pBoxSizing, value{kind: vWord, word: 1})
		h.add(pWhiteSpace, wordValue(WSPre))
	case "hidden":
		h.add(pDisplay, wordValue(DisplayNone))
	case "image":
		h.addAll(value{kind: vLength}, pPaddingTop, pPaddingRight, pPaddingBottom, pPaddingLeft)
		h.addAll(wordValue(NoLine), borderStyles...)
		h.add(pBackground, value{kind: vColor})
	case "checkbox", "radio":
		h.addAll(value{kind: vLength}, pPaddingTop, pPaddingRight, pPaddingBottom, pPaddingLeft)
		h.addAll(value{kind: vLength, num: 3}, pMarginTop, pMarginRight)
		left, bottom := float32(4), float32(3)
		if strings.EqualFold(h.d.Get(h.id, "type"), "radio") {
			left, bottom = 5, 0
		}
		h.add(pMarginLeft, value{kind: vLength, num: left})
		h.add(pMarginBottom, value{kind: vLength, num: bottom})
		h.addAll(value{kind: vLength, num: 13}, pWidth, pHeight)
		h.addAll(wordValue(NoLine), borderStyles...)
		h.add(pBackground, value{kind: vColor})
		h.add(pBoxSizing, value{kind: vWord, word: 1})
		h.addAll(wordValue(OverflowVisible), pOverflowX, pOverflowY)
	}
}

// link is what a browser's sheet says about links; a body's link attribute
// changes their colour.
func (h *hinter) link() {
	if _, ok := h.d.Attr(h.id, "href"); !ok {
		return
	}
	c, ok := LegacyColor(h.d.Get(h.d.Body(), "link"))
	if !ok {
		c = Color{0, 0, 0xEE, 255}
	}
	h.add(pColor, value{kind: vColor, color: c})
	h.add(pDecoLine, value{kind: vWord, word: underline})
}

package css

import (
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"postrider/mail/html"
)

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

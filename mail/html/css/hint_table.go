package css

import (
	"strings"

	"golang.org/x/net/html/atom"

	"postrider/mail/html"
)

// tableInfo is what a table's attributes say about its cells.
type tableInfo struct {
	padding value // kind vWord: none
	line    LineStyle
	sides   [4]bool
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

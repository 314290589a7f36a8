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

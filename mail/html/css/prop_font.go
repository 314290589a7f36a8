package css

import (
	"strings"

	"github.com/tdewolff/parse/v2/css"
)

var fontProperties = map[string]property{
	"font":                      short((*values).font, pFontStyle, pFontCaps, pFontWeight, pFontSize, pLineHeight, pFontFamily),
	"font-family":               long(pFontFamily, (*values).fontFamily),
	"font-size":                 long(pFontSize, (*values).fontSize),
	"font-weight":               long(pFontWeight, (*values).fontWeight),
	"font-style":                long(pFontStyle, (*values).fontStyle),
	"font-variant":              long(pFontCaps, (*values).fontVariant),
	"font-variant-caps":         words(pFontCaps, map[string]uint8{"normal": 0, "small-caps": 1, "all-small-caps": 1}),
	"font-kerning":              words(pKerning, map[string]uint8{"auto": 1, "normal": 1, "none": 0}),
	"line-height":               long(pLineHeight, (*values).lineHeight),
	"letter-spacing":            long(pLetterSpacing, (*values).spacing),
	"word-spacing":              long(pWordSpacing, (*values).spacing),
	"text-transform":            long(pCase, (*values).textTransform),
	"visibility":                words(pVisibility, map[string]uint8{"visible": uint8(Visible), "hidden": uint8(Hidden), "collapse": uint8(Collapsed)}),
	"color":                     long(pColor, colorOf),
	"-webkit-text-fill-color":   long(pColor, colorOf),
	"text-decoration":           short((*values).decoration, pDecoLine, pDecoStyle, pDecoColor, pDecoThickness),
	"text-decoration-line":      long(pDecoLine, (*values).decorationLine),
	"text-decoration-style":     words(pDecoStyle, decorationStyles),
	"text-decoration-color":     long(pDecoColor, colorOf),
	"text-decoration-thickness": long(pDecoThickness, (*values).thickness),
	"text-shadow":               long(pTextShadow, (*values).shadows),
}

// Sizes by name; the number is the keyword's place, from 1.
var fontSizes = map[string]uint8{
	"xx-small": 1, "x-small": 2, "small": 3, "medium": 4, "large": 5, "x-large": 6, "xx-large": 7, "xxx-large": 8, "-webkit-xxx-large": 8,
	"smaller": smaller, "larger": larger,
}

const (
	smaller = 20
	larger  = 21
)

func (v *values) fontSize(p property) bool {
	if w, ok := v.lookup(fontSizes); ok {
		return v.add(pFontSize, wordValue(w))
	}
	val, ok := v.length(percents)
	return ok && v.add(pFontSize, val)
}

// Weights by name; the word is a hundredth.
var fontWeights = map[string]uint8{"normal": 4, "bold": 7, "bolder": 20, "lighter": 21}

func (v *values) fontWeight(property) bool {
	if w, ok := v.lookup(fontWeights); ok {
		return v.add(pFontWeight, wordValue(w))
	}
	n, ok := v.number(false)
	return ok && n >= 1 && n <= 1000 && v.add(pFontWeight, value{kind: vNumber, num: float32(n)})
}

var fontStyles = map[string]uint8{"normal": 0, "italic": 1, "oblique": 1}

func (v *values) fontStyle(property) bool {
	w, ok := v.lookup(fontStyles)
	if t := v.peek(); ok && t.kind == css.DimensionToken && v.list[v.at-1].is("oblique") {
		v.at++ // its angle
	}
	return ok && v.add(pFontStyle, wordValue(w))
}

// fontVariant takes any words; only small capitals have an effect.
func (v *values) fontVariant(property) bool {
	caps := uint8(0)
	for ; !v.done(); v.at++ {
		switch w := v.lower(); w {
		case "":
			return false
		case "small-caps", "all-small-caps":
			caps = 1
		}
	}
	return v.add(pFontCaps, wordValue(caps))
}

var genericFamilies = map[string]bool{
	"serif": true, "sans-serif": true, "monospace": true, "cursive": true, "fantasy": true, "system-ui": true, "math": true, "emoji": true,
	"ui-serif": true, "ui-sans-serif": true, "ui-monospace": true, "ui-rounded": true, "-webkit-body": true,
}

func (v *values) fontFamily(property) bool {
	list, ok := v.familyList()
	return ok && v.add(pFontFamily, value{kind: vRef, ref: list})
}

// familyList reads the rest as a list of families.
func (v *values) familyList() (*Families, bool) {
	var key strings.Builder
	var names []Family
	for {
		f, ok := v.family()
		if !ok {
			return nil, false
		}
		names = append(names, f)
		key.WriteString(f.Name)
		if f.Generic {
			key.WriteByte(1)
		}
		key.WriteByte(0)
		if v.done() {
			break
		}
		if !v.comma() {
			return nil, false
		}
	}
	return v.intern(key.String(), names), true
}

// intern gives equal lists the same place.
func (v *values) intern(key string, names []Family) *Families {
	if f, ok := v.families[key]; ok {
		return f
	}
	if v.families == nil {
		v.families = map[string]*Families{}
	}
	f := &Families{Names: names}
	if len(names) == 1 && names[0] == defaultFamily.Names[0] {
		f = defaultFamily
	}
	v.families[key] = f
	return f
}

// family reads one name: a string, or words.
func (v *values) family() (Family, bool) {
	if t := v.peek(); t.kind == css.StringToken {
		v.at++
		return Family{Name: quoted(t.text)}, true
	}
	name := ""
	for ; v.peek().kind == css.IdentToken; v.at++ {
		if name != "" {
			name += " "
		}
		name += ident(v.peek().text)
	}
	if lower := strings.ToLower(name); genericFamilies[lower] {
		return Family{lower, true}, true
	}
	return Family{Name: name}, name != ""
}

func (v *values) lineHeight(property) bool {
	if v.skipWord("normal") {
		return v.add(pLineHeight, value{kind: vWord})
	}
	val, ok := v.length(percents | numbers)
	return ok && v.add(pLineHeight, val)
}

// spacing is normal or a length.
func (v *values) spacing(p property) bool {
	if v.skipWord("normal") {
		return v.add(p.longs[0], value{kind: vLength})
	}
	val, ok := v.length(negative)
	return ok && v.add(p.longs[0], val)
}

// systemFonts are the words that stand for a font of the desktop.
var systemFonts = map[string]bool{"caption": true, "icon": true, "menu": true, "message-box": true, "small-caption": true, "status-bar": true}

// font reads the shorthand.
func (v *values) font(p property) bool {
	if len(v.list) == 1 && systemFonts[v.lower()] {
		v.at++
		v.add(pFontSize, value{kind: vLength, num: 13.3333})
		return v.add(pFontFamily, value{kind: vRef, ref: v.intern("system-ui\x01\x00", []Family{{"system-ui", true}})})
	}
	first := len(v.out.decls)
	for _, long := range []prop{pFontStyle, pFontCaps, pFontWeight, pLineHeight} {
		v.add(long, value{kind: vInitial})
	}
	for range 4 {
		v.fontPrefix(v.out.decls[first:])
	}
	if !v.fontSize(p) {
		return false
	}
	if v.slash() && !v.lineHeight(p) {
		return false
	}
	return v.fontFamily(p)
}

// fontPrefix takes a style, variant, weight or width of the shorthand.
func (v *values) fontPrefix(longs []decl) {
	t := v.peek()
	if t.kind == css.NumberToken && t.num >= 1 && t.num <= 1000 {
		longs[2].val = value{kind: vNumber, num: float32(t.num)}
		v.at++
		return
	}
	switch w := v.lower(); w {
	case "normal", "condensed", "semi-condensed", "extra-condensed", "ultra-condensed", "expanded", "semi-expanded", "extra-expanded", "ultra-expanded":
	case "italic", "oblique":
		longs[0].val = wordValue(uint8(1))
	case "small-caps":
		longs[1].val = wordValue(uint8(1))
	case "bold", "bolder", "lighter":
		longs[2].val = wordValue(fontWeights[w])
	default:
		return
	}
	v.at++
}

var cases = map[string]uint8{
	"none": uint8(CaseNone), "uppercase": uint8(Upper), "lowercase": uint8(Lower), "capitalize": uint8(Capital),
	"full-width": uint8(CaseNone), "full-size-kana": uint8(CaseNone), "math-auto": uint8(CaseNone),
}

func (v *values) textTransform(p property) bool {
	w, ok := v.lookup(cases)
	return ok && v.add(pCase, wordValue(w))
}

var decorationStyles = map[string]uint8{
	"solid": uint8(Solid), "double": uint8(Double), "dotted": uint8(Dotted), "dashed": uint8(Dashed), "wavy": uint8(Wavy),
}

// Lines of a decoration, as bits.
const (
	underline = 1 << iota
	overline
	lineThrough
)

var decorationLines = map[string]uint8{"underline": underline, "overline": overline, "line-through": lineThrough, "blink": 0}

func (v *values) decorationLine(property) bool {
	if v.skipWord("none") {
		return v.add(pDecoLine, value{kind: vWord})
	}
	lines, n := uint8(0), 0
	for ; !v.done(); n++ {
		w, ok := v.lookup(decorationLines)
		if !ok {
			return false
		}
		lines |= w
	}
	return n > 0 && v.add(pDecoLine, wordValue(lines))
}

func (v *values) thickness(property) bool {
	if v.skipWord("auto") || v.skipWord("from-font") {
		return v.add(pDecoThickness, value{kind: vLength})
	}
	val, ok := v.length(percents)
	return ok && v.add(pDecoThickness, val)
}

// decoration reads the shorthand.
func (v *values) decoration(p property) bool {
	lines := uint8(0)
	style, thick := wordValue(Solid), value{kind: vLength}
	color := value{kind: vColor, color: currentColor}
	for n := 0; !v.done(); n++ {
		if w, ok := v.lookup(decorationLines); ok {
			lines |= w
		} else if w, ok := v.lookup(decorationStyles); ok {
			style = wordValue(w)
		} else if v.skipWord("none") || v.skipWord("auto") || v.skipWord("from-font") {
			continue
		} else if c, ok := v.color(); ok {
			color.color = c
		} else if t, ok := v.length(percents); ok {
			thick = t
		} else {
			return false
		}
	}
	v.add(pDecoLine, wordValue(lines))
	v.add(pDecoStyle, style)
	v.add(pDecoColor, color)
	return v.add(pDecoThickness, thick)
}

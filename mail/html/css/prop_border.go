package css

import "github.com/tdewolff/parse/v2/css"

var (
	borderWidths = []prop{pBorderTopWidth, pBorderRightWidth, pBorderBottomWidth, pBorderLeftWidth}
	borderStyles = []prop{pBorderTopStyle, pBorderRightStyle, pBorderBottomStyle, pBorderLeftStyle}
	borderColors = []prop{pBorderTopColor, pBorderRightColor, pBorderBottomColor, pBorderLeftColor}
)

var borderProperties = borderTable()

// borderTable has the many names of borders.
func borderTable() map[string]property {
	read := func(v *values) (value, bool) { return v.edgeWidth() }
	m := map[string]property{
		"border":        short((*values).border, append(append(append([]prop{}, borderWidths...), borderStyles...), borderColors...)...),
		"border-width":  short(quad(read), borderWidths...),
		"border-style":  short(quad(readLineStyle), borderStyles...),
		"border-color":  short(quad(readColor), borderColors...),
		"border-block":  short((*values).border, pBorderTopWidth, pBorderBottomWidth, pBorderTopStyle, pBorderBottomStyle, pBorderTopColor, pBorderBottomColor),
		"border-inline": short((*values).border, pBorderStartWidth, pBorderEndWidth, pBorderStartStyle, pBorderEndStyle, pBorderStartColor, pBorderEndColor),

		"border-radius":              short((*values).radius, pRadiusTopLeft, pRadiusTopRight, pRadiusBottomRight, pRadiusBottomLeft),
		"-webkit-border-radius":      short((*values).radius, pRadiusTopLeft, pRadiusTopRight, pRadiusBottomRight, pRadiusBottomLeft),
		"border-top-left-radius":     long(pRadiusTopLeft, (*values).corner),
		"border-top-right-radius":    long(pRadiusTopRight, (*values).corner),
		"border-bottom-right-radius": long(pRadiusBottomRight, (*values).corner),
		"border-bottom-left-radius":  long(pRadiusBottomLeft, (*values).corner),
	}
	for side, p := range map[string][3]prop{
		"top": {pBorderTopWidth, pBorderTopStyle, pBorderTopColor}, "right": {pBorderRightWidth, pBorderRightStyle, pBorderRightColor},
		"bottom": {pBorderBottomWidth, pBorderBottomStyle, pBorderBottomColor}, "left": {pBorderLeftWidth, pBorderLeftStyle, pBorderLeftColor},
		"block-start": {pBorderTopWidth, pBorderTopStyle, pBorderTopColor}, "block-end": {pBorderBottomWidth, pBorderBottomStyle, pBorderBottomColor},
		"inline-start": {pBorderStartWidth, pBorderStartStyle, pBorderStartColor}, "inline-end": {pBorderEndWidth, pBorderEndStyle, pBorderEndColor},
	} {
		m["border-"+side] = short((*values).border, p[:]...)
		m["border-"+side+"-width"] = long(p[0], func(v *values, p property) bool {
			val, ok := v.edgeWidth()
			return ok && v.add(p.longs[0], val)
		})
		m["border-"+side+"-style"] = words(p[1], lineStyles)
		m["border-"+side+"-color"] = long(p[2], colorOf)
	}
	return m
}

var edgeWidths = map[string]uint8{"thin": 1, "medium": 3, "thick": 5}

func (v *values) edgeWidth() (value, bool) {
	if w, ok := v.lookup(edgeWidths); ok {
		return value{kind: vLength, num: float32(w)}, true
	}
	return v.length(0)
}

var lineStyles = map[string]uint8{
	"none": uint8(NoLine), "hidden": uint8(HiddenLine), "solid": uint8(Solid), "dashed": uint8(Dashed), "dotted": uint8(Dotted), "double": uint8(Double),
	"groove": uint8(Groove), "ridge": uint8(Ridge), "inset": uint8(Inset), "outset": uint8(Outset),
}

func readLineStyle(v *values) (value, bool) {
	w, ok := v.lookup(lineStyles)
	return wordValue(w), ok
}

// border reads width, style and colour in any order, and declares the first,
// second and last third of the longhands.
func (v *values) border(p property) bool {
	vals := [3]value{{kind: vLength, num: 3}, wordValue(NoLine), {kind: vColor, color: currentColor}}
	var seen [3]bool
	for n := 0; !v.done(); n++ {
		var val value
		i, ok := 1, false
		if val, ok = readLineStyle(v); !ok {
			i = 0
			if val, ok = v.edgeWidth(); !ok {
				i = 2
				val, ok = readColor(v)
			}
		}
		if !ok || seen[i] {
			return false
		}
		vals[i], seen[i] = val, true
	}
	third := len(p.longs) / 3
	for i, long := range p.longs {
		v.add(long, vals[i/third])
	}
	return true
}

// corner reads one or two radii.
func (v *values) corner(p property) bool {
	x, ok := v.length(percents)
	if !ok {
		return false
	}
	y := x
	if !v.done() {
		if y, ok = v.length(percents); !ok {
			return false
		}
	}
	return v.add(p.longs[0], value{kind: vRef, ref: &twoLengths{x, y}})
}

// radius reads the shorthand: up to four radii, and after a slash up to four
// for the other direction.
func (v *values) radius(p property) bool {
	var radii [2][4]value
	for axis := range radii {
		n := 0
		for ; n < 4 && !v.done() && !v.peek().delim('/'); n++ {
			var ok bool
			if radii[axis][n], ok = v.length(percents); !ok {
				return false
			}
		}
		if n == 0 {
			return false
		}
		fill(&radii[axis], n)
		if axis == 0 && !v.slash() {
			radii[1] = radii[0]
			break
		}
	}
	for i, long := range p.longs {
		v.add(long, value{kind: vRef, ref: &twoLengths{radii[0][i], radii[1][i]}})
	}
	return true
}

// fill completes n values to four as CSS does.
func fill(vals *[4]value, n int) {
	if n < 2 {
		vals[1] = vals[0]
	}
	if n < 3 {
		vals[2] = vals[0]
	}
	if n < 4 {
		vals[3] = vals[1]
	}
}

// shadow is a shadow as declared.
type shadow struct {
	lengths [4]value // x, y, blur, spread
	color   Color
	inset   bool
}

// shadows reads box-shadow and text-shadow.
func (v *values) shadows(p property) bool {
	if v.skipWord("none") {
		return v.add(p.longs[0], value{kind: vWord})
	}
	var list []shadow
	for _, part := range splitCommas(v.list[v.at:]) {
		s := shadow{color: currentColor}
		if len(list) >= 16 || !v.within(part, func() bool { return v.shadow(&s) }) {
			return false
		}
		list = append(list, s)
	}
	v.at = len(v.list)
	return v.add(p.longs[0], value{kind: vRef, ref: &list})
}

func (v *values) shadow(s *shadow) bool {
	n := 0
	for !v.done() {
		if v.skipWord("inset") {
			s.inset = true
			continue
		}
		if v.peek().kind != css.NumberToken && v.peek().kind != css.DimensionToken {
			if c, ok := v.color(); ok {
				s.color = c
				continue
			}
		}
		val, ok := v.length(negative)
		if !ok || n > 3 {
			return false
		}
		s.lengths[n] = val
		n++
	}
	for i := n; i < 4; i++ {
		s.lengths[i] = value{kind: vLength}
	}
	return n >= 2
}

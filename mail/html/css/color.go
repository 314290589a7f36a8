package css

import (
	"math"
	"strings"

	"github.com/tdewolff/parse/v2/css"
	"golang.org/x/image/colornames"
)

// currentColor stands for the colour of the text until that is known.
var currentColor = Color{R: 1, G: 2, B: 3, A: 0}

// systemColors are what a browser on white paper uses.
var systemColors = map[string]Color{
	"transparent": {}, "currentcolor": currentColor, "rebeccapurple": {0x66, 0x33, 0x99, 255},
	"canvas": {255, 255, 255, 255}, "canvastext": {0, 0, 0, 255}, "linktext": {0, 0, 0xEE, 255}, "visitedtext": {0x55, 0x1A, 0x8B, 255},
	"buttonface": {0xEF, 0xEF, 0xEF, 255}, "buttontext": {0, 0, 0, 255}, "buttonborder": {0, 0, 0, 255}, "field": {255, 255, 255, 255}, "fieldtext": {0, 0, 0, 255},
	"highlight": {0x19, 0x67, 0xD2, 255}, "highlighttext": {255, 255, 255, 255}, "graytext": {0x80, 0x80, 0x80, 255}, "mark": {255, 255, 0, 255}, "marktext": {0, 0, 0, 255},
	"window": {255, 255, 255, 255}, "windowtext": {0, 0, 0, 255}, "-webkit-link": {0, 0, 0xEE, 255}, "-webkit-text": {0, 0, 0, 255},
	"background": {255, 255, 255, 255}, "menu": {255, 255, 255, 255}, "menutext": {0, 0, 0, 255}, "infobackground": {255, 255, 255, 255}, "infotext": {0, 0, 0, 255},
	"threedface": {0xEF, 0xEF, 0xEF, 255}, "threedshadow": {0, 0, 0, 255}, "threedhighlight": {0, 0, 0, 255}, "captiontext": {0, 0, 0, 255}, "activecaption": {255, 255, 255, 255},
}

// named is a colour by its name in lower case.
func named(name string) (Color, bool) {
	if c, ok := colornames.Map[name]; ok {
		return Color{c.R, c.G, c.B, c.A}, true
	}
	c, ok := systemColors[name]
	return c, ok
}

// color takes a colour.
func (v *values) color() (Color, bool) {
	t := v.peek()
	switch t.kind {
	case css.HashToken:
		c, ok := hexColor(t.text[1:])
		if ok {
			v.at++
		}
		return c, ok
	case css.IdentToken:
		c, ok := named(strings.ToLower(t.text))
		if ok {
			v.at++
		}
		return c, ok
	case css.FunctionToken:
		at := v.at
		name := strings.ToLower(t.text)
		c, ok := v.colorFunction(name, v.arguments())
		if !ok {
			v.at = at
		}
		return c, ok
	}
	return Color{}, false
}

func hexColor(s string) (c Color, ok bool) {
	var d [8]uint8
	if len(s) != 3 && len(s) != 4 && len(s) != 6 && len(s) != 8 {
		return c, false
	}
	for i := range len(s) {
		x, ok := hexDigit(s[i])
		if !ok {
			return c, false
		}
		d[i] = x
	}
	if len(s) < 6 {
		c = Color{d[0] * 17, d[1] * 17, d[2] * 17, 255}
		if len(s) == 4 {
			c.A = d[3] * 17
		}
		return c, true
	}
	c = Color{d[0]<<4 | d[1], d[2]<<4 | d[3], d[4]<<4 | d[5], 255}
	if len(s) == 8 {
		c.A = d[6]<<4 | d[7]
	}
	return c, true
}

func hexDigit(b byte) (uint8, bool) {
	switch {
	case '0' <= b && b <= '9':
		return b - '0', true
	case 'a' <= b && b <= 'f':
		return b - 'a' + 10, true
	case 'A' <= b && b <= 'F':
		return b - 'A' + 10, true
	}
	return 0, false
}

// colorFunction computes a colour function. Old and new syntax are the same
// but for commas.
func (v *values) colorFunction(name string, args []token) (Color, bool) {
	switch name {
	case "light-dark(":
		var c Color
		ok := v.within(splitCommas(args)[0], func() (ok bool) {
			c, ok = v.color()
			return ok
		})
		return c, ok
	case "color-mix(":
		return v.mix(args)
	}
	n, ok := colorParts(args)
	if !ok {
		return Color{}, false
	}
	alpha := n[3].of(1)
	switch name {
	case "rgb(", "rgba(":
		return rgb(n[0].of(255)/255, n[1].of(255)/255, n[2].of(255)/255, alpha), true
	case "hsl(", "hsla(":
		return hsl(n[0].v, n[1].of(100)/100, n[2].of(100)/100, alpha), true
	case "hwb(":
		w, b := n[1].of(100)/100, n[2].of(100)/100
		return hwb(n[0].v, w, b, alpha), true
	case "oklch(":
		h := n[2].v * math.Pi / 180
		c := n[1].of(0.4)
		return oklab(n[0].of(1), c*math.Cos(h), c*math.Sin(h), alpha), true
	case "oklab(":
		return oklab(n[0].of(1), n[1].of(0.4), n[2].of(0.4), alpha), true
	}
	return Color{}, false
}

// part is a number of a colour function.
type part struct {
	v       float64
	percent bool
}

// of is the number, of which 100% is whole.
func (p part) of(whole float64) float64 {
	if p.percent {
		return p.v / 100 * whole
	}
	return p.v
}

// colorParts reads the three or four numbers of a colour function.
func colorParts(args []token) (n [4]part, ok bool) {
	n[3].v = 1
	i := 0
	for at := range args {
		t := &args[at]
		switch {
		case i > 0 && (t.kind == css.CommaToken || t.delim('/')):
			continue
		case i > 3:
			return n, false
		case t.kind == css.NumberToken:
			n[i] = part{v: t.num}
		case t.kind == css.PercentageToken:
			n[i] = part{t.num, true}
		case t.is("none"):
			n[i] = part{}
		case t.kind == css.DimensionToken && i != 3:
			n[i] = part{v: degrees(t.num, t.text)}
		default:
			return n, false
		}
		i++
	}
	return n, i >= 3
}

// degrees is an angle in degrees.
func degrees(n float64, unit string) float64 {
	switch unit {
	case "rad":
		return n * 180 / math.Pi
	case "grad":
		return n * 0.9
	case "turn":
		return n * 360
	}
	return n
}

// rgb makes a colour of parts from 0 to 1.
func rgb(r, g, b, a float64) Color {
	return Color{eighth(r), eighth(g), eighth(b), eighth(a)}
}

// eighth rounds a part to eight bits.
func eighth(f float64) uint8 {
	if !(f > 0) {
		return 0
	}
	return uint8(math.Floor(min(f, 1)*255 + 0.5))
}

func hsl(h, s, l, a float64) Color {
	s, l = max(0, min(1, s)), max(0, min(1, l))
	h = math.Mod(h, 360)
	if h < 0 {
		h += 360
	}
	f := func(n float64) float64 {
		k := math.Mod(n+h/30, 12)
		return l - s*min(l, 1-l)*max(-1, min(k-3, 9-k, 1))
	}
	return rgb(f(0), f(8), f(4), a)
}

func hwb(h, white, black, a float64) Color {
	if sum := white + black; sum >= 1 {
		return rgb(white/sum, white/sum, white/sum, a)
	}
	c := hsl(h, 1, 0.5, 1)
	f := func(x uint8) float64 { return float64(x)/255*(1-white-black) + white }
	return rgb(f(c.R), f(c.G), f(c.B), a)
}

// oklab converts from Björn Ottosson's colour space.
func oklab(l, a, b, alpha float64) Color {
	x := math.Pow(l+0.3963377774*a+0.2158037573*b, 3)
	y := math.Pow(l-0.1055613458*a-0.0638541728*b, 3)
	z := math.Pow(l-0.0894841775*a-1.2914855480*b, 3)
	return rgb(
		gamma(4.0767416621*x-3.3077115913*y+0.2309699292*z),
		gamma(-1.2684380046*x+2.6097574011*y-0.3413193965*z),
		gamma(-0.0041960863*x-0.7034186147*y+1.7076147010*z), alpha)
}

func gamma(f float64) float64 {
	if f <= 0.0031308 {
		return 12.92 * f
	}
	return 1.055*math.Pow(f, 1/2.4) - 0.055
}

// mix computes color-mix() in sRGB, whatever space is asked for.
func (v *values) mix(args []token) (Color, bool) {
	parts := splitCommas(args)
	if len(parts) != 3 {
		return Color{}, false
	}
	var c [2]Color
	var share [2]float64
	for i := range c {
		share[i] = -1
		ok := v.within(parts[i+1], func() (ok bool) {
			c[i], ok = v.color()
			if t := v.peek(); ok && t.kind == css.PercentageToken {
				share[i] = t.num / 100
				v.at++
			}
			return ok
		})
		if !ok {
			return Color{}, false
		}
	}
	p := share[0]
	switch {
	case p < 0 && share[1] < 0:
		p = 0.5
	case p < 0:
		p = 1 - share[1]
	case share[1] >= 0 && p+share[1] > 0:
		p /= p + share[1]
	}
	f := func(a, b uint8) uint8 { return eighth((float64(a)*p + float64(b)*(1-p)) / 255) }
	return Color{f(c[0].R, c[1].R), f(c[0].G, c[1].G), f(c[0].B, c[1].B), f(c[0].A, c[1].A)}, true
}

func colorOf(v *values, p property) bool {
	c, ok := v.color()
	return ok && v.add(p.longs[0], value{kind: vColor, color: c})
}

func readColor(v *values) (value, bool) {
	c, ok := v.color()
	return value{kind: vColor, color: c}, ok
}

// LegacyColor reads the colour of an attribute such as bgcolor: almost any
// text is one (HTML 2.4.6).
func LegacyColor(s string) (Color, bool) {
	s = strings.ToLower(strings.Trim(s, " \t\n\r\f"))
	if s == "" || s == "transparent" {
		return Color{}, false
	}
	if c, ok := named(s); ok && c.A == 255 {
		return c, true
	}
	if s[0] == '#' && len(s) == 4 || s[0] == '#' && len(s) == 7 {
		if c, ok := hexColor(s[1:]); ok {
			return c, true
		}
	}
	return mangledColor(s), true
}

// mangledColor makes three numbers of any text.
func mangledColor(s string) Color {
	digits := make([]uint8, 0, 130)
	for i, r := range strings.TrimPrefix(clipText(s, 128), "#") {
		_ = i
		switch x, ok := hexDigit(byte(r)); {
		case r > 0xFFFF:
			digits = append(digits, 0, 0)
		case r < 0x80 && ok:
			digits = append(digits, x)
		default:
			digits = append(digits, 0)
		}
	}
	for len(digits) == 0 || len(digits)%3 != 0 {
		digits = append(digits, 0)
	}
	n := len(digits) / 3
	parts := [3][]uint8{digits[:n], digits[n : 2*n], digits[2*n:]}
	if n > 8 {
		for i := range parts {
			parts[i] = parts[i][n-8:]
		}
		n = 8
	}
	for n > 2 && parts[0][0] == 0 && parts[1][0] == 0 && parts[2][0] == 0 {
		for i := range parts {
			parts[i] = parts[i][1:]
		}
		n--
	}
	var c [3]uint8
	for i, p := range parts {
		if c[i] = p[0]; n > 1 {
			c[i] = p[0]<<4 | p[1]
		}
	}
	return Color{c[0], c[1], c[2], 255}
}

// clipText cuts a text behind n runes at most.
func clipText(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

package paint

import (
	"image/color"
	"math"
)

// lch is a colour in OKLCH: lightness from 0 to 1, chroma, and the hue as a
// direction.
type lch struct{ l, c, a, b float64 }

func fromColor(c color.NRGBA) lch {
	r, g, b := linear(c.R), linear(c.G), linear(c.B)
	l := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	m := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	k := lch{
		l: 0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		a: 1.9779984951*l - 2.4285922050*m + 0.4505937099*s,
		b: 0.0259040371*l + 0.7827717662*m - 0.8086757660*s,
	}
	k.c = math.Hypot(k.a, k.b)
	return k
}

// at is the colour at another lightness, less strong where the screen cannot show
// it.
func (k lch) at(l float64, alpha uint8) color.NRGBA {
	for f := 1.0; ; f -= 0.1 {
		r, g, b := rgb(l, k.a*f, k.b*f)
		if f <= 0 || inside(r) && inside(g) && inside(b) {
			return color.NRGBA{encode(r), encode(g), encode(b), alpha}
		}
	}
}

func rgb(l, a, b float64) (float64, float64, float64) {
	x, y, z := l+0.3963377774*a+0.2158037573*b, l-0.1055613458*a-0.0638541728*b, l-0.0894841775*a-1.2914855480*b
	x, y, z = x*x*x, y*y*y, z*z*z
	return 4.0767416621*x - 3.3077115913*y + 0.2309699292*z, -1.2684380046*x + 2.6097574011*y - 0.3413193965*z, -0.0041960863*x - 0.7034186147*y + 1.7076147010*z
}

func inside(v float64) bool { return v >= -0.001 && v <= 1.001 }

var linears = func() (t [256]float64) {
	for i := range t {
		v := float64(i) / 255
		if v <= 0.04045 {
			t[i] = v / 12.92
		} else {
			t[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return t
}()

func linear(v uint8) float64 { return linears[v] }

func encode(v float64) uint8 {
	v = max(0, min(1, v))
	if v <= 0.0031308 {
		v *= 12.92
	} else {
		v = 1.055*math.Pow(v, 1/2.4) - 0.055
	}
	return uint8(v*255 + 0.5)
}

// contrast is WCAG's, from 1 to 21.
func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

package display

import (
	"image/color"
	"math"
)

// Palette says in which colours a page is drawn: nil as the sender chose them,
// [Dark] on a dark ground.
type Palette interface {
	// Ground is for what lies behind: the page, boxes, borders.
	Ground(color.NRGBA) color.NRGBA
	// Text is for letters in a colour on a ground, both as the sender chose them.
	Text(c, ground color.NRGBA) color.NRGBA
}

// Dark turns light pages dark: grounds without much colour have their lightness
// turned over, text becomes legible on them, and what is colourful, such as a
// button, stays. Hues stay too.
type Dark struct {
	// Paper is what white becomes; the zero value stands for a dark grey.
	Paper color.NRGBA
}

// darkPaper is what white becomes unless somebody chose.
var darkPaper = color.NRGBA{0x1e, 0x1e, 0x20, 255}

// colourful is the chroma from which a ground stays as it is.
const colourful = 0.1

// Ground maps a colour of what lies behind.
func (d Dark) Ground(c color.NRGBA) color.NRGBA {
	k := toOKLCH(c)
	if k.c >= colourful || k.l < 0.55 {
		return c
	}
	paper := d.Paper
	if paper.A == 0 {
		paper = darkPaper
	}
	least := toOKLCH(paper)
	// White becomes the paper; the darker a ground was, the lighter it is now.
	l := least.l + (1-k.l)*0.7
	chroma := k.c
	if k.c < 0.02 {
		chroma, k.h = least.c, least.h
	}
	return oklch{l, chroma, k.h}.nrgba(c.A)
}

// Text maps a colour of letters.
func (d Dark) Text(c, ground color.NRGBA) color.NRGBA {
	now := d.Ground(ground)
	if now == ground && contrast(c, ground) >= 2 {
		return c
	}
	k := toOKLCH(c)
	if k.l < 0.75 {
		k.l = 0.95 - k.l*0.45
	}
	k.c = min(k.c, 0.15)
	out := k.nrgba(c.A)
	for contrast(out, now) < legible && k.l < 1 {
		k.l = min(1, k.l+0.03)
		out = k.nrgba(c.A)
	}
	return out
}

// legible is the contrast that text needs (WCAG 2, 1.4.3).
const legible = 4.5

// oklch is a colour by lightness (0 to 1), chroma and hue (Ottosson 2020).
type oklch struct{ l, c, h float64 }

func toOKLCH(c color.NRGBA) oklch {
	r, g, b := linearOf(c.R), linearOf(c.G), linearOf(c.B)
	l := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	m := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	a := 1.9779984951*l - 2.4285922050*m + 0.4505937099*s
	bb := 0.0259040371*l + 0.7827717662*m - 0.8086757660*s
	return oklch{0.2104542553*l + 0.7936177850*m - 0.0040720468*s, math.Hypot(a, bb), math.Atan2(bb, a)}
}

// nrgba is the colour in sRGB. What sRGB cannot show loses chroma.
func (k oklch) nrgba(alpha uint8) color.NRGBA {
	for range 24 {
		r, g, b := k.rgb()
		if inGamut(r) && inGamut(g) && inGamut(b) || k.c < 0.001 {
			return color.NRGBA{encode(r), encode(g), encode(b), alpha}
		}
		k.c *= 0.9
	}
	r, g, b := k.rgb()
	return color.NRGBA{encode(r), encode(g), encode(b), alpha}
}

func (k oklch) rgb() (r, g, b float64) {
	a, bb := k.c*math.Cos(k.h), k.c*math.Sin(k.h)
	l := k.l + 0.3963377774*a + 0.2158037573*bb
	m := k.l - 0.1055613458*a - 0.0638541728*bb
	s := k.l - 0.0894841775*a - 1.2914855480*bb
	l, m, s = l*l*l, m*m*m, s*s*s
	return 4.0767416621*l - 3.3077115913*m + 0.2309699292*s,
		-1.2684380046*l + 2.6097574011*m - 0.3413193965*s,
		-0.0041960863*l - 0.7034186147*m + 1.7076147010*s
}

func inGamut(v float64) bool { return v > -0.002 && v < 1.002 }

// linearOf undoes the transfer function of sRGB.
func linearOf(v uint8) float64 {
	x := float64(v) / 255
	if x <= 0.04045 {
		return x / 12.92
	}
	return math.Pow((x+0.055)/1.055, 2.4)
}

func encode(v float64) uint8 {
	v = min(max(v, 0), 1)
	if v <= 0.0031308 {
		v *= 12.92
	} else {
		v = 1.055*math.Pow(v, 1/2.4) - 0.055
	}
	return uint8(v*255 + 0.5)
}

// contrast is the contrast of two opaque colours, from 1 to 21 (WCAG 2).
func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	return 0.2126*linearOf(c.R) + 0.7152*linearOf(c.G) + 0.0722*linearOf(c.B)
}

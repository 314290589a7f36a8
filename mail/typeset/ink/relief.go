package ink

import (
	"image/color"
	"math"
)

// relief are the light and the dark side of a border that stands out or in. It
// is what browsers do: a third of the brightest channel more and less, but
// nothing more for what is nearly white, and nothing less for what is nearly
// black.
func relief(c color.NRGBA) (light, dark color.NRGBA) {
	switch l := luminance(c); {
	case l < nearlyBlack:
		dark = brighten(c, reliefStep)
		return brighten(dark, reliefStep), dark
	case l > nearlyWhite:
		return c, brighten(c, -reliefStep)
	}
	return brighten(c, reliefStep), brighten(c, -reliefStep)
}

// The luminances (WCAG 2) of #202020 and of #ebebeb, and how much a side differs
// from the colour.
const (
	nearlyBlack = 0.014443844
	nearlyWhite = 0.83077
	reliefStep  = 0.33
)

// brighten adds to the brightest channel of a colour, and to the others in
// proportion.
func brighten(c color.NRGBA, by float64) color.NRGBA {
	top := float64(max(c.R, c.G, c.B)) / 255
	if top == 0 {
		v := uint8(max(0, by) * 255)
		return color.NRGBA{v, v, v, c.A}
	}
	k := min(1, max(0, top+by)) / top
	channel := func(v uint8) uint8 { return uint8(min(255, float64(v)*k+0.5)) }
	return color.NRGBA{channel(c.R), channel(c.G), channel(c.B), c.A}
}

// luminance is WCAG 2's relative luminance of a colour, from 0 to 1.
func luminance(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

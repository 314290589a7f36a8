package ink

import (
	"image/color"
	"math"
)

// The text of Chromium on Linux is not laid over the page by its bare coverage:
// Skia corrects it, by the lightness of the text's colour, for a screen of gamma
// 1.2 and adds some contrast to dark text. Without that, text looks thinner on
// white, and bolder on black.
const (
	gamma    = 1.2
	contrast = 0.2
)

// corrections has a table for each of eight steps of lightness.
var corrections = makeCorrections()

func makeCorrections() (t [8][256]uint8) {
	for step := range t {
		src := float64(step) / 7
		dst := 1 - src
		linSrc, linDst := math.Pow(src, gamma), math.Pow(dst, gamma)
		extra := contrast * linDst
		for i := range t[step] {
			a := float64(i) / 255
			a += (1 - a) * extra * a
			if math.Abs(dst-src) > 1.0/256 {
				out := math.Pow(linSrc*a+linDst*(1-a), 1/gamma)
				a = (out - dst) / (src - dst)
			}
			t[step][i] = uint8(math.Round(255 * max(0, min(1, a))))
		}
	}
	return t
}

// tableFor is the table for a colour of text.
func tableFor(c color.NRGBA) *[256]uint8 {
	lum := (2126*int(c.R) + 7152*int(c.G) + 722*int(c.B)) / 10000
	return &corrections[lum>>5]
}

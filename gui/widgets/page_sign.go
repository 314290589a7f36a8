package widgets

import (
	"image"
	"image/color"
	"image/draw"
	"sync"

	"postrider/gui/theme"
)

// signKey is what the sign of a missing picture depends on.
type signKey struct {
	pixels int
	color  color.NRGBA
}

// signs are those that were drawn: a few sizes in a few colours. They stay, as
// the ink knows pictures by their identity.
var signs sync.Map // signKey → *image.RGBA

// missingSign draws the sign of a picture that is not there, in a colour. Any
// goroutine may call what it returns.
func missingSign(c color.NRGBA) func(pixels int) image.Image {
	return func(pixels int) image.Image {
		key := signKey{pixels, c}
		if sign, ok := signs.Load(key); ok {
			return sign.(*image.RGBA)
		}
		sign := image.NewRGBA(image.Rect(0, 0, pixels, pixels))
		draw.DrawMask(sign, sign.Rect, image.NewUniform(c), image.Point{}, iconMask(theme.IconImage, pixels), image.Point{}, draw.Over)
		kept, _ := signs.LoadOrStore(key, sign)
		return kept.(*image.RGBA)
	}
}

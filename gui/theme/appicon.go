package theme

import (
	"image"
	"image/color"
	"image/draw"

	"fyne.io/fyne/v2"

	"postrider/assets/icons"
	"postrider/gui/line"
)

// The program's own icon: a post horn on a square with round corners, in the
// light accent whatever the theme, for it stands among other programs'.
const (
	AppIconGrid   = 48
	AppIconCorner = 10
	AppHornWidth  = 2.75 // of the horn's lines, on the grid
	// Below smallFrom pixels the fine line would fade.
	smallFrom      = 28
	smallHornWidth = 4
)

// AppHorn is the horn on its grid.
var AppHorn = mustPath("M8 19H31M21 35a8 8 0 1 1 .001 0ZM31 19C35 19 38 16 40 11V27C38 22 35 19 31 19")

// smallHorn is the same with fewer and heavier features.
var smallHorn = mustPath("M7 17H31M20.5 36a8 8 0 1 1 .001 0ZM31 17L41 10V25Z")

var appIconGround = mustPath("M10 0H38a10 10 0 0 1 10 10V38a10 10 0 0 1-10 10H10A10 10 0 0 1 0 38V10A10 10 0 0 1 10 0Z")

func mustPath(d string) line.Drawing {
	drawing, err := line.Path(d)
	if err != nil { // a constant
		panic(err)
	}
	return drawing
}

// AppIcon draws the program's icon, size pixels wide and high.
func AppIcon(size int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, size, size))
	at := line.Placing{Scale: float64(size) / AppIconGrid}
	paint(img, Light.Accent, func(mask *image.Alpha) { appIconGround.Fill(mask, at) })
	paint(img, Light.OnAccent, func(mask *image.Alpha) {
		if size < smallFrom {
			smallHorn.Stroke(mask, at, smallHornWidth)
			return
		}
		AppHorn.Stroke(mask, at, AppHornWidth)
	})
	return img
}

func paint(img *image.RGBA, c color.NRGBA, shape func(*image.Alpha)) {
	mask := image.NewAlpha(img.Rect)
	shape(mask)
	draw.DrawMask(img, img.Rect, image.NewUniform(c), image.Point{}, mask, image.Point{}, draw.Over)
}

// AppIconResource is the icon for Fyne's windows and tray.
func AppIconResource() fyne.Resource {
	return fyne.NewStaticResource("postrider.png", icons.App(256))
}

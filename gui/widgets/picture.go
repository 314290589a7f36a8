package widgets

import (
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// painted is a widget that is one picture.
type painted interface {
	fyne.Widget
	measure() fyne.Size // its least size
	paint(*Sheet)       // onto a sheet of its size
}

// picture is the part that all painted widgets share. It paints when Fyne draws,
// so what is not seen costs nothing.
type picture struct {
	widget.BaseWidget
	self   painted
	raster *canvas.Raster
	under  []fyne.CanvasObject // drawn below the picture
	above  []fyne.CanvasObject // and above it
	paints func()              // for tests: is told of each repaint
}

// become makes self the widget whose picture this is. Constructors call it.
func (p *picture) become(self painted) {
	p.self = self
	p.raster = canvas.NewRaster(p.generate)
	p.raster.ScaleMode = canvas.ImageScalePixels
	p.ExtendBaseWidget(self)
}

// generate is called by Fyne's painters with the size in device pixels.
func (p *picture) generate(width, height int) image.Image {
	sheet := NewSheet(width, height, deviceScale(p.self))
	if width > 0 && height > 0 {
		p.self.paint(sheet)
	}
	return sheet.Pix
}

// repaint draws the picture anew, in the size that it has.
func (p *picture) repaint() {
	if p.paints != nil {
		p.paints()
	}
	p.raster.Refresh()
}

// remeasure is for a change that may change the least size too. Fyne lays the
// parents out anew if it did.
func (p *picture) remeasure() { p.self.Refresh() }

// CreateRenderer is for Fyne.
func (p *picture) CreateRenderer() fyne.WidgetRenderer {
	objects := append(append([]fyne.CanvasObject{}, p.under...), p.raster)
	return &pictureView{picture: p, objects: append(objects, p.above...)}
}

type pictureView struct {
	picture *picture
	objects []fyne.CanvasObject
}

// Layout gives the raster a whole number of device pixels. Fyne rounds where an
// object ends, not how large it is, and would stretch any other.
func (v *pictureView) Layout(size fyne.Size) {
	scale := deviceScale(v.picture.self)
	v.picture.raster.Resize(fyne.NewSize(wholePixels(size.Width, scale), wholePixels(size.Height, scale)))
	if l, ok := v.picture.self.(interface{ arrange(fyne.Size) }); ok {
		l.arrange(size)
	}
}

func wholePixels(v, scale float32) float32 {
	return float32(math.Ceil(float64(v*scale)-0.01)) / scale
}

func (v *pictureView) MinSize() fyne.Size           { return v.picture.self.measure() }
func (v *pictureView) Objects() []fyne.CanvasObject { return v.objects }
func (v *pictureView) Destroy()                     {}

func (v *pictureView) Refresh() {
	if l, ok := v.picture.self.(interface{ restyle() }); ok {
		l.restyle()
	}
	v.Layout(v.picture.self.Size())
	v.picture.repaint()
}

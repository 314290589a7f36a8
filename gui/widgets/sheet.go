package widgets

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"postrider/gui/theme"
)

// A Sheet is a picture in the making: an image in device pixels, painted in
// Fyne's units. Edges lie on whole pixels at every scale.
type Sheet struct {
	Pix   *image.RGBA // Rect.Min is the origin, Stride is 4 bytes times the width
	Scale float32     // device pixels to a unit
}

// NewSheet is an empty sheet of so many device pixels.
func NewSheet(width, height int, scale float32) *Sheet {
	return &Sheet{Pix: image.NewRGBA(image.Rect(0, 0, width, height)), Scale: scale}
}

// px is a length or a place in device pixels, rounded.
func (s *Sheet) px(v float32) int { return int(math.Floor(float64(v*s.Scale) + 0.5)) }

// thick is the width of a line in device pixels, which is never nothing.
func (s *Sheet) thick(v float32) int { return max(1, s.px(v)) }

// Box fills a rectangle with round corners; a radius of half its height makes a
// pill or a disc.
func (s *Sheet) Box(x, y, w, h, radius float32, c theme.Token) {
	s.box(s.rect(x, y, w, h), radius*s.Scale, c.Now())
}

// rect is a rectangle in device pixels, by its rounded edges.
func (s *Sheet) rect(x, y, w, h float32) image.Rectangle {
	return image.Rect(s.px(x), s.px(y), s.px(x+w), s.px(y+h))
}

func (s *Sheet) box(r image.Rectangle, radius float32, c color.NRGBA) {
	if c.A == 0 {
		return
	}
	if radius < 0.5 {
		s.flat(r, c)
		return
	}
	corner := cornerOf(r, radius)
	s.flat(between(r.Min.X, r.Min.Y+corner, r.Max.X, r.Max.Y-corner), c)
	s.flat(between(r.Min.X+corner, r.Min.Y, r.Max.X-corner, r.Min.Y+corner), c)
	s.flat(between(r.Min.X+corner, max(r.Max.Y-corner, r.Min.Y+corner), r.Max.X-corner, r.Max.Y), c)
	s.corners(r, corner, c, func(x, y float32) float32 { return inside(r, radius, x, y) })
}

// between is a rectangle that is empty, and not turned around as image.Rect does,
// if there is nothing between its edges.
func between(x0, y0, x1, y1 int) image.Rectangle {
	return image.Rectangle{Min: image.Pt(x0, y0), Max: image.Pt(x1, y1)}
}

// cornerOf is the side of the squares that a rectangle's round corners lie in.
func cornerOf(r image.Rectangle, radius float32) int {
	return min(int(math.Ceil(float64(radius))), (r.Dx()+1)/2, (r.Dy()+1)/2)
}

// flat fills whole pixels.
func (s *Sheet) flat(r image.Rectangle, c color.NRGBA) {
	if !r.Empty() && c.A > 0 {
		draw.Draw(s.Pix, r, image.NewUniform(c), image.Point{}, draw.Over)
	}
}

// corners shades the squares in a rectangle's corners, none of it twice.
func (s *Sheet) corners(r image.Rectangle, side int, c color.NRGBA, coverage func(x, y float32) float32) {
	right, bottom := max(r.Max.X-side, r.Min.X+side), max(r.Max.Y-side, r.Min.Y+side)
	for _, y := range [2][2]int{{r.Min.Y, r.Min.Y + side}, {bottom, r.Max.Y}} {
		s.shade(between(r.Min.X, y[0], r.Min.X+side, y[1]), c, coverage)
		s.shade(between(right, y[0], r.Max.X, y[1]), c, coverage)
	}
}

// Outline draws a line along the inside of a rectangle's edge.
func (s *Sheet) Outline(x, y, w, h, radius, width float32, c theme.Token) {
	r, line := s.rect(x, y, w, h), s.thick(width)
	line = min(line, (min(r.Dx(), r.Dy())+1)/2)
	inner, round := r.Inset(line), radius*s.Scale
	corner := max(cornerOf(r, round), line)
	color := c.Now()
	s.flat(between(r.Min.X+corner, r.Min.Y, r.Max.X-corner, r.Min.Y+line), color)
	s.flat(between(r.Min.X+corner, max(r.Max.Y-line, r.Min.Y+line), r.Max.X-corner, r.Max.Y), color)
	s.flat(between(r.Min.X, r.Min.Y+corner, r.Min.X+line, r.Max.Y-corner), color)
	s.flat(between(max(r.Max.X-line, r.Min.X+line), r.Min.Y+corner, r.Max.X, r.Max.Y-corner), color)
	s.corners(r, corner, color, func(x, y float32) float32 {
		return inside(r, round, x, y) - inside(inner, max(0, round-float32(line)), x, y)
	})
}

// HLine draws a hairline below y, and VLine one to the right of x.
func (s *Sheet) HLine(x, y, w float32, c theme.Token) {
	r := s.rect(x, y, w, 0)
	r.Max.Y = r.Min.Y + s.thick(theme.Hairline)
	s.box(r, 0, c.Now())
}

// VLine draws a hairline to the right of x.
func (s *Sheet) VLine(x, y, h float32, c theme.Token) {
	r := s.rect(x, y, 0, h)
	r.Max.X = r.Min.X + s.thick(theme.Hairline)
	s.box(r, 0, c.Now())
}

// shade paints a colour as far as the coverage says, which is asked for the
// middle of each pixel.
func (s *Sheet) shade(r image.Rectangle, c color.NRGBA, coverage func(x, y float32) float32) {
	clip := r.Intersect(s.Pix.Rect)
	for y := clip.Min.Y; y < clip.Max.Y; y++ {
		for x := clip.Min.X; x < clip.Max.X; x++ {
			if cover := coverage(float32(x)+0.5, float32(y)+0.5); cover > 0 {
				s.blend(x, y, c, cover)
			}
		}
	}
}

// blend lays a colour over one pixel.
func (s *Sheet) blend(x, y int, c color.NRGBA, cover float32) {
	at := s.Pix.Pix[s.Pix.PixOffset(x, y):][:4:4]
	alpha := uint32(float32(c.A)*min(cover, 1) + 0.5)
	rest := 255 - alpha
	for i, v := range [4]uint8{c.R, c.G, c.B, 255} {
		at[i] = uint8((uint32(v)*alpha + uint32(at[i])*rest + 127) / 255)
	}
}

// inside is how much of the pixel around x, y a rectangle with round corners
// covers: all but its corners are on whole pixels.
func inside(r image.Rectangle, radius, x, y float32) float32 {
	left, top, right, bottom := float32(r.Min.X), float32(r.Min.Y), float32(r.Max.X), float32(r.Max.Y)
	if x < left || x > right || y < top || y > bottom {
		return 0
	}
	radius = min(radius, (right-left)/2, (bottom-top)/2)
	dx := max(left+radius-x, x-right+radius, 0)
	dy := max(top+radius-y, y-bottom+radius, 0)
	if dx == 0 || dy == 0 {
		return 1
	}
	return min(max(radius+0.5-float32(math.Hypot(float64(dx), float64(dy))), 0), 1)
}

// clip lets f paint inside a rectangle only. f must not keep the sheet.
func (s *Sheet) clip(x, y, w, h float32, f func()) {
	whole := s.Pix
	s.Pix = whole.SubImage(s.rect(x, y, w, h)).(*image.RGBA)
	f()
	s.Pix = whole
}

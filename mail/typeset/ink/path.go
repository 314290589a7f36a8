package ink

import (
	"image"
	"sync"

	"golang.org/x/image/vector"
)

var rasterizers = sync.Pool{New: func() any { return &vector.Rasterizer{} }}

// path is a shape in device pixels.
type path struct {
	z    *vector.Rasterizer
	x, y float32 // of the area's corner
}

// raster makes the coverage of an area by what draw draws.
func raster(area image.Rectangle, draw func(p *path)) *coverage {
	m := newCoverage(area)
	z := rasterizers.Get().(*vector.Rasterizer)
	z.Reset(area.Dx(), area.Dy())
	draw(&path{z, float32(area.Min.X), float32(area.Min.Y)})
	z.Draw(&image.Alpha{Pix: m.pix, Stride: area.Dx(), Rect: image.Rect(0, 0, area.Dx(), area.Dy())}, image.Rect(0, 0, area.Dx(), area.Dy()), image.Opaque, image.Point{})
	rasterizers.Put(z)
	return m
}

func (p *path) move(x, y float64) { p.z.MoveTo(float32(x)-p.x, float32(y)-p.y) }
func (p *path) line(x, y float64) { p.z.LineTo(float32(x)-p.x, float32(y)-p.y) }
func (p *path) curve(ax, ay, bx, by, x, y float64) {
	p.z.CubeTo(float32(ax)-p.x, float32(ay)-p.y, float32(bx)-p.x, float32(by)-p.y, float32(x)-p.x, float32(y)-p.y)
}
func (p *path) close() { p.z.ClosePath() }

// round is where the control points of a quarter of an ellipse stand.
const round = 0.5522847498

// box adds a rectangle with round corners, clockwise.
func (p *path) box(b box, c Corners) {
	k := 1 - round
	p.move(b.x0+c[0].X, b.y0)
	p.line(b.x1-c[1].X, b.y0)
	p.curve(b.x1-c[1].X*k, b.y0, b.x1, b.y0+c[1].Y*k, b.x1, b.y0+c[1].Y)
	p.line(b.x1, b.y1-c[2].Y)
	p.curve(b.x1, b.y1-c[2].Y*k, b.x1-c[2].X*k, b.y1, b.x1-c[2].X, b.y1)
	p.line(b.x0+c[3].X, b.y1)
	p.curve(b.x0+c[3].X*k, b.y1, b.x0, b.y1-c[3].Y*k, b.x0, b.y1-c[3].Y)
	p.line(b.x0, b.y0+c[0].Y)
	p.curve(b.x0, b.y0+c[0].Y*k, b.x0+c[0].X*k, b.y0, b.x0+c[0].X, b.y0)
	p.close()
}

// hole adds the same counter-clockwise, so that it is cut out.
func (p *path) hole(b box, c Corners) {
	if b.empty() {
		return
	}
	k := 1 - round
	p.move(b.x0+c[0].X, b.y0)
	p.curve(b.x0+c[0].X*k, b.y0, b.x0, b.y0+c[0].Y*k, b.x0, b.y0+c[0].Y)
	p.line(b.x0, b.y1-c[3].Y)
	p.curve(b.x0, b.y1-c[3].Y*k, b.x0+c[3].X*k, b.y1, b.x0+c[3].X, b.y1)
	p.line(b.x1-c[2].X, b.y1)
	p.curve(b.x1-c[2].X*k, b.y1, b.x1, b.y1-c[2].Y*k, b.x1, b.y1-c[2].Y)
	p.line(b.x1, b.y0+c[1].Y)
	p.curve(b.x1, b.y0+c[1].Y*k, b.x1-c[1].X*k, b.y0, b.x1-c[1].X, b.y0)
	p.close()
}

// polygon adds a closed polygon of x, y pairs.
func (p *path) polygon(xy ...float64) {
	p.move(xy[0], xy[1])
	for i := 2; i < len(xy); i += 2 {
		p.line(xy[i], xy[i+1])
	}
	p.close()
}

// rounded is the coverage of a box with round corners within an area.
func (c *Canvas) rounded(b box, corners Corners, area image.Rectangle) *coverage {
	return raster(area, func(p *path) { p.box(b.near(area, corners), corners) })
}

// near cuts off what is far from an area, together with corners that do not reach
// into it: the rasterizer takes time for each row that a side passes.
func (b box) near(area image.Rectangle, c Corners) box {
	const some = 4
	x0 := float64(area.Min.X) - some - max(c[0].X, c[3].X)
	y0 := float64(area.Min.Y) - some - max(c[0].Y, c[1].Y)
	x1 := float64(area.Max.X) + some + max(c[1].X, c[2].X)
	y1 := float64(area.Max.Y) + some + max(c[2].Y, c[3].Y)
	return box{max(b.x0, x0), max(b.y0, y0), min(b.x1, x1), min(b.y1, y1)}
}

package line

import (
	"image"
	"math"

	"golang.org/x/image/vector"
)

// A Placing says where and how large a drawing goes.
type Placing struct {
	X, Y  float64 // of the drawing's origin, in pixels of the mask
	Scale float64 // pixels to a unit of the drawing
}

func (at Placing) put(p point) point { return point{at.X + p.x*at.Scale, at.Y + p.y*at.Scale} }

// Stroke adds the drawing's lines to the mask: width is in units of the drawing,
// dash has lengths of drawn and of skipped in turn, and is empty for whole lines.
// Ends and joins are round.
func (d Drawing) Stroke(mask *image.Alpha, at Placing, width float64, dash ...float64) {
	radius := width * at.Scale / 2
	if radius <= 0 || mask.Rect.Empty() {
		return
	}
	field := newField(mask.Rect, radius)
	for _, o := range d.outlines {
		for _, piece := range dashes(o, dash) {
			for i := 1; i < len(piece); i++ {
				field.segment(at.put(piece[i-1]), at.put(piece[i]))
			}
		}
	}
	field.cover(mask)
}

// field keeps for each pixel the square of its distance to the nearest line.
type field struct {
	rect   image.Rectangle
	radius float64
	dist   []float32
}

func newField(rect image.Rectangle, radius float64) *field {
	f := &field{rect: rect, radius: radius, dist: make([]float32, rect.Dx()*rect.Dy())}
	for i := range f.dist {
		f.dist[i] = math.MaxFloat32
	}
	return f
}

func (f *field) segment(a, b point) {
	reach := f.radius + 1
	x0 := max(f.rect.Min.X, int(math.Floor(min(a.x, b.x)-reach)))
	x1 := min(f.rect.Max.X, int(math.Ceil(max(a.x, b.x)+reach)))
	y0 := max(f.rect.Min.Y, int(math.Floor(min(a.y, b.y)-reach)))
	y1 := min(f.rect.Max.Y, int(math.Ceil(max(a.y, b.y)+reach)))
	along := b.minus(a)
	square := along.x*along.x + along.y*along.y
	for y := y0; y < y1; y++ {
		row := f.dist[(y-f.rect.Min.Y)*f.rect.Dx():]
		for x := x0; x < x1; x++ {
			p := point{float64(x) + 0.5 - a.x, float64(y) + 0.5 - a.y}
			t := 0.0
			if square > 0 {
				t = min(1, max(0, (p.x*along.x+p.y*along.y)/square))
			}
			dx, dy := p.x-t*along.x, p.y-t*along.y
			i := x - f.rect.Min.X
			row[i] = min(row[i], float32(dx*dx+dy*dy))
		}
	}
}

// cover turns distance into coverage: a pixel is as covered as its middle is
// inside the line, and no more than the line is wide.
func (f *field) cover(mask *image.Alpha) {
	most := min(1, 2*f.radius)
	outside := float32((f.radius + 0.5) * (f.radius + 0.5))
	for i, square := range f.dist {
		if square >= outside {
			continue
		}
		c := min(most, f.radius+0.5-math.Sqrt(float64(square)))
		at := mask.PixOffset(f.rect.Min.X+i%f.rect.Dx(), f.rect.Min.Y+i/f.rect.Dx())
		mask.Pix[at] = max(mask.Pix[at], uint8(c*255+0.5))
	}
}

// dashes cuts an outline into the pieces that are drawn.
func dashes(o outline, dash []float64) [][]point {
	points := o.points
	if o.closed {
		points = append(points[:len(points):len(points)], points[0])
	}
	total := 0.0
	for _, n := range dash {
		total += n
	}
	if total <= 0 {
		return [][]point{points}
	}
	var pieces [][]point
	drawn, left, which := []point{points[0]}, dash[0], 0
	for i := 1; i < len(points); i++ {
		from, to := points[i-1], points[i]
		for rest := to.minus(from).length(); rest > 0; {
			step := min(left, rest)
			from = from.lerp(to, step/rest)
			rest, left = rest-step, left-step
			if which%2 == 0 {
				drawn = append(drawn, from)
			}
			if left > 0 {
				continue
			}
			if which%2 == 0 {
				pieces = append(pieces, drawn)
			}
			which++
			drawn, left = []point{from}, dash[which%len(dash)]
		}
	}
	if which%2 == 0 && len(drawn) > 1 {
		pieces = append(pieces, drawn)
	}
	return pieces
}

// Fill adds the drawing's areas to the mask, by the non-zero rule; what is not
// closed is filled as if it were.
func (d Drawing) Fill(mask *image.Alpha, at Placing) {
	size := mask.Rect.Size()
	if size.X == 0 || size.Y == 0 {
		return
	}
	ras := vector.NewRasterizer(size.X, size.Y)
	at.X -= float64(mask.Rect.Min.X)
	at.Y -= float64(mask.Rect.Min.Y)
	for _, o := range d.outlines {
		first := at.put(o.points[0])
		ras.MoveTo(float32(first.x), float32(first.y))
		for _, p := range o.points[1:] {
			to := at.put(p)
			ras.LineTo(float32(to.x), float32(to.y))
		}
		ras.ClosePath()
	}
	ras.Draw(mask, mask.Rect, image.Opaque, image.Point{})
}

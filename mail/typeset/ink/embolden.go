package ink

import (
	"math"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// embolden moves each point of an outline away from what it encloses, so that
// stems become wider by extra.
func embolden(segments []font.Segment, extra float64) {
	for start := 0; start < len(segments); {
		end := start + 1
		for end < len(segments) && segments[end].Op != opentype.SegmentOpMoveTo {
			end++
		}
		emboldenContour(segments[start:end], extra/2*turn(segments))
		start = end
	}
}

// turn is 1 if outer contours run clockwise on a page whose y is down, else -1:
// TrueType and PostScript differ.
func turn(segments []font.Segment) float64 {
	area := 0.0
	var first, last opentype.SegmentPoint
	for _, s := range segments {
		for _, a := range s.ArgsSlice() {
			if s.Op == opentype.SegmentOpMoveTo {
				area += cross(last, first)
				first, last = a, a
				continue
			}
			area += cross(last, a)
			last = a
		}
	}
	area += cross(last, first)
	if area < 0 {
		return -1
	}
	return 1
}

func cross(a, b opentype.SegmentPoint) float64 {
	return float64(a.X)*float64(b.Y) - float64(b.X)*float64(a.Y)
}

// emboldenContour moves the points of one contour by d along their normals.
func emboldenContour(contour []font.Segment, d float64) {
	var at []*opentype.SegmentPoint
	for i := range contour {
		s := &contour[i]
		for k := range s.ArgsSlice() {
			at = append(at, &s.Args[k])
		}
	}
	points := make([]opentype.SegmentPoint, len(at))
	for i, p := range at {
		points[i] = *p
	}
	closed := len(points) > 1 && points[0] == points[len(points)-1]
	n := len(points)
	if closed {
		n--
	}
	for i := range at {
		inX, inY := direction(points, i%max(n, 1), n, -1)
		outX, outY := direction(points, i%max(n, 1), n, 1)
		nx, ny := inY+outY, -inX-outX // sum of the normals to the left, y down: outwards if clockwise
		l := nx*nx + ny*ny
		if l < 1e-3 {
			continue
		}
		k := min(2/l, 1) * d // of a sharp corner no more than its width
		at[i].X += float32(nx * k)
		at[i].Y += float32(ny * k)
	}
}

// direction is the unit vector of the side before (-1) or after (1) the point i.
func direction(points []opentype.SegmentPoint, i, n, side int) (x, y float64) {
	for k := 1; k < n; k++ {
		j := ((i+side*k)%n + n) % n
		dx, dy := float64(points[j].X-points[i].X), float64(points[j].Y-points[i].Y)
		if l := math.Hypot(dx, dy); l > 1e-6 {
			return dx / l * float64(side), dy / l * float64(side)
		}
	}
	return 0, 0
}

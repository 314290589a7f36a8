package css

import (
	"strings"

	"github.com/tdewolff/parse/v2/css"
)

// gradient is a gradient as declared.
type gradient struct {
	out              Gradient // without what depends on lengths
	x, y             value
	radiusX, radiusY value
	stops            []stop
}

// stop is a colour of a gradient as declared; at is the word Auto if it has
// no place.
type stop struct {
	color Color
	at    value
}

const maxStops = 64

// gradient takes a gradient function.
func (v *values) gradient() (*gradient, bool) {
	name := strings.ToLower(strings.TrimSuffix(v.peek().text, "("))
	bare := strings.TrimPrefix(name, "-webkit-")
	old := bare != name
	g := &gradient{}
	bare, g.out.Repeat = strings.CutPrefix(bare, "repeating-")
	first := v.at
	if bare != "linear-gradient" && bare != "radial-gradient" {
		return nil, false
	}
	g.out.Radial = bare == "radial-gradient"
	args := v.arguments()
	g.out.Source = source(v.list[first:v.at])
	parts := splitCommas(args)
	g.out.Angle = 180
	g.x, g.y = value{kind: vPercent, num: 50}, value{kind: vPercent, num: 50}
	shape := false
	ok := v.within(parts[0], func() bool {
		if g.out.Radial {
			shape = v.radial(g)
		} else {
			shape = v.direction(g, old)
		}
		return shape
	})
	if shape {
		if !ok {
			v.at = first
			return nil, false
		}
		parts = parts[1:]
	}
	if !v.stops(g, parts) {
		v.at = first
		return nil, false
	}
	return g, true
}

// source writes tokens down again.
func source(list []token) string {
	var b strings.Builder
	for i := range list {
		t := &list[i]
		if t.spaced && i > 0 {
			b.WriteByte(' ')
		}
		switch t.kind {
		case css.DimensionToken:
			b.WriteString(trimFloat(t.num) + t.text)
		default:
			b.WriteString(t.text)
		}
		if b.Len() > 500 {
			break
		}
	}
	return b.String()
}

// direction reads "45deg" or "to top left". The old prefixed form has no "to"
// and says where the gradient begins.
func (v *values) direction(g *gradient, old bool) bool {
	t := v.peek()
	if t.kind == css.DimensionToken {
		switch t.text {
		case "deg", "rad", "grad", "turn":
			v.at++
			g.out.Angle = float32(degrees(t.num, t.text))
			if old {
				g.out.Angle = 90 - g.out.Angle
			}
			return true
		}
		return false
	}
	to := v.skipWord("to")
	if !to && !old {
		return false
	}
	var x, y float32
	for range 2 {
		switch p, ok := places[v.lower()]; {
		case !ok || p.axis < 0:
		case p.axis == 0 && x == 0:
			x = p.at/50 - 1
			v.at++
		case p.axis == 1 && y == 0:
			y = p.at/50 - 1
			v.at++
		}
	}
	if x == 0 && y == 0 {
		return false
	}
	if !to {
		x, y = -x, -y
	}
	switch {
	case x == 0:
		g.out.Angle = 90 + 90*y
	case y == 0:
		g.out.Angle = 180 - 90*x
	default:
		g.out.Corner = true
		g.x, g.y = value{kind: vLength, num: x}, value{kind: vLength, num: y}
	}
	return true
}

var extents = map[string]uint8{"farthest-corner": 0, "closest-side": 1, "closest-corner": 2, "farthest-side": 3, "cover": 0, "contain": 1}

// radial reads "circle 10px at left".
func (v *values) radial(g *gradient) bool {
	at := v.at
	for !v.done() {
		if v.skipWord("circle") {
			g.out.Circle = true
			continue
		}
		if v.skipWord("ellipse") {
			continue
		}
		if w, ok := v.lookup(extents); ok {
			g.out.Extent = w
			continue
		}
		if v.skipWord("at") {
			var ok bool
			g.x, g.y, ok = v.position()
			return ok
		}
		x, ok := v.length(percents)
		if !ok {
			break
		}
		g.out.Extent, g.radiusX = 4, x
		if y, ok := v.length(percents); ok {
			g.radiusY = y
		} else {
			g.radiusY, g.out.Circle = x, true
		}
	}
	return v.at > at
}

// stops reads colours with places.
func (v *values) stops(g *gradient, parts [][]token) bool {
	for _, part := range parts {
		ok := v.within(part, func() bool {
			c, ok := v.color()
			if !ok {
				_, ok = v.length(percents | negative) // a hint between two colours
				return ok
			}
			s := stop{color: c, at: wordValue(Auto)}
			if at, has := v.length(percents | negative); has {
				s.at = at
			}
			g.stops = append(g.stops, s)
			if at, has := v.length(percents | negative); has {
				g.stops = append(g.stops, stop{c, at})
			}
			return true
		})
		if !ok || len(g.stops) > maxStops {
			return false
		}
	}
	return len(g.stops) >= 2
}

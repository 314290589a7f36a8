package box

import (
	"math"

	"postrider/mail/html"
	"postrider/mail/html/css"
	"postrider/mail/html/display"
)

// gradient draws one, over its area.
func (e *emitter) gradient(node html.ID, layer *css.Layer, area, clip display.Rect, c display.Corners) {
	g := layer.Gradient
	if layer.Size == css.SizeSet && layer.RepeatX == css.RepeatOff && layer.RepeatY == css.RepeatOff {
		area = tileOf(layer, area, float64(area.W), float64(area.H))
		clip = clip.Intersect(area)
	}
	item := display.GradientItem{Canvas: node == e.canvas, Radial: g.Radial, Repeat: g.Repeat, Corners: c, Source: g.Source}
	length := 0.0
	if g.Radial {
		length = radial(g, area, &item)
	} else {
		length = linear(g, area, &item)
	}
	item.Stops = stops(g.Stops, length)
	if len(item.Stops) == 0 {
		return
	}
	e.page.Gradients = append(e.page.Gradients, item)
	e.add(display.Gradient, len(e.page.Gradients)-1, clip, node)
}

// linear finds the line of a gradient (CSS Images 3, 3.1).
func linear(g *css.Gradient, r display.Rect, item *display.GradientItem) float64 {
	w, h := float64(r.W), float64(r.H)
	angle := float64(g.Angle) * math.Pi / 180
	if g.Corner {
		// The line is at a right angle to the one through the other two corners.
		angle = math.Atan2(h*sign(g.X), -w*sign(g.Y))
	}
	sin, cos := math.Sin(angle), -math.Cos(angle)
	length := math.Abs(w*sin) + math.Abs(h*cos)
	cx, cy := float64(r.X)+w/2, float64(r.Y)+h/2
	item.X0, item.Y0 = float32(cx-sin*length/2), float32(cy-cos*length/2)
	item.X1, item.Y1 = float32(cx+sin*length/2), float32(cy+cos*length/2)
	return length
}

func sign(l css.Length) float64 {
	if l.Px < 0 || l.Pct < 0 {
		return -1
	}
	return 1
}

// radial finds the ellipse of a gradient (CSS Images 3, 3.2).
func radial(g *css.Gradient, r display.Rect, item *display.GradientItem) float64 {
	w, h := float64(r.W), float64(r.H)
	x, y := g.X.Of(w), g.Y.Of(h)
	near := func(a, b float64) float64 { return min(math.Abs(a), math.Abs(b)) }
	far := func(a, b float64) float64 { return max(math.Abs(a), math.Abs(b)) }
	rx, ry := 0.0, 0.0
	switch g.Extent {
	case 1:
		rx, ry = near(x, w-x), near(y, h-y)
		if g.Circle {
			rx = min(rx, ry)
			ry = rx
		}
	case 3:
		rx, ry = far(x, w-x), far(y, h-y)
		if g.Circle {
			rx = max(rx, ry)
			ry = rx
		}
	case 4:
		rx, ry = g.RadiusX.Of(w), g.RadiusY.Of(h)
		if g.Circle {
			ry = rx
		}
	default:
		pick := far
		if g.Extent == 2 {
			pick = near
		}
		rx, ry = pick(x, w-x), pick(y, h-y)
		if g.Circle {
			rx = math.Hypot(rx, ry)
			ry = rx
		} else {
			rx, ry = rx*math.Sqrt2, ry*math.Sqrt2
		}
	}
	item.X0, item.Y0 = r.X+float32(x), r.Y+float32(y)
	item.X1, item.Y1 = float32(max(rx, 0.01)), float32(max(ry, 0.01))
	return rx
}

// stops gives the stops of a gradient their places: those without one lie
// evenly between the others.
func stops(list []css.Stop, length float64) []display.Stop {
	out := make([]display.Stop, len(list))
	set := make([]bool, len(list))
	for i, s := range list {
		out[i].Colour = nrgba(s.Color)
		if s.At.IsSet() && length > 0 {
			out[i].At, set[i] = float32(s.At.Of(length)/length), true
		}
	}
	if len(out) == 0 {
		return nil
	}
	if !set[0] {
		set[0] = true
	}
	if n := len(out) - 1; !set[n] {
		out[n].At, set[n] = 1, true
	}
	for i := 1; i < len(out); i++ {
		if set[i] {
			out[i].At = max(out[i].At, out[i-1].At)
			continue
		}
		k := i
		for !set[k] {
			k++
		}
		out[k].At = max(out[k].At, out[i-1].At)
		step := (out[k].At - out[i-1].At) / float32(k-i+1)
		for ; i < k; i++ {
			out[i].At = out[i-1].At + step
		}
	}
	return out
}

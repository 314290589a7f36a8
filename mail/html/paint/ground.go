package paint

import (
	"image/color"

	"postrider/mail/html/display"
)

// grounds finds what lies below a text: which items could, by their height on
// the page.
type grounds struct {
	stripes [][]int32 // indices of items, in the order of drawing
	height  float32   // of a stripe
	// kept are the elements whose ground is a picture, or a gradient in strong
	// colours. Both stay, and may be clear in parts or not cover all of the
	// element: so its colour stays too.
	kept map[int32]bool
}

// maxStripes bounds the stripes of a page.
const maxStripes = 2048

func groundsOf(p *display.Page, at hand, turns func(*display.GradientItem) bool) grounds {
	g := grounds{height: max(64, p.Height/maxStripes), kept: map[int32]bool{}}
	g.stripes = make([][]int32, min(maxStripes, int(max(0, p.Height)/g.height))+1)
	for i := range p.Items {
		it := &p.Items[i]
		if !isGround(p, it, at) {
			continue
		}
		if it.Kind == display.Backdrop || it.Kind == display.Gradient && !turns(&p.Gradients[it.At]) {
			g.kept[it.Node] = true
		}
		from, to := g.stripe(it.Rect.Y), g.stripe(it.Rect.Bottom())
		for k := from; k <= to; k++ {
			g.stripes[k] = append(g.stripes[k], int32(i))
		}
	}
	return g
}

// isGround tells that an item covers what is below it. A picture that is not at
// hand does not.
func isGround(p *display.Page, it *display.Item, at hand) bool {
	switch it.Kind {
	case display.Fill:
		return p.Fills[it.At].Colour.A > 127 && !p.Fills[it.At].Canvas
	case display.Gradient:
		return true
	case display.Backdrop:
		return at(p.Backdrops[it.At].Source)
	case display.Image:
		return at(p.Images[it.At].Source)
	}
	return false
}

func (g *grounds) stripe(y float32) int {
	return min(len(g.stripes)-1, max(0, int(y/g.height)))
}

// under is the colour below the middle of a text; plain tells that it is one
// colour, and no picture.
func (g *grounds) under(p *display.Page, item int) (c color.NRGBA, plain bool) {
	r := p.Items[item].Rect
	x, y := r.X+r.W/2, r.Y+r.H/2
	stripe := g.stripes[g.stripe(y)]
	for k := len(stripe) - 1; k >= 0; k-- {
		i := int(stripe[k])
		it := &p.Items[i]
		if i >= item || !it.Rect.Contains(x, y) {
			continue
		}
		switch it.Kind {
		case display.Fill:
			return opaque(p.Fills[it.At].Colour), !g.kept[it.Node]
		case display.Gradient:
			return gradientGround(&p.Gradients[it.At])
		}
		return color.NRGBA{}, false
	}
	if p.Canvas.A > 0 {
		return opaque(p.Canvas), true
	}
	return color.NRGBA{255, 255, 255, 255}, true
}

// gradientGround takes a gradient for its first colour if all its colours are
// weak, so that they turn.
func gradientGround(g *display.GradientItem) (color.NRGBA, bool) {
	if len(g.Stops) == 0 {
		return color.NRGBA{255, 255, 255, 255}, true
	}
	for _, s := range g.Stops {
		if k := fromColor(s.Colour); k.c >= strong || k.l < darkness {
			return color.NRGBA{}, false
		}
	}
	return opaque(g.Stops[0].Colour), true
}

package paint

import (
	"image"
	"image/color"

	"postrider/mail/html/display"
)

// Where colours are turned and where they stay.
const (
	strong   = 0.1  // the chroma from which a ground is meant, such as a button's
	darkness = 0.45 // the lightness below which a ground is dark already
	lightest = 0.94 // the lightness of what was black
	readable = 4.5  // the contrast that text has at least
	plenty   = 13   // the contrast from which more would only dazzle
	hidden   = 1.25 // the contrast below which text was not meant to be read, nor is
)

// plate is what lies behind pictures that are partly clear: they were made for
// light paper.
var plate = color.NRGBA{0xE9, 0xEB, 0xEE, 0xFF}

// turning turns the colours of a mail for dark paper.
type turning struct {
	paper   lch
	grounds grounds
}

func newTurning(p *display.Page, paper color.NRGBA, at hand) *turning {
	t := &turning{paper: fromColor(paper)}
	t.grounds = groundsOf(p, at, func(g *display.GradientItem) bool { return turns(g, t) })
	return t
}

// hand reports whether a picture is at hand.
type hand func(source string) bool

// ground turns a ground. ok tells that it changed.
func (t *turning) ground(c color.NRGBA) (turned color.NRGBA, ok bool) {
	k := fromColor(c)
	if k.c >= strong || k.l < darkness {
		return c, false
	}
	k.a, k.b = k.a+t.paper.a*k.l, k.b+t.paper.b*k.l // white becomes the paper itself
	return k.at(t.flip(k.l), c.A), true
}

// flip turns a lightness: that of white becomes the paper's.
func (t *turning) flip(l float64) float64 {
	return t.paper.l + (1-l)*(lightest-t.paper.l)
}

// text turns the colour of letters that stand on a ground, so that they can be
// read there as well as before.
func (t *turning) text(c, on color.NRGBA) color.NRGBA {
	under, turned := t.ground(on)
	if !turned {
		return c
	}
	k, was := fromColor(c), contrast(opaque(c), on)
	if was < hidden {
		return k.at(t.flip(k.l), c.A)
	}
	l := max(t.flip(k.l), k.l) // light letters on a light ground are light enough
	out := k.at(l, c.A)
	for want := min(max(readable, was), plenty); contrast(opaque(out), under) < want && l < lightest; {
		l = min(lightest, l+0.02)
		out = k.at(l, c.A)
	}
	return out
}

func opaque(c color.NRGBA) color.NRGBA {
	c.A = 255
	return c
}

// back is the colour to draw a ground in.
func (b *brush) back(c color.NRGBA) color.NRGBA {
	if b.turn == nil {
		return c
	}
	out, _ := b.turn.ground(c)
	return out
}

// keeps reports whether an element's ground stays as it is, with what stands on
// it.
func (b *brush) keeps(node int32) bool { return b.turn != nil && b.turn.grounds.kept[node] }

// line is the colour to draw a border in.
func (b *brush) line(c color.NRGBA) color.NRGBA {
	if b.turn == nil {
		return c
	}
	k := fromColor(c)
	if k.c >= strong {
		return c
	}
	return k.at(b.turn.flip(k.l)+0.04, c.A)
}

// letters is the colour to draw the text of an item in.
func (b *brush) letters(c color.NRGBA, item int) color.NRGBA {
	if b.turn == nil {
		return c
	}
	on, plain := b.turn.grounds.under(b.page, item)
	if !plain {
		return c
	}
	return b.turn.text(c, on)
}

// turnsGradient tells that each colour of a gradient turns.
func (b *brush) turnsGradient(g *display.GradientItem) bool {
	if b.turn == nil {
		return false
	}
	return turns(g, b.turn)
}

func turns(g *display.GradientItem, t *turning) bool {
	for _, s := range g.Stops {
		if _, ok := t.ground(s.Colour); !ok {
			return false
		}
	}
	return true
}

// mayBeClear tells that a picture may have parts that are not opaque.
func mayBeClear(img image.Image) bool {
	o, ok := img.(interface{ Opaque() bool })
	return !ok || !o.Opaque()
}

package paint

import (
	"image"
	"image/color"

	"postrider/mail/html/display"
	"postrider/mail/typeset"
	"postrider/mail/typeset/ink"
)

// Look is how a page is shown, beyond what the mail says.
type Look struct {
	Dark  bool        // turn the mail's colours
	Paper color.NRGBA // behind a mail that has no colour of its own
	Ink   color.NRGBA // of what the reader adds: names of missing pictures, buttons
	Plate color.NRGBA // behind that
	Line  color.NRGBA // around it

	Hit, Accent, OnAccent color.NRGBA // behind what was found; behind what is looked at, and its letters

	Library *typeset.Library // for what the reader adds
	// Sign is what stands in the place of a picture that is not there, drawn for a
	// square of so many pixels; nil draws none. The same size has to be the same
	// value each time.
	Sign func(pixels int) image.Image
	// Picture returns the picture of a source as the mail writes it, or nil while it
	// is not at hand. The same picture has to be the same value each time. It may be
	// called from any goroutine.
	Picture func(source string) image.Image

	Hits    []display.Range // found in the page's text, in order
	Current int             // index of the one that is looked at, -1 for none
}

// Paint draws what of a page is in an area, in px of the page.
func Paint(c *ink.Canvas, p *display.Page, area display.Rect, look *Look) {
	b := &brush{c: c, page: p, look: look, area: area}
	if look.Dark {
		b.turn = newTurning(p, look.Paper, func(source string) bool { return b.picture(source) != nil })
	}
	b.ground()
	for i := range p.Items {
		if p.Items[i].Rect.Overlaps(b.loose(&p.Items[i])) {
			b.item(i)
		}
	}
	b.setClip(0)
}

// brush paints one area.
type brush struct {
	c    *ink.Canvas
	page *display.Page
	look *Look
	area display.Rect
	turn *turning // nil in light
	clip int32    // the one that is set
	deep int      // how many of the canvas's clips it takes
	laid int32    // the last element whose ground stays, plus 1
	runs []typeset.GlyphRun
}

// overhang is how far glyphs may stand out of their text's box, in px.
const overhang = 24

// loose is the area in which an item has to begin or end for it to be seen.
func (b *brush) loose(it *display.Item) display.Rect {
	if it.Kind != display.Text {
		return b.area
	}
	return display.Rect{X: b.area.X - overhang, Y: b.area.Y - overhang, W: b.area.W + 2*overhang, H: b.area.H + 2*overhang}
}

// ground fills the area with the page's own colour.
func (b *brush) ground() {
	b.c.Fill(rect(b.area), ink.Corners{}, b.look.Paper)
	if b.page.Canvas.A > 0 {
		b.c.Fill(rect(b.area), ink.Corners{}, b.back(b.page.Canvas))
	}
}

func (b *brush) item(i int) {
	it := &b.page.Items[i]
	b.setClip(it.Clip)
	b.c.Opacity(it.Opacity)
	if b.keeps(it.Node) {
		b.lay(i)
	}
	switch it.Kind {
	case display.Fill:
		b.fill(it)
	case display.Border:
		b.border(it, i)
	case display.Shadow:
		b.shadow(it)
	case display.Gradient:
		b.gradient(it)
	case display.Backdrop:
		b.backdrop(it)
	case display.Image:
		b.image(it, i)
	case display.Text:
		b.text(i, it)
	case display.Control:
		b.control(it)
	}
}

// lay puts what was below an element whose ground stays where that may be seen
// through it.
func (b *brush) lay(i int) {
	it := &b.page.Items[i]
	var round display.Corners
	switch it.Kind {
	case display.Fill:
		round = b.page.Fills[it.At].Corners
	case display.Gradient:
		round = b.page.Gradients[it.At].Corners
	case display.Backdrop:
		round = b.page.Backdrops[it.At].Corners
	default:
		return
	}
	if b.laid == it.Node+1 {
		return
	}
	b.laid = it.Node + 1
	if below, plain := b.turn.grounds.under(b.page, i); plain {
		b.c.Fill(rect(it.Rect), corners(round), below)
	}
}

// setClip makes a clip of the page the canvas's.
func (b *brush) setClip(index int32) {
	if index == b.clip {
		return
	}
	for ; b.deep > 0; b.deep-- {
		b.c.Unclip()
	}
	b.clip = index
	for n := 0; index > 0 && n < maxClips; n++ {
		k := &b.page.Clips[index]
		if index == b.clip || !k.Corners.Zero() { // rectangles are within those around them
			b.c.Clip(rect(k.Rect), corners(k.Corners))
			b.deep++
		}
		index = k.Parent
	}
}

// maxClips bounds the clips around a clip.
const maxClips = 32

func (b *brush) fill(it *display.Item) {
	f := &b.page.Fills[it.At]
	r := it.Rect
	if f.Canvas {
		r = b.area
	}
	colour := f.Colour
	if !b.keeps(it.Node) {
		colour = b.back(colour)
	}
	b.c.Fill(rect(r), corners(f.Corners), colour)
}

func (b *brush) border(it *display.Item, index int) {
	k := &b.page.Borders[it.At]
	stays := false
	if b.turn != nil {
		on, plain := b.turn.grounds.under(b.page, index)
		_, turned := b.turn.ground(on)
		stays = !plain || !turned // a faint line on a dark ground is to stay faint
	}
	var edges [4]ink.Edge
	for i, e := range k.Edges {
		c := e.Colour
		if e.Faint {
			c = faint
		}
		edges[i] = ink.Edge{Width: float64(e.Width), Stroke: ink.Stroke(e.Stroke), Color: c}
		if !stays {
			edges[i].Color = b.line(c)
		}
	}
	b.c.Border(rect(it.Rect), edges, corners(k.Corners))
}

// faint is the colour of reliefs that have none of their own.
var faint = color.NRGBA{0xEE, 0xEE, 0xEE, 255}

// shadow draws the shadow of a box. One that falls inwards is what is outside of
// the box, moved and made smaller.
func (b *brush) shadow(it *display.Item) {
	s := &b.page.Shadows[it.At]
	spread := s.Spread
	if s.Inner {
		spread = -spread
	}
	cast := s.Box.Inset(display.Sides{Top: -spread, Right: -spread, Bottom: -spread, Left: -spread})
	cast.X += s.X
	cast.Y += s.Y
	b.c.Shadow(ink.Shadow{
		Box: rect(cast), Corners: spreadCorners(s.Corners, spread), Blur: float64(s.Blur), Color: s.Colour, Inner: s.Inner,
		Hole: rect(s.Box), Round: corners(s.Corners),
	})
}

// spreadCorners makes round corners rounder, and leaves others as they are.
func spreadCorners(c display.Corners, by float32) ink.Corners {
	for i := range c {
		if c[i].X > 0 && c[i].Y > 0 {
			c[i].X, c[i].Y = max(0, c[i].X+by), max(0, c[i].Y+by)
		}
	}
	return corners(c)
}

func (b *brush) gradient(it *display.Item) {
	g := &b.page.Gradients[it.At]
	stops := make([]ink.Stop, len(g.Stops))
	turn := b.turnsGradient(g)
	for i, s := range g.Stops {
		stops[i] = ink.Stop{At: float64(s.At), Color: s.Colour}
		if turn {
			stops[i].Color = b.back(s.Colour)
		}
	}
	if g.Radial {
		b.c.FillRadial(rect(it.Rect), corners(g.Corners), ink.Radial{
			X: float64(g.X0), Y: float64(g.Y0), RX: float64(g.X1), RY: float64(g.Y1), Stops: stops, Repeat: g.Repeat})
		return
	}
	b.c.FillLinear(rect(it.Rect), corners(g.Corners), ink.Linear{
		X0: float64(g.X0), Y0: float64(g.Y0), X1: float64(g.X1), Y1: float64(g.Y1), Stops: stops, Repeat: g.Repeat})
}

func (b *brush) backdrop(it *display.Item) {
	d := &b.page.Backdrops[it.At]
	if img := b.picture(d.Source); img != nil {
		b.c.Tile(img, rect(d.Tile), rect(it.Rect), d.RepeatX, d.RepeatY, corners(d.Corners))
	}
}

func (b *brush) picture(source string) image.Image {
	if b.look.Picture == nil {
		return nil
	}
	return b.look.Picture(source)
}

func rect(r display.Rect) ink.Rect {
	return ink.Rect{X: float64(r.X), Y: float64(r.Y), W: float64(r.W), H: float64(r.H)}
}

func corners(c display.Corners) (out ink.Corners) {
	for i, r := range c {
		out[i] = ink.Radius{X: float64(r.X), Y: float64(r.Y)}
	}
	return out
}

package display

import (
	"image"
	"image/color"

	"postrider/mail/typeset"
	"postrider/mail/typeset/ink"
)

// Paint says how a page is drawn.
type Paint struct {
	// Picture gives a decoded picture by the mail's own reference, or nil if there
	// is none (yet); then its place is drawn. It is asked on the goroutine that
	// paints.
	Picture func(ref string) image.Image
	// Palette is nil for the sender's colours.
	Palette Palette
	// Library sets the few words that are not the mail's text: what a picture
	// shows, the label of a form's button. nil leaves them out.
	Library *typeset.Library
}

// Paint draws what of the page lies in a region. Regions may be painted by
// several goroutines, each with a canvas of its own.
func (p *Page) Paint(c *ink.Canvas, region Rect, o Paint) {
	w := painter{p: p, c: c, o: o, region: region}
	for i := range p.Items {
		it := &p.Items[i]
		if it.Rect.Overlaps(region) || it.Kind == Text && grown(it.Rect).Overlaps(region) {
			w.item(it)
		}
	}
	w.clipTo(0)
	c.Opacity(255)
}

// grown leaves room for letters that stand out of their box.
func grown(r Rect) Rect { return Rect{r.X - r.H, r.Y - r.H/2, r.W + 2*r.H, 2 * r.H} }

type painter struct {
	p      *Page
	c      *ink.Canvas
	o      Paint
	region Rect
	clip   int32
	pushed int
	runs   []typeset.GlyphRun
}

// clipTo changes the clip of the canvas. The rectangle of a clip is within
// those around it already; only round corners need them all.
func (w *painter) clipTo(clip int32) {
	if clip == w.clip {
		return
	}
	for ; w.pushed > 0; w.pushed-- {
		w.c.Unclip()
	}
	w.clip = clip
	for k := clip; k != 0; k = w.p.Clips[k].Parent {
		cl := &w.p.Clips[k]
		if k == clip || !cl.Corners.Zero() {
			w.c.Clip(box(cl.Rect), radii(cl.Corners))
			w.pushed++
		}
	}
}

func box(r Rect) ink.Rect {
	return ink.Rect{X: float64(r.X), Y: float64(r.Y), W: float64(r.W), H: float64(r.H)}
}

func radii(c Corners) (out ink.Corners) {
	for i := range c {
		out[i] = ink.Radius{X: float64(c[i].X), Y: float64(c[i].Y)}
	}
	return out
}

// ground is a colour of something that lies behind, as it is drawn.
func (w *painter) ground(c color.NRGBA) color.NRGBA {
	if w.o.Palette == nil {
		return c
	}
	return w.o.Palette.Ground(c)
}

func (w *painter) item(it *Item) {
	w.clipTo(it.Clip)
	w.c.Opacity(it.Opacity)
	switch it.Kind {
	case Fill:
		f := &w.p.Fills[it.At]
		w.c.Fill(box(it.Rect), radii(f.Corners), w.ground(f.Colour))
	case Border:
		w.border(&w.p.Borders[it.At], it.Rect)
	case Shadow:
		w.shadow(&w.p.Shadows[it.At])
	case Gradient:
		w.gradient(&w.p.Gradients[it.At], it.Rect)
	case Backdrop:
		w.backdrop(&w.p.Backdrops[it.At], it.Rect)
	case Image:
		w.image(&w.p.Images[it.At])
	case Text:
		w.text(it)
	case Control:
		w.control(&w.p.Controls[it.At], it.Rect)
	}
}

func (w *painter) border(b *BorderItem, r Rect) {
	var edges [4]ink.Edge
	for i, e := range b.Edges {
		edges[i] = ink.Edge{Width: float64(e.Width), Stroke: ink.Stroke(e.Stroke), Color: w.ground(e.Colour)}
	}
	w.c.Border(box(r), edges, radii(b.Corners))
}

func (w *painter) shadow(s *ShadowItem) {
	c := s.Colour
	if w.o.Palette != nil {
		c = color.NRGBA{0, 0, 0, c.A}
	}
	moved := Rect{s.Box.X + s.X, s.Box.Y + s.Y, s.Box.W, s.Box.H}
	spread := s.Spread
	if s.Inner {
		spread = -spread
	}
	moved = Rect{moved.X - spread, moved.Y - spread, max(0, moved.W+2*spread), max(0, moved.H+2*spread)}
	w.c.Shadow(ink.Shadow{
		Box: box(moved), Corners: radii(s.Corners.spread(spread)), Blur: float64(s.Blur), Color: c,
		Inner: s.Inner, Hole: box(s.Box), Round: radii(s.Corners),
	})
}

// spread are the corners of a box made larger; sharp ones stay sharp.
func (c Corners) spread(by float32) Corners {
	for i := range c {
		if c[i].X > 0 && c[i].Y > 0 {
			c[i].X, c[i].Y = max(0, c[i].X+by), max(0, c[i].Y+by)
		}
	}
	return c
}

func (w *painter) gradient(g *GradientItem, r Rect) {
	stops := make([]ink.Stop, len(g.Stops))
	for i, s := range g.Stops {
		stops[i] = ink.Stop{At: float64(s.At), Color: w.ground(s.Colour)}
	}
	if g.Radial {
		w.c.FillRadial(box(r), radii(g.Corners), ink.Radial{X: float64(g.X0), Y: float64(g.Y0), RX: float64(g.X1), RY: float64(g.Y1), Stops: stops, Repeat: g.Repeat})
		return
	}
	w.c.FillLinear(box(r), radii(g.Corners), ink.Linear{X0: float64(g.X0), Y0: float64(g.Y0), X1: float64(g.X1), Y1: float64(g.Y1), Stops: stops, Repeat: g.Repeat})
}

func (w *painter) picture(ref string) image.Image {
	if w.o.Picture == nil || ref == "" {
		return nil
	}
	return w.o.Picture(ref)
}

func (w *painter) backdrop(b *BackdropItem, r Rect) {
	img := w.picture(b.Source)
	if img == nil {
		return
	}
	tile := b.Tile
	if size := img.Bounds(); tile.Empty() {
		tile.W, tile.H = float32(size.Dx()), float32(size.Dy())
	}
	w.c.Tile(img, box(tile), box(r), b.RepeatX, b.RepeatY, radii(b.Corners))
}

// text draws the words of a run, their lines and their shadows.
func (w *painter) text(it *Item) {
	r := &w.p.Runs[it.At]
	s := &w.p.Styles[r.Style]
	colour := s.Colour
	ground := w.p.Canvas
	if w.o.Palette != nil {
		ground = w.p.groundOf(it)
		colour = w.o.Palette.Text(colour, ground)
	}
	w.runs = w.runs[:0]
	for i := range r.Words {
		if v := &r.Words[i]; !v.Space && !v.Shape.Zero() {
			w.runs = v.Shape.Runs(w.runs, s.Size, s.LetterSpacing, float64(v.X), float64(r.Baseline), v.RTL)
		}
	}
	for i := len(s.Shadows) - 1; i >= 0 && w.o.Palette == nil; i-- {
		sh := &s.Shadows[i]
		for k := range w.runs {
			w.c.Text(&w.runs[k], float64(sh.X), float64(sh.Y), faded(sh.Colour, sh.Blur))
		}
	}
	w.line(r, s.Under, colour, s, ground)
	w.line(r, s.Over, colour, s, ground)
	for k := range w.runs {
		w.c.Text(&w.runs[k], 0, 0, colour)
	}
	w.line(r, s.Through, colour, s, ground)
}

// faded stands for a blur that is not drawn: the more, the fainter.
func faded(c color.NRGBA, blur float32) color.NRGBA {
	c.A = uint8(float32(c.A) / (1 + blur/2))
	return c
}

func (w *painter) line(r *Run, l TextLine, text color.NRGBA, s *TextStyle, ground color.NRGBA) {
	if l.Stroke == None {
		return
	}
	c := l.Colour
	if c == s.Colour {
		c = text
	} else if w.o.Palette != nil {
		c = w.o.Palette.Text(c, ground)
	}
	w.c.Rule(float64(r.Rect.X), float64(r.Baseline+l.Y), float64(r.Rect.W), float64(l.Thickness), ink.Stroke(l.Stroke), c)
}

// groundOf is the colour behind a text: that of the last box drawn before it
// around its middle.
func (p *Page) groundOf(text *Item) color.NRGBA {
	x, y := text.Rect.X+text.Rect.W/2, text.Rect.Y+text.Rect.H/2
	g := p.Canvas
	for i := range p.Items {
		it := &p.Items[i]
		if it == text {
			break
		}
		if it.Kind != Fill && it.Kind != Gradient || !it.Rect.Contains(x, y) || !p.Clips[it.Clip].shows(it.Clip, x, y) {
			continue
		}
		if it.Kind == Gradient {
			if s := p.Gradients[it.At].Stops; s[0].Colour.A == 255 {
				g = s[0].Colour
			}
			continue
		}
		if c := p.Fills[it.At].Colour; c.A > 128 {
			g = c
		}
	}
	return g
}

package display

import (
	"image/color"
	"strings"

	"postrider/mail/typeset"
	"postrider/mail/typeset/ink"
)

// image draws a picture, or its place.
func (w *painter) image(im *ImageItem) {
	switch im.Tag {
	case "input", "select", "textarea":
		if im.Source == "" {
			w.field(im)
			return
		}
	case "svg":
		if im.Source == "" {
			return
		}
	}
	if im.Content.W < 2 && im.Content.H < 2 && im.Missing {
		return
	}
	img := w.picture(im.Source)
	if img == nil {
		if im.Source != "" || strings.TrimSpace(im.Alt) != "" {
			w.place(im)
		}
		return
	}
	clipped := !im.Corners.Zero() || im.Draw != im.Content
	if clipped {
		w.c.Clip(box(im.Content), radii(im.Corners))
	}
	if w.o.Palette != nil && !opaque(img) {
		w.c.Fill(box(im.Draw), radii(im.Corners), plate)
	}
	w.c.Image(img, box(im.Draw))
	if clipped {
		w.c.Unclip()
	}
}

// plate lies behind pictures with transparent parts on a dark page: most were
// drawn for white paper.
var plate = color.NRGBA{0xe8, 0xe8, 0xea, 255}

// opaque reports whether a picture hides what is behind it.
func opaque(img interface{}) bool {
	o, ok := img.(interface{ Opaque() bool })
	return ok && o.Opaque()
}

var (
	placeFill = color.NRGBA{0x80, 0x80, 0x88, 0x1c}
	placeEdge = color.NRGBA{0x80, 0x80, 0x88, 0x60}
	placeText = color.NRGBA{0x5c, 0x5c, 0x64, 255}
)

// place draws where a picture would be, with what its sender says about it.
func (w *painter) place(im *ImageItem) {
	r := im.Content
	if r.W < 3 || r.H < 3 {
		return
	}
	w.c.Fill(box(r), radii(im.Corners), placeFill)
	edge := ink.Edge{Width: 1, Stroke: ink.Solid, Color: placeEdge}
	w.c.Border(box(r), [4]ink.Edge{edge, edge, edge, edge}, radii(im.Corners))
	alt := strings.Join(strings.Fields(im.Alt), " ")
	if alt == "" || r.H < 14 || r.W < 24 {
		return
	}
	c := placeText
	if w.o.Palette != nil {
		c = w.o.Palette.Text(c, color.NRGBA{255, 255, 255, 255})
	}
	w.c.Clip(box(r), ink.Corners{})
	w.words(alt, typeset.Style{Families: "sans-serif", Size: 12}, float64(r.X)+6, float64(r.Y)+float64(r.H)/2, float64(r.W)-12, c)
	w.c.Unclip()
}

// words draws a short text in one line about the height y.
func (w *painter) words(text string, s typeset.Style, x, y, width float64, c color.NRGBA) {
	if w.o.Library == nil || width <= 0 {
		return
	}
	line := w.o.Library.Line(text, s, typeset.LineOptions{Max: width})
	base := y + (line.Ascent-line.Descent)/2
	for i := range line.Runs {
		w.c.Text(&line.Runs[i], x, base, c)
	}
}

// field draws a form's field, which does nothing here.
func (w *painter) field(im *ImageItem) {
	r := im.Content
	edge := ink.Edge{Width: 1, Stroke: ink.Solid, Color: w.ground(color.NRGBA{0x90, 0x90, 0x98, 255})}
	w.c.Border(box(r), [4]ink.Edge{edge, edge, edge, edge}, ink.Round(2))
	if im.Label == "" || int(im.LabelStyle) >= len(w.p.Styles) {
		return
	}
	s := &w.p.Styles[im.LabelStyle]
	c := s.Colour
	if w.o.Palette != nil {
		c = w.o.Palette.Text(c, w.p.Canvas)
	}
	style := typeset.Style{Families: s.Family, Size: s.Size, Weight: s.Weight, Italic: s.Italic}
	w.words(im.Label, style, float64(r.X)+3, float64(r.Y)+float64(r.H)/2, float64(r.W)-4, c)
}

// control draws the button that stands for quoted history: three dots.
func (w *painter) control(k *ControlItem, r Rect) {
	ground := w.ground(color.NRGBA{0xe2, 0xe4, 0xe8, 255})
	w.c.Fill(box(r), ink.Round(float64(r.H)/2), ground)
	dot := color.NRGBA{0x5f, 0x63, 0x68, 255}
	if w.o.Palette != nil {
		dot = w.o.Palette.Text(dot, color.NRGBA{0xe2, 0xe4, 0xe8, 255})
	}
	const size = 3.4
	for i := -1; i <= 1; i++ {
		x := float64(r.X) + float64(r.W)/2 + float64(i)*7 - size/2
		y := float64(r.Y) + float64(r.H)/2 - size/2
		w.c.Fill(ink.Rect{X: x, Y: y, W: size, H: size}, ink.Round(size/2), dot)
	}
}

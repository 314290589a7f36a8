package paint

import (
	"math"

	"postrider/mail/html/display"
	"postrider/mail/typeset"
	"postrider/mail/typeset/ink"
)

// image draws a picture, or its place.
func (b *brush) image(it *display.Item, index int) {
	m := &b.page.Images[it.At]
	if m.Label != "" {
		b.field(m, index)
		return
	}
	if m.Source == "" {
		return
	}
	img := b.picture(m.Source)
	if img == nil || m.Missing {
		b.place(m)
		return
	}
	b.c.Clip(rect(m.Content), corners(m.Corners))
	defer b.c.Unclip()
	draw := m.Draw
	if draw.Empty() {
		draw = m.Content
	}
	if b.turn != nil && mayBeClear(img) {
		b.c.Fill(rect(draw), ink.Round(4), plate)
	}
	b.c.Image(img, rect(draw))
}

// least is the size in px from which the place of a picture is shown: smaller
// ones are spacers, and those that count openings.
const least = 12

// place draws where a picture would be. One that is on its way is a quiet plate;
// one that is not to be had says what it shows.
func (b *brush) place(m *display.ImageItem) {
	r := m.Content
	if r.W < least || r.H < least {
		return
	}
	round := corners(m.Corners)
	if m.Corners.Zero() {
		round = ink.Round(4)
	}
	b.c.Fill(rect(r), round, b.look.Plate)
	edge := ink.Edge{Width: 1, Stroke: ink.Solid, Color: b.look.Line}
	b.c.Border(rect(r), [4]ink.Edge{edge, edge, edge, edge}, round)
	words := rect(r)
	said := m.Missing && m.Alt != "" && b.look.Library != nil
	if m.Missing && b.sign(r, said) && said {
		words.Y, words.H = words.Y+words.H/2, min(words.H/2, 36)
	}
	if said {
		b.alt(m.Alt, words)
	}
}

// The size in px of the sign of a picture that is not there, and of the places
// that have room for it, alone and with words below.
const (
	signSize  = 18
	signRoom  = 30
	signWords = 84
)

// sign draws it in the middle of a place, or of its upper half. It reports
// whether there was room.
func (b *brush) sign(r display.Rect, said bool) bool {
	if b.look.Sign == nil || r.W < signRoom || r.H < signRoom || said && r.H < signWords {
		return false
	}
	scale := b.c.Scale()
	pixels := int(math.Round(signSize * scale))
	size := float64(pixels) / scale
	x, y := float64(r.X+r.W/2)-size/2, float64(r.Y+r.H/2)-size/2
	if said {
		y = float64(r.Y+r.H/2) - size - 2
	}
	b.c.Image(b.look.Sign(pixels), ink.Rect{X: x, Y: y, W: size, H: size})
	return true
}

// alt writes what a missing picture shows, in as many lines as there is room for.
func (b *brush) alt(text string, r ink.Rect) {
	pad := min(8, r.W/8)
	style := typeset.Style{Families: "Inter", Size: min(12, r.H-4)}
	p := b.look.Library.Paragraph([]typeset.Text{{Text: text, Style: style}}, typeset.Options{
		Width: r.W - 2*pad, BreakWords: true, Align: typeset.Center, LineHeight: 16, MaxLines: max(1, int((r.H-4)/16)),
	})
	y := r.Y + (r.H-p.Height)/2
	for i := range p.Lines {
		line := &p.Lines[i]
		for k := range line.Runs {
			b.c.Text(&line.Runs[k], r.X+pad, y+line.Baseline(), b.look.Ink)
		}
	}
}

// field draws the words of a form field: it is only shown, and sends nothing.
func (b *brush) field(m *display.ImageItem, index int) {
	if b.look.Library == nil || int(m.LabelStyle) >= len(b.page.Styles) || m.LabelStyle < 0 {
		return
	}
	s := &b.page.Styles[m.LabelStyle]
	style := typeset.Style{Families: s.Family, Size: s.Size, Weight: s.Weight, Italic: s.Italic, LetterSpacing: s.LetterSpacing}
	line := b.look.Library.Line(m.Label, style, typeset.LineOptions{})
	r := rect(m.Content)
	x := r.X
	if m.Tag == "button" || line.Width < r.W && m.Tag == "submit" {
		x += (r.W - line.Width) / 2
	}
	b.c.Clip(r, ink.Corners{})
	b.write(line, x, r, b.letters(s.Colour, index))
	b.c.Unclip()
}

// control draws the button that unfolds what was quoted.
func (b *brush) control(it *display.Item) {
	r := it.Rect
	b.c.Fill(rect(r), ink.Round(min(6, float64(r.H)/2)), b.look.Plate)
	const d, apart = 2.5, 4
	x, y := float64(r.X)+display.ControlText/2, float64(r.Y+r.H/2)
	for _, k := range []float64{-1, 0, 1} {
		b.c.Fill(ink.Rect{X: x + k*apart - d/2, Y: y - d/2, W: d, H: d}, ink.Round(d/2), b.look.Ink)
	}
	if b.look.Library != nil {
		line := b.look.Library.Line(b.page.Controls[it.At].Label, display.ControlStyle(), typeset.LineOptions{})
		b.write(line, float64(r.X)+display.ControlText, rect(r), b.look.Ink)
	}
}

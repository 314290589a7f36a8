package display

import (
	"encoding/json"
	"fmt"
	"image/color"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Dump is the page as data: what a reader would see, and where. It is what the
// layout is compared by with that of browsers. Lengths are px with one decimal,
// colours #rrggbb or #rrggbbaa.
type Dump struct {
	Version int         `json:"pld"`
	Width   float64     `json:"w"`
	Height  decimal     `json:"h"`
	Content decimal     `json:"cw"`
	Mode    string      `json:"mode"`
	Canvas  string      `json:"canvas"`
	Styles  []dumpStyle `json:"styles"`
	Runs    []dumpRun   `json:"runs"`
	Boxes   []dumpBox   `json:"boxes"`
	Images  []dumpImage `json:"images"`
	Links   []dumpLink  `json:"links"`
	Source  DumpSource  `json:"src"`
}

// DumpSource says what was laid out, and by whom.
type DumpSource struct {
	File     string             `json:"file"`
	SHA1     string             `json:"sha1,omitempty"`
	By       string             `json:"by"`
	Pictures string             `json:"images"`
	Time     map[string]float64 `json:"ms,omitempty"`
}

type dumpStyle struct {
	Size   float64 `json:"size"`
	Weight int     `json:"weight"`
	Color  string  `json:"color"`
	Italic bool    `json:"italic,omitempty"`
	Deco   string  `json:"deco,omitempty"`
	Family string  `json:"family,omitempty"`
}

type dumpRun struct {
	Text      string    `json:"t"`
	Rect      []decimal `json:"r"`
	Style     int       `json:"s"`
	Words     []decimal `json:"wx,omitempty"`
	Link      *int      `json:"a,omitempty"`
	Generated bool      `json:"gen,omitempty"`
}

type dumpBox struct {
	Rect    []decimal `json:"r"`
	Fill    string    `json:"bg,omitempty"`
	Picture string    `json:"bi,omitempty"`
	Border  []decimal `json:"bw,omitempty"`
	Colours []string  `json:"bc,omitempty"`
	Radius  decimal   `json:"rad,omitempty"`
}

type dumpImage struct {
	Tag     string    `json:"tag"`
	Rect    []decimal `json:"r"`
	Source  string    `json:"src,omitempty"`
	Natural []decimal `json:"nat,omitempty"`
	Link    *int      `json:"a,omitempty"`
}

type dumpLink struct {
	Target string      `json:"href"`
	Rects  [][]decimal `json:"r"`
}

// decimal is a number with one decimal.
type decimal float64

func (d decimal) MarshalJSON() ([]byte, error) {
	v := math.Round(float64(d)*10) / 10
	if math.IsNaN(v) || math.IsInf(v, 0) {
		v = 0
	}
	return strconv.AppendFloat(make([]byte, 0, 8), v, 'f', -1, 64), nil
}

// Write writes the dump as JSON.
func (d *Dump) Write(w io.Writer) error { return json.NewEncoder(w).Encode(d) }

// Dump makes the dump of a page.
func (p *Page) Dump() *Dump {
	d := &Dump{
		Version: 1, Width: float64(p.Width), Height: decimal(p.Height), Content: decimal(p.ContentWidth), Mode: "standards", Canvas: hex(p.Canvas, 255),
		Styles: []dumpStyle{}, Runs: []dumpRun{}, Boxes: []dumpBox{}, Images: []dumpImage{}, Links: []dumpLink{},
	}
	w := dumper{p: p, d: d, styles: map[dumpStyle]int{}, links: make([]int, len(p.Links))}
	w.dumpLinks()
	w.items()
	return d
}

type dumper struct {
	p      *Page
	d      *Dump
	styles map[dumpStyle]int
	links  []int // of each link, its index in the dump or -1

	lastNode int32
	trimmed  int32 // the node whose border was cut off last
	trim     Sides
}

func (w *dumper) dumpLinks() {
	for i, l := range w.p.Links {
		w.links[i] = -1
		if len(l.Rects) == 0 {
			continue
		}
		w.links[i] = len(w.d.Links)
		out := dumpLink{Target: short(strings.TrimSpace(l.Target))}
		for _, r := range l.Rects {
			out.Rects = append(out.Rects, numbers(r))
		}
		w.d.Links = append(w.d.Links, out)
	}
}

func (w *dumper) link(i int32) *int {
	if i < 0 || w.links[i] < 0 {
		return nil
	}
	return &w.links[i]
}

// items goes over the list. Text is written in the order of the mail.
func (w *dumper) items() {
	clip := make([]int32, len(w.p.Runs))
	opacity := make([]uint8, len(w.p.Runs))
	drawn := make([]bool, len(w.p.Runs))
	for i := range w.p.Items {
		it := &w.p.Items[i]
		switch it.Kind {
		case Fill, Border, Backdrop, Gradient:
			w.box(it)
		case Image:
			w.image(it)
		case Text:
			clip[it.At], opacity[it.At], drawn[it.At] = it.Clip, it.Opacity, true
		}
	}
	for i := range w.p.Runs {
		if drawn[i] {
			w.run(&w.p.Runs[i], clip[i], opacity[i])
		}
	}
}

// box writes a background or a border; those of one element are one box.
func (w *dumper) box(it *Item) {
	r := w.p.clipped(it.Rect, it.Clip)
	if r.W < 0.5 || r.H < 0.5 {
		return
	}
	b := dumpBox{Rect: numbers(r)}
	var corners Corners
	switch it.Kind {
	case Fill:
		f := &w.p.Fills[it.At]
		if f.Canvas {
			return
		}
		b.Fill, corners = hex(f.Colour, it.Opacity), f.Corners
	case Border:
		f := &w.p.Borders[it.At]
		edges := f.Edges
		if f.Asked != nil {
			edges, b.Rect = *f.Asked, numbers(w.p.clipped(f.Box, it.Clip))
		}
		if edges == [4]Edge{} {
			return
		}
		for _, e := range edges {
			b.Border = append(b.Border, decimal(e.Width))
			b.Colours = append(b.Colours, hex(e.Colour, it.Opacity))
		}
		if c := b.Colours; c[0] == c[1] && c[1] == c[2] && c[2] == c[3] {
			b.Colours = c[:1]
		}
		corners = f.Corners
		if f.Clips {
			w.cutOff(b, it, edges)
			return
		}
	case Backdrop:
		if w.p.Backdrops[it.At].Canvas {
			return
		}
		b.Picture, corners = short(w.p.Backdrops[it.At].Source), w.p.Backdrops[it.At].Corners
	case Gradient:
		if w.p.Gradients[it.At].Canvas {
			return
		}
		b.Picture, corners = gradientName(w.p.Gradients[it.At].Source), w.p.Gradients[it.At].Corners
	}
	b.Radius = decimal(corners[0].X)
	w.merge(b, it)
}

// cutOff writes a box that clips: without its border, and not at all if nothing
// is left.
func (w *dumper) cutOff(b dumpBox, it *Item, edges [4]Edge) {
	w.merge(b, it)
	n := len(w.d.Boxes) - 1
	w.trimmed, w.trim = it.Node, Sides{Top: edges[0].Width, Right: edges[1].Width, Bottom: edges[2].Width, Left: edges[3].Width}
	r := w.p.clipped(it.Rect.Inset(w.trim), it.Clip)
	if r.W < 0.5 || r.H < 0.5 {
		w.d.Boxes, w.lastNode = w.d.Boxes[:n], -1
		return
	}
	w.d.Boxes[n].Rect = numbers(r)
}

// merge adds a border or picture to the background that the same element has
// just before.
func (w *dumper) merge(b dumpBox, it *Item) {
	if n := len(w.d.Boxes); n > 0 && it.Kind != Fill {
		last := &w.d.Boxes[n-1]
		if w.lastNode == it.Node && sameRect(last.Rect, b.Rect) {
			if b.Border != nil {
				last.Border, last.Colours = b.Border, b.Colours
			}
			if b.Picture != "" {
				last.Picture = b.Picture
			}
			return
		}
	}
	w.lastNode = it.Node
	w.d.Boxes = append(w.d.Boxes, b)
}

func sameRect(a, b []decimal) bool {
	for i := range a {
		if math.Abs(float64(a[i]-b[i])) > 0.05 {
			return false
		}
	}
	return true
}

// gradientName is a gradient without what is in its parentheses.
func gradientName(source string) string {
	if i := strings.IndexByte(source, '('); i >= 0 {
		return source[:i]
	}
	return "linear-gradient"
}

func (w *dumper) image(it *Item) {
	whole := it.Rect
	if w.trimmed == it.Node && w.trim != (Sides{}) {
		whole = whole.Inset(w.trim)
	}
	r := w.p.clipped(whole, it.Clip)
	if r.W < 1 || r.H < 1 || r.W*r.H < 0.05*it.Rect.W*it.Rect.H {
		return
	}
	im := &w.p.Images[it.At]
	out := dumpImage{Tag: im.Tag, Rect: numbers(r), Link: w.link(im.Link)}
	if im.Tag == "img" {
		out.Source = short(im.Source)
	}
	if im.NaturalW > 0 {
		out.Natural = []decimal{decimal(im.NaturalW), decimal(im.NaturalH)}
	}
	w.d.Images = append(w.d.Images, out)
}

// run writes the words of a run that can be seen.
func (w *dumper) run(r *Run, clip int32, opacity uint8) {
	style := &w.p.Styles[r.Style]
	if opacity < 5 || style.Size < 2 || r.Rect.H < 2 || r.Window {
		return
	}
	var words []dumpWord
	for _, word := range splitWords(r) {
		box := Rect{word.x, r.Rect.Y, word.w, r.Rect.H}
		c := w.p.clipped(box, clip)
		if word.w <= 0.05 || c.W*c.H < 0.3*box.W*box.H || box.Right() <= 0 || box.Bottom() <= 0 {
			continue
		}
		words = append(words, word)
	}
	if len(words) == 0 {
		return
	}
	left, right := words[0].x, words[0].x+words[0].w
	texts := make([]string, len(words))
	for i, word := range words {
		left, right = min(left, word.x), max(right, word.x+word.w)
		texts[i] = word.text
	}
	out := dumpRun{
		Text: strings.Join(texts, " "), Rect: numbers(Rect{left, r.Rect.Y, right - left, r.Rect.H}),
		Style: w.style(style, opacity), Link: w.link(r.Link), Generated: r.Generated,
	}
	if len(words) > 1 {
		for _, word := range words {
			out.Words = append(out.Words, decimal(word.x-left), decimal(word.w))
		}
	}
	w.d.Runs = append(w.d.Runs, out)
}

func (w *dumper) style(s *TextStyle, opacity uint8) int {
	d := dumpStyle{Size: math.Round(s.Size*100) / 100, Weight: s.Weight, Color: hex(s.Colour, opacity), Italic: s.Italic, Family: short(s.Family)}
	if s.Under.Stroke != None {
		d.Deco += "u"
	}
	if s.Through.Stroke != None {
		d.Deco += "s"
	}
	i, ok := w.styles[d]
	if !ok {
		i = len(w.d.Styles)
		w.styles[d] = i
		w.d.Styles = append(w.d.Styles, d)
	}
	return i
}

// dumpWord is a word as the dump counts them.
type dumpWord struct {
	text string
	x, w float32
}

// splitWords cuts a run at white space, and every Chinese or Japanese character
// is a word. What was set in parts without a space between is one.
func splitWords(r *Run) []dumpWord {
	var out []dumpWord
	var text strings.Builder // of the last word, if it may go on
	end := func() {
		if n := len(out); n > 0 && text.Len() > 0 {
			out[n-1].text = text.String()
			text.Reset()
		}
	}
	open := false
	add := func(part string, left, right float32, alone bool) {
		if open && !alone && len(out) > 0 {
			last := &out[len(out)-1]
			x0, x1 := min(last.x, left), max(last.x+last.w, right)
			last.x, last.w = x0, x1-x0
			if text.Len() == 0 {
				text.WriteString(last.text)
			}
			text.WriteString(part)
		} else {
			end()
			out = append(out, dumpWord{part, left, right - left})
		}
		open = !alone
	}
	for i := range r.Words {
		w := &r.Words[i]
		if w.Space {
			open = false
			continue
		}
		if plain(w.Text) {
			add(w.Text, w.X, w.X+w.W, false)
			continue
		}
		base := w.From
		r.edges(w, func(from, to int, left, right float32) {
			text := w.Text[from-base : to-base]
			c, _ := utf8.DecodeRuneInString(text)
			switch {
			case unicode.IsSpace(c) || c >= 0x2000 && c <= 0x200A:
				open = false
			default:
				if text = visible(text); text != "" {
					add(text, left, right, ideograph(c))
				}
			}
		})
	}
	end()
	return out
}

// plain reports whether a text is one word for sure.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0xC2 && s[i] != 0xC3 {
			return false
		}
	}
	return true
}

func ideograph(r rune) bool {
	return r >= 0x3040 && r <= 0x30ff || r >= 0x3400 && r <= 0x4dbf || r >= 0x4e00 && r <= 0x9fff || r >= 0xf900 && r <= 0xfaff
}

// visible takes out what has no shape: joiners, marks of direction and the like.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 0xAD, r == 0x34F, r == 0x61C, r == 0x115F, r == 0x1160, r == 0x17B4, r == 0x17B5, r == 0x180E, r == 0xFEFF:
			return -1
		case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2064, r >= 0x206A && r <= 0x206F:
			return -1
		}
		return r
	}, s)
}

// clipped is what is left of a rectangle.
func (p *Page) clipped(r Rect, clip int32) Rect {
	if clip == 0 {
		return r
	}
	return r.Intersect(p.Clips[clip].Rect)
}

func numbers(r Rect) []decimal {
	return []decimal{decimal(r.X), decimal(r.Y), decimal(r.W), decimal(r.H)}
}

func hex(c color.NRGBA, opacity uint8) string {
	a := int(c.A) * int(opacity) / 255
	if a < 255 {
		return fmt.Sprintf("#%02x%02x%02x%02x", c.R, c.G, c.B, a)
	}
	return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
}

// short is what the dump keeps of addresses.
func short(s string) string {
	if len(s) <= 300 {
		return s
	}
	n := 0
	for i := range s {
		if n == 300 {
			return s[:i]
		}
		n++
	}
	return s
}

package display

import (
	"cmp"
	"image/color"
	"slices"
	"strings"
)

// Page is a laid-out mail. It does not change after [Page.Seal].
type Page struct {
	Width        float32 // of the pane it was laid out for
	ContentWidth float32 // of what is in it: larger if one has to scroll sideways
	Height       float32
	Canvas       color.NRGBA
	Partial      bool // the mail was too large, or took too long: the end is missing

	Items     []Item // in the order of drawing
	Clips     []Clip // the first is none
	Fills     []FillItem
	Borders   []BorderItem
	Shadows   []ShadowItem
	Gradients []GradientItem
	Backdrops []BackdropItem
	Images    []ImageItem
	Runs      []Run // in document order once sealed
	Controls  []ControlItem
	Styles    []TextStyle
	Links     []Link // in document order

	text string
	rows []band // runs by height, for hit testing
}

// Text is what a person reads on the page, in the order of the mail: words with
// a space between, cells with a tab, blocks and lines with a line end.
func (p *Page) Text() string { return p.text }

// Seal puts the text together once all items are there.
func (p *Page) Seal() {
	order := make([]int32, len(p.Runs))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int {
		x, y := &p.Runs[a], &p.Runs[b]
		if c := cmp.Compare(x.Node, y.Node); c != 0 {
			return c
		}
		return 0
	})
	runs := make([]Run, len(order))
	place := make([]int32, len(order))
	for i, k := range order {
		runs[i], place[k] = p.Runs[k], int32(i)
		if i > 0 && k != order[i-1]+1 {
			runs[i].Gap = max(runs[i].Gap, LineGap) // what was drawn before it is elsewhere in the mail
		}
		if i > 0 && runs[i-1].Joins && runs[i-1].Node == runs[i].Node {
			runs[i].Gap = NoGap
		}
	}
	p.Runs = runs
	for i := range p.Items {
		if p.Items[i].Kind == Text {
			p.Items[i].At = place[p.Items[i].At]
		}
	}
	p.write()
	p.index()
}

// write makes the text, and tells each word its part of it.
func (p *Page) write() {
	var b strings.Builder
	spaced := false // a space was the last thing
	for i := range p.Runs {
		r := &p.Runs[i]
		if n := b.Len(); n > 0 && !(r.Gap == SpaceGap && b.String()[n-1] == ' ') { // a line may end in a space of its own
			if r.Gap != SpaceGap || !spaced {
				b.WriteString(r.Gap.text())
			}
			spaced = spaced && r.Gap == NoGap || r.Gap == SpaceGap
		}
		r.From = b.Len()
		for k := range r.Words {
			w := &r.Words[k]
			w.From = b.Len()
			if !spaced || k > 0 || !w.Space {
				b.WriteString(w.read())
			}
			w.To = b.Len()
			spaced = w.Space && w.Text == " "
		}
		r.To = b.Len()
	}
	p.text = b.String()
}

// read is a word as it is copied and searched.
func (w *Word) read() string {
	if w.Hyphen {
		return strings.TrimSuffix(w.Text, "-")
	}
	return w.Text
}

func (g Gap) text() string {
	switch g {
	case SpaceGap:
		return " "
	case CellGap:
		return "\t"
	case LineGap:
		return "\n"
	}
	return ""
}

// OnCanvas reports whether an item lies behind everything, over the whole page.
func (p *Page) OnCanvas(it *Item) bool {
	switch it.Kind {
	case Fill:
		return p.Fills[it.At].Canvas
	case Backdrop:
		return p.Backdrops[it.At].Canvas
	case Gradient:
		return p.Gradients[it.At].Canvas
	}
	return false
}

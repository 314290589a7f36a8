package css

import "golang.org/x/net/html/atom"

// finish settles what depends on more than one property, and interns the
// style.
func (c *cascade) finish(w *work, tag atom.Atom) *Style {
	if w.lineFactor >= 0 {
		w.LineHeight = w.lineFactor * w.Size
	}
	for i := range w.Border {
		e := &w.Border[i]
		e.Faint = e.Color == currentColor && e.Style >= Groove && e.Style <= Outset && !inTables(tag)
		e.Color = w.ink(value{color: e.Color}, w.Color)
		if e.Style == NoLine || e.Style == HiddenLine {
			e.Width = 0
		}
	}
	w.Background = w.ink(value{color: w.Background}, w.Color)
	w.blockify()
	w.decorate()
	if tag == atom.Table && w.Align >= AlignBlockLeft {
		w.Align = AlignStart
	}
	w.scrolls()
	if w.Transform != nil && len(w.Transform.Steps) == 0 {
		w.Transform = nil
	}
	if w.layers.images != nil {
		w.Layers = c.layersOf(w)
	}
	return c.intern(&w.Style)
}

// blockify makes blocks of what floats, is placed, or lies in a flex or grid
// box (CSS Display 3, 2.7).
func (w *work) blockify() {
	if w.Position == Absolute || w.Position == Fixed {
		w.Float = FloatNone
	}
	item := false
	switch w.parent.Display {
	case Flex, InlineFlex, Grid, InlineGrid:
		item = true
		w.Float = FloatNone
	}
	if w.Float == FloatNone && w.Position != Absolute && w.Position != Fixed && !item && w.parent != &initial {
		return
	}
	switch w.Display {
	case Inline, InlineBlock, RowGroup, HeaderGroup, FooterGroup, Row, Cell, Column, ColumnGroup, Caption:
		w.Display = Block
	case InlineTable:
		w.Display = Table
	case InlineFlex:
		w.Display = Flex
	case InlineGrid:
		w.Display = Grid
	}
}

// decorate adds the element's own lines to those of the elements around it,
// which stop at what is a box of its own in a line (CSS Text Decoration 3, 2).
func (w *work) decorate() {
	alone := w.Float != FloatNone || w.Position == Absolute || w.Position == Fixed
	switch w.Display {
	case InlineBlock, InlineTable, InlineFlex, InlineGrid:
		alone = true
	}
	if alone {
		w.Deco = Decoration{}
	}
	if w.decoLines == 0 {
		return
	}
	line := TextLine{Style: w.decoStyle, Color: w.ink(value{color: w.decoColor}, w.Color), Thickness: w.decoThick}
	if w.decoLines&underline != 0 {
		w.Deco.Under = line
	}
	if w.decoLines&overline != 0 {
		w.Deco.Over = line
	}
	if w.decoLines&lineThrough != 0 {
		w.Deco.Through = line
	}
}

// scrolls: who cuts one direction cannot leave the other one be.
func (w *work) scrolls() {
	cuts := func(o Overflow) bool { return o != OverflowVisible && o != OverflowClip }
	if cuts(w.OverflowX) && w.OverflowY == OverflowVisible {
		w.OverflowY = OverflowAuto
	}
	if cuts(w.OverflowY) && w.OverflowX == OverflowVisible {
		w.OverflowX = OverflowAuto
	}
}

// layersOf puts the lists of background properties together; the same lists
// give the same layers.
func (c *cascade) layersOf(w *work) *Layers {
	key := w.layers
	key.em, key.root, key.color = w.size, w.root, w.Color
	if l, ok := c.layers[key]; ok {
		return l
	}
	out := &Layers{}
	at := func(list *[]value, i int, usual value) value {
		if list == nil || len(*list) == 0 {
			return usual
		}
		return (*list)[i%len(*list)]
	}
	for i, image := range *key.images {
		l := Layer{
			X: w.length(at(key.x, i, value{kind: vPercent})), Y: w.length(at(key.y, i, value{kind: vPercent})),
			Origin: Area(at(key.origin, i, wordValue(PaddingArea)).word), Clip: Area(at(key.clip, i, wordValue(BorderArea)).word),
		}
		repeat := at(key.repeat, i, value{}).word
		l.RepeatX, l.RepeatY = Repeat(repeat&15), Repeat(repeat>>4)
		size := at(key.size, i, wordValue(SizeAuto))
		if two, ok := size.ref.(*twoLengths); ok {
			l.Size, l.Width, l.Height = SizeSet, w.length(two.x), w.length(two.y)
		} else {
			l.Size = LayerSize(size.word)
		}
		switch ref := image.ref.(type) {
		case string:
			l.Ref = ref
		case *gradient:
			l.Gradient = w.gradient(ref)
		default:
			continue // none
		}
		out.List = append(out.List, l)
	}
	if len(out.List) == 0 {
		out = nil
	}
	if c.layers == nil {
		c.layers = map[layerKey]*Layers{}
	}
	c.layers[key] = out
	return out
}

// inTables reports the elements whose relief is in the colour it is said to be.
func inTables(tag atom.Atom) bool {
	switch tag {
	case atom.Table, atom.Td, atom.Th, atom.Tr, atom.Tbody, atom.Thead, atom.Tfoot:
		return true
	}
	return false
}

// gradient computes the lengths and colours of a gradient.
func (w *work) gradient(g *gradient) *Gradient {
	out := g.out
	out.X, out.Y = w.length(g.x), w.length(g.y)
	out.RadiusX, out.RadiusY = w.length(g.radiusX), w.length(g.radiusY)
	out.Stops = make([]Stop, len(g.stops))
	for i, s := range g.stops {
		out.Stops[i] = Stop{w.ink(value{color: s.color}, w.Color), w.length(s.at)}
	}
	return &out
}

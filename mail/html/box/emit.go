package box

import (
	"image/color"
	"slices"

	"postrider/mail/html"
	"postrider/mail/html/css"
	"postrider/mail/html/display"
)

// emitter writes laid-out boxes as a display list, in the order of CSS 2.1
// appendix E: backgrounds, floats, lines, and what is positioned.
type emitter struct {
	l        *layouter
	doc      *html.Document
	styles   *css.Styles
	pictures Pictures
	page     *display.Page
	clip     int32
	opacity  float32
	links    map[html.ID]int32 // of anchors
	anchor   []int32           // of nodes: its link + 1, -1 none, 0 not known yet
	looks    map[*css.Style]int32
	canvas   html.ID // the element whose background is the page's
	gap      display.Gap
	runs     runMaker
	layers   []layer
	folded   func(html.ID) bool
	right    float64
	bottom   float64
	depth    int
	inlines  []inlineLook // of the inline boxes that are open
}

// inlineLook is what an inline box does to all in it.
type inlineLook struct {
	dx, dy  float64
	opacity float32
}

// layer is a positioned box, which is drawn after what is not.
type layer struct {
	box     *Box
	x, y    float64
	clip    int32
	opacity float32
	z       int32
}

// emit writes the page of a laid-out document.
func (l *layouter) emit(root *Box, o Options) *display.Page {
	e := &emitter{
		l: l, doc: l.doc, styles: l.styles, pictures: o.Pictures, opacity: 1, folded: o.Folded,
		page:   &display.Page{Width: float32(o.Width), Clips: make([]display.Clip, 1), Canvas: color.NRGBA{255, 255, 255, 255}},
		links:  map[html.ID]int32{},
		anchor: make([]int32, l.doc.Len()),
		looks:  map[*css.Style]int32{},
	}
	e.page.Clips[0].Rect = display.Rect{X: -1e9, Y: -1e9, W: 2e9, H: 2e9}
	e.findLinks()
	e.findCanvas(o.Width)
	e.context(root, root.x, root.y)
	e.bottom = max(e.bottom, root.y+root.h)
	p := e.page
	p.Partial = l.stopped || l.cut || e.doc.Cut || e.bottom > tallest
	p.Height = float32(min(e.bottom, tallest))
	if p.Partial && o.Folded != nil {
		e.missing()
	}
	p.ContentWidth = float32(min(max(o.Width, e.right), widestPage))
	for i := range p.Items {
		if it := &p.Items[i]; p.OnCanvas(it) {
			it.Rect = display.Rect{W: p.ContentWidth, H: p.Height}
		}
	}
	p.Seal()
	return p
}

// The bounds of a page.
const (
	surfacesAtMost = 50_000 // items, from which on only text is added
	tallest        = 200_000
	widestPage     = 20_000
)

// findLinks lists the anchors of the document in its order.
func (e *emitter) findLinks() {
	for id := html.ID(0); int(id) < e.doc.Len(); id++ {
		n := e.doc.Node(id)
		if n.Kind != html.Element || n.Data != "a" && n.Data != "area" {
			continue
		}
		if href, ok := e.doc.Attr(id, "href"); ok {
			e.links[id] = int32(len(e.page.Links))
			e.page.Links = append(e.page.Links, display.Link{Target: href, Title: e.doc.Get(id, "title"), Node: int32(id)})
		}
	}
}

// linkOf is the link that a node is in, or -1.
func (e *emitter) linkOf(id html.ID) int32 {
	if id < 0 || int(id) >= len(e.anchor) {
		return -1
	}
	if a := e.anchor[id]; a != 0 {
		return max(a-1, -1)
	}
	link, ok := e.links[id]
	if !ok {
		link = e.linkOf(e.doc.Node(id).Parent)
	}
	e.anchor[id] = link + 1
	if link < 0 {
		e.anchor[id] = -1
	}
	return link
}

// findCanvas gives the page the background of the root element, or of the body
// if that has none (CSS 2.1 14.2).
func (e *emitter) findCanvas(width float64) {
	e.canvas = html.None
	for _, id := range []html.ID{html.Root, e.doc.Body()} {
		s := e.styles.Of(id)
		if s == nil || s.Background.A == 0 && s.Layers == nil {
			continue
		}
		e.canvas = id
		if s.Background.A > 0 {
			e.page.Canvas = over(nrgba(s.Background), e.page.Canvas)
		}
		break
	}
	e.page.Fills = append(e.page.Fills, display.FillItem{Colour: e.page.Canvas, Canvas: true})
	e.page.Items = append(e.page.Items, display.Item{Kind: display.Fill, Rect: display.Rect{W: float32(width)}, Opacity: 255})
}

// over is a colour laid over an opaque one.
func over(c, below color.NRGBA) color.NRGBA {
	mix := func(a, b uint8) uint8 { return uint8((int(a)*int(c.A) + int(b)*(255-int(c.A)) + 127) / 255) }
	return color.NRGBA{mix(c.R, below.R), mix(c.G, below.G), mix(c.B, below.B), 255}
}

func nrgba(c css.Color) color.NRGBA { return color.NRGBA(c) }

// context draws a box and all that is in it, as one thing among others.
func (e *emitter) context(b *Box, x, y float64) {
	if e.unseen(b.style) || e.depth > 2*deepest {
		return
	}
	e.depth++
	clip, opacity, layers := e.clip, e.opacity, e.layers
	e.layers = nil
	e.opacity *= b.style.Opacity
	e.decorate(b, x, y)
	e.enter(b, x, y)
	e.collect(b, x, y)
	slices.SortStableFunc(e.layers, func(a, c layer) int { return int(a.z) - int(c.z) })
	own := e.layers
	for _, k := range own {
		if k.z < 0 {
			e.layer(k)
		}
	}
	e.backgrounds(b, x, y)
	e.floats(b, x, y)
	e.content(b, x, y)
	for _, k := range own {
		if k.z >= 0 {
			e.layer(k)
		}
	}
	e.clip, e.opacity, e.layers = clip, opacity, layers
	e.depth--
}

func (e *emitter) layer(k layer) {
	clip, opacity := e.clip, e.opacity
	e.clip, e.opacity = k.clip, k.opacity
	e.context(k.box, k.x, k.y)
	e.clip, e.opacity = clip, opacity
}

// unseen reports whether nothing in a box can be seen.
func (e *emitter) unseen(s *css.Style) bool {
	return s.Clipped || s.Opacity*e.opacity < 0.02
}

// lifted reports whether a box is drawn after what is not positioned.
func lifted(b *Box) bool {
	s := b.style
	return s.Position != css.Static || s.Opacity < 1 || s.Transform != nil
}

// at is where a child is drawn.
func (e *emitter) at(b, k *Box, x, y float64) (float64, float64) {
	dx, dy := e.moved(k, b.w, b.h)
	return x + k.x + dx, y + k.y + dy + b.lower
}

// moved is how far position: relative and transform move a box.
func (e *emitter) moved(k *Box, cw, ch float64) (dx, dy float64) {
	s := k.style
	if s.Position == css.Relative {
		dx, dy = relative(s, cw, ch)
	}
	if s.Transform != nil {
		tx, ty := translation(s.Transform, k.w, k.h)
		dx, dy = dx+tx, dy+ty
	}
	return dx, dy
}

// relative is the offset of position: relative (CSS 2.1 9.4.3).
func relative(s *css.Style, cw, ch float64) (dx, dy float64) {
	switch left, right := s.Inset[css.Left], s.Inset[css.Right]; {
	case left.IsSet() && (!right.IsSet() || !s.RTL):
		dx = left.Of(cw)
	case right.IsSet():
		dx = -right.Of(cw)
	}
	switch top, bottom := s.Inset[css.Top], s.Inset[css.Bottom]; {
	case top.IsSet() && !top.HasPercent():
		dy = top.Of(ch)
	case bottom.IsSet() && !bottom.HasPercent() && !top.IsSet():
		dy = -bottom.Of(ch)
	}
	return dx, dy
}

// translation is the part of a transform that moves the centre of a box.
func translation(t *css.Transform, w, h float64) (dx, dy float64) {
	for _, s := range t.Steps {
		dx += s.X.Of(w)
		dy += s.Y.Of(h)
	}
	return dx, dy
}

// enter clips what follows to a box that hides what stands out of it.
func (e *emitter) enter(b *Box, x, y float64) {
	s := b.style
	if !clips(s.OverflowX) && !clips(s.OverflowY) || b.node == html.Root || b.node == e.doc.Body() || b.kind == replacedBox || b.kind == rowBox || b.kind == sectionBox {
		return
	}
	r := rect(x, y, b.w, b.h).Inset(display.Sides{
		Top: float32(b.border(css.Top)), Right: float32(b.border(css.Right)), Bottom: float32(b.border(css.Bottom)), Left: float32(b.border(css.Left)),
	})
	c := e.corners(b, b.w, b.h)
	if e.clip != 0 {
		r = r.Intersect(e.page.Clips[e.clip].Rect)
	}
	e.page.Clips = append(e.page.Clips, display.Clip{Rect: r, Corners: c, Parent: e.clip})
	e.clip = int32(len(e.page.Clips) - 1)
}

func rect(x, y, w, h float64) display.Rect {
	return display.Rect{X: float32(x), Y: float32(y), W: float32(w), H: float32(h)}
}

// collect finds the positioned boxes in a context.
func (e *emitter) collect(b *Box, x, y float64) {
	clip, opacity := e.clip, e.opacity
	e.each(b, func(k *Box) {
		kx, ky := e.at(b, k, x, y)
		if lifted(k) {
			e.lift(k, kx, ky)
			return
		}
		if k.atom || k.floating() || e.unseen(k.style) {
			return // a context of its own
		}
		e.enter(k, kx, ky)
		e.collect(k, kx, ky)
		e.clip, e.opacity = clip, opacity
	})
	for _, k := range b.away {
		kx, ky := x+k.x, y+k.y
		if t := k.style.Transform; t != nil {
			dx, dy := translation(t, k.w, k.h)
			kx, ky = kx+dx, ky+dy
		}
		e.lift(k, kx, ky)
	}
}

func (e *emitter) lift(k *Box, x, y float64) {
	z := int32(0)
	if !k.style.ZAuto {
		z = k.style.Z
	}
	e.layers = append(e.layers, layer{box: k, x: x, y: y, clip: e.clip, opacity: e.opacity, z: z})
}

// each calls f for the boxes directly in b that are in the flow or float.
func (e *emitter) each(b *Box, f func(*Box)) {
	if b.table != nil {
		for _, c := range b.table.captions {
			f(c)
		}
	}
	for _, k := range b.kids {
		if !k.absolute() {
			f(k)
		}
	}
	if b.flow == nil {
		return
	}
	for i := range b.flow.pieces {
		if p := &b.flow.pieces[i]; p.box != nil && p.kind != awayPiece {
			f(p.box)
		}
	}
}

// backgrounds draws those of blocks in the flow.
func (e *emitter) backgrounds(b *Box, x, y float64) {
	clip := e.clip
	for _, k := range e.blocks(b) {
		kx, ky := e.at(b, k, x, y)
		if lifted(k) || k.floating() || e.unseen(k.style) {
			continue
		}
		e.decorate(k, kx, ky)
		e.enter(k, kx, ky)
		e.backgrounds(k, kx, ky)
		e.clip = clip
	}
}

// blocks are the block-level children in the flow.
func (e *emitter) blocks(b *Box) []*Box {
	if b.table == nil || len(b.table.captions) == 0 {
		return b.kids
	}
	return append(slices.Clone(b.table.captions), b.kids...)
}

// floats draws them, each as a context of its own.
func (e *emitter) floats(b *Box, x, y float64) {
	clip := e.clip
	e.each(b, func(k *Box) {
		kx, ky := e.at(b, k, x, y)
		switch {
		case lifted(k) || e.unseen(k.style):
		case k.floating():
			gap := e.gap
			e.gap = display.LineGap
			e.context(k, kx, ky)
			e.gap = max(gap, display.LineGap)
		case !k.atom:
			e.enter(k, kx, ky)
			e.floats(k, kx, ky)
			e.clip = clip
		}
	})
}

// content draws the lines, and pictures that are blocks.
func (e *emitter) content(b *Box, x, y float64) {
	e.begin(b)
	switch {
	case b.kind == replacedBox:
		e.replaced(b, x, y)
	case b.kind == controlBox:
		e.control(b, x, y)
	}
	if b.marker != "" {
		e.marker(b, x, y)
	}
	if b.flow != nil {
		e.lines(b, x, y+b.lower)
	}
	clip := e.clip
	for _, k := range e.blocks(b) {
		if k.absolute() || k.floating() || lifted(k) || e.unseen(k.style) {
			continue
		}
		kx, ky := e.at(b, k, x, y)
		e.enter(k, kx, ky)
		e.content(k, kx, ky)
		e.clip = clip
	}
	e.gap = max(e.gap, display.LineGap)
}

// begin notes what separates a box from the text before it.
func (e *emitter) begin(b *Box) {
	gap := display.LineGap
	if b.kind == cellBox && b.columnAt > 0 {
		gap = display.CellGap
		if e.gap == display.LineGap {
			e.gap = display.NoGap // the cell before ended
		}
	}
	if b.atom {
		gap = display.NoGap
	}
	e.gap = max(e.gap, gap)
}

// add appends an item.
func (e *emitter) add(k display.Kind, at int, r display.Rect, node html.ID) {
	if k != display.Text && k != display.Control && len(e.page.Items) > surfacesAtMost {
		e.l.cut = true
		return
	}
	e.page.Items = append(e.page.Items, display.Item{
		Kind: k, At: int32(at), Rect: r, Clip: e.clip, Node: int32(node), Opacity: uint8(e.opacity*255 + 0.5),
	})
	if k == display.Text {
		r = withoutHanging(r, e.page.Runs[at].Words)
	}
	e.reach(r)
}

// withoutHanging leaves spaces out at the end of what a run covers: where they
// are kept they hang out of the line (CSS Text 3, 4.1.3), and nobody scrolls to
// see them.
func withoutHanging(r display.Rect, words []display.Word) display.Rect {
	right := r.X
	for _, w := range words {
		if !w.Space {
			right = max(right, w.X+w.W)
		}
	}
	r.W = min(r.W, right-r.X)
	return r
}

// reach makes the page large enough for something on it.
func (e *emitter) reach(r display.Rect) {
	if e.clip != 0 {
		r = r.Intersect(e.page.Clips[e.clip].Rect)
		if r.Empty() {
			return
		}
	}
	e.right = max(e.right, float64(r.Right()))
	e.bottom = max(e.bottom, float64(r.Bottom()))
}

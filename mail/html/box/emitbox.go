package box

import (
	"postrider/mail/html"
	"postrider/mail/html/css"
	"postrider/mail/html/display"
)

// decorate draws the shadows, background and border of a box.
func (e *emitter) decorate(b *Box, x, y float64) {
	s := b.style
	e.linkBox(b, x, y)
	if s.Visibility != css.Visible || b.kind == controlBox || !painted(b) {
		return
	}
	top, h := 0.0, b.h
	if b.table != nil {
		top, h = b.table.top, b.table.height
	}
	if b.kind == cellBox && s.HideEmpty && !b.parent.parent.parent.style.Collapse && b.flow != nil && len(b.flow.lines) == 0 {
		return
	}
	r := rect(x, y+top, b.w, h)
	if b.joined == nil && b.kind != rowBox && b.kind != sectionBox {
		e.surface(b.node, s, r, e.corners(b, b.w, h), s.Border, true, false)
		return
	}
	var inner [4]css.Edge
	if b.joined != nil {
		inner = *b.joined
	}
	e.surface(b.node, s, r, display.Corners{}, inner, true, true)
	e.sharedBorder(b, r)
}

// sharedBorder draws the lines that a cell shares with its neighbours: each is
// drawn once, about the edge between two cells, by the cell before it. Rows,
// sections and the table itself leave theirs to the cells.
func (e *emitter) sharedBorder(b *Box, r display.Rect) {
	asked := sidesOf(b.style.Border)
	item := display.BorderItem{Asked: &asked, Box: r}
	if b.kind == cellBox {
		drawn := *b.joined
		if b.rowAt > 0 {
			drawn[css.Top].Width = 0
		}
		if b.columnAt > 0 {
			drawn[css.Left].Width = 0
		}
		r = r.Inset(display.Sides{Top: -drawn[css.Top].Width, Right: -drawn[css.Right].Width, Bottom: -drawn[css.Bottom].Width, Left: -drawn[css.Left].Width})
		for i := range drawn {
			drawn[i].Width *= 2
		}
		item.Edges = sidesOf(drawn)
	}
	if asked == [4]display.Edge{} && item.Edges == [4]display.Edge{} {
		return
	}
	e.page.Borders = append(e.page.Borders, item)
	e.add(display.Border, len(e.page.Borders)-1, r, b.node)
}

// sidesOf are the sides of a border that can be seen.
func sidesOf(style [4]css.Edge) (out [4]display.Edge) {
	for i, edge := range style {
		if edge.Width > 0 && edge.Style != css.NoLine && edge.Style != css.HiddenLine && edge.Color.A > 2 {
			out[i] = display.Edge{Width: edge.Width, Stroke: stroke(edge.Style), Colour: nrgba(edge.Color), Faint: edge.Faint}
		}
	}
	return out
}

// painted is a quick look at whether there is anything to draw.
func painted(b *Box) bool {
	s := b.style
	if s.Background.A > 0 || s.Layers != nil || s.Shadows != nil || b.joined != nil {
		return true
	}
	for _, edge := range s.Border {
		if edge.Width > 0 {
			return true
		}
	}
	return false
}

// surface draws one rectangle with all that a style puts on it.
func (e *emitter) surface(node html.ID, s *css.Style, r display.Rect, c display.Corners, edges [4]css.Edge, whole, shared bool) {
	e.shadows(node, s, r, c, false)
	onCanvas := node == e.canvas && whole
	if s.Background.A > 0 && !onCanvas && r.W > 0 && r.H > 0 {
		e.page.Fills = append(e.page.Fills, display.FillItem{Colour: nrgba(s.Background), Corners: c})
		e.add(display.Fill, len(e.page.Fills)-1, r, node)
	}
	if s.Layers != nil && r.W > 0 && r.H > 0 {
		e.backdrops(node, s, r, c, edges)
	}
	e.shadows(node, s, r, c, true)
	if !shared {
		e.border(node, s, r, c, edges)
	}
}

func (e *emitter) border(node html.ID, s *css.Style, r display.Rect, c display.Corners, edges [4]css.Edge) {
	item := display.BorderItem{Corners: c, Edges: sidesOf(edges), Clips: clips(s.OverflowX) && s.Display != css.Inline}
	if item.Edges == [4]display.Edge{} {
		return
	}
	e.page.Borders = append(e.page.Borders, item)
	e.add(display.Border, len(e.page.Borders)-1, r, node)
}

func stroke(s css.LineStyle) display.Stroke {
	switch s {
	case css.Solid:
		return display.Solid
	case css.Dashed:
		return display.Dashed
	case css.Dotted:
		return display.Dotted
	case css.Double:
		return display.Double
	case css.Groove:
		return display.Groove
	case css.Ridge:
		return display.Ridge
	case css.Inset:
		return display.Inset
	case css.Outset:
		return display.Outset
	case css.Wavy:
		return display.Wavy
	}
	return display.None
}

// corners are the radii of a box of a size.
func (e *emitter) corners(b *Box, w, h float64) display.Corners {
	if b.joined != nil {
		return display.Corners{}
	}
	return corners(b.style, w, h)
}

func corners(s *css.Style, w, h float64) (c display.Corners) {
	for i, r := range s.Radius {
		if zeroLength(r.X) && zeroLength(r.Y) {
			continue
		}
		c[i].X, c[i].Y = float32(max(0, r.X.Of(w))), float32(max(0, r.Y.Of(h)))
	}
	return c
}

func (e *emitter) shadows(node html.ID, s *css.Style, r display.Rect, c display.Corners, inner bool) {
	if s.Shadows == nil {
		return
	}
	for i := len(s.Shadows.List) - 1; i >= 0; i-- {
		sh := s.Shadows.List[i]
		if sh.Inset != inner || sh.Color.A == 0 {
			continue
		}
		e.page.Shadows = append(e.page.Shadows, display.ShadowItem{
			Box: r, X: sh.X, Y: sh.Y, Blur: sh.Blur, Spread: sh.Spread, Colour: nrgba(sh.Color), Corners: c, Inner: inner,
		})
		room := sh.Blur*1.5 + max(0, sh.Spread)
		cover := display.Rect{X: r.X + sh.X - room, Y: r.Y + sh.Y - room, W: r.W + 2*room, H: r.H + 2*room}
		if inner {
			cover = r
		}
		e.page.Items = append(e.page.Items, display.Item{
			Kind: display.Shadow, At: int32(len(e.page.Shadows) - 1), Rect: cover, Clip: e.clip, Node: int32(node), Opacity: uint8(e.opacity*255 + 0.5),
		})
	}
}

// backdrops draws background pictures and gradients, the last one first.
func (e *emitter) backdrops(node html.ID, s *css.Style, r display.Rect, c display.Corners, edges [4]css.Edge) {
	for i := len(s.Layers.List) - 1; i >= 0; i-- {
		layer := &s.Layers.List[i]
		area := e.area(s, layer.Origin, r, edges)
		clip := e.area(s, layer.Clip, r, edges)
		if layer.Clip == css.TextArea || clip.Empty() {
			continue
		}
		if layer.Gradient != nil {
			e.gradient(node, layer, area, clip, c)
			continue
		}
		if layer.Ref != "" {
			e.backdrop(node, layer, area, clip, c)
		}
	}
}

// area is the rectangle of a box that a keyword names.
func (e *emitter) area(s *css.Style, a css.Area, r display.Rect, edges [4]css.Edge) display.Rect {
	if a == css.BorderArea || a == css.TextArea {
		return r
	}
	sides := display.Sides{Top: edges[css.Top].Width, Right: edges[css.Right].Width, Bottom: edges[css.Bottom].Width, Left: edges[css.Left].Width}
	if a == css.ContentArea {
		w := float64(r.W)
		sides.Top += float32(s.Padding[css.Top].Of(w))
		sides.Right += float32(s.Padding[css.Right].Of(w))
		sides.Bottom += float32(s.Padding[css.Bottom].Of(w))
		sides.Left += float32(s.Padding[css.Left].Of(w))
	}
	return r.Inset(sides)
}

func (e *emitter) backdrop(node html.ID, layer *css.Layer, area, clip display.Rect, c display.Corners) {
	var w, h float64
	if e.pictures != nil {
		var state html.State
		if w, h, state = e.pictures.Size(layer.Ref); state != html.Ready {
			w, h = 0, 0
		}
	}
	tile := tileOf(layer, area, w, h)
	e.page.Backdrops = append(e.page.Backdrops, display.BackdropItem{
		Source: layer.Ref, Tile: tile, Canvas: node == e.canvas, RepeatX: layer.RepeatX != css.RepeatOff, RepeatY: layer.RepeatY != css.RepeatOff, Corners: c,
	})
	e.add(display.Backdrop, len(e.page.Backdrops)-1, clip, node)
}

// tileOf is the size and place of a background picture of a size of its own
// (CSS Backgrounds 3, 3.6 and 3.9).
func tileOf(layer *css.Layer, area display.Rect, w, h float64) display.Rect {
	aw, ah := float64(area.W), float64(area.H)
	switch layer.Size {
	case css.SizeCover, css.SizeContain:
		if w > 0 && h > 0 {
			k := max(aw/w, ah/h)
			if layer.Size == css.SizeContain {
				k = min(aw/w, ah/h)
			}
			w, h = w*k, h*k
		}
	case css.SizeSet:
		setW, setH := layer.Width.IsSet(), layer.Height.IsSet()
		ow, oh := w, h
		if setW {
			w = layer.Width.Of(aw)
		}
		if setH {
			h = layer.Height.Of(ah)
		}
		if setW && !setH && ow > 0 {
			h = oh * w / ow
		}
		if setH && !setW && oh > 0 {
			w = ow * h / oh
		}
	}
	return rect(float64(area.X)+layer.X.Of(aw-w), float64(area.Y)+layer.Y.Of(ah-h), w, h)
}

// linkBox makes the box of an anchor clickable.
func (e *emitter) linkBox(b *Box, x, y float64) {
	if b.style.Visibility != css.Visible || b.kind == replacedBox {
		return
	}
	for _, id := range [2]html.ID{b.node, b.anchor} {
		if link, ok := e.links[id]; ok && (id == b.anchor || e.styles.Of(id) == b.style) {
			e.linkRect(link, rect(x, y, b.w, b.h))
		}
	}
}

func (e *emitter) linkRect(link int32, r display.Rect) {
	if e.clip != 0 {
		r = r.Intersect(e.page.Clips[e.clip].Rect)
	}
	if r.W > 0.5 && r.H > 0.5 {
		l := &e.page.Links[link]
		l.Rects = append(l.Rects, r)
	}
}

// replaced draws a picture or a form field.
func (e *emitter) replaced(b *Box, x, y float64) {
	s := b.style
	if s.Visibility != css.Visible {
		return
	}
	r := b.repl
	outer := rect(x, y, b.w, b.h)
	content := outer.Inset(display.Sides{
		Top: float32(b.edge(css.Top, b.w)), Right: float32(b.edge(css.Right, b.w)), Bottom: float32(b.edge(css.Bottom, b.w)), Left: float32(b.edge(css.Left, b.w)),
	})
	item := display.ImageItem{
		Tag: r.tag, Source: r.ref, Alt: r.alt, Missing: r.state != html.Ready, Link: e.linkOf(b.node),
		Content: content, Draw: fit(s, content, r), Corners: e.corners(b, b.w, b.h), Label: r.label,
	}
	if r.state == html.Ready {
		item.NaturalW, item.NaturalH = float32(r.w), float32(r.h)
	}
	item.LabelStyle = e.look(s)
	e.page.Images = append(e.page.Images, item)
	e.add(display.Image, len(e.page.Images)-1, outer, b.node)
	if item.Link >= 0 {
		e.linkRect(item.Link, outer)
	}
}

// fit is object-fit: where the whole picture goes.
func fit(s *css.Style, c display.Rect, r *replaced) display.Rect {
	if s.Fit == css.FitFill || r.w <= 0 || r.h <= 0 || r.state != html.Ready {
		return c
	}
	w, h := r.w, r.h
	contain := min(float64(c.W)/w, float64(c.H)/h)
	k := 1.0
	switch s.Fit {
	case css.FitContain:
		k = contain
	case css.FitCover:
		k = max(float64(c.W)/w, float64(c.H)/h)
	case css.FitScaleDown:
		k = min(1, contain)
	}
	w, h = w*k, h*k
	return rect(float64(c.X)+s.FitX.Of(float64(c.W)-w), float64(c.Y)+s.FitY.Of(float64(c.H)-h), w, h)
}

// control draws the button of quoted history.
func (e *emitter) control(b *Box, x, y float64) {
	e.page.Controls = append(e.page.Controls, display.ControlItem{ID: int32(b.node), Folded: e.folded != nil && e.folded(b.node)})
	e.add(display.Control, len(e.page.Controls)-1, rect(x, y, b.w, b.h), b.node)
}

package box

import (
	"strings"

	"golang.org/x/net/html/atom"

	"postrider/mail/html"
	"postrider/mail/html/css"
)

// Pictures knows the sizes of the pictures that a mail refers to. It must
// answer at once, from memory, and may be asked from several goroutines.
type Pictures interface {
	// Size is a picture's own size in px. It counts only with the state Ready.
	Size(ref string) (w, h float64, state html.State)
}

// replaced is what is drawn in a box whose content is not text.
type replaced struct {
	tag     string
	ref     string
	alt     string
	state   html.State
	w, h    float64 // its own size; 0: none
	ratio   float64 // width by height; 0: none
	baseful bool    // a form field: it stands on the baseline of its text
	tick    bool    // a check box or a radio button: it stands on its lower edge
	label   string  // the text in a form field
}

// isReplaced reports whether an element's box has content of its own. An image
// that nobody could fetch is one, too: its place stays.
func (b *builder) isReplaced(id html.ID) bool {
	switch b.doc.Node(id).Tag {
	case atom.Img, atom.Input, atom.Select, atom.Textarea, atom.Svg, atom.Iframe, atom.Object, atom.Video, atom.Canvas, atom.Embed, atom.Meter, atom.Progress:
		return true
	}
	return false
}

func (b *builder) replacedOf(id html.ID, s *css.Style) *replaced {
	n := b.doc.Node(id)
	switch n.Tag {
	case atom.Img:
		r := b.picture("img", strings.TrimSpace(b.doc.Get(id, "src")))
		r.alt = b.doc.Get(id, "alt")
		r.stand(s)
		return r
	case atom.Svg:
		return b.drawing(id)
	case atom.Input:
		return b.input(id, s)
	case atom.Select:
		return &replaced{tag: "select", w: b.widestOption(id, s), h: field(s) + 2, baseful: true, label: b.chosen(id)}
	case atom.Textarea:
		cols, rows := b.number(id, "cols", 20), b.number(id, "rows", 2)
		return &replaced{tag: "textarea", w: cols*digit(s) + scrollBar, h: rows * field(s)}
	}
	return &replaced{tag: n.Data, w: 300, h: 150}
}

// picture asks for the size of one.
func (b *builder) picture(tag, ref string) *replaced {
	r := &replaced{tag: tag, ref: ref}
	if ref == "" || b.pictures == nil {
		return r
	}
	r.w, r.h, r.state = b.pictures.Size(ref)
	if r.state != html.Ready {
		r.w, r.h = 0, 0
	}
	if r.w > 0 && r.h > 0 {
		r.ratio = r.w / r.h
	}
	return r
}

// The size of the place of a picture that is not there, where the mail gives
// none.
const (
	placeWidth  = 120
	placeHeight = 60
	smallPlace  = 16
)

// stand gives a picture that is not there the room for a sign and its words.
func (r *replaced) stand(s *css.Style) {
	if r.state == html.Ready || r.ref == "" {
		return
	}
	r.w, r.h = smallPlace, smallPlace
	if r.state != html.Missing || strings.TrimSpace(r.alt) != "" {
		r.w, r.h = placeWidth, placeHeight
	}
	if s.Width.IsSet() && s.Height.IsSet() {
		return
	}
	r.ratio = r.w / r.h
	if s.Width.IsSet() && !s.Width.HasPercent() && s.Width.Px > placeWidth {
		r.ratio = 0 // as wide as the mail says, but no higher than it has to be
	}
}

func (b *builder) drawing(id html.ID) *replaced {
	r := &replaced{tag: "svg", w: 300, h: 150}
	box := strings.FieldsFunc(b.doc.Get(id, "viewbox"), func(c rune) bool { return c == ' ' || c == ',' })
	w, h := b.number(id, "width", 0), b.number(id, "height", 0)
	if len(box) == 4 {
		if vw, vh := leadingNumber(box[2]), leadingNumber(box[3]); vw > 0 && vh > 0 {
			r.ratio = vw / vh
		}
	}
	switch {
	case w > 0 && h > 0:
		r.w, r.h = w, h
	case w > 0 && r.ratio > 0:
		r.w, r.h = w, w/r.ratio
	case h > 0 && r.ratio > 0:
		r.w, r.h = h*r.ratio, h
	}
	return r
}

// number is an attribute's leading number, or otherwise.
func (b *builder) number(id html.ID, key string, otherwise float64) float64 {
	v := strings.TrimSpace(b.doc.Get(id, key))
	if n := leadingNumber(v); n > 0 && !strings.HasSuffix(v, "%") {
		return min(n, 1e5)
	}
	return otherwise
}

func leadingNumber(s string) float64 {
	v, point := 0.0, 0.0
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9' && point == 0:
			v = v*10 + float64(c-'0')
		case c >= '0' && c <= '9':
			v += float64(c-'0') * point
			point /= 10
		case c == '.' && point == 0:
			point = 0.1
		default:
			return v
		}
		if v > 1e7 {
			return 1e7
		}
	}
	return v
}

// sizing is what decides about the content size of a replaced box.
type sizing struct {
	w, h       float64 // as the mail gives it, else its own
	setW, setH bool    // the mail gives it
	minW, maxW float64
	minH, maxH float64
	ratio      float64 // width by height; 0: none
}

// size is the content size of a replaced box (CSS 2.1 10.3.2, 10.4, 10.6.2). cw
// and ch are the containing block's; below 0 they are not known yet.
func (b *Box) size(cw, ch float64) (w, h float64) {
	z := b.sizing(cw, ch)
	switch {
	case z.setW && !z.setH && z.ratio > 0:
		z.h = z.w / z.ratio
	case z.setH && !z.setW && z.ratio > 0:
		z.w = z.h * z.ratio
	}
	if !z.setW && !z.setH && z.ratio > 0 {
		return fitRatio(z.w, z.h, z.minW, z.maxW, z.minH, z.maxH)
	}
	w = min(max(z.w, z.minW), z.maxW)
	if !z.setH && z.ratio > 0 && w != z.w {
		z.h = w / z.ratio
	}
	h = min(max(z.h, z.minH), z.maxH)
	if !z.setW && z.ratio > 0 && h != z.h {
		w = min(max(h*z.ratio, z.minW), z.maxW)
	}
	return w, h
}

func (b *Box) sizing(cw, ch float64) sizing {
	s, r := b.style, b.repl
	if ch < 0 {
		ch = b.cellHeight()
	}
	z := sizing{w: r.w, h: r.h, setW: definite(s.Width, cw), setH: definite(s.Height, ch), maxW: unbounded, maxH: unbounded, ratio: r.ratio}
	if s.Ratio > 0 && r.state != html.Ready {
		z.ratio = float64(s.Ratio)
	}
	dx, dy := 0.0, 0.0
	if s.BorderBox {
		dx, dy = b.across(max(cw, 0)), b.along(max(cw, 0))
	}
	set := func(to *float64, l css.Length, base, edges float64) {
		if definite(l, base) {
			*to = max(0, l.Of(base)-edges)
		}
	}
	set(&z.w, s.Width, cw, dx)
	set(&z.h, s.Height, ch, dy)
	set(&z.minW, s.MinWidth, cw, dx)
	set(&z.maxW, s.MaxWidth, cw, dx)
	set(&z.minH, s.MinHeight, ch, dy)
	set(&z.maxH, s.MaxHeight, ch, dy)
	z.maxW, z.maxH = max(z.maxW, z.minW), max(z.maxH, z.minH)
	return z
}

// cellHeight is the height that the mail gives the cell in whose lines a
// picture stands, which percentages are of from the beginning: or unknown.
func (b *Box) cellHeight() float64 {
	p := b.parent
	for p != nil && p.kind == blockBox && p.parent != nil && p.node == p.parent.node { // anonymous
		p = p.parent
	}
	if p == nil || p.kind != cellBox || !definite(p.style.Height, unknown) || p.style.Height.Px <= 0 {
		return unknown
	}
	return max(0, p.heightIn(p.style.Height, unknown, 0)-p.along(0))
}

const unbounded = 1e9

// fitRatio is the table of CSS 2.1 10.4: a picture keeps its ratio where its
// bounds allow.
func fitRatio(w, h, minW, maxW, minH, maxH float64) (float64, float64) {
	if w <= 0 || h <= 0 {
		return min(max(w, minW), maxW), min(max(h, minH), maxH)
	}
	switch {
	case w > maxW && h > maxH:
		if maxW/w <= maxH/h {
			return maxW, max(minH, maxW*h/w)
		}
		return max(minW, maxH*w/h), maxH
	case w < minW && h < minH:
		if minW/w <= minH/h {
			return min(maxW, minH*w/h), minH
		}
		return minW, min(maxH, minW*h/w)
	case w < minW && h > maxH:
		return minW, maxH
	case w > maxW && h < minH:
		return maxW, minH
	case w > maxW:
		return maxW, max(maxW*h/w, minH)
	case w < minW:
		return minW, min(minW*h/w, maxH)
	case h > maxH:
		return max(maxH*w/h, minW), maxH
	case h < minH:
		return min(minH*w/h, maxW), minH
	}
	return w, h
}

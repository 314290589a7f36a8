package box

import (
	"postrider/mail/html"
	"postrider/mail/html/css"
)

// kind says how a box lays out what is in it.
type kind uint8

const (
	blockBox    kind = iota // a block container: blocks, or lines
	tableBox                // kids are its sections
	sectionBox              // kids are rows
	rowBox                  // kids are cells
	cellBox                 // a block container
	replacedBox             // a picture or a form field
	flexBox                 // kids are items
	controlBox              // a button of the reader's own
)

// Box is a node of the box tree. Its place is that of its border box, within
// the border box of its parent, in px.
type Box struct {
	style  *css.Style
	node   html.ID
	anchor html.ID    // the link that a block stands in, if the link is an inline box
	around *css.Style // that of the inline box a block stands in, or nil
	kind   kind
	atom   bool // it stands on a line, like a letter
	hangs  bool // of a float: it begins where the next block does
	parent *Box
	kids   []*Box
	flow   *flow // its lines, if its content is inline
	table  *table
	repl   *replaced
	marker string
	joined *[4]css.Edge // borders it shares with its neighbours, if they collapse

	x, y, w, h float64
	first      float64 // the first baseline, from the top; none if below 0
	last       float64 // the last one
	away       []*Box  // absolutely placed boxes whose containing block it is

	min, max float64 // border-box widths, between the widest word and the widest line
	inner    float64 // min without regard to the width that the mail gives
	measured bool

	top, bottom strut // margins, with those that collapse into them
	through     bool  // they all collapse into one
	margined    bool

	forced           float64 // its height, as what is around it decided; 0: not known
	awayAt           int     // its place among those that wait, plus 1
	columnAt, rowAt  int32   // of cells
	colspan, rowspan int32
	content          float64 // height of a cell's content, before its row stretches it
	lower            float64 // of a cell: how far its content is moved down
	laidIn           float64 // of a box on a line: the width it was laid out for
	laidAt           int     // and in which pass
}

// noBaseline is the baseline of boxes without text.
const noBaseline = -1

// border is the width of a border.
func (b *Box) border(side css.Side) float64 {
	if b.joined != nil {
		return float64(b.joined[side].Width)
	}
	return float64(b.style.Border[side].Width)
}

// edge is a border's width and padding; percentages are of cw, the width of
// the containing block.
func (b *Box) edge(side css.Side, cw float64) float64 {
	if b.kind == tableBox && b.style.Collapse {
		return b.border(side)
	}
	if b.kind == rowBox || b.kind == sectionBox {
		return 0
	}
	return b.border(side) + snap(max(0, b.style.Padding[side].Of(cw)))
}

// across is the sum of the left and right edges, along that of top and bottom.
func (b *Box) across(cw float64) float64 { return b.edge(css.Left, cw) + b.edge(css.Right, cw) }
func (b *Box) along(cw float64) float64  { return b.edge(css.Top, cw) + b.edge(css.Bottom, cw) }

// margin is 0 for auto.
func (b *Box) margin(side css.Side, cw float64) float64 {
	return snap(b.style.Margin[side].Of(cw))
}

// margins is the sum of the left and right ones.
func (b *Box) margins(cw float64) float64 {
	return b.margin(css.Left, cw) + b.margin(css.Right, cw)
}

// floats reports whether the box is out of the lines at a side.
func (b *Box) floating() bool { return b.style.Float != css.FloatNone && !b.absolute() }

// absolute reports whether the box is out of the flow altogether.
func (b *Box) absolute() bool {
	return b.style.Position == css.Absolute || b.style.Position == css.Fixed
}

// positioned reports whether absolute boxes in it are placed within it.
func (b *Box) positioned() bool {
	return b.style.Position != css.Static || b.style.Transform != nil
}

// independent reports whether no float and no margin reaches through its edge:
// it establishes a block formatting context (CSS 2.1 9.4.1).
func (b *Box) independent() bool {
	switch b.kind {
	case tableBox, cellBox, flexBox, replacedBox, controlBox:
		return true
	}
	s := b.style
	return b.parent == nil || b.atom || b.parent.kind == flexBox || stacks(s.Display) || stacks(b.parent.style.Display) || s.Display == css.FlowRoot || b.floating() || b.absolute() ||
		scrolls(s.OverflowX) || scrolls(s.OverflowY)
}

// clips reports whether nothing is drawn outside of the box.
func clips(o css.Overflow) bool { return o != css.OverflowVisible }

// scrolls is clips for those that make a box a world of its own.
func scrolls(o css.Overflow) bool { return clips(o) && o != css.OverflowClip }

// widthIn is a length for the border box from one that the mail gives, which
// may be for the content alone.
func (b *Box) widthIn(l css.Length, cw float64) float64 {
	w := snap(l.Of(cw))
	if !b.style.BorderBox {
		return max(0, w) + b.across(cw)
	}
	return max(w, b.across(cw))
}

// heightIn is the same for heights; ch is the containing block's height.
func (b *Box) heightIn(l css.Length, ch, cw float64) float64 {
	h := snap(l.Of(ch))
	if !b.style.BorderBox {
		return max(0, h) + b.along(cw)
	}
	return max(h, b.along(cw))
}

// clampWidth keeps a border-box width between min-width and max-width.
func (b *Box) clampWidth(w, cw float64) float64 {
	if m := b.style.MaxWidth; m.IsSet() {
		w = min(w, b.widthIn(m, cw))
	}
	if m := b.style.MinWidth; m.IsSet() {
		w = max(w, b.widthIn(m, cw))
	}
	return max(w, 0)
}

// clampHeight keeps a border-box height between min-height and max-height.
// Percentages count only if the containing block's height is known.
func (b *Box) clampHeight(h, ch, cw float64) float64 {
	if m := b.style.MaxHeight; definite(m, ch) {
		h = min(h, b.heightIn(m, ch, cw))
	}
	if m := b.style.MinHeight; definite(m, ch) {
		h = max(h, b.heightIn(m, ch, cw))
	}
	return h
}

// unknown is the height of a containing block that depends on its content.
const unknown = -1

// definite reports whether a length can be computed before the content.
func definite(l css.Length, base float64) bool {
	return l.IsSet() && (!l.HasPercent() || base >= 0)
}

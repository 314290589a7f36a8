package widgets

import "postrider/gui/theme"

// Measures of trees, in Fyne's pixels.
const (
	treeRow    = 28
	treeAbove  = 12 // the air above a head
	treeEnd    = 8  // and below the last line
	treeInset  = 8  // of fills
	treeLeft   = 16 // of icons at depth 0
	treeRight  = 16 // of counts, from the right edge
	treeGap    = 8
	treeIndent = 16
	treeSwatch = 8
	treeDeep   = 8 // levels that are indented; deeper ones would leave no room
	treeTagPad = 5
	treeFold   = 36 // what of a head's right end folds it
)

// height is the line's, with the air above it.
func (it TreeItem) height() int64 {
	if it.Head {
		return treeRow + treeAbove
	}
	return treeRow
}

// indent is how far the line stands to the right.
func (it TreeItem) indent() float32 { return treeIndent * float32(min(it.Depth, treeDeep)) }

// folds says whether a position in the line's width folds it: the chevron of a
// head, the icon of a folder.
func (it TreeItem) folds(x, width float32) bool {
	switch {
	case !it.Parent:
		return false
	case it.Head:
		return x >= width-treeFold
	}
	left := treeLeft + it.indent()
	return x >= left-treeGap/2 && x < left+theme.IconControl+treeGap/2
}

// layoutTreeItem places what a line says in its 28 pixels. lit is a line under
// the pointer: one that can be folded shows so.
func layoutTreeItem(it TreeItem, width float32, chosen, lit bool, measure widths) []piece {
	l := &rowLine{h: treeRow, left: treeLeft + it.indent(), right: width - treeRight, measure: measure}
	if it.Head {
		l.putHead(it)
	} else {
		l.putPlace(it, chosen, lit)
	}
	return l.pieces
}

func (l *rowLine) putPlace(it TreeItem, chosen, lit bool) {
	icon, tone, style, count := it.Icon, theme.Ink2, theme.TextLine, theme.TextCaption.With(theme.Medium)
	countTone := theme.Ink2
	if chosen {
		tone, countTone = theme.Ink, theme.Ink
		style, count = style.With(theme.SemiBold), count.With(theme.SemiBold)
	}
	if it.Parent && lit {
		icon = chevron(it.Folded)
	}
	l.pieces = append(l.pieces, piece{x: l.left, y: (l.h - theme.IconControl) / 2, w: theme.IconControl, h: theme.IconControl, icon: icon, color: tone})
	l.left += theme.IconControl + treeGap
	l.putCount(it.Count, count, countTone)
	ink := theme.Ink
	if it.Faint {
		ink = theme.Ink3
	}
	l.fill(it.Text, style, ink, nil)
}

func (l *rowLine) putCount(text string, style theme.TextStyle, color theme.Token) {
	if text == "" {
		return
	}
	l.putRight(piece{w: l.measure(text, style), h: style.Line, text: text, style: style, color: color})
	l.right += rowGap - treeGap
}

func (l *rowLine) putHead(it TreeItem) {
	if it.Parent {
		l.putRight(piece{w: theme.IconRow, h: theme.IconRow, icon: chevron(it.Folded), color: theme.Ink3})
	}
	if it.State != "" {
		l.putRight(piece{w: theme.IconRow, h: theme.IconRow, icon: it.State, color: it.StateTone})
	}
	l.putCount(it.Count, theme.TextCaption.With(theme.Medium), theme.Ink2)
	l.pieces = append(l.pieces, piece{x: l.left + (theme.IconControl-treeSwatch)/2, y: (l.h - treeSwatch) / 2,
		w: treeSwatch, h: treeSwatch, radius: theme.RadiusSwatch, color: it.Swatch})
	l.left += theme.IconControl + treeGap

	name, tag := theme.TextCaption.With(theme.SemiBold), theme.TextTag
	tagWidth := float32(0)
	if it.Tag != "" {
		tagWidth = l.measure(it.Tag, tag) + 2*treeTagPad
	}
	right := l.right
	l.right = max(l.left, min(l.left+l.measure(it.Text, name), right-tagWidth-rowGap))
	l.fill(it.Text, name, theme.Ink2, nil)
	if it.Tag == "" || l.right+rowGap+tagWidth > right {
		return
	}
	x, y := l.right+rowGap, (l.h-tag.Line)/2
	l.pieces = append(l.pieces,
		piece{x: x, y: y, w: tagWidth, h: tag.Line, radius: theme.RadiusTag, color: it.TagGround},
		piece{x: x + treeTagPad, y: y, w: tagWidth - 2*treeTagPad, h: tag.Line, text: it.Tag, style: tag, color: it.TagColor})
}

func chevron(folded bool) theme.Icon {
	if folded {
		return theme.IconChevronRight
	}
	return theme.IconChevronDown
}

// treeKey is the key of a line's picture. No row of a list has this density.
func treeKey(it TreeItem, drawn drawing, chosen, lit bool) rowKey {
	h := newHasher()
	h.flags(it.Head, it.Parent, it.Folded, it.Faint, lit && it.Parent)
	h.number(it.Depth)
	for _, s := range []string{it.Text, string(it.Icon), it.Count, it.Tag, string(it.State)} {
		h.text(s, nil)
	}
	for _, t := range []theme.Token{it.Swatch, it.TagColor, it.TagGround, it.StateTone} {
		h.number(int(t))
	}
	return rowKey{words: h.Sum64() | 1, drawn: drawn, density: treeDensity, chosen: chosen}
}

const treeDensity Density = 254

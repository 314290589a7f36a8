package widgets

import (
	"strconv"

	"postrider/gui/theme"
)

// piece is one thing in a row: a text in its line box, an icon, or a filled box.
// It has a text, an icon or neither. Measures are Fyne's pixels.
type piece struct {
	x, y, w, h float32
	color      theme.Token
	text       string
	style      theme.TextStyle
	hits       []Hit
	icon       theme.Icon
	radius     float32
}

// widths measures a text in a style.
type widths func(text string, style theme.TextStyle) float32

// rowLine fills one line of a row from both ends. What comes last gets what is
// left between them.
type rowLine struct {
	y, h        float32
	left, right float32
	pieces      []piece
	measure     widths
}

// rowTones are the colours that selecting a row changes.
type rowTones struct{ quiet, date theme.Token }

// layoutRow places all that a row says. Widths are measured by measure.
func layoutRow(r RowData, width float32, d Density, selected bool, measure widths) []piece {
	if r.Loading {
		return layoutPlaceholder(width, d)
	}
	tones := rowTones{theme.Ink3, theme.Ink3}
	if selected {
		tones = rowTones{theme.Ink2, theme.Ink2}
	}
	if r.Unread {
		tones.date = theme.Ink2
	}
	line := func(y, h float32) *rowLine {
		return &rowLine{y: y, h: h, left: rowTextLeft, right: width - rowTextRight, measure: measure}
	}
	var pieces []piece
	if r.Unread {
		pieces = append(pieces, piece{x: rowDotLeft, y: dotTop(d), w: rowDot, h: rowDot, radius: rowDot / 2, color: theme.Accent})
	}
	switch d {
	case Cosy:
		return append(pieces, layoutCosy(r, tones, line)...)
	case Compact:
		return append(pieces, layoutCompact(r, tones, line, width)...)
	default:
		return append(pieces, layoutComfortable(r, tones, line)...)
	}
}

func dotTop(d Density) float32 {
	return [...]float32{Comfortable: 14, Cosy: 13, Compact: 11}[d]
}

func layoutComfortable(r RowData, tones rowTones, line func(y, h float32) *rowLine) []piece {
	first := line(8, 20)
	first.putDate(r, tones)
	first.fill(r.Sender, senderStyle(r, theme.TextBody), theme.Ink, r.SenderHits)

	second := line(28, 18)
	second.putMarks(r)
	second.putArrows(r)
	second.fill(r.Subject, subjectStyle(r), theme.Ink, r.SubjectHits)

	third := line(46, 18)
	third.putPlaces(r)
	third.putTags(r)
	third.fill(r.Snippet, theme.TextLine, tones.quiet, r.SnippetHits)
	return append(append(first.pieces, second.pieces...), third.pieces...)
}

func layoutCosy(r RowData, tones rowTones, line func(y, h float32) *rowLine) []piece {
	first := line(7, 20)
	first.putDate(r, tones)
	first.fill(r.Sender, senderStyle(r, theme.TextBody), theme.Ink, r.SenderHits)

	second := line(27, 18)
	second.putPlaces(r)
	second.putTags(r)
	second.putMarks(r)
	second.putArrows(r)
	second.putSubjectAndSnippet(r, tones)
	return append(first.pieces, second.pieces...)
}

// compactDate and compactSender keep the columns of compact rows aligned. Rows
// that are narrower than compactTight go without the marks that say least, those
// narrower than compactTiny without more of them.
const (
	compactDate  = 56
	compactTight = 520
	compactTiny  = 340
)

func compactSender(width float32) float32 { return min(max(width*0.28, 96), 200) }

func layoutCompact(r RowData, tones rowTones, line func(y, h float32) *rowLine, width float32) []piece {
	only := line(6, 18)
	right := only.right
	only.putDate(r, tones)
	only.right = min(only.right, right-compactDate-rowGap)
	if width < compactTight { // the subject matters more
		r.Where, r.Answered, r.Forwarded = EverywhereOrUnknown, false, false
	}
	if width < compactTiny {
		r.Attached, r.Count = false, 0
	}
	only.putPlaces(r)
	only.putMarks(r)
	middle := only.right
	only.right = only.left + compactSender(width)
	only.fill(r.Sender, senderStyle(r, theme.TextLine), theme.Ink, r.SenderHits)
	only.left, only.right = only.right+2*rowGap, middle
	only.putArrows(r)
	only.putSubjectAndSnippet(r, tones)
	return only.pieces
}

func senderStyle(r RowData, s theme.TextStyle) theme.TextStyle {
	if r.Unread {
		return s.With(theme.SemiBold)
	}
	return s.With(theme.Medium)
}

func subjectStyle(r RowData) theme.TextStyle {
	if r.Unread {
		return theme.TextLine.With(theme.SemiBold)
	}
	return theme.TextLine
}

// putDate takes the right end.
func (l *rowLine) putDate(r RowData, tones rowTones) {
	if r.Date == "" {
		return
	}
	style := theme.TextCaption
	if r.Unread {
		style = style.With(theme.Medium)
	}
	l.putRight(piece{w: l.measure(r.Date, style), h: style.Line, text: r.Date, style: style, color: tones.date})
}

// putMarks takes the right end for chip, clip and star, the star outermost.
func (l *rowLine) putMarks(r RowData) {
	if r.Starred {
		l.putIcon(theme.StarOn, theme.Star)
	}
	if r.Attached {
		l.putIcon(theme.IconPaperclip, theme.Ink3)
	}
	if r.Count > 1 {
		l.putChip(strconv.Itoa(r.Count))
	}
}

// putPlaces takes the right end for the account's swatch and for where the bytes
// are.
func (l *rowLine) putPlaces(r RowData) {
	if r.Swatch != theme.None {
		l.right -= rowMark
		l.pieces = append(l.pieces, piece{x: l.right + (rowMark-rowSwatch)/2, y: l.y + (l.h-rowSwatch)/2,
			w: rowSwatch, h: rowSwatch, radius: theme.RadiusSwatch, color: r.Swatch})
		l.right -= rowGap
	}
	switch r.Where {
	case OnServerOnly:
		l.putIcon(theme.IconCloud, theme.Ink3)
	case HereOnly:
		l.putIcon(theme.IconMonitor, theme.Ink3)
	}
}

func (l *rowLine) putIcon(icon theme.Icon, color theme.Token) {
	l.putRight(piece{w: rowMark, h: rowMark, icon: icon, color: color})
}

func (l *rowLine) putChip(text string) {
	style := theme.TextSmall
	w := l.measure(text, style)
	box := max(rowChipMin, w+2*rowChipPad)
	l.putRight(piece{w: box, h: rowChipHeight, radius: rowChipHeight / 2, color: theme.Chip})
	chip := l.pieces[len(l.pieces)-1]
	l.pieces = append(l.pieces, piece{x: chip.x + (box-w)/2, y: chip.y, w: w, h: style.Line, text: text, style: style, color: theme.Ink2})
}

// putTags takes the right end for the tags, as far as they leave half of the line
// to what else it says.
func (l *rowLine) putTags(r RowData) {
	least := (l.left + l.right) / 2
	for i := len(r.Tags) - 1; i >= 0; i-- {
		if l.right-l.measure(r.Tags[i], theme.TextSmall)-2*rowChipPad < least {
			return
		}
		l.putChip(r.Tags[i])
	}
}

// putArrows takes the left end for whether it was answered and forwarded.
func (l *rowLine) putArrows(r RowData) {
	put := func(icon theme.Icon) {
		l.pieces = append(l.pieces, piece{x: l.left, y: l.y + (l.h-rowMark)/2, w: rowMark, h: rowMark, icon: icon, color: theme.Ink3})
		l.left += rowMark + rowGap
	}
	if r.Answered {
		put(theme.IconReply)
	}
	if r.Forwarded {
		put(theme.IconForward)
	}
}

// putRight takes the right end for a piece, in the middle of the line's height.
func (l *rowLine) putRight(p piece) {
	p.x, p.y = l.right-p.w, l.y+(l.h-p.h)/2
	l.pieces = append(l.pieces, p)
	l.right = p.x - rowGap
}

// fill gives a text what is left of the line.
func (l *rowLine) fill(text string, style theme.TextStyle, color theme.Token, hits []Hit) {
	if text == "" || l.right <= l.left {
		return
	}
	l.pieces = append(l.pieces, piece{x: l.left, y: l.y + (l.h-style.Line)/2, w: l.right - l.left, h: style.Line,
		text: text, style: style, color: color, hits: hits})
}

// snippetMin is the least width at which a snippet is worth reading.
const snippetMin = 40

// putSubjectAndSnippet gives the subject what it needs, and the snippet the rest.
func (l *rowLine) putSubjectAndSnippet(r RowData, tones rowTones) {
	style, right := subjectStyle(r), l.right
	need := l.measure(r.Subject, style)
	if r.Subject == "" || l.left+need+2*rowGap+snippetMin <= right {
		l.right = min(right, l.left+need)
		l.fill(r.Subject, style, theme.Ink, r.SubjectHits)
		if r.Subject != "" {
			l.left = l.right + rowGap + rowGap/3
		}
		l.right = right
		l.fill(r.Snippet, theme.TextLine, tones.quiet, r.SnippetHits)
		return
	}
	l.fill(r.Subject, style, theme.Ink, r.SubjectHits)
}

// layoutPlaceholder shows where texts will be.
func layoutPlaceholder(width float32, d Density) []piece {
	bar := func(x, y, w, h float32) piece {
		return piece{x: x, y: y, w: max(0, w), h: h, radius: h / 2, color: theme.Chip}
	}
	room := width - rowTextLeft - rowTextRight
	switch d {
	case Compact:
		return []piece{
			bar(rowTextLeft, 11, compactSender(width)*0.8, 8),
			bar(rowTextLeft+compactSender(width)+2*rowGap, 11, room*0.4, 8),
		}
	case Cosy:
		return []piece{bar(rowTextLeft, 12, room*0.4, 10), bar(width-rowTextRight-32, 13, 32, 8), bar(rowTextLeft, 32, room*0.8, 8)}
	default:
		return []piece{
			bar(rowTextLeft, 13, room*0.4, 10), bar(width-rowTextRight-32, 14, 32, 8),
			bar(rowTextLeft, 33, room*0.6, 8), bar(rowTextLeft, 51, room*0.9, 8),
		}
	}
}

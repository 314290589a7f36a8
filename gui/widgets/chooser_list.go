package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"postrider/gui/theme"
)

const (
	chooserRow  float32 = 32
	chooserRows float32 = 9
)

// chooserLine is an item that shows, with its place among all.
type chooserLine struct {
	item int
	ChooserItem
}

// chooserList shows the items that match, and a cursor. It is drawn as one
// picture of what can be seen of it.
type chooserList struct {
	picture
	lines  []chooserLine
	cursor int
	scroll float32
	chosen func(item int)
}

var (
	_ fyne.Tappable     = (*chooserList)(nil)
	_ fyne.Scrollable   = (*chooserList)(nil)
	_ desktop.Hoverable = (*chooserList)(nil)
)

func newChooserList(chosen func(int)) *chooserList {
	l := &chooserList{chosen: chosen}
	l.become(l)
	return l
}

func (l *chooserList) setLines(lines []chooserLine) {
	l.lines, l.cursor, l.scroll = lines, 0, 0
	l.repaint()
}

// AccessibilityLabel is for Fyne: the line that the cursor is on.
func (l *chooserList) AccessibilityLabel() string {
	if l.cursor >= len(l.lines) {
		return "Nothing has that in its name."
	}
	return strings.TrimSpace(l.lines[l.cursor].Label + " " + l.lines[l.cursor].Detail)
}

// AccessibilityRole is for Fyne.
func (l *chooserList) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

func (l *chooserList) press() {
	if l.cursor < len(l.lines) {
		l.chosen(l.lines[l.cursor].item)
	}
}

// key moves the cursor while the field has the focus.
func (l *chooserList) key(e *fyne.KeyEvent) bool {
	page := max(1, int(l.Size().Height/chooserRow)-1)
	switch e.Name {
	case fyne.KeyDown:
		l.moveTo(l.cursor + 1)
	case fyne.KeyUp:
		l.moveTo(l.cursor - 1)
	case fyne.KeyPageDown:
		l.moveTo(l.cursor + page)
	case fyne.KeyPageUp:
		l.moveTo(l.cursor - page)
	default:
		return false
	}
	return true
}

func (l *chooserList) moveTo(line int) {
	l.cursor = max(0, min(line, len(l.lines)-1))
	top := float32(l.cursor) * chooserRow
	l.scroll = min(l.scroll, top)
	l.scroll = max(l.scroll, top+chooserRow-l.Size().Height)
	l.repaint()
}

// Scrolled is for Fyne.
func (l *chooserList) Scrolled(e *fyne.ScrollEvent) {
	most := max(0, float32(len(l.lines))*chooserRow-l.Size().Height)
	if to := max(0, min(l.scroll-e.Scrolled.DY, most)); to != l.scroll {
		l.scroll = to
		l.repaint()
	}
}

func (l *chooserList) at(y float32) int {
	line := int((y + l.scroll) / chooserRow)
	if y < 0 || line >= len(l.lines) {
		return -1
	}
	return line
}

// Tapped is for Fyne.
func (l *chooserList) Tapped(e *fyne.PointEvent) {
	if line := l.at(e.Position.Y); line >= 0 {
		l.chosen(l.lines[line].item)
	}
}

// MouseIn is for Fyne.
func (l *chooserList) MouseIn(e *desktop.MouseEvent) {}

// MouseMoved is for Fyne.
func (l *chooserList) MouseMoved(e *desktop.MouseEvent) {
	if line := l.at(e.Position.Y); line >= 0 && line != l.cursor {
		l.cursor = line
		l.repaint()
	}
}

// MouseOut is for Fyne.
func (l *chooserList) MouseOut() {}

func (l *chooserList) measure() fyne.Size { return fyne.NewSize(200, 3*chooserRow) }

func (l *chooserList) paint(s *Sheet) {
	size := l.Size()
	if len(l.lines) == 0 {
		s.Text(0, theme.Space4, size.Width, Words{Text: "Nothing has that in its name.", Style: theme.TextLine, Color: theme.Ink3, Align: AlignMiddle})
		return
	}
	first := int(l.scroll / chooserRow)
	for i := first; i < len(l.lines); i++ {
		y := float32(i)*chooserRow - l.scroll
		if y >= size.Height {
			break
		}
		l.paintLine(s, l.lines[i], y, i == l.cursor)
	}
	l.paintThumb(s, size)
}

func (l *chooserList) paintLine(s *Sheet, line chooserLine, y float32, under bool) {
	width := l.Size().Width
	detail := theme.Ink3
	if under {
		s.Box(0, y, width, chooserRow, theme.RadiusControl, theme.Sel)
		detail = theme.Ink2
	}
	x := theme.Space2
	if line.Icon != "" {
		s.Icon(line.Icon, x, y+(chooserRow-theme.IconControl)/2, theme.IconControl, theme.Ink2)
		x += theme.IconControl + theme.Space2
	}
	end := width - theme.Space3
	if line.Swatch != theme.None {
		end -= swatchSize
		s.Box(end, y+(chooserRow-swatchSize)/2, swatchSize, swatchSize, theme.RadiusSwatch, line.Swatch)
		end -= theme.Space2
	}
	textY := y + (chooserRow-theme.TextLine.Line)/2
	x += s.Text(x, textY, end-x, Words{Text: line.Label, Style: theme.TextLine, Color: theme.Ink}) + theme.Space2
	s.Text(x, y+(chooserRow-theme.TextCaption.Line)/2, end-x, Words{Text: line.Detail, Style: theme.TextCaption, Color: detail})
}

func (l *chooserList) paintThumb(s *Sheet, size fyne.Size) {
	total := float32(len(l.lines)) * chooserRow
	if total <= size.Height {
		return
	}
	h := max(24, size.Height*size.Height/total)
	y := (size.Height - h) * l.scroll / (total - size.Height)
	s.Box(size.Width-theme.ThumbWidth-1, y, theme.ThumbWidth, h, theme.ThumbWidth/2, theme.Thumb)
}

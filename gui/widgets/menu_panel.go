package widgets

import (
	"strings"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

const (
	menuPadding float32 = 5 // the outline and 4
	menuRow     float32 = 32
	menuBreak   float32 = 9 // a hairline with 4 around it
	menuInset   float32 = 12
	menuGap     float32 = 12
	menuLeast   float32 = 160
	menuMost    float32 = 400
)

// menuPanel is the picture of one menu; the overlay hands it what happens.
type menuPanel struct {
	picture
	items  []MenuItem
	icons  bool // one has an icon, so all leave room for one
	cursor int  // -1 is none
	scroll float32
}

func newMenuPanel(items []MenuItem) *menuPanel {
	p := &menuPanel{items: items, cursor: -1}
	for _, item := range items {
		p.icons = p.icons || item.Icon != "" || item.Checked
	}
	p.become(p)
	return p
}

func (p *menuPanel) measure() fyne.Size {
	w, h := float32(0), 2*menuPadding
	for i := range p.items {
		w = max(w, p.lineWidth(p.items[i]))
		h += p.height(i)
	}
	return fyne.NewSize(ceil(min(max(w+2*menuPadding, menuLeast), menuMost)), h)
}

func (p *menuPanel) lineWidth(item MenuItem) float32 {
	w := 2*menuInset + TextWidth(item.Label, theme.TextLine)
	if p.icons {
		w += theme.IconControl + menuGap
	}
	if item.Note != "" {
		w += 2*menuGap + TextWidth(item.Note, theme.TextCaption)
	}
	if len(item.Sub) > 0 {
		w += menuGap + theme.IconRow
	}
	return w
}

func (p *menuPanel) height(i int) float32 {
	if p.items[i].divider() {
		return menuBreak
	}
	return menuRow
}

// span is where a line lies, before scrolling.
func (p *menuPanel) span(line int) (top, height float32) {
	top = menuPadding
	for i := range p.items {
		if i == line {
			return top, p.height(i)
		}
		top += p.height(i)
	}
	return top, 0
}

// at is the line at a height of the panel, or -1.
func (p *menuPanel) at(y float32) int {
	y += p.scroll
	for i := range p.items {
		if top, h := p.span(i); y >= top && y < top+h && !p.items[i].divider() {
			return i
		}
	}
	return -1
}

func (p *menuPanel) usable(i int) bool { return !p.items[i].divider() && !p.items[i].Disabled }

// moveTo puts the cursor on a line, and scrolls it into view.
func (p *menuPanel) moveTo(line int) {
	if p.cursor == line {
		return
	}
	p.cursor = line
	if line >= 0 {
		top, h := p.span(line)
		p.scroll = min(p.scroll, top-menuPadding)
		p.scroll = max(p.scroll, top+h+menuPadding-p.Size().Height)
	}
	p.repaint()
}

// step moves the cursor to the next line that can be used, around the ends.
func (p *menuPanel) step(by int) {
	n := len(p.items)
	at := p.cursor
	if at < 0 && by < 0 {
		at = 0
	}
	for range n {
		at = (at + by + n) % n
		if p.usable(at) {
			p.moveTo(at)
			return
		}
	}
}

// find moves the cursor to the next line that begins with a letter.
func (p *menuPanel) find(letter rune) {
	n := len(p.items)
	for i := 1; i <= n; i++ {
		at := (p.cursor + i + n) % n
		if p.usable(at) && strings.HasPrefix(strings.ToLower(p.items[at].Label), strings.ToLower(string(letter))) {
			p.moveTo(at)
			return
		}
	}
}

func (p *menuPanel) scrollBy(dy float32) {
	most := max(0, p.measure().Height-p.Size().Height)
	if to := max(0, min(p.scroll+dy, most)); to != p.scroll {
		p.scroll = to
		p.repaint()
	}
}

func (p *menuPanel) paint(s *Sheet) {
	size := p.Size()
	s.Box(0, 0, size.Width, size.Height, theme.RadiusCard, theme.Paper)
	s.clip(0, theme.Hairline, size.Width, size.Height-2*theme.Hairline, func() {
		for i, item := range p.items {
			top, h := p.span(i)
			if item.divider() {
				s.HLine(menuPadding, top-p.scroll+4, size.Width-2*menuPadding, theme.Line)
				continue
			}
			p.paintLine(s, item, top-p.scroll, h, i == p.cursor)
		}
	})
	s.Outline(0, 0, size.Width, size.Height, theme.RadiusCard, theme.Hairline, theme.Control)
}

func (p *menuPanel) paintLine(s *Sheet, item MenuItem, y, h float32, under bool) {
	w := p.Size().Width
	if under && !item.Disabled {
		s.Box(menuPadding, y, w-2*menuPadding, h, theme.RadiusControl, theme.Hover)
	}
	ink, icon := item.colors()
	x := menuPadding + menuInset
	if p.icons {
		mark := item.Icon
		if item.Checked {
			mark = theme.IconCheck
		}
		if mark != "" {
			s.Icon(mark, x, y+(h-theme.IconControl)/2, theme.IconControl, icon)
		}
		x += theme.IconControl + menuGap
	}
	end := w - menuPadding - menuInset
	if len(item.Sub) > 0 {
		end -= theme.IconRow
		s.Icon(theme.IconChevronRight, end, y+(h-theme.IconRow)/2, theme.IconRow, theme.Ink3)
		end -= menuGap
	}
	if item.Note != "" {
		note := TextWidth(item.Note, theme.TextCaption)
		s.Text(end-note, y+(h-theme.TextCaption.Line)/2, note+1, Words{Text: item.Note, Style: theme.TextCaption, Color: theme.Ink3})
		end -= note + menuGap
	}
	s.Text(x, y+(h-theme.TextLine.Line)/2, end-x, Words{Text: item.Label, Style: theme.TextLine, Color: ink})
}

func (m MenuItem) colors() (ink, icon theme.Token) {
	switch {
	case m.Disabled:
		return theme.Ink3, theme.Ink3
	case m.Danger:
		return theme.Danger, theme.Danger
	case m.Tint != theme.None:
		return theme.Ink, m.Tint
	default:
		return theme.Ink, theme.Ink2
	}
}

package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// pageMouse is what the pointer does on a page.
type pageMouse struct {
	at      fyne.Position
	link    int // under it, -1 or 0 with over false
	over    bool
	text    bool // it is on a letter
	control bool

	down    bool
	from    fyne.Position
	dragged bool
	clicks  int
	pressed time.Time
	told    bool // OnSelect was told that there is a selection
	thumb   bool
	beyond  bool // it is dragged out of what can be seen, and the page follows
}

// leave forgets what is under the pointer.
func (m *pageMouse) leave() { m.over, m.text, m.control = false, false, false }

// MouseIn begins to follow the pointer.
func (p *Page) MouseIn(ev *desktop.MouseEvent) { p.MouseMoved(ev) }

// MouseMoved finds what is under the pointer.
func (p *Page) MouseMoved(ev *desktop.MouseEvent) {
	p.mouse.at = ev.Position
	p.under(ev.Position)
}

// under finds what is under a position, and tells of a link.
func (p *Page) under(at fyne.Position) {
	if p.page == nil {
		return
	}
	was, link := p.mouse.over, p.mouse.link
	x, y := p.point(at)
	p.mouse.link, p.mouse.over = p.page.LinkAt(x, y)
	_, p.mouse.control = p.page.ControlAt(x, y)
	_, p.mouse.text = p.page.TextAt(x, y)
	if p.mouse.over != was || p.mouse.over && p.mouse.link != link {
		p.hovered()
	}
}

func (p *Page) hovered() {
	if p.OnHover == nil {
		return
	}
	if p.mouse.over {
		p.OnHover(&p.page.Links[p.mouse.link])
		return
	}
	p.OnHover(nil)
}

// MouseOut forgets what was under the pointer.
func (p *Page) MouseOut() {
	was := p.mouse.over
	p.mouse.leave()
	if was {
		p.hovered()
	}
}

// Cursor is a hand over what can be pressed, and a beam over text.
func (p *Page) Cursor() desktop.Cursor {
	switch {
	case p.mouse.down && p.mouse.dragged && !p.mouse.thumb:
		return desktop.TextCursor
	case p.mouse.over, p.mouse.control:
		return desktop.PointerCursor
	case p.mouse.text:
		return desktop.TextCursor
	}
	return desktop.DefaultCursor
}

// Tapped is for Fyne; MouseDown and MouseUp have done the work.
func (p *Page) Tapped(*fyne.PointEvent) {}

// TappedSecondary is for Fyne; MouseDown has done the work.
func (p *Page) TappedSecondary(*fyne.PointEvent) {}

// MouseDown begins a selection, or takes the thumb, or asks for the menu.
func (p *Page) MouseDown(ev *desktop.MouseEvent) {
	p.grab()
	if p.page == nil {
		return
	}
	if ev.Button == desktop.MouseButtonSecondary {
		p.menu(ev.Position, ev.AbsolutePosition)
		return
	}
	if ev.Button != desktop.MouseButtonPrimary {
		return
	}
	m := &p.mouse
	m.down, m.dragged, m.from, m.at = true, false, ev.Position, ev.Position
	if m.thumb = !p.tall && p.scroll.press(ev.Position, p.Size().Width); m.thumb {
		return
	}
	p.countClicks(ev.Position)
	x, y := p.point(ev.Position)
	if _, on := p.page.ControlAt(x, y); on {
		return
	}
	at, _ := p.page.TextAt(x, y)
	switch {
	case ev.Modifier&fyne.KeyModifierShift != 0 && m.clicks == 1:
		p.extend(at)
	case m.clicks == 2:
		p.begin(at, byWord)
	case m.clicks >= 3:
		p.begin(at, byParagraph)
	default:
		p.begin(at, byCharacter)
	}
}

func (p *Page) countClicks(at fyne.Position) {
	m := &p.mouse
	now := p.now()
	d := at.Subtract(m.from)
	near := d.X*d.X+d.Y*d.Y < dragStart*dragStart
	if now.Sub(m.pressed) < clickGap && near {
		m.clicks++
	} else {
		m.clicks = 1
	}
	m.pressed = now
}

// grab takes the keys.
func (p *Page) grab() {
	if c := canvasOf(p); c != nil && !p.focus {
		c.Focus(p)
	}
}

// MouseUp follows a link, or presses a button, that was pressed and not left.
func (p *Page) MouseUp(ev *desktop.MouseEvent) {
	m := &p.mouse
	if ev.Button != desktop.MouseButtonPrimary || !m.down {
		return
	}
	m.down, m.beyond = false, false
	if m.thumb {
		m.thumb = false
		p.scroll.release()
		return
	}
	if m.dragged || m.clicks > 1 || p.page == nil || ev.Modifier&fyne.KeyModifierShift != 0 {
		return
	}
	x, y := p.point(ev.Position)
	if i, on := p.page.ControlAt(x, y); on {
		if p.OnControl != nil {
			p.OnControl(p.page.Controls[i].ID)
		}
		return
	}
	if link, on := p.page.LinkAt(x, y); on && p.OnLink != nil {
		p.OnLink(&p.page.Links[link])
	}
}

// Dragged extends the selection to where the pointer is.
func (p *Page) Dragged(ev *fyne.DragEvent) {
	m := &p.mouse
	m.at = ev.Position
	if m.thumb {
		p.scroll.drag(ev.Position.Y)
		return
	}
	if !m.down || p.page == nil {
		return
	}
	if d := ev.Position.Subtract(m.from); !m.dragged && d.X*d.X+d.Y*d.Y < dragStart {
		return
	}
	m.dragged = true
	p.follow()
}

// DragEnd ends a selection.
func (p *Page) DragEnd() {
	m := &p.mouse
	if m.thumb {
		p.scroll.release()
	}
	m.down, m.thumb, m.beyond = false, false, false
}

// followEvery is how often a page moves on while the pointer is held beyond its
// edge.
const followEvery = 30 * time.Millisecond

// follow extends the selection to the pointer; if that is beyond what can be
// seen, the page goes there, and on until it comes back.
func (p *Page) follow() {
	m := &p.mouse
	x, y := p.point(m.at)
	at, _ := p.page.TextAt(x, y)
	p.extend(at)
	top, bottom := float32(0), p.Size().Height
	if p.tall {
		top, bottom = p.window.top, p.window.top+p.window.height
	}
	away := float32(0)
	switch {
	case m.at.Y < top:
		away = m.at.Y - top
	case m.at.Y > bottom:
		away = m.at.Y - bottom
	}
	if away == 0 {
		m.beyond = false
		return
	}
	if !m.beyond {
		m.beyond = true
		p.wait(followEvery, func() { p.post(p.goOn) })
	}
}

// goOn is one step of following the pointer beyond an edge: the farther it is,
// the faster.
func (p *Page) goOn() {
	m := &p.mouse
	if !m.beyond || !m.down || p.page == nil {
		return
	}
	m.beyond = false
	if p.tall {
		before := p.window
		if p.OnReveal != nil {
			p.OnReveal(m.at.Y, 1)
		}
		m.at.Y += p.window.top - before.top // the page moved under the pointer
	} else {
		away := m.at.Y
		if away > 0 {
			away -= p.Size().Height
		}
		p.scroll.to(p.scroll.off + int64(away/2))
	}
	p.follow()
}

// Scrolled moves the page. Sideways it does so itself, up and down only if it
// scrolls by itself. With Ctrl it zooms.
func (p *Page) Scrolled(ev *fyne.ScrollEvent) {
	if modifiers(p.Modifiers)&fyne.KeyModifierShortcutDefault != 0 && ev.Scrolled.DY != 0 {
		p.zoomBy(ev.Scrolled.DY)
		return
	}
	dx, dy := ev.Scrolled.DX, ev.Scrolled.DY
	if dx == 0 && modifiers(p.Modifiers)&fyne.KeyModifierShift != 0 {
		dx, dy = dy, 0
	}
	if side := min(max(0, p.side-dx*wheelStep/wheelNotch), p.sideEnd()); side != p.side {
		p.side = side
		p.arrange()
	}
	if dy == 0 {
		return
	}
	if p.tall {
		if p.OnWheel != nil {
			p.OnWheel(ev)
		}
		return
	}
	p.scroll.wheel(dy)
	p.under(p.mouse.at)
}

// zoomSteps are the zooms that keys and the wheel go through.
var zoomSteps = []float32{0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3}

// ZoomIn and ZoomOut go a step.
func (p *Page) ZoomIn() { p.zoomBy(1) }

// ZoomOut goes a step back.
func (p *Page) ZoomOut() { p.zoomBy(-1) }

func (p *Page) zoomBy(way float32) {
	if way > 0 {
		for _, z := range zoomSteps {
			if z > p.zoom+0.01 {
				p.SetZoom(z)
				return
			}
		}
		return
	}
	for i := len(zoomSteps) - 1; i >= 0; i-- {
		if zoomSteps[i] < p.zoom-0.01 {
			p.SetZoom(zoomSteps[i])
			return
		}
	}
}

// menu asks for the menu of a place.
func (p *Page) menu(at, absolute fyne.Position) {
	if p.OnMenu != nil {
		p.OnMenu(p.spot(at), absolute)
	}
}

// spot is what lies at a place of the widget.
func (p *Page) spot(at fyne.Position) PageSpot {
	x, y := p.point(at)
	var s PageSpot
	if i, ok := p.page.LinkAt(x, y); ok {
		s.Link = &p.page.Links[i]
	}
	if i, ok := p.page.ImageAt(x, y); ok {
		s.Picture = &p.page.Images[i]
	}
	s.Selected = p.Selected() != ""
	return s
}

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// FocusGained is for Fyne.
func (p *Page) FocusGained() {
	p.framed = !p.mouse.down // whoever clicks knows where
	p.setFocus(true)
}

// FocusLost is for Fyne.
func (p *Page) FocusLost() {
	p.ring = -1
	p.setFocus(false)
}

func (p *Page) setFocus(on bool) {
	p.focus = on
	if p.view != nil {
		p.view.placeMarks()
		p.view.placeRing()
	}
}

// TypedRune passes letters on: they are commands. A space turns the page.
func (p *Page) TypedRune(r rune) {
	if r == ' ' && !p.tall {
		if modifiers(p.Modifiers)&fyne.KeyModifierShift != 0 {
			p.scroll.glideTo(p.scroll.off - p.scroll.page())
		} else {
			p.scroll.glideTo(p.scroll.off + p.scroll.page())
		}
		return
	}
	p.Keys.rune(r)
}

// TypedKey scrolls, or with Shift moves the end of the selection; Return follows
// the link that has the ring.
func (p *Page) TypedKey(ev *fyne.KeyEvent) {
	if modifiers(p.Modifiers)&fyne.KeyModifierShift != 0 && p.extendBy(ev.Name) {
		return
	}
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if p.page != nil && p.ring >= 0 && p.ring < len(p.page.Links) && p.OnLink != nil {
			p.OnLink(&p.page.Links[p.ring])
			return
		}
	case fyne.KeyEscape:
		if p.Selected() != "" {
			p.Deselect()
			return
		}
	case desktop.KeyMenu:
		p.menuByKey()
		return
	case fyne.KeyF10:
		if modifiers(p.Modifiers)&fyne.KeyModifierShift != 0 {
			p.menuByKey()
			return
		}
	case fyne.KeyTab:
		p.tab()
		return
	default:
		if p.scrollBy(ev.Name) {
			return
		}
	}
	p.Keys.key(ev)
}

// scrollBy scrolls a page that does so by itself.
func (p *Page) scrollBy(key fyne.KeyName) bool {
	s := p.scroll
	if key == fyne.KeyLeft || key == fyne.KeyRight {
		return p.sideStep(key == fyne.KeyLeft)
	}
	if p.tall {
		return false
	}
	switch key {
	case fyne.KeyUp:
		s.glideTo(s.off - wheelStep)
	case fyne.KeyDown:
		s.glideTo(s.off + wheelStep)
	case fyne.KeyPageUp:
		s.glideTo(s.off - s.page())
	case fyne.KeyPageDown:
		s.glideTo(s.off + s.page())
	case fyne.KeyHome:
		s.glideTo(0)
	case fyne.KeyEnd:
		s.glideTo(s.end())
	default:
		return false
	}
	return true
}

func (p *Page) sideStep(left bool) bool {
	step := float32(wheelStep)
	if left {
		step = -step
	}
	side := min(max(0, p.side+step), p.sideEnd())
	if side == p.side {
		return false
	}
	p.side = side
	p.arrange()
	return true
}

// extendBy moves the end of the selection.
func (p *Page) extendBy(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyLeft:
		p.step(stepCharacter, true)
	case fyne.KeyRight:
		p.step(stepCharacter, false)
	case fyne.KeyUp:
		p.step(stepLine, true)
	case fyne.KeyDown:
		p.step(stepLine, false)
	case fyne.KeyHome:
		p.step(stepEnd, true)
	case fyne.KeyEnd:
		p.step(stepEnd, false)
	default:
		return false
	}
	return true
}

// menuByKey asks for the menu where the selection or the ring is.
func (p *Page) menuByKey() {
	if p.page == nil || p.OnMenu == nil {
		return
	}
	spot := PageSpot{Selected: p.Selected() != ""}
	r, _ := p.rectOf(p.caret())
	if p.ring >= 0 && p.ring < len(p.page.Links) {
		spot.Link = &p.page.Links[p.ring]
		if rects := spot.Link.Rects; len(rects) > 0 {
			r = rects[0]
		}
	}
	at := fyne.NewPos(r.X*p.zoom-p.side, r.Bottom()*p.zoom-p.shift())
	p.OnMenu(spot, fyne.CurrentApp().Driver().AbsolutePositionForObject(p).Add(at))
}

// AcceptsTab is for Fyne: Tab goes from link to link, and then on.
func (p *Page) AcceptsTab() bool { return true }

// tab moves the ring to the next link, or with Shift to the one before; beyond
// the last the focus goes on.
func (p *Page) tab() {
	way := 1
	if modifiers(p.Modifiers)&fyne.KeyModifierShift != 0 {
		way = -1
	}
	next := p.ring + way
	if p.ring < 0 {
		next = p.firstLink(way)
	}
	if p.page == nil || next < 0 || next >= len(p.page.Links) {
		p.ring = -1
		if c := canvasOf(p); c != nil {
			if way > 0 {
				c.FocusNext()
			} else {
				c.FocusPrevious()
			}
		}
		return
	}
	p.ring = next
	if rects := p.page.Links[next].Rects; len(rects) > 0 {
		p.revealRect(rects[0])
	}
	p.arrange()
}

// firstLink is the first link that can be seen, or the last, by the way.
func (p *Page) firstLink(way int) int {
	if p.page == nil {
		return -1
	}
	seen := p.seen()
	top, bottom := seen.top/p.zoom, (seen.top+seen.height)/p.zoom
	for k := range p.page.Links {
		i := k
		if way < 0 {
			i = len(p.page.Links) - 1 - k
		}
		for _, r := range p.page.Links[i].Rects {
			if r.Bottom() > top && r.Y < bottom {
				return i
			}
		}
	}
	return -1
}

// TypedShortcut copies, selects and zooms.
func (p *Page) TypedShortcut(s fyne.Shortcut) {
	switch k := s.(type) {
	case *fyne.ShortcutCopy:
		if p.Copy() {
			return
		}
	case *fyne.ShortcutSelectAll:
		p.SelectAll()
		return
	case *desktop.CustomShortcut:
		if p.custom(k) {
			return
		}
	}
	p.Keys.shortcut(s)
}

func (p *Page) custom(k *desktop.CustomShortcut) bool {
	extend := k.Modifier&fyne.KeyModifierShift != 0
	if k.Modifier&^fyne.KeyModifierShift != fyne.KeyModifierShortcutDefault {
		return false
	}
	switch k.KeyName {
	case fyne.KeyPlus, fyne.KeyEqual:
		p.ZoomIn()
	case fyne.KeyMinus:
		p.ZoomOut()
	case fyne.Key0:
		p.SetZoom(1)
	case fyne.KeyLeft, fyne.KeyRight:
		if !extend {
			return false
		}
		p.step(stepWord, k.KeyName == fyne.KeyLeft)
	case fyne.KeyHome, fyne.KeyEnd:
		switch {
		case extend:
			p.step(stepEnd, k.KeyName == fyne.KeyHome)
		default:
			return p.scrollBy(k.KeyName)
		}
	default:
		return false
	}
	return true
}

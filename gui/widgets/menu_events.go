package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// menuGround lies below a menu's panels and takes what the pointer does.
type menuGround struct {
	widget.BaseWidget
	menu *Menu
}

var (
	_ desktop.Hoverable      = (*menuGround)(nil)
	_ fyne.Tappable          = (*menuGround)(nil)
	_ fyne.SecondaryTappable = (*menuGround)(nil)
	_ fyne.Scrollable        = (*menuGround)(nil)
)

func newMenuGround(m *Menu) *menuGround {
	g := &menuGround{menu: m}
	g.ExtendBaseWidget(g)
	return g
}

// panelAt is the topmost panel at a place, or -1.
func (g *menuGround) panelAt(at fyne.Position) int {
	for i := len(g.menu.panels) - 1; i >= 0; i-- {
		p := g.menu.panels[i]
		rel := at.Subtract(p.Position())
		if rel.X >= 0 && rel.Y >= 0 && rel.X < p.Size().Width && rel.Y < p.Size().Height {
			return i
		}
	}
	return -1
}

// MouseIn is for Fyne.
func (g *menuGround) MouseIn(e *desktop.MouseEvent) { g.MouseMoved(e) }

// MouseMoved puts the cursor under the pointer, and opens submenus.
func (g *menuGround) MouseMoved(e *desktop.MouseEvent) {
	i := g.panelAt(e.Position)
	if i < 0 {
		return
	}
	p := g.menu.panels[i]
	line := p.at(e.Position.Y - p.Position().Y)
	if line == p.cursor {
		return
	}
	p.moveTo(line)
	g.menu.closeAbove(i)
	if line >= 0 && p.usable(line) && len(p.items[line].Sub) > 0 {
		g.menu.open(i)
	}
}

// MouseOut is for Fyne.
func (g *menuGround) MouseOut() {}

// Tapped chooses the line that was hit, or closes the menu.
func (g *menuGround) Tapped(e *fyne.PointEvent) {
	i := g.panelAt(e.Position)
	if i < 0 {
		g.menu.hide()
		return
	}
	p := g.menu.panels[i]
	p.moveTo(p.at(e.Position.Y - p.Position().Y))
	g.menu.choose(i)
}

// TappedSecondary does the same.
func (g *menuGround) TappedSecondary(e *fyne.PointEvent) { g.Tapped(e) }

// Scrolled is for Fyne.
func (g *menuGround) Scrolled(e *fyne.ScrollEvent) {
	if i := g.panelAt(e.Position); i >= 0 {
		g.menu.panels[i].scrollBy(-e.Scrolled.DY)
	}
}

// CreateRenderer is for Fyne.
func (g *menuGround) CreateRenderer() fyne.WidgetRenderer { return menuView{g} }

type menuView struct{ ground *menuGround }

func (v menuView) Layout(fyne.Size)   {}
func (v menuView) MinSize() fyne.Size { return fyne.Size{} }
func (v menuView) Destroy()           {}

func (v menuView) Refresh() {
	for _, p := range v.ground.menu.panels {
		p.Refresh()
	}
}

func (v menuView) Objects() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(v.ground.menu.panels))
	for i, p := range v.ground.menu.panels {
		objects[i] = p
	}
	return objects
}

// key moves through the menu.
func (m *Menu) key(e *fyne.KeyEvent) bool {
	last := len(m.panels) - 1
	p := m.panels[last]
	switch e.Name {
	case fyne.KeyDown, fyne.KeyTab:
		p.step(1)
	case fyne.KeyUp:
		p.step(-1)
	case fyne.KeyHome:
		p.moveTo(-1)
		p.step(1)
	case fyne.KeyEnd:
		p.moveTo(-1)
		p.step(-1)
	case fyne.KeyRight:
		m.descend(last)
	case fyne.KeyLeft:
		m.leave(last)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		m.choose(last)
		m.descend(last)
	case fyne.KeyEscape:
		if last == 0 {
			return false
		}
		m.leave(last)
	}
	return true
}

// descend opens the submenu at the cursor and goes to its first line.
func (m *Menu) descend(panel int) {
	if !m.shown {
		return
	}
	p := m.panels[panel]
	if p.cursor < 0 || !p.usable(p.cursor) || len(p.items[p.cursor].Sub) == 0 {
		return
	}
	m.open(panel)
	m.panels[panel+1].step(1)
}

// leave closes a submenu.
func (m *Menu) leave(panel int) {
	if panel > 0 {
		m.closeAbove(panel - 1)
	}
}

// find goes to the line that begins with a letter.
func (m *Menu) find(r rune) { m.panels[len(m.panels)-1].find(r) }

// Lines are those of the panel that was opened last.
func (g *menuGround) Lines() []MenuItem { return g.menu.panels[len(g.menu.panels)-1].items }

// Box is where such a line lies; ok is whether there is one with that label.
func (g *menuGround) Box(label string) (at fyne.Position, size fyne.Size, ok bool) {
	p := g.menu.panels[len(g.menu.panels)-1]
	i := slices.IndexFunc(p.items, func(item MenuItem) bool { return item.Label == label })
	if i < 0 {
		return at, size, false
	}
	top, height := p.span(i)
	return p.Position().AddXY(0, top-p.scroll), fyne.NewSize(p.Size().Width, height), true
}

package widgets

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

// A MenuItem is a line of a menu. The zero item is a line between groups.
type MenuItem struct {
	Label    string
	Icon     theme.Icon  // may be empty
	Tint     theme.Token // of the icon; None is the usual colour
	Note     string      // at the end of the line: a key or a caption
	Checked  bool
	Disabled bool
	Danger   bool // it takes something away for good
	Sub      []MenuItem
	Act      func()
}

func (m MenuItem) divider() bool { return m.Label == "" }

// A Menu is a list of things to do, over the window until one is chosen.
type Menu struct {
	*overlay
	ground *menuGround
	panels []*menuPanel // the menu, its open submenu, and so on
	anchor anchor
}

// anchor says where a menu or popover goes: below a widget, or at a point.
type anchor struct {
	at     fyne.Position // the point, or the widget's lower left corner
	height float32       // of the widget, for when there is only room above it
	width  float32
	end    bool // align the right edges
}

// ShowMenu opens a menu at a place in a window, as for a secondary click.
func ShowMenu(c fyne.Canvas, at fyne.Position, items []MenuItem) *Menu {
	return openMenu(c, anchor{at: at}, items)
}

// ShowMenuBelow opens a drop-down below a widget; end aligns their right edges.
func ShowMenuBelow(over fyne.CanvasObject, end bool, items []MenuItem) *Menu {
	c := canvasOf(over)
	if c == nil || len(items) == 0 {
		return nil
	}
	return openMenu(c, anchorOf(over, end), items)
}

func anchorOf(over fyne.CanvasObject, end bool) anchor {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(over)
	size := over.Size()
	return anchor{at: at.AddXY(0, size.Height+theme.Space1), height: size.Height + 2*theme.Space1, width: size.Width, end: end}
}

// spot is where something of a size goes in a window, wholly inside it if it
// fits at all.
func (a anchor) spot(size, window fyne.Size) fyne.Position {
	x, y := a.at.X, a.at.Y
	if a.end {
		x += a.width - size.Width
	}
	if y+size.Height > window.Height-theme.Space1 && a.height > 0 && y-a.height-size.Height >= theme.Space1 {
		y -= a.height + size.Height
	}
	x = max(theme.Space1, min(x, window.Width-size.Width-theme.Space1))
	y = max(theme.Space1, min(y, window.Height-size.Height-theme.Space1))
	return fyne.NewPos(x, y)
}

func openMenu(c fyne.Canvas, a anchor, items []MenuItem) *Menu {
	if len(items) == 0 {
		return nil
	}
	m := &Menu{anchor: a}
	m.ground = newMenuGround(m)
	m.overlay = newOverlay(m.ground, false)
	m.place = func(fyne.Size) { m.arrange() }
	m.typed, m.runed = m.key, m.find
	m.panels = []*menuPanel{newMenuPanel(items)}
	m.show(c)
	return m
}

// Hide closes the menu.
func (m *Menu) Hide() { m.hide() }

// arrange puts each panel where it belongs.
func (m *Menu) arrange() {
	window := m.Size()
	for i, p := range m.panels {
		size := p.MinSize()
		size.Height = min(size.Height, window.Height-2*theme.Space1)
		p.Resize(size)
		if i == 0 {
			p.Move(m.anchor.spot(size, window))
			continue
		}
		p.Move(m.beside(m.panels[i-1], size, window))
	}
	m.ground.Refresh()
}

// beside is where a submenu goes: right of its parent, or left where there is
// no room.
func (m *Menu) beside(parent *menuPanel, size, window fyne.Size) fyne.Position {
	top, _ := parent.span(parent.cursor)
	x := parent.Position().X + parent.Size().Width - theme.Space1
	if x+size.Width > window.Width-theme.Space1 {
		x = parent.Position().X - size.Width + theme.Space1
	}
	y := parent.Position().Y + top - parent.scroll - menuPadding
	return fyne.NewPos(max(theme.Space1, x), max(theme.Space1, min(y, window.Height-size.Height-theme.Space1)))
}

// choose does what a line says, or opens what lies below it.
func (m *Menu) choose(panel int) {
	p := m.panels[panel]
	if p.cursor < 0 || !p.usable(p.cursor) {
		return
	}
	item := p.items[p.cursor]
	if len(item.Sub) > 0 {
		m.open(panel)
		return
	}
	m.hide()
	if item.Act != nil {
		item.Act()
	}
}

// open opens the submenu at a panel's cursor and closes any other.
func (m *Menu) open(panel int) {
	m.panels = append(m.panels[:panel+1], newMenuPanel(m.panels[panel].items[m.panels[panel].cursor].Sub))
	m.arrange()
}

func (m *Menu) closeAbove(panel int) {
	if len(m.panels) > panel+1 {
		m.panels = m.panels[:panel+1]
		m.arrange()
	}
}

package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// dragStart is how far the pointer goes with the button down before it drags.
const dragStart = 6

// pointer is where the pointer is, and what it is about to do.
type pointer struct {
	inside bool
	at     fyne.Position
	moved  time.Time
	row    int // under it, -1 for none
	action int // the row's button under it, -1 for none
	tipped [2]int

	down   bool
	button desktop.MouseButton
	from   fyne.Position
	on     place // the row that was pressed
	press  int   // the row's button that was pressed, or -1
	onUp   func(i int)

	last   place // of the click before, for double clicks
	lastAt time.Time
	double bool
}

// MouseIn begins to follow the pointer.
func (l *List) MouseIn(ev *desktop.MouseEvent) { l.MouseMoved(ev) }

// MouseMoved shows what is under the pointer.
func (l *List) MouseMoved(ev *desktop.MouseEvent) {
	l.pointer.at, l.pointer.moved, l.pointer.inside = ev.Position, l.now(), true
	l.arrange()
	l.offerTip()
}

// offerTip shows what the row's button under the pointer does, after a while.
func (l *List) offerTip() {
	p := &l.pointer
	if p.tipped == [2]int{p.row, p.action} {
		return
	}
	p.tipped = [2]int{p.row, p.action}
	hideTip()
	if p.action >= 0 && l.view != nil {
		showTip(l.view.buttons.lit, l.actions[p.action].label(l.model.Row(p.row)))
	}
}

// MouseOut lets rows in that waited for the pointer to go.
func (l *List) MouseOut() {
	l.pointer.inside = false
	l.arrange()
	l.offerTip()
	l.settle()
}

// Cursor is a hand while rows are dragged.
func (l *List) Cursor() desktop.Cursor {
	if l.drag != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// hover finds what is under the pointer; while a button is down nothing is.
func (l *List) hover() {
	p := &l.pointer
	p.row, p.action = -1, -1
	if !p.inside || l.drag != nil || l.scroll.grabbed {
		return
	}
	if i, inside := l.rowUnder(p.at); inside {
		p.row = i
		p.action = l.actionUnder(i, p.at)
	}
}

// rowUnder is the row at a position of the list.
func (l *List) rowUnder(at fyne.Position) (i int, inside bool) {
	if at.Y < 0 || at.Y >= l.Size().Height {
		return -1, false
	}
	return l.geo.rowAt(l.scroll.off + int64(at.Y))
}

// actionUnder is the button of row i at a position of the list, or -1.
func (l *List) actionUnder(i int, at fyne.Position) int {
	if l.model.ID(i) == 0 {
		return -1
	}
	y := float32(l.geo.top(i) - l.scroll.off)
	return actionAt(len(l.actions), l.Size().Width, l.density, fyne.NewPos(at.X, at.Y-y))
}

// MouseDown selects, or notes what the release will do.
func (l *List) MouseDown(ev *desktop.MouseEvent) {
	hideTip()
	l.takeFocus()
	p := &l.pointer
	p.at, p.moved, p.from = ev.Position, l.now(), ev.Position
	p.down, p.button, p.press, p.onUp = true, ev.Button, -1, nil
	p.on = place{i: -1}
	if ev.Button == desktop.MouseButtonPrimary && l.scroll.press(ev.Position, l.Size().Width) {
		l.arrange()
		return
	}
	i, inside := l.rowUnder(ev.Position)
	if !inside {
		return
	}
	p.on = l.placeAt(i)
	switch ev.Button {
	case desktop.MouseButtonPrimary:
		l.pressPrimary(i, ev)
	case desktop.MouseButtonSecondary:
		l.pressSecondary(i, ev)
	}
}

func (l *List) pressPrimary(i int, ev *desktop.MouseEvent) {
	p := &l.pointer
	if p.press = l.actionUnder(i, ev.Position); p.press >= 0 {
		l.arrange()
		return
	}
	ranging := ev.Modifier&fyne.KeyModifierShift != 0
	more := ev.Modifier&fyne.KeyModifierShortcutDefault != 0
	p.double = !ranging && !more && p.on.id != 0 && p.on.id == p.last.id && l.now().Sub(p.lastAt) < l.doubleClick()
	p.last, p.lastAt = p.on, l.now()
	switch chosen := l.selection.Selected(i); {
	case ranging:
		l.extend(i, more)
	case more && !chosen:
		l.toggle(i)
	case more:
		p.onUp = l.toggle // a drag may begin here, and takes it along
	case !chosen:
		l.alone(i)
	default:
		p.onUp = l.alone
	}
}

// pressSecondary selects what the menu will be about. The menu opens on release,
// or the release would choose from it.
func (l *List) pressSecondary(i int, ev *desktop.MouseEvent) {
	if !l.selection.Selected(i) {
		l.alone(i)
	} else {
		l.cursor = l.placeAt(i)
		l.arrange()
	}
	at := ev.AbsolutePosition
	l.pointer.onUp = func(int) {
		if l.OnMenu != nil {
			l.OnMenu(at)
		}
	}
}

// MouseUp does what was pressed, if the pointer is still on the same row.
func (l *List) MouseUp(ev *desktop.MouseEvent) {
	p := &l.pointer
	if !p.down {
		return
	}
	p.at, p.moved, p.down = ev.Position, l.now(), false
	if l.scroll.grabbed {
		l.scroll.release()
		l.arrange()
		return
	}
	onUp, press, double := p.onUp, p.press, p.double
	p.onUp, p.press, p.double = nil, -1, false
	i, inside := l.rowUnder(ev.Position)
	same := inside && l.drag == nil && p.on.i >= 0 && l.isRow(i, p.on)
	switch {
	case !same:
	case press >= 0:
		l.act(i, press, ev.Position)
	case onUp != nil:
		onUp(i)
	}
	if same && double {
		p.last = place{}
		l.open(p.on.id)
	}
	l.arrange()
}

// isRow says whether row i is the remembered one, and not what took its place.
func (l *List) isRow(i int, p place) bool {
	if p.id == 0 {
		return i == p.i
	}
	return l.model.ID(i) == p.id
}

// act tells of a row's button, if it was released where it was pressed.
func (l *List) act(i, press int, at fyne.Position) {
	if l.OnAction != nil && l.actionUnder(i, at) == press {
		l.OnAction(l.model.ID(i), l.actions[press])
	}
}

func (l *List) doubleClick() time.Duration {
	return fyne.CurrentApp().Driver().DoubleTapDelay()
}

// takeFocus makes the list the pane that keys go to.
func (l *List) takeFocus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil && !l.focused {
		c.Focus(l)
	}
}

// Scrolled follows the wheel.
func (l *List) Scrolled(ev *fyne.ScrollEvent) {
	l.release()
	l.scroll.wheel(ev.Scrolled.DY)
}

// Dragged moves the thumb, or carries the selection.
func (l *List) Dragged(ev *fyne.DragEvent) {
	switch {
	case l.scroll.grabbed:
		l.release()
		l.scroll.drag(ev.Position.Y)
		l.arrange()
	case l.drag != nil:
		l.drag.move(ev.AbsolutePosition)
	case l.mayDrag(ev.Position):
		l.beginDrag(ev.AbsolutePosition)
	}
}

// DragEnd drops. Fyne sends no MouseUp after a drag with an overlay.
func (l *List) DragEnd() {
	l.scroll.release()
	l.pointer.down, l.pointer.onUp, l.pointer.press = false, nil, -1
	l.pointer.inside = false // until it moves again
	if l.drag != nil {
		l.drag.drop()
	}
	l.arrange()
	l.takeFocus() // Fyne takes it away where the button is released elsewhere
}

func (l *List) mayDrag(at fyne.Position) bool {
	p := l.pointer
	if !p.down || p.button != desktop.MouseButtonPrimary || p.on.i < 0 || p.press >= 0 || l.Load == nil {
		return false
	}
	dx, dy := at.X-p.from.X, at.Y-p.from.Y
	return dx*dx+dy*dy >= dragStart*dragStart
}

func (l *List) beginDrag(abs fyne.Position) {
	load := l.Load()
	c := fyne.CurrentApp().Driver().CanvasForObject(l)
	if load.Label == "" || c == nil {
		return
	}
	l.pointer.onUp = nil
	l.drag = startDrag(c, l.Drops, load, func() {
		l.drag = nil
		l.pointer.down, l.pointer.inside = false, false
		l.arrange()
	})
	l.drag.move(abs)
	l.arrange()
}

func (l *List) cancelDrag() {
	if l.drag != nil {
		l.drag.cancel()
	}
}

package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// MouseIn begins to follow the pointer.
func (t *Tree) MouseIn(ev *desktop.MouseEvent) { t.MouseMoved(ev) }

// MouseMoved shows what is under the pointer.
func (t *Tree) MouseMoved(ev *desktop.MouseEvent) {
	t.at, t.inside = ev.Position, true
	t.arrange()
	t.offerTip()
}

// MouseOut shows nothing any more.
func (t *Tree) MouseOut() {
	t.inside = false
	t.arrange()
	t.offerTip()
}

// hover finds what is under the pointer.
func (t *Tree) hover() {
	t.hovered = -1
	if t.inside && !t.scroll.grabbed {
		t.hovered = t.lineUnder(t.at)
	}
}

// offerTip shows the tooltip of the line under the pointer, if it has one.
func (t *Tree) offerTip() {
	if t.hovered == t.tipped {
		return
	}
	t.tipped = t.hovered
	hideTip()
	if t.hovered >= 0 && t.items[t.hovered].Tip != "" && t.view != nil {
		showTip(t.view.hover, t.items[t.hovered].Tip)
	}
}

// MouseDown takes the focus, or the thumb.
func (t *Tree) MouseDown(ev *desktop.MouseEvent) {
	hideTip()
	t.takeFocus()
	t.at, t.button, t.pressed = ev.Position, ev.Button, -1
	if ev.Button == desktop.MouseButtonPrimary && t.scroll.press(ev.Position, t.Size().Width) {
		return
	}
	t.pressed = t.lineUnder(ev.Position)
}

// takeFocus makes the tree the pane that keys go to.
func (t *Tree) takeFocus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil && !t.focused {
		c.Focus(t)
	}
}

// MouseUp chooses, folds or asks for the menu, where it was pressed.
func (t *Tree) MouseUp(ev *desktop.MouseEvent) {
	t.at = ev.Position
	pressed := t.pressed
	t.pressed = -1
	if t.scroll.grabbed {
		t.scroll.release()
		t.arrange()
		return
	}
	if i := t.lineUnder(ev.Position); i < 0 || i != pressed {
		return
	}
	it := t.items[pressed]
	switch {
	case t.button == desktop.MouseButtonSecondary:
		t.menu(it, ev.AbsolutePosition)
	case t.button != desktop.MouseButtonPrimary:
	case it.folds(ev.Position.X, t.Size().Width):
		t.fold(it)
	default:
		t.choose(it)
	}
}

// DoubleTapped opens a line; each of the clicks has chosen it before.
func (t *Tree) DoubleTapped(ev *fyne.PointEvent) {
	i := t.lineUnder(ev.Position)
	if i < 0 || t.OnOpen == nil || t.items[i].folds(ev.Position.X, t.Size().Width) {
		return
	}
	t.OnOpen(t.items[i].Key)
}

func (t *Tree) choose(it TreeItem) {
	t.cursor = it.Key
	t.arrange()
	if t.OnChoose != nil {
		t.OnChoose(it.Key)
	}
}

func (t *Tree) fold(it TreeItem) {
	if t.OnFold != nil && it.Parent {
		t.OnFold(it.Key)
	}
}

func (t *Tree) menu(it TreeItem, at fyne.Position) {
	if t.OnMenu != nil {
		t.OnMenu(it.Key, at)
	}
}

// Scrolled follows the wheel.
func (t *Tree) Scrolled(ev *fyne.ScrollEvent) { t.scroll.wheel(ev.Scrolled.DY) }

// Dragged moves the thumb; lines cannot be dragged.
func (t *Tree) Dragged(ev *fyne.DragEvent) {
	t.pressed = -1
	if t.scroll.grabbed {
		t.scroll.drag(ev.Position.Y)
	}
}

// DragEnd lets the thumb go.
func (t *Tree) DragEnd() {
	t.scroll.release()
	t.inside = false // until it moves again
	t.arrange()
	t.takeFocus()
}

// FocusGained shows that keys go here.
func (t *Tree) FocusGained() {
	t.focused = true
	t.arrange()
}

// FocusLost shows what is chosen quietly.
func (t *Tree) FocusLost() {
	t.focused = false
	t.arrange()
}

// TypedRune passes letters on; they are commands.
func (t *Tree) TypedRune(r rune) { t.Keys.rune(r) }

// TypedShortcut passes shortcuts on.
func (t *Tree) TypedShortcut(s fyne.Shortcut) { t.Keys.shortcut(s) }

// TypedKey moves, folds and asks for the menu.
func (t *Tree) TypedKey(ev *fyne.KeyEvent) {
	i := t.indexOf(t.cursor)
	switch ev.Name {
	case fyne.KeyUp:
		t.step(i-1, -1)
	case fyne.KeyDown:
		t.step(i+1, 1)
	case fyne.KeyHome:
		t.step(0, 1)
	case fyne.KeyEnd:
		t.step(len(t.items)-1, -1)
	case fyne.KeyLeft:
		t.left(i)
	case fyne.KeyRight:
		t.right(i)
	case fyne.KeyReturn, fyne.KeyEnter:
		switch {
		case i < 0:
			t.Keys.key(ev)
		case t.OpensByKey && t.OnOpen != nil:
			t.OnOpen(t.items[i].Key)
		default:
			t.choose(t.items[i])
		}
	case desktop.KeyMenu:
		t.menuAtCursor(i)
	default:
		t.Keys.key(ev)
	}
}

// step moves the cursor to line i, and chooses it unless it is a head: passing
// over one should not leave the list.
func (t *Tree) step(i, by int) {
	if i < 0 || i >= len(t.items) {
		return
	}
	it := t.items[i]
	t.cursor = it.Key
	t.Reveal(it.Key)
	if it.Head {
		t.arrange()
		return
	}
	t.choose(it)
}

// left folds a line, or goes to the one it is below.
func (t *Tree) left(i int) {
	if i < 0 {
		return
	}
	if it := t.items[i]; it.Parent && !it.Folded {
		t.fold(it)
		return
	}
	for k := i - 1; k >= 0; k-- {
		above := t.items[k]
		if above.Head || above.Depth < t.items[i].Depth && !t.items[i].Head {
			if !t.items[i].Head {
				t.step(k, -1)
			}
			return
		}
	}
}

// right unfolds a line, or goes to the first below it.
func (t *Tree) right(i int) {
	if i < 0 || !t.items[i].Parent {
		return
	}
	if t.items[i].Folded {
		t.fold(t.items[i])
		return
	}
	t.step(i+1, 1)
}

func (t *Tree) menuAtCursor(i int) {
	if i < 0 || t.view == nil {
		return
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(t)
	t.menu(t.items[i], at.AddXY(treeLeft+t.items[i].indent(), t.view.lineTop(i)+treeRow))
}

const (
	unfoldAfter = 700 * time.Millisecond // of resting on a folded line with a load
	dragEdge    = 24                     // near an edge a drag scrolls
	dragScroll  = 14
)

// DragOver marks the line that a drop would hit.
func (t *Tree) DragOver(load DragLoad, at fyne.Position) (takes bool, why string) {
	switch {
	case at.Y < dragEdge:
		t.scroll.to(t.scroll.off - dragScroll)
	case at.Y > t.Size().Height-dragEdge:
		t.scroll.to(t.scroll.off + dragScroll)
	}
	i := t.lineUnder(at)
	if i != t.over {
		t.enter(i)
	}
	t.takes = false
	if i >= 0 && t.CanDrop != nil {
		t.takes, why = t.CanDrop(t.items[i].Key, load)
	}
	t.arrange()
	return t.takes, why
}

// enter notes the line that is dragged over; a folded one unfolds after a while.
func (t *Tree) enter(i int) {
	t.over = i
	t.visit++
	if i < 0 || !t.items[i].Parent || !t.items[i].Folded {
		return
	}
	visit, key := t.visit, t.items[i].Key
	t.after(unfoldAfter, func() {
		if i := t.indexOf(key); t.visit == visit && i >= 0 && t.items[i].Folded {
			t.fold(t.items[i])
		}
	})
}

// DragOut shows nothing of a drag any more.
func (t *Tree) DragOut() {
	t.enter(-1)
	t.takes = false
	t.arrange()
}

// Drop tells what was dropped where.
func (t *Tree) Drop(load DragLoad, at fyne.Position) {
	if i := t.lineUnder(at); i >= 0 && t.OnDrop != nil {
		t.OnDrop(t.items[i].Key, load)
	}
}

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Modifiers tells which modifier keys are down. desktop.Driver is one; Fyne's
// test driver is not.
type Modifiers interface {
	CurrentKeyModifiers() fyne.KeyModifier
}

// Keys are where a pane sends the keys that it has no use for itself. Each says
// whether it took the key; a nil one takes nothing.
type Keys struct {
	Key      func(ev *fyne.KeyEvent) bool
	Rune     func(r rune) bool
	Shortcut func(s fyne.Shortcut) bool
}

// key passes a key on, unless it only modifies others.
func (k Keys) key(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case desktop.KeyShiftLeft, desktop.KeyShiftRight, desktop.KeyControlLeft, desktop.KeyControlRight,
		desktop.KeyAltLeft, desktop.KeyAltRight, desktop.KeySuperLeft, desktop.KeySuperRight:
		return false
	}
	return k.Key != nil && k.Key(ev)
}

func (k Keys) rune(r rune) bool { return k.Rune != nil && k.Rune(r) }

func (k Keys) shortcut(s fyne.Shortcut) bool { return k.Shortcut != nil && k.Shortcut(s) }

// modifiers asks m, or the driver if m is nil.
func modifiers(m Modifiers) fyne.KeyModifier {
	if m == nil {
		m, _ = fyne.CurrentApp().Driver().(desktop.Driver)
	}
	if m == nil {
		return 0
	}
	return m.CurrentKeyModifiers()
}

// Held reports whether a modifier key is down.
func Held(m fyne.KeyModifier) bool { return modifiers(nil)&m != 0 }

// FocusGained shows the selection as the focused pane's.
func (l *List) FocusGained() {
	l.focused = true
	l.arrange()
}

// FocusLost shows the selection quietly.
func (l *List) FocusLost() {
	l.focused = false
	l.arrange()
}

// BeginQuietly has the list show no cursor before a key moves it: the list has the
// focus because the window begins, and not because somebody gave it.
func (l *List) BeginQuietly() { l.quiet = true }

// TypedRune passes letters on; they are commands.
func (l *List) TypedRune(r rune) { l.Keys.rune(r) }

// TypedKey moves the cursor, opens and asks for the menu.
func (l *List) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd:
		l.quiet = false
	}
	extend := modifiers(l.Modifiers)&fyne.KeyModifierShift != 0
	switch ev.Name {
	case fyne.KeyUp:
		l.MoveCursor(-1, extend)
	case fyne.KeyDown:
		l.MoveCursor(1, extend)
	case fyne.KeyPageUp:
		l.MoveCursor(-l.rowsPerPage(), extend)
	case fyne.KeyPageDown:
		l.MoveCursor(l.rowsPerPage(), extend)
	case fyne.KeyHome:
		l.goTo(0, extend)
	case fyne.KeyEnd:
		l.goTo(l.geo.rows-1, extend)
	case fyne.KeyReturn, fyne.KeyEnter:
		l.open(l.cursor.id)
	case desktop.KeyMenu:
		l.menuAtCursor()
	case fyne.KeyF10:
		if extend {
			l.menuAtCursor()
			return
		}
		l.Keys.key(ev)
	case fyne.KeyEscape:
		if !l.giveUp() {
			l.Keys.key(ev)
		}
	default:
		l.Keys.key(ev)
	}
}

// TypedShortcut selects all, and moves the cursor alone with Ctrl.
func (l *List) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutSelectAll); ok {
		l.SelectAll()
		return
	}
	custom, ok := s.(*desktop.CustomShortcut)
	if !ok || custom.Modifier&^fyne.KeyModifierShift != fyne.KeyModifierShortcutDefault {
		l.Keys.shortcut(s)
		return
	}
	extend := custom.Modifier&fyne.KeyModifierShift != 0
	switch {
	case custom.KeyName == fyne.KeyHome:
		l.goTo(0, extend)
	case custom.KeyName == fyne.KeyEnd:
		l.goTo(l.geo.rows-1, extend)
	case extend:
		l.Keys.shortcut(s)
	case custom.KeyName == fyne.KeyUp:
		l.glance(-1)
	case custom.KeyName == fyne.KeyDown:
		l.glance(1)
	case custom.KeyName == fyne.KeySpace && l.cursor.i >= 0:
		l.toggle(l.cursor.i)
	default:
		l.Keys.shortcut(s)
	}
}

// rowsPerPage is how far PageUp and PageDown move the cursor.
func (l *List) rowsPerPage() int {
	return max(1, int((l.scroll.view-l.geo.row/2)/max(1, l.geo.row)))
}

// giveUp ends a drag, or leaves the cursor's row alone selected if there are
// several.
func (l *List) giveUp() bool {
	if l.drag != nil {
		l.cancelDrag()
		return true
	}
	if l.selection.Selection() < 2 || l.cursor.i < 0 {
		return false
	}
	l.alone(l.cursor.i)
	return true
}

func (l *List) open(id RowID) {
	if l.OnOpen != nil && id != 0 {
		l.OnOpen(id)
	}
}

func (l *List) menuAtCursor() {
	i := l.cursor.i
	if l.OnMenu == nil || i < 0 {
		return
	}
	if !l.selection.Selected(i) {
		l.alone(i)
	}
	l.revealRow(i)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(l)
	y := float32(l.geo.top(i) + l.geo.row - l.scroll.off)
	l.OnMenu(at.AddXY(rowTextLeft, y))
}

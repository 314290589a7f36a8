package widgets

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// A List shows the rows of a [ListModel], however many there are, with the
// heads of their groups. It holds a handful of drawn rows and hands them on
// while it scrolls, so its cost depends on its height alone.
//
// What shows stays where it is when rows come and go: call [List.Update] after
// each change of the model. Rows are known by their ids; nothing that a person
// did to one ever reaches another.
//
// The fields are set before the list is shown, or on Fyne's goroutine.
type List struct {
	widget.BaseWidget

	// OnSelect is told when the person moved the cursor or changed the selection.
	OnSelect func()
	// OnOpen is told of a double click or Return.
	OnOpen func(id RowID)
	// OnMenu is told of a secondary click or the menu key, after the row was
	// selected if it was not. The position is the window's.
	OnMenu func(at fyne.Position)
	// OnAction is told that a row's own button was pressed. It says nothing of
	// the selection.
	OnAction func(id RowID, action RowAction)
	// OnShow is told which rows [from, to) show, whenever that may have changed.
	OnShow func(from, to int)
	// Load says what a drag of the selection carries; without it, or without a
	// label, nothing can be dragged.
	Load func() DragLoad
	// Drops are where a drag can end.
	Drops *Drops
	// Keys get what the list has no use for.
	Keys Keys
	// Modifiers are asked while keys are typed; the driver's, if nil.
	Modifiers Modifiers

	model     ListModel
	selection ListSelection
	density   Density
	actions   []RowAction
	foot      fyne.CanvasObject

	geo    geometry
	heads  []ListHead // as of the last measure, so that they fit geo
	scroll *scroller
	shown  [2]int // what OnShow was told last
	pinned pin
	laid   bool // it has had a size

	cursor, anchor place
	focused        bool
	quiet          bool // nobody has asked for the keys yet: nothing shows where they begin
	pointer        pointer
	drag           *drag

	now   func() time.Time
	after func(time.Duration, func())
	view  *listView
}

var (
	_ fyne.Focusable     = (*List)(nil)
	_ fyne.Scrollable    = (*List)(nil)
	_ fyne.Draggable     = (*List)(nil)
	_ fyne.Shortcutable  = (*List)(nil)
	_ desktop.Mouseable  = (*List)(nil)
	_ desktop.Hoverable  = (*List)(nil)
	_ desktop.Cursorable = (*List)(nil)
)

// place is a row that the list remembers: by its name, and by where it was last
// for when the name is not known or has gone.
type place struct {
	id RowID
	i  int // -1: none
}

// NewList returns a list of the model's rows; selection keeps which are
// selected.
func NewList(model ListModel, selection ListSelection) *List {
	l := &List{
		model: model, selection: selection, actions: DefaultRowActions(),
		cursor: place{i: -1}, anchor: place{i: -1}, pointer: pointer{row: -1, action: -1},
		now: time.Now,
	}
	l.after = func(d time.Duration, f func()) { time.AfterFunc(d, func() { Do(f) }) }
	l.scroll = newScroller(l.arrange)
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer makes the objects that the list is drawn with.
func (l *List) CreateRenderer() fyne.WidgetRenderer {
	l.view = newListView(l)
	return l.view
}

// AccessibilityLabel reads the row where the cursor is.
func (l *List) AccessibilityLabel() string {
	if l.cursor.i < 0 || l.cursor.i >= l.geo.rows {
		return fmt.Sprintf("Messages, %d", l.geo.rows)
	}
	r := l.model.Row(l.cursor.i)
	return fmt.Sprintf("%s, %s, %s; %d of %d", r.Sender, r.Subject, r.Date, l.cursor.i+1, l.geo.rows)
}

// AccessibilityRole is for Fyne.
func (l *List) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// MinSize is small: the pane gives the list what there is.
func (l *List) MinSize() fyne.Size { return fyne.NewSize(160, 72) }

// SetModel shows other rows, from their beginning and with no cursor.
func (l *List) SetModel(model ListModel, selection ListSelection) {
	l.cancelDrag()
	l.model, l.selection = model, selection
	l.cursor, l.anchor = place{i: -1}, place{i: -1}
	l.pointer.onUp, l.pointer.press, l.pointer.last = nil, -1, place{}
	l.pinned = pin{}
	l.shown = [2]int{-1, -1} // a new model has not been told yet
	l.scroll.slack = 0
	l.scroll.stop()
	l.scroll.off = 0
	l.measure()
	l.redraw()
}

// SetDensity chooses how much of a message a row shows. The first row that shows
// stays the first.
func (l *List) SetDensity(d Density) {
	if l.density == d {
		return
	}
	first, _ := l.geo.rowAt(l.scroll.off)
	into := l.scroll.off - l.geo.top(max(0, first))
	l.density = d
	l.scroll.stop()
	l.measure()
	if first >= 0 && l.scroll.off > 0 {
		l.scroll.off = min(l.geo.top(first)+min(into, l.geo.row-1), l.scroll.end())
	}
	l.redraw()
}

// Density is how much of a message a row shows.
func (l *List) Density() Density { return l.density }

// SetActions chooses the buttons of the row under the pointer, none if empty.
func (l *List) SetActions(actions []RowAction) {
	l.actions = actions
	l.redraw()
}

// SetFoot shows an object after the last row, which scrolls with the rows; nil
// removes it.
func (l *List) SetFoot(foot fyne.CanvasObject) {
	l.foot = foot
	l.measure()
	l.redraw()
}

// Current is the row that keys move from, where the cursor is; 0 if there is
// none.
func (l *List) Current() RowID { return l.cursor.id }

// CurrentRow is where the cursor is, or -1.
func (l *List) CurrentRow() int { return l.cursor.i }

// Shown is which rows [from, to) show, at least in part.
func (l *List) Shown() (from, to int) { return l.geo.span(l.scroll.off, l.scroll.view) }

// measure takes over what the model, the density and the size say of lengths.
func (l *List) measure() {
	l.heads = l.model.Heads()
	at := l.geo.at[:0]
	for _, h := range l.heads {
		at = append(at, h.Row)
	}
	l.geo = geometry{rows: l.model.Len(), row: l.density.height(), head: headHeight, at: at}
	if l.foot != nil {
		l.geo.foot = int64(l.foot.MinSize().Height + 0.5)
	}
	l.scroll.set(l.geo.total(), int64(l.Size().Height))
}

// Resize keeps the first row that shows where it is.
func (l *List) Resize(size fyne.Size) {
	if l.laid && size == l.Size() {
		return
	}
	l.laid = true
	l.BaseWidget.Resize(size)
	if l.foot != nil {
		l.foot.Resize(fyne.NewSize(size.Width, l.foot.Size().Height))
	}
	l.measure()
	l.arrange()
}

// arrange puts everything where it belongs. It costs little if nothing moved.
func (l *List) arrange() {
	l.pinned.remember(l)
	l.hover()
	if l.view != nil {
		l.view.arrange()
	}
	if from, to := l.Shown(); l.laid && l.shown != [2]int{from, to} {
		l.shown = [2]int{from, to}
		if l.OnShow != nil {
			l.OnShow(from, to)
		}
	}
}

// redraw arranges, after what rows say or how they look may have changed.
func (l *List) redraw() {
	if l.view != nil {
		l.view.gather()
	}
	l.arrange()
}

package widgets

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"postrider/gui/fynetest"
)

// rowsModel is a list of ids in memory; what a row says follows from its id.
type rowsModel struct {
	ids   []RowID
	heads []ListHead
	say   func(id RowID) RowData
}

func newRowsModel(n int) *rowsModel {
	m := &rowsModel{ids: make([]RowID, n)}
	for i := range m.ids {
		m.ids[i] = RowID(i + 1)
	}
	return m
}

func (m *rowsModel) Len() int          { return len(m.ids) }
func (m *rowsModel) ID(i int) RowID    { return m.ids[i] }
func (m *rowsModel) Heads() []ListHead { return m.heads }

func (m *rowsModel) Index(id RowID) int { return slices.Index(m.ids, id) }

func (m *rowsModel) Row(i int) RowData {
	if m.say != nil {
		return m.say(m.ids[i])
	}
	return RowData{Sender: fmt.Sprintf("Sender %d", m.ids[i]), Subject: "Subject", Snippet: "Snippet", Date: "09:12"}
}

// insertAbove puts n new rows before all others.
func (m *rowsModel) insertAbove(n int) {
	fresh := make([]RowID, n)
	for i := range fresh {
		fresh[i] = RowID(1_000_000_000 + len(m.ids) + i)
	}
	m.ids = append(fresh, m.ids...)
}

func (m *rowsModel) remove(ids ...RowID) {
	m.ids = slices.DeleteFunc(m.ids, func(id RowID) bool { return slices.Contains(ids, id) })
}

// heldKeys are modifiers that are down.
type heldKeys fyne.KeyModifier

func (k heldKeys) CurrentKeyModifiers() fyne.KeyModifier { return fyne.KeyModifier(k) }

const (
	noKey = fyne.KeyModifier(0)
	shift = fyne.KeyModifierShift
	ctrl  = fyne.KeyModifierShortcutDefault
)

// stage is a list in a window of Fyne's test driver, with a clock of its own.
type listStage struct {
	*List
	t      *testing.T
	m      *rowsModel
	set    *RowSet
	window fyne.Window
	clock  time.Time
	later  []func()
}

const stageWidth, stageHeight = 379, 720

func newListStage(t *testing.T, m *rowsModel) *listStage {
	t.Helper()
	app := fynetest.New(t)
	app.Settings().SetTheme(test.Theme())
	set := NewRowSet(m)
	s := &listStage{List: NewList(m, set), t: t, m: m, set: set, clock: time.Date(2026, 3, 3, 9, 41, 0, 0, time.UTC)}
	s.now = func() time.Time { return s.clock }
	s.after = func(_ time.Duration, f func()) { s.later = append(s.later, f) }
	s.Modifiers = heldKeys(0)
	s.window = test.NewTempWindow(t, s.List)
	s.window.SetPadded(false)
	s.window.Resize(fyne.NewSize(stageWidth, stageHeight))
	return s
}

// wait lets time go by.
func (s *listStage) wait(d time.Duration) {
	s.clock = s.clock.Add(d)
	due := s.later
	s.later = nil
	for _, f := range due {
		f()
	}
}

// y is the middle of row i in the list.
func (s *listStage) y(i int) float32 {
	return float32(s.geo.top(i) - s.scroll.off + s.geo.row/2)
}

func mouse(x, y float32, button desktop.MouseButton, with fyne.KeyModifier) *desktop.MouseEvent {
	at := fyne.NewPos(x, y)
	return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at, AbsolutePosition: at}, Button: button, Modifier: with}
}

func (s *listStage) down(x, y float32, with fyne.KeyModifier) {
	s.MouseDown(mouse(x, y, desktop.MouseButtonPrimary, with))
}

func (s *listStage) up(x, y float32, with fyne.KeyModifier) {
	s.MouseUp(mouse(x, y, desktop.MouseButtonPrimary, with))
}

func (s *listStage) click(i int, with fyne.KeyModifier) {
	s.down(100, s.y(i), with)
	s.up(100, s.y(i), with)
	s.clock = s.clock.Add(5 * time.Second)
}

func (s *listStage) hoverAt(x, y float32) {
	s.MouseIn(mouse(x, y, 0, 0))
}

func (s *listStage) key(name fyne.KeyName, with fyne.KeyModifier) {
	s.Modifiers = heldKeys(with)
	s.TypedKey(&fyne.KeyEvent{Name: name})
}

func (s *listStage) wantSelected(ids ...RowID) {
	s.t.Helper()
	if got := s.set.IDs(); !slices.Equal(got, ids) {
		s.t.Errorf("selected %v, want %v", got, ids)
	}
}

// rowPlace is where the row of this id is drawn; it must be.
func (s *listStage) rowPlace(id RowID) float32 {
	s.t.Helper()
	i := s.m.Index(id)
	from, to := s.Shown()
	if i < from || i >= to {
		s.t.Fatalf("row %d does not show", id)
	}
	slot := s.view.rows[i%len(s.view.rows)]
	if !slot.picture.Visible() {
		s.t.Fatalf("row %d is hidden", id)
	}
	return slot.picture.Position().Y
}

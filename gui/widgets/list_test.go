package widgets

import (
	"image/color"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
)

func TestListEndsExactlyAtTheMillionthRow(t *testing.T) {
	m := newRowsModel(1_000_000)
	for i := 0; i < len(m.ids); i += 5000 {
		m.heads = append(m.heads, ListHead{Row: i, Text: "Group"})
	}
	s := newListStage(t, m)
	s.key(fyne.KeyEnd, noKey)
	if got := s.rowPlace(1_000_000); got != stageHeight-72 {
		t.Errorf("the last row is at %v, want %v", got, stageHeight-72)
	}
	if got := s.rowPlace(999_999); got != stageHeight-2*72 {
		t.Errorf("the row before it is at %v", got)
	}
	s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: 1}})
	if got := s.rowPlace(1_000_000); got != stageHeight-72+1 {
		t.Errorf("one pixel up brings it to %v", got)
	}
	s.wantSelected(1_000_000)
	s.key(fyne.KeyHome, noKey)
	if got := s.rowPlace(1); got != headHeight {
		t.Errorf("the first row is at %v, want below its head", got)
	}
}

func TestRowsThatArriveAboveMoveNothing(t *testing.T) {
	s := newListStage(t, newRowsModel(1000))
	s.scroll.to(7205)
	s.click(103, noKey)
	id := s.m.ids[103]
	before := s.rowPlace(id)
	for range 5 {
		s.m.insertAbove(3)
		s.Update()
	}
	if got := s.rowPlace(id); got != before {
		t.Errorf("the row moved from %v to %v", before, got)
	}
	s.wantSelected(id)
	if s.Current() != id || s.m.ids[s.CurrentRow()] != id {
		t.Errorf("the cursor is on %d in row %d", s.Current(), s.CurrentRow())
	}
	s.key(fyne.KeyDown, noKey)
	s.wantSelected(id + 1)
}

func TestRowsThatGoAboveMoveNothing(t *testing.T) {
	s := newListStage(t, newRowsModel(1000))
	s.scroll.to(7205)
	before := s.rowPlace(105)
	s.m.remove(1, 2, 50, 101) // 101 is the first that shows
	s.Update()
	if got := s.rowPlace(105); got != before {
		t.Errorf("the row moved from %v to %v", before, got)
	}
}

func TestNewRowsPushInAtTheVeryTop(t *testing.T) {
	s := newListStage(t, newRowsModel(100))
	s.m.insertAbove(1)
	s.Update()
	if got := s.rowPlace(1); got != 72 {
		t.Errorf("the old first row is at %v, want 72", got)
	}
}

func TestNothingMovesUnderAPressedPointer(t *testing.T) {
	for _, c := range []struct {
		name string
		rows int
	}{{"a long list", 100}, {"a list that fits", 3}} {
		t.Run(c.name, func(t *testing.T) {
			s := newListStage(t, newRowsModel(c.rows))
			s.hoverAt(100, s.y(1))
			s.down(100, s.y(1), noKey)
			s.m.insertAbove(2)
			s.Update()
			s.m.insertAbove(1)
			s.Update()
			if got := s.rowPlace(2); got != 72 {
				t.Fatalf("the pressed row moved to %v", got)
			}
			s.up(100, 72+36, noKey)
			s.wantSelected(2)
			if got := s.rowPlace(2); got != 72 {
				t.Errorf("the row moved to %v right after the click", got)
			}
			s.wait(3 * time.Second)
			if got := s.rowPlace(2); got != 72*4 {
				t.Errorf("after a while the row is at %v, want 288: the new ones above it", got)
			}
		})
	}
}

func TestNewRowsWaitForAMovingPointerAndComeWhenItLeaves(t *testing.T) {
	s := newListStage(t, newRowsModel(100))
	s.hoverAt(100, 100)
	s.m.insertAbove(1)
	s.Update()
	if got := s.rowPlace(1); got != 0 {
		t.Fatalf("the row moved to %v under the pointer", got)
	}
	s.MouseOut()
	if got := s.rowPlace(1); got != 72 {
		t.Errorf("the row is at %v, want 72", got)
	}
}

func TestARowThatGoesLeavesTheOneUnderThePointer(t *testing.T) {
	s := newListStage(t, newRowsModel(100))
	s.scroll.to(720)
	s.hoverAt(100, s.y(14))
	before := s.rowPlace(15)
	s.m.remove(12)
	s.Update()
	if got := s.rowPlace(15); got != before {
		t.Errorf("the row under the pointer moved from %v to %v", before, got)
	}
}

func TestSelectingWithTheMouse(t *testing.T) {
	type step struct {
		row  int
		with fyne.KeyModifier
	}
	for _, c := range []struct {
		name  string
		steps []step
		want  []RowID
	}{
		{"a click selects one", []step{{2, noKey}, {4, noKey}}, []RowID{5}},
		{"Ctrl adds", []step{{2, noKey}, {4, ctrl}}, []RowID{3, 5}},
		{"Ctrl takes away", []step{{2, noKey}, {4, ctrl}, {2, ctrl}}, []RowID{5}},
		{"Shift selects up to there", []step{{2, noKey}, {5, shift}}, []RowID{3, 4, 5, 6}},
		{"Shift goes back and over the anchor", []step{{3, noKey}, {6, shift}, {1, shift}}, []RowID{2, 3, 4}},
		{"Ctrl moves the anchor", []step{{1, noKey}, {4, ctrl}, {6, shift}}, []RowID{5, 6, 7}},
		{"Ctrl and Shift keep the others", []step{{0, noKey}, {4, ctrl}, {6, shift | ctrl}}, []RowID{1, 5, 6, 7}},
		{"Shift without an anchor selects one", []step{{3, shift}}, []RowID{4}},
		{"a click on one of several leaves it alone", []step{{1, noKey}, {4, shift}, {2, noKey}}, []RowID{3}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newListStage(t, newRowsModel(50))
			for _, step := range c.steps {
				s.click(step.row, step.with)
			}
			s.wantSelected(c.want...)
		})
	}
}

func TestSelectingWithKeys(t *testing.T) {
	type step struct {
		key  fyne.KeyName
		with fyne.KeyModifier
	}
	for _, c := range []struct {
		name  string
		steps []step
		want  []RowID
	}{
		{"the first key begins at the top", []step{{fyne.KeyDown, noKey}}, []RowID{1}},
		{"down and up", []step{{fyne.KeyDown, noKey}, {fyne.KeyDown, noKey}, {fyne.KeyDown, noKey}, {fyne.KeyUp, noKey}}, []RowID{2}},
		{"Shift extends and shrinks", []step{{fyne.KeyDown, noKey}, {fyne.KeyDown, shift}, {fyne.KeyDown, shift}, {fyne.KeyUp, shift}}, []RowID{1, 2}},
		{"a page", []step{{fyne.KeyDown, noKey}, {fyne.KeyPageDown, noKey}}, []RowID{10}},
		{"home", []step{{fyne.KeyEnd, noKey}, {fyne.KeyHome, noKey}}, []RowID{1}},
		{"beyond the end", []step{{fyne.KeyEnd, noKey}, {fyne.KeyDown, noKey}}, []RowID{50}},
		{"Escape leaves one", []step{{fyne.KeyDown, noKey}, {fyne.KeyDown, shift}, {fyne.KeyEscape, noKey}}, []RowID{2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newListStage(t, newRowsModel(50))
			for _, step := range c.steps {
				s.key(step.key, step.with)
			}
			s.wantSelected(c.want...)
		})
	}
}

func TestCtrlMovesTheCursorAloneAndSpaceSelectsThere(t *testing.T) {
	s := newListStage(t, newRowsModel(50))
	s.key(fyne.KeyDown, noKey)
	for _, name := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeySpace} {
		s.TypedShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: ctrl})
	}
	s.wantSelected(1, 3)
	s.TypedShortcut(&fyne.ShortcutSelectAll{})
	if s.set.Selection() != 50 {
		t.Errorf("Ctrl+A selected %d", s.set.Selection())
	}
}

func TestKeysWithoutUseGoOn(t *testing.T) {
	s := newListStage(t, newRowsModel(5))
	var got []string
	s.Keys = Keys{
		Key:      func(ev *fyne.KeyEvent) bool { got = append(got, string(ev.Name)); return true },
		Rune:     func(r rune) bool { got = append(got, string(r)); return true },
		Shortcut: func(sc fyne.Shortcut) bool { got = append(got, sc.ShortcutName()); return true },
	}
	s.TypedRune('e')
	s.key(fyne.KeyDelete, noKey)
	s.key(fyne.KeyEscape, noKey)
	s.TypedShortcut(&fyne.ShortcutUndo{})
	if want := []string{"e", "Delete", "Escape", "Undo"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestADoubleClickOpensTheRow(t *testing.T) {
	s := newListStage(t, newRowsModel(50))
	var opened []RowID
	s.OnOpen = func(id RowID) { opened = append(opened, id) }
	press := func(i int) { s.down(100, s.y(i), noKey); s.up(100, s.y(i), noKey) }

	press(2)
	press(3) // another row
	s.wait(time.Second)
	press(3) // too late
	s.wait(time.Second)
	if len(opened) > 0 {
		t.Fatalf("opened %v without a double click", opened)
	}
	press(5)
	press(5)
	press(5) // a third is not another
	if !slices.Equal(opened, []RowID{6}) {
		t.Errorf("opened %v, want row 6 once", opened)
	}
	s.key(fyne.KeyReturn, noKey)
	if len(opened) != 2 {
		t.Errorf("Return did not open")
	}
}

func TestADoubleClickOnTwoMessagesInOnePlaceOpensNone(t *testing.T) {
	s := newListStage(t, newRowsModel(50))
	s.OnOpen = func(id RowID) { t.Errorf("opened %d", id) }
	s.down(100, 36, noKey)
	s.up(100, 36, noKey)
	s.m.remove(1)
	s.Update()
	s.down(100, 36, noKey)
	s.up(100, 36, noKey)
}

func TestTheMenuIsAboutTheSelection(t *testing.T) {
	s := newListStage(t, newRowsModel(50))
	menus := 0
	s.OnMenu = func(at fyne.Position) { menus++ }
	secondary := func(i int) {
		s.MouseDown(mouse(100, s.y(i), desktop.MouseButtonSecondary, 0))
		s.MouseUp(mouse(100, s.y(i), desktop.MouseButtonSecondary, 0))
	}
	s.click(1, noKey)
	s.click(3, shift)
	secondary(2)
	s.wantSelected(2, 3, 4)
	secondary(6)
	s.wantSelected(7)
	s.key(desktop.KeyMenu, noKey)
	if menus != 3 {
		t.Errorf("%d menus, want 3", menus)
	}
}

func TestRowButtonsActOnTheRowThatWasPressed(t *testing.T) {
	s := newListStage(t, newRowsModel(50))
	type acted struct {
		id   RowID
		name string
	}
	var got []acted
	s.OnAction = func(id RowID, a RowAction) { got = append(got, acted{id, a.Name}) }
	box, size := actionsBox(3, stageWidth, Comfortable)
	at := func(i, k int) (x, y float32) {
		return box.X + 1 + float32(k)*rowActionWidth + 16, s.y(i) - 36 + box.Y + size.Height/2
	}

	x, y := at(3, 1)
	s.hoverAt(x, y)
	s.down(x, y, noKey)
	s.up(x, y, noKey)
	if want := (acted{4, DeleteAction}); len(got) != 1 || got[0] != want {
		t.Fatalf("acted %v, want %v", got, want)
	}
	s.wantSelected()

	// Another message takes the row's place between press and release.
	got = nil
	s.down(x, y, noKey)
	s.m.remove(4)
	s.Update()
	s.up(x, y, noKey)
	if len(got) > 0 {
		t.Errorf("acted %v, though the message had gone", got)
	}

	// Released on the button beside it.
	s.wait(time.Minute)
	s.down(x, y, noKey)
	s.up(x+rowActionWidth, y, noKey)
	if len(got) > 0 {
		t.Errorf("acted %v, though released elsewhere", got)
	}
}

func TestThumbGoesToTheEndAndSaysWhereItIs(t *testing.T) {
	m := newRowsModel(100_000)
	m.heads = []ListHead{{0, "Today"}, {50_000, "March 2024"}}
	s := newListStage(t, m)
	_, h := s.scroll.bar()
	x := float32(stageWidth - 4)
	s.down(x, h/2, noKey)
	s.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 5000)}})
	if got := s.rowPlace(100_000); got != stageHeight-72 {
		t.Errorf("the last row is at %v", got)
	}
	if !s.view.hint.pill.Visible() || s.view.hint.text != "March 2024" {
		t.Errorf("the hint says %q", s.view.hint.text)
	}
	s.up(x, 700, noKey)
	s.DragEnd()
	if s.view.hint.pill.Visible() {
		t.Error("the hint stays")
	}
	s.wantSelected()
	s.down(x, 5, noKey)
	s.up(x, 5, noKey)
	if want := s.scroll.end() - s.scroll.page(); s.scroll.off != want {
		t.Errorf("a click above the thumb went to %d, want a page up, %d", s.scroll.off, want)
	}
}

func TestScrollingMakesNoObjects(t *testing.T) {
	m := newRowsModel(10_000)
	for i := 0; i < len(m.ids); i += 3 {
		m.heads = append(m.heads, ListHead{Row: i, Text: "Group"})
	}
	s := newListStage(t, m)
	before := slices.Clone(s.view.Objects())
	for i := range 200 {
		s.scroll.to(int64(i * 397))
	}
	if !slices.Equal(before, s.view.Objects()) {
		t.Error("scrolling changed the objects")
	}
}

func TestRowsKeepTheirPlaceWhenTheDensityChanges(t *testing.T) {
	s := newListStage(t, newRowsModel(1000))
	s.scroll.to(s.geo.top(500))
	s.SetDensity(Compact)
	if got := s.rowPlace(501); got != 0 {
		t.Errorf("the first row moved to %v", got)
	}
}

func TestTheCursorGoesToWhatTakesARowsPlace(t *testing.T) {
	s := newListStage(t, newRowsModel(10))
	s.click(4, noKey)
	s.m.remove(5)
	s.Update()
	if s.Current() != 6 {
		t.Errorf("the cursor is on %d, want 6", s.Current())
	}
	s.key(fyne.KeyEnd, noKey)
	s.m.remove(10)
	s.Update()
	if s.Current() != 9 {
		t.Errorf("the cursor is on %d, want 9", s.Current())
	}
	s.m.ids = nil
	s.Update()
	if s.Current() != 0 || s.CurrentRow() != -1 {
		t.Errorf("an empty list has the cursor on %d", s.Current())
	}
	s.key(fyne.KeyDown, noKey)
}

func TestOwnersHearWhatShows(t *testing.T) {
	s := newListStage(t, newRowsModel(1000))
	var from, to int
	s.OnShow = func(f, t int) { from, to = f, t }
	s.scroll.to(7200)
	if from != 100 || to != 110 {
		t.Errorf("rows %d to %d, want 100 to 110", from, to)
	}
}

func TestADragThatEndsElsewhereLeavesTheKeysWithTheList(t *testing.T) {
	s := newDragStage(t)
	s.down(100, s.y(1), noKey)
	s.dragTo(100, 600)
	s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	s.window.Canvas().Unfocus() // as Fyne does where the button is released
	s.DragEnd()
	if s.window.Canvas().Focused() != fyne.Focusable(s.List) {
		t.Error("the keys go elsewhere")
	}
}

func TestKeysThatOnlyModifyOthersStayHere(t *testing.T) {
	s := newListStage(t, newRowsModel(5))
	s.Keys.Key = func(ev *fyne.KeyEvent) bool { t.Errorf("%s went on", ev.Name); return true }
	for _, name := range []fyne.KeyName{desktop.KeyShiftLeft, desktop.KeyControlRight, desktop.KeyAltLeft, desktop.KeySuperLeft} {
		s.key(name, noKey)
	}
}

func TestHeadsThatChangedWithoutNoticeDoNoHarm(t *testing.T) {
	m := newRowsModel(50)
	m.heads = []ListHead{{0, "Today"}, {5, "Yesterday"}}
	s := newListStage(t, m)
	m.heads = nil // midnight passed, and nobody has told the list yet
	s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -13}})
	s.Update()
	if got := s.rowPlace(5); s.geo.total() != 50*72 || got >= 5*72 {
		t.Errorf("the heads are still there, row 5 at %v of %d", got, s.geo.total())
	}
}

func TestTheFootFollowsTheLastRow(t *testing.T) {
	s := newListStage(t, newRowsModel(100))
	foot := canvas.NewRectangle(color.Transparent)
	foot.SetMinSize(fyne.NewSize(10, 90))
	s.SetFoot(foot)
	s.key(fyne.KeyEnd, noKey)
	s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -1000}})
	if foot.Position().Y != stageHeight-90 || s.rowPlace(100) != stageHeight-90-72 {
		t.Errorf("the foot is at %v, the last row at %v", foot.Position().Y, s.rowPlace(100))
	}
	if foot.Size().Width != stageWidth {
		t.Errorf("the foot is %v wide", foot.Size().Width)
	}
	s.SetFoot(nil)
	if got := s.rowPlace(100); got != stageHeight-72 {
		t.Errorf("without the foot the last row is at %v", got)
	}
	if slices.Contains(s.view.Objects(), fyne.CanvasObject(foot)) {
		t.Error("the foot is still drawn")
	}
}

func TestAnotherModelBeginsAtItsTopWithNothingPressed(t *testing.T) {
	s := newListStage(t, newRowsModel(100))
	s.scroll.to(3000)
	s.click(50, noKey)
	s.click(52, shift)
	s.down(100, s.y(51), noKey)
	other := newRowsModel(20)
	set := NewRowSet(other)
	s.SetModel(other, set)
	s.up(100, 36, noKey)
	if s.scroll.off != 0 || s.CurrentRow() != -1 || set.Selection() != 0 {
		t.Errorf("at %d, cursor %d, %d selected", s.scroll.off, s.CurrentRow(), set.Selection())
	}
}

// Whoever shows another view is told anew which rows show, though they are the
// same numbers as before.
func TestANewModelIsToldWhatShows(t *testing.T) {
	s := newListStage(t, newRowsModel(100))
	var told [][2]int
	s.OnShow = func(from, to int) { told = append(told, [2]int{from, to}) }
	other := newRowsModel(100)
	s.SetModel(other, NewRowSet(other))
	if len(told) != 1 || told[0][0] != 0 || told[0][1] == 0 {
		t.Errorf("told %v, want the first rows once", told)
	}
}

// Whoever reads the rows that show is told again when others show in their places:
// those at the top would never be read anew.
func TestRowsThatComeAtTheTopAreToldOf(t *testing.T) {
	s := newListStage(t, newRowsModel(100))
	told := 0
	s.OnShow = func(from, to int) {
		if from == 0 && to > 0 {
			told++
		}
	}
	s.m.insertAbove(1)
	s.Update()
	if told == 0 {
		t.Error("nobody was told that another row shows at the top")
	}
}

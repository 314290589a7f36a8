package widgets

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"postrider/gui/fynetest"
)

// dragStage is a tree at x 0 to 220 and a list beside it.
type dragStage struct {
	*listStage
	tree    *Tree
	pane    *fyne.Container
	dropped []any
}

func newDragStage(t *testing.T) *dragStage {
	s := &dragStage{listStage: newListStage(t, newRowsModel(50)), tree: NewTree()}
	s.tree.after = func(_ time.Duration, f func()) { s.later = append(s.later, f) }
	s.tree.SetItems([]TreeItem{
		{Key: "all", Text: "All inboxes"},
		{Key: "work", Text: "Work", Head: true, Parent: true, Folded: true},
		{Key: "inbox", Text: "Inbox"},
		{Key: "drafts", Text: "Drafts"},
	}, "all")
	s.tree.CanDrop = func(key any, _ DragLoad) (bool, string) { return key == "inbox", "" }
	s.tree.OnDrop = func(key any, load DragLoad) { s.dropped = append(s.dropped, key, load.What) }
	s.Load = func() DragLoad { return DragLoad{Label: "3 messages", What: s.set.IDs()} }
	s.Drops = &Drops{}
	s.pane = container.NewWithoutLayout(s.tree)
	s.Drops.Add(s.tree, s.pane)

	s.window.SetContent(container.NewWithoutLayout(s.pane, s.List))
	s.window.Resize(fyne.NewSize(600, stageHeight))
	s.pane.Resize(fyne.NewSize(220, stageHeight))
	s.tree.Resize(fyne.NewSize(220, stageHeight))
	s.List.Move(fyne.NewPos(220, 0))
	s.List.Resize(fyne.NewSize(stageWidth, stageHeight))
	return s
}

// dragTo moves the pressed pointer to a position of the window.
func (s *dragStage) dragTo(x, y float32) {
	s.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{
		Position: fyne.NewPos(x-220, y), AbsolutePosition: fyne.NewPos(x, y),
	}})
}

const inboxY = 28 + 40 + 14 // of the tree of newDragStage

func TestDraggingCarriesTheWholeSelection(t *testing.T) {
	s := newDragStage(t)
	s.click(1, noKey)
	s.click(3, shift)
	s.down(100, s.y(2), noKey)
	s.wantSelected(2, 3, 4) // not yet the pressed one alone
	s.dragTo(100, inboxY)
	overlays := s.window.Canvas().Overlays()
	if overlays.Top() == nil {
		t.Fatal("nothing shows that something is dragged")
	}
	if s.tree.over != 2 || !s.tree.takes {
		t.Errorf("the tree marks line %d, takes %v", s.tree.over, s.tree.takes)
	}
	s.DragEnd()
	if overlays.Top() != nil {
		t.Error("the label stays")
	}
	if len(s.dropped) != 2 || s.dropped[0] != "inbox" || len(s.dropped[1].([]RowID)) != 3 {
		t.Errorf("dropped %v", s.dropped)
	}
	if s.tree.over != -1 {
		t.Error("the tree still marks a line")
	}
	s.wantSelected(2, 3, 4)
}

func TestDraggingAnUnselectedRowCarriesItAlone(t *testing.T) {
	s := newDragStage(t)
	s.click(1, noKey)
	s.down(100, s.y(4), noKey)
	s.dragTo(100, inboxY)
	s.DragEnd()
	if ids := s.dropped[1].([]RowID); len(ids) != 1 || ids[0] != 5 {
		t.Errorf("dropped %v", ids)
	}
}

func TestNothingIsDroppedWhereItMayNotBe(t *testing.T) {
	for _, c := range []struct {
		name string
		x, y float32
		do   func(*dragStage)
	}{
		{"a place that takes nothing", 100, 14, nil},
		{"the air above a head", 100, 28 + 6, nil},
		{"below the lines", 100, 600, nil},
		{"the list itself", 300, 300, nil},
		{"a pane that is hidden", 100, inboxY, func(s *dragStage) { s.pane.Hide() }},
		{"given up", 100, inboxY, func(s *dragStage) {
			s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newDragStage(t)
			if c.name == "a pane that is hidden" {
				c.do(s)
			}
			s.down(100, s.y(0), noKey)
			s.dragTo(c.x, c.y)
			if c.name == "given up" {
				c.do(s)
			}
			s.DragEnd()
			if len(s.dropped) > 0 {
				t.Errorf("dropped %v", s.dropped)
			}
			if s.drag != nil || s.window.Canvas().Overlays().Top() != nil {
				t.Error("the drag goes on")
			}
			if s.tree.over != -1 {
				t.Error("the tree still marks a line")
			}
		})
	}
}

func TestASmallMovementIsAClick(t *testing.T) {
	s := newDragStage(t)
	s.click(1, noKey)
	s.click(3, shift)
	y := s.y(2)
	s.down(100, y, noKey)
	s.dragTo(323, y+2)
	if s.drag != nil {
		t.Fatal("a drag began")
	}
	s.up(103, y+2, noKey)
	s.DragEnd()
	s.wantSelected(3)
}

func TestNothingMovesWhileRowsAreDragged(t *testing.T) {
	s := newDragStage(t)
	s.down(100, s.y(2), noKey)
	s.dragTo(100, 600)
	before := s.rowPlace(3)
	s.m.insertAbove(2)
	s.Update()
	if got := s.rowPlace(3); got != before {
		t.Errorf("the dragged row moved from %v to %v", before, got)
	}
	s.DragEnd()
}

func TestAFoldedLineUnfoldsUnderARestingDrag(t *testing.T) {
	s := newDragStage(t)
	var folded []any
	s.tree.OnFold = func(key any) { folded = append(folded, key) }
	s.down(100, s.y(0), noKey)
	s.dragTo(100, 28+12+14)
	s.dragTo(100, inboxY) // left before the time was up
	s.wait(1)
	if len(folded) > 0 {
		t.Fatal("unfolded though left")
	}
	s.dragTo(100, 28+12+14)
	s.wait(1)
	if len(folded) != 1 || folded[0] != "work" {
		t.Errorf("unfolded %v", folded)
	}
	s.DragEnd()
}

func TestTheLastTargetAddedIsOnTop(t *testing.T) {
	fynetest.New(t)
	a, b := NewTree(), NewTree()
	w := test.NewTempWindow(t, container.NewStack(canvas.NewRectangle(nil), a, b))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(200, 200))
	d := &Drops{}
	d.Add(a)
	d.Add(b)
	if got, at := d.at(fyne.NewPos(50, 60)); got != b || at != fyne.NewPos(50, 60) {
		t.Errorf("found %p at %v", got, at)
	}
	d.Remove(b)
	if got, _ := d.at(fyne.NewPos(50, 60)); got != a {
		t.Errorf("found %p after the other had gone", got)
	}
}

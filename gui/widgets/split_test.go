package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"postrider/gui/fynetest"
)

type splitStage struct {
	*Split
	t                     *testing.T
	window                fyne.Window
	sidebar, list, reader *canvas.Rectangle
	modes                 []SplitMode
	told                  [][2]float32
}

func newSplitStage(t *testing.T, width float32) *splitStage {
	fynetest.New(t)
	pane := func() *canvas.Rectangle { return canvas.NewRectangle(nil) }
	s := &splitStage{t: t, sidebar: pane(), list: pane(), reader: pane()}
	s.Split = NewSplit(s.sidebar, s.list, s.reader)
	s.OnMode = func(m SplitMode) { s.modes = append(s.modes, m) }
	s.OnWidths = func(a, b float32) { s.told = append(s.told, [2]float32{a, b}) }
	s.window = test.NewTempWindow(t, s.Split)
	s.window.SetPadded(false)
	s.resize(width)
	return s
}

func (s *splitStage) resize(width float32) { s.window.Resize(fyne.NewSize(width, 800)) }

// want says from where to where each pane reaches; a hidden one from 0 to 0.
func (s *splitStage) want(sidebar, list, reader [2]float32) {
	s.t.Helper()
	for _, c := range []struct {
		name string
		pane fyne.CanvasObject
		want [2]float32
	}{{"sidebar", s.sidebar, sidebar}, {"list", s.list, list}, {"reader", s.reader, reader}} {
		var got [2]float32
		if c.pane.Visible() {
			got = [2]float32{c.pane.Position().X, c.pane.Position().X + c.pane.Size().Width}
		}
		if got != c.want {
			s.t.Errorf("the %s reaches from %v to %v, want %v to %v", c.name, got[0], got[1], c.want[0], c.want[1])
		}
	}
}

type span = [2]float32

var hidden span

func TestThreePanesHaveTheirWidthsAndTheReaderTheRest(t *testing.T) {
	s := newSplitStage(t, 1280)
	s.want(span{0, 219}, span{220, 599}, span{600, 1280})
	s.resize(1920)
	s.want(span{0, 219}, span{220, 599}, span{600, 1920})
	s.resize(980)
	s.want(span{0, 219}, span{220, 599}, span{600, 980})
}

func TestHandlesMoveTheHairlines(t *testing.T) {
	s := newSplitStage(t, 1280)
	drag := func(i int, by float32) {
		h := s.handles[i]
		h.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(handleBefore+by, 100)}})
	}
	drag(0, 30)
	s.want(span{0, 249}, span{250, 629}, span{630, 1280})
	drag(1, -40)
	s.want(span{0, 249}, span{250, 589}, span{590, 1280})
	if len(s.told) > 0 {
		t.Errorf("told %v before the drag was over", s.told)
	}
	s.handles[1].DragEnd()
	if len(s.told) != 1 || s.told[0] != (span{250, 340}) {
		t.Errorf("told %v, want 250 and 340", s.told)
	}
	drag(0, -1000)
	drag(1, -1000)
	s.want(span{0, 159}, span{160, 419}, span{420, 1280})
	drag(1, 5000)
	s.want(span{0, 159}, span{160, 919}, span{920, 1280})
	test.DoubleTap(s.handles[1])
	test.DoubleTap(s.handles[0])
	s.want(span{0, 219}, span{220, 599}, span{600, 1280})
}

func TestWidthsThatWereKeptComeBackInALargerWindow(t *testing.T) {
	s := newSplitStage(t, 1600)
	s.SetWidths(300, 700)
	s.want(span{0, 299}, span{300, 999}, span{1000, 1600})
	s.resize(1000) // no room: the list gives way first
	s.want(span{0, 299}, span{300, 639}, span{640, 1000})
	s.resize(1600)
	s.want(span{0, 299}, span{300, 999}, span{1000, 1600})
	if a, b := s.Widths(); a != 300 || b != 700 {
		t.Errorf("widths %v and %v", a, b)
	}
}

func TestWidthsThatMakeNoSenseAreCorrected(t *testing.T) {
	s := newSplitStage(t, 1280)
	s.SetWidths(-5, 0)
	s.want(span{0, 159}, span{160, 419}, span{420, 1280})
	s.SetWidths(9000, 9000)
	s.want(span{0, 399}, span{400, 919}, span{920, 1280})
}

func TestInANarrowWindowTheReaderCoversTheList(t *testing.T) {
	s := newSplitStage(t, 979)
	s.want(span{0, 219}, span{220, 979}, hidden)
	s.SetReading(true)
	s.want(span{0, 219}, hidden, span{220, 979})
	if !s.Reading() {
		t.Error("it does not say so")
	}
	s.SetReading(false)
	s.want(span{0, 219}, span{220, 979}, hidden)
	s.SetReading(true)
	s.resize(1280)
	s.want(span{0, 219}, span{220, 599}, span{600, 1280})
	s.resize(900)
	s.want(span{0, 219}, hidden, span{220, 900})
}

func TestInAVeryNarrowWindowTheSidebarIsADrawer(t *testing.T) {
	s := newSplitStage(t, 719)
	s.want(hidden, span{0, 719}, hidden)
	s.SetDrawer(true)
	s.want(span{0, 219}, span{0, 719}, hidden)
	if !s.curtain.Visible() {
		t.Error("the list is not dimmed")
	}
	var told []bool
	s.OnDrawer = func(open bool) { told = append(told, open) }
	test.Tap(s.curtain)
	s.want(hidden, span{0, 719}, hidden)
	s.SetDrawer(true)
	s.resize(1280)
	s.want(span{0, 219}, span{220, 599}, span{600, 1280})
	if s.curtain.Visible() || s.Drawer() {
		t.Error("the drawer is still open in a wide window")
	}
	s.SetDrawer(true)
	if s.Drawer() {
		t.Error("a drawer opened where the sidebar is a pane")
	}
	if want := []bool{false, true, false}; len(told) != 3 || told[0] != want[0] || told[1] != want[1] || told[2] != want[2] {
		t.Errorf("told %v, want %v", told, want)
	}
	if len(s.modes) == 0 || s.modes[0] != DrawerPanes || s.modes[len(s.modes)-1] != ThreePanes {
		t.Errorf("told the modes %v", s.modes)
	}
}

func TestAFaceTakesThePlaceOfListAndReader(t *testing.T) {
	s := newSplitStage(t, 1280)
	face := canvas.NewRectangle(nil)
	s.SetFace(face)
	s.want(span{0, 219}, hidden, hidden)
	if face.Position().X != 220 || face.Size().Width != 1060 {
		t.Errorf("the face is at %v, %v wide", face.Position().X, face.Size().Width)
	}
	s.SetFace(nil)
	s.want(span{0, 219}, span{220, 599}, span{600, 1280})
}

func TestHandlesLeaveTheScrollThumbAlone(t *testing.T) {
	s := newSplitStage(t, 1280)
	thumbEnds := s.list.Position().X + s.list.Size().Width - 1
	if at := s.handles[1].Position().X; at < thumbEnds-1 {
		t.Errorf("the handle begins at %v, over the list's thumb, which ends at %v", at, thumbEnds)
	}
}

func TestABannerLiesOverListAndReader(t *testing.T) {
	s := newSplitStage(t, 1280)
	banner := canvas.NewRectangle(nil)
	banner.SetMinSize(fyne.NewSize(10, 40))
	s.SetBanner(banner)
	if banner.Position() != fyne.NewPos(220, 0) || banner.Size() != fyne.NewSize(1060, 40) {
		t.Errorf("the banner is at %v, %v large", banner.Position(), banner.Size())
	}
	for _, pane := range []*canvas.Rectangle{s.list, s.reader} {
		if pane.Position().Y != 40 || pane.Size().Height != 760 {
			t.Errorf("a pane is at %v, %v high", pane.Position().Y, pane.Size().Height)
		}
	}
	if s.sidebar.Position().Y != 0 || s.sidebar.Size().Height != 800 {
		t.Error("the sidebar made way for the banner")
	}
	s.SetBanner(nil)
	if s.list.Position().Y != 0 || s.list.Size().Height != 800 {
		t.Error("without the banner the list does not have its room back")
	}
}

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
)

// Widths of the panes and of the window at which they give way, in Fyne's
// pixels.
const (
	sidebarLeast  = 160
	sidebarMost   = 400
	listLeast     = 260
	readerLeast   = 360
	coveredBelow  = 980
	drawerBelow   = 721
	drawerGap     = 56 // what a drawer leaves free of the window
	handleBefore  = 1  // how far a handle reaches to the left of its hairline
	handleAfter   = 6  // and to the right, where no pane has anything
	splitMinWidth = 360
	splitMinHigh  = 320
)

// SplitMode is how many panes there is room for.
type SplitMode uint8

// The modes.
const (
	ThreePanes  SplitMode = iota
	ReaderOver            // sidebar and list, or sidebar and reader
	DrawerPanes           // list or reader; the sidebar comes as a drawer
)

// A Split is the three panes of the window: sidebar, list and reader. The first
// two have widths of their own, which a drag of the hairlines changes and a
// double click resets; the reader has the rest. In a narrow window the reader
// lies over the list while it is asked for, and the sidebar becomes a drawer
// over a dimmed list.
//
// A change of the mode or of what is asked for never destroys anything: panes
// are hidden and shown.
type Split struct {
	widget.BaseWidget

	// OnWidths is told the widths that a person chose, to be kept.
	OnWidths func(sidebar, list float32)
	// OnMode is told that there is room for more panes, or fewer.
	OnMode func(SplitMode)
	// OnDrawer is told that the drawer was opened or shut.
	OnDrawer func(open bool)

	sidebar, list, reader fyne.CanvasObject
	face                  fyne.CanvasObject // in the place of list and reader; nil for none
	banner                fyne.CanvasObject // over list and reader; nil for none

	sidebarWidth, listWidth float32
	mode                    SplitMode
	laid                    bool
	reading                 bool // the reader is asked for
	merged                  bool // the list has the reader's place, too, where there is room for both
	drawer                  bool // the drawer is open

	grounds [3]*canvas.Rectangle
	lines   [2]*canvas.Rectangle
	handles [2]*splitHandle
	curtain *splitCurtain
}

// NewSplit returns the panes with their usual widths.
func NewSplit(sidebar, list, reader fyne.CanvasObject) *Split {
	s := &Split{sidebar: sidebar, list: list, reader: reader, sidebarWidth: theme.SidebarWidth, listWidth: theme.ListWidth}
	for i, token := range [...]theme.Token{theme.Side, theme.List, theme.Paper} {
		s.grounds[i] = canvas.NewRectangle(token.Now())
	}
	for i := range s.lines {
		s.lines[i] = canvas.NewRectangle(theme.Line.Now())
		s.handles[i] = newSplitHandle(s, i)
	}
	s.curtain = newSplitCurtain(func() { s.SetDrawer(false) })
	s.ExtendBaseWidget(s)
	return s
}

// Mode is how many panes there is room for.
func (s *Split) Mode() SplitMode { return s.mode }

// Widths are those of sidebar and list when there is room for three panes.
func (s *Split) Widths() (sidebar, list float32) { return s.sidebarWidth, s.listWidth }

// SetWidths takes over widths that were kept. What makes no sense is corrected.
func (s *Split) SetWidths(sidebar, list float32) {
	s.sidebarWidth = min(max(sidebar, sidebarLeast), sidebarMost)
	s.listWidth = max(list, listLeast)
	s.arrange()
}

// SetReading asks for the reader, or no longer. It matters where there is no
// room for list and reader.
func (s *Split) SetReading(on bool) {
	if s.reading == on {
		return
	}
	s.reading = on
	s.arrange()
}

// Reading says whether the reader covers the list.
func (s *Split) Reading() bool { return s.reading && s.mode != ThreePanes }

// SetDrawer opens the drawer, or shuts it. Where the sidebar is a pane it does
// nothing.
func (s *Split) SetDrawer(open bool) {
	open = open && s.mode == DrawerPanes
	if s.drawer == open {
		return
	}
	s.drawer = open
	s.arrange()
	if s.OnDrawer != nil {
		s.OnDrawer(open)
	}
}

// Drawer says whether the drawer is open.
func (s *Split) Drawer() bool { return s.drawer }

// SetFace shows one object in the place of list and reader, nil to show them
// again.
func (s *Split) SetFace(face fyne.CanvasObject) {
	if s.face == face {
		return
	}
	s.face = face
	s.Refresh()
}

// SetMerged gives the list the reader's place, too, where both would be beside
// each other: there is nothing to read.
func (s *Split) SetMerged(on bool) {
	if s.merged == on {
		return
	}
	s.merged = on
	s.arrange()
}

// ListWidth is how wide the list is beside the reader; 0 where it never is.
func (s *Split) ListWidth() float32 {
	if s.mode != ThreePanes {
		return 0
	}
	_, list := s.fit()
	return list - theme.Hairline
}

// SetBanner shows one object over list and reader, as high as it is, nil for
// none.
func (s *Split) SetBanner(banner fyne.CanvasObject) {
	if s.banner == banner {
		return
	}
	s.banner = banner
	s.Refresh()
}

// MinSize is the least that a window can be made of.
func (s *Split) MinSize() fyne.Size { return fyne.NewSize(splitMinWidth, splitMinHigh) }

// Resize gives the change to the reader, as far as it goes.
func (s *Split) Resize(size fyne.Size) {
	if s.laid && size == s.Size() {
		return
	}
	s.laid = true
	s.BaseWidget.Resize(size)
	was := s.mode
	s.mode = modeOf(size.Width)
	shut := s.drawer && s.mode != DrawerPanes
	if shut {
		s.drawer = false
	}
	s.arrange()
	if shut && s.OnDrawer != nil {
		s.OnDrawer(false)
	}
	if was != s.mode && s.OnMode != nil {
		s.OnMode(s.mode)
	}
}

func modeOf(width float32) SplitMode {
	switch {
	case width < drawerBelow:
		return DrawerPanes
	case width < coveredBelow:
		return ReaderOver
	}
	return ThreePanes
}

// dragged moves hairline i by so many pixels.
func (s *Split) dragged(i int, by float32) {
	sidebar, list := s.fit()
	if i == 0 {
		most := float32(sidebarMost)
		if s.mode == ThreePanes {
			most = min(most, s.Size().Width-list-readerLeast)
		}
		s.sidebarWidth = min(max(sidebar+by, sidebarLeast), most)
	} else {
		s.listWidth = min(max(list+by, listLeast), s.Size().Width-sidebar-readerLeast)
	}
	s.arrange()
}

// reset gives the pane before hairline i its usual width.
func (s *Split) reset(i int) {
	if i == 0 {
		s.sidebarWidth = theme.SidebarWidth
	} else {
		s.listWidth = theme.ListWidth
	}
	s.arrange()
	s.chosen()
}

// chosen tells the widths.
func (s *Split) chosen() {
	if s.OnWidths != nil {
		s.OnWidths(s.sidebarWidth, s.listWidth)
	}
}

// fit is how wide sidebar and list are now: as wide as was chosen, unless the
// reader had too little left. The list gives way first.
func (s *Split) fit() (sidebar, list float32) {
	sidebar, list = s.sidebarWidth, s.listWidth
	if s.mode != ThreePanes {
		return sidebar, list
	}
	width := s.Size().Width
	list = max(listLeast, min(list, width-sidebar-readerLeast))
	sidebar = max(sidebarLeast, min(sidebar, width-list-readerLeast))
	return sidebar, list
}

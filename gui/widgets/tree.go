package widgets

import (
	"slices"
	"sort"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
)

// TreeItem is a line of a [Tree], ready to be drawn. Its Key is any comparable
// value; it names the line, whatever comes and goes around it.
type TreeItem struct {
	Key   any
	Text  string
	Depth int        // 0 at the left
	Icon  theme.Icon // of a place
	Count string     // at the right; empty shows nothing

	Head      bool        // of an account: it has a swatch and the following instead of an icon
	Swatch    theme.Token // of a head
	Tag       string      // of a head: IMAP or POP
	TagColor  theme.Token
	TagGround theme.Token
	State     theme.Icon // of a head: how it is, if that is worth a look
	StateTone theme.Token
	Tip       string // what the tooltip says

	Marked bool // it is chosen beside the one that keys go from
	Faint  bool // it cannot be chosen

	Parent bool // there are lines below it, shown or not
	Folded bool // they are not shown
}

// A Tree shows the places that a person can choose: one below the other, folded
// as the owner says. The owner hands over the lines that show and is told what
// is asked for; the tree folds nothing itself.
//
// The fields are set before the tree is shown, or on Fyne's goroutine.
type Tree struct {
	widget.BaseWidget

	// OnChoose is told which line a person chose.
	OnChoose func(key any)
	// OnOpen is told which line was clicked twice; may be nil.
	OnOpen func(key any)
	// OpensByKey has Return open a line, too, which otherwise chooses it.
	OpensByKey bool
	// OnFold is told that a line is to be folded, or unfolded.
	OnFold func(key any)
	// OnMenu is told of a secondary click or the menu key, with a position of
	// the window. What is chosen stays chosen.
	OnMenu func(key any, at fyne.Position)
	// CanDrop says whether a load may be dropped on a line, and if not why.
	// Without it nothing can.
	CanDrop func(key any, load DragLoad) (may bool, why string)
	// OnDrop is told of a drop that CanDrop allowed.
	OnDrop func(key any, load DragLoad)
	// Keys get what the tree has no use for.
	Keys Keys

	items  []TreeItem
	tops   []int64 // of each item's line, and where the last ends
	chosen any
	cursor any // where keys go from; follows what is chosen

	scroll  *scroller
	laid    bool
	focused bool
	inside  bool
	at      fyne.Position
	hovered int // the line under the pointer, -1 for none
	tipped  int
	pressed int
	button  desktop.MouseButton
	over    int // the line that something is dragged over, -1 for none
	takes   bool
	visit   int // numbers the lines dragged over, so that a late unfolding does nothing

	after func(time.Duration, func())
	view  *treeView
}

var (
	_ fyne.Focusable      = (*Tree)(nil)
	_ fyne.Scrollable     = (*Tree)(nil)
	_ fyne.Draggable      = (*Tree)(nil)
	_ fyne.Shortcutable   = (*Tree)(nil)
	_ fyne.DoubleTappable = (*Tree)(nil)
	_ desktop.Mouseable   = (*Tree)(nil)
	_ desktop.Hoverable   = (*Tree)(nil)
	_ DropTarget          = (*Tree)(nil)
)

// NewTree returns a tree without lines.
func NewTree() *Tree {
	t := &Tree{hovered: -1, pressed: -1, over: -1, tipped: -1, tops: []int64{0}}
	t.after = func(d time.Duration, f func()) { time.AfterFunc(d, func() { Do(f) }) }
	t.scroll = newScroller(t.arrange)
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer makes the objects that the tree is drawn with.
func (t *Tree) CreateRenderer() fyne.WidgetRenderer {
	t.view = newTreeView(t)
	return t.view
}

// AccessibilityLabel reads the line where the cursor is.
func (t *Tree) AccessibilityLabel() string {
	i := t.indexOf(t.cursor)
	if i < 0 {
		return "Places"
	}
	it := t.items[i]
	if it.Count == "" {
		return it.Text
	}
	return it.Text + ", " + it.Count
}

// AccessibilityRole is for Fyne.
func (t *Tree) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// MinSize is small: the pane gives the tree what there is.
func (t *Tree) MinSize() fyne.Size { return fyne.NewSize(120, treeRow) }

// SetItems shows other lines, and which of them is chosen (nil for none). What
// shows stays where it is as far as the lines above it stay.
func (t *Tree) SetItems(items []TreeItem, chosen any) {
	first, y := t.firstShown()
	if chosen != t.chosen || t.cursor == nil {
		t.cursor = chosen
	}
	t.items, t.chosen = slices.Clone(items), chosen
	if t.indexOf(t.cursor) < 0 {
		t.cursor = chosen
	}
	t.over, t.takes, t.pressed = -1, false, -1 // until the next movement
	t.measure()
	if i := t.indexOf(first); first != nil && i >= 0 {
		t.scroll.shift(t.tops[i] - y)
	}
	t.arrange()
}

// Chosen is the line that is chosen.
func (t *Tree) Chosen() any { return t.chosen }

// Reveal scrolls a line into view.
func (t *Tree) Reveal(key any) {
	if i := t.indexOf(key); i >= 0 {
		t.scroll.reveal(t.tops[i], t.tops[i+1])
	}
}

// firstShown is the first line that shows and its place below the upper edge;
// nil at the very top, where nothing has to be kept.
func (t *Tree) firstShown() (key any, y int64) {
	if t.scroll.off == 0 || len(t.items) == 0 {
		return nil, 0
	}
	i := t.lineAt(t.scroll.off)
	return t.items[i].Key, t.tops[i] - t.scroll.off
}

func (t *Tree) indexOf(key any) int {
	return slices.IndexFunc(t.items, func(it TreeItem) bool { return it.Key == key })
}

// measure takes over the lengths of the lines and of the widget.
func (t *Tree) measure() {
	t.tops = t.tops[:0]
	var y int64
	for _, it := range t.items {
		t.tops = append(t.tops, y)
		y += it.height()
	}
	t.tops = append(t.tops, y)
	t.scroll.set(y+treeEnd, int64(t.Size().Height))
}

// lineAt is the line at a height of the contents, clamped; -1 without lines.
func (t *Tree) lineAt(y int64) int {
	i := sort.Search(len(t.items), func(i int) bool { return t.tops[i+1] > y })
	return min(i, len(t.items)-1)
}

// lineUnder is the line at a position of the widget, or -1.
func (t *Tree) lineUnder(at fyne.Position) int {
	y := t.scroll.off + int64(at.Y)
	if at.X < 0 || at.X >= t.Size().Width || at.Y < 0 || at.Y >= t.Size().Height || y >= t.tops[len(t.items)] {
		return -1
	}
	i := t.lineAt(y)
	if i < 0 || y < t.tops[i]+t.items[i].height()-treeRow {
		return -1 // the air above a head
	}
	return i
}

// Resize lays the lines out.
func (t *Tree) Resize(size fyne.Size) {
	if t.laid && size == t.Size() {
		return
	}
	t.laid = true
	t.BaseWidget.Resize(size)
	t.measure()
	t.arrange()
}

// arrange puts everything where it belongs. It costs little if nothing moved.
func (t *Tree) arrange() {
	t.hover()
	if t.view != nil {
		t.view.arrange()
	}
}

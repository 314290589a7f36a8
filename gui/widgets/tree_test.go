package widgets

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"postrider/gui/fynetest"
	"postrider/gui/theme"
)

// places are the lines of a small sidebar: two views, an account with nested
// folders, and one that is folded.
func places() []TreeItem {
	return []TreeItem{
		{Key: "all", Text: "All inboxes", Icon: theme.IconInbox, Count: "12"},
		{Key: "unread", Text: "Unread", Icon: theme.IconMail, Count: "15"},
		{Key: "fernlight", Text: "Fernlight", Head: true, Swatch: theme.Violet, Tag: "IMAP", TagColor: theme.IMAP, TagGround: theme.IMAPTint, Parent: true},
		{Key: "inbox", Text: "Inbox", Icon: theme.IconInbox, Count: "7"},
		{Key: "projects", Text: "Projects", Icon: theme.IconFolderOpen, Parent: true},
		{Key: "reading", Text: "Reading room", Icon: theme.IconFolder, Depth: 1, Count: "2"},
		{Key: "trash", Text: "Trash", Icon: theme.IconTrash},
		{Key: "sailing", Text: "Sailing club", Head: true, Swatch: theme.Green, Tag: "IMAP", TagColor: theme.IMAP, TagGround: theme.IMAPTint, Parent: true, Folded: true},
	}
}

type treeStage struct {
	*Tree
	t      *testing.T
	window fyne.Window
	told   []string
}

func newTreeStage(t *testing.T, height float32) *treeStage {
	t.Helper()
	fynetest.New(t)
	s := &treeStage{Tree: NewTree(), t: t}
	s.SetItems(places(), "all")
	s.OnChoose = func(key any) {
		s.told = append(s.told, fmt.Sprint("choose ", key))
		s.SetItems(s.items, key)
	}
	s.OnFold = func(key any) { s.told = append(s.told, fmt.Sprint("fold ", key)) }
	s.OnMenu = func(key any, _ fyne.Position) { s.told = append(s.told, fmt.Sprint("menu ", key)) }
	s.window = test.NewTempWindow(t, s.Tree)
	s.window.SetPadded(false)
	s.window.Resize(fyne.NewSize(219, height))
	return s
}

func (s *treeStage) click(x, y float32, button desktop.MouseButton) {
	s.MouseDown(mouse(x, y, button, 0))
	s.MouseUp(mouse(x, y, button, 0))
}

func (s *treeStage) want(told ...string) {
	s.t.Helper()
	if !slices.Equal(s.told, told) {
		s.t.Errorf("told %q, want %q", s.told, told)
	}
	s.told = nil
}

func TestTreeTellsWhatWasPressed(t *testing.T) {
	s := newTreeStage(t, 600)
	s.click(100, 14, desktop.MouseButtonPrimary)
	s.want("choose all")
	s.click(100, 28+14, desktop.MouseButtonPrimary)
	s.want("choose unread")
	s.click(100, 56+6, desktop.MouseButtonPrimary) // the air above the head
	s.want()
	s.click(60, 56+12+14, desktop.MouseButtonPrimary)
	s.want("choose fernlight")
	s.click(195, 56+12+14, desktop.MouseButtonPrimary) // its chevron
	s.want("fold fernlight")
	s.click(24, 96+28+14, desktop.MouseButtonPrimary) // the icon of a folder with others below
	s.want("fold projects")
	s.click(24, 96+14, desktop.MouseButtonPrimary) // of one without
	s.want("choose inbox")
	s.click(100, 96+14, desktop.MouseButtonSecondary)
	s.want("menu inbox")
	s.click(100, 500, desktop.MouseButtonPrimary) // below the lines
	s.want()
}

func TestTreeForgetsAPressThatWasReleasedElsewhere(t *testing.T) {
	s := newTreeStage(t, 600)
	s.MouseDown(mouse(100, 14, desktop.MouseButtonPrimary, 0))
	s.MouseUp(mouse(100, 42, desktop.MouseButtonPrimary, 0))
	s.want()
}

func TestTreeKeys(t *testing.T) {
	for _, c := range []struct {
		name string
		from string
		keys []fyne.KeyName
		want []string
	}{
		{"down", "all", []fyne.KeyName{fyne.KeyDown}, []string{"choose unread"}},
		{"over a head", "unread", []fyne.KeyName{fyne.KeyDown, fyne.KeyDown}, []string{"choose inbox"}},
		{"a head folds", "unread", []fyne.KeyName{fyne.KeyDown, fyne.KeyLeft}, []string{"fold fernlight"}},
		{"left goes to the folder above", "reading", []fyne.KeyName{fyne.KeyLeft}, []string{"choose projects"}},
		{"left from a folder goes to its head", "inbox", []fyne.KeyName{fyne.KeyLeft, fyne.KeyReturn}, []string{"choose fernlight"}},
		{"right goes inside", "projects", []fyne.KeyName{fyne.KeyRight}, []string{"choose reading"}},
		{"right unfolds", "trash", []fyne.KeyName{fyne.KeyDown, fyne.KeyRight}, []string{"fold sailing"}},
		{"home", "trash", []fyne.KeyName{fyne.KeyHome}, []string{"choose all"}},
		{"menu", "trash", []fyne.KeyName{desktop.KeyMenu}, []string{"menu trash"}},
		{"beyond the top", "all", []fyne.KeyName{fyne.KeyUp}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newTreeStage(t, 600)
			s.SetItems(places(), c.from)
			for _, key := range c.keys {
				s.TypedKey(&fyne.KeyEvent{Name: key})
			}
			s.want(c.want...)
		})
	}
}

func TestTreeKeepsItsPlaceWhenLinesComeAbove(t *testing.T) {
	s := newTreeStage(t, 100)
	s.scroll.to(100)
	top := func(key string) int64 { return s.tops[s.indexOf(key)] - s.scroll.off }
	before := top("projects")
	items := append([]TreeItem{{Key: "new", Text: "Outbox"}}, places()...)
	s.SetItems(items, "all")
	if got := top("projects"); got != before {
		t.Errorf("the line moved from %d to %d", before, got)
	}
}

func TestTreeScrollsToWhatKeysReach(t *testing.T) {
	s := newTreeStage(t, 100)
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	i := s.indexOf("sailing")
	if bottom := s.tops[i+1] - s.scroll.off; bottom > 100 {
		t.Errorf("the last line ends at %d of 100", bottom)
	}
}

func TestTreeStandsToTheMeasures(t *testing.T) {
	measure := func(text string, _ theme.TextStyle) float32 { return float32(len(text)) * 6 }
	items := places()
	find := func(pieces []piece, what func(piece) bool) piece {
		t.Helper()
		i := slices.IndexFunc(pieces, what)
		if i < 0 {
			t.Fatal("a piece is missing")
		}
		return pieces[i]
	}
	icon := func(p piece) bool { return p.icon != "" }
	text := func(s string) func(piece) bool { return func(p piece) bool { return p.text == s } }

	inbox := layoutTreeItem(items[3], 220, false, false, measure)
	if p := find(inbox, icon); p.x != 16 || p.w != 16 {
		t.Errorf("the icon is at %v", p.x)
	}
	if p := find(inbox, text("Inbox")); p.x != 40 {
		t.Errorf("the word is at %v", p.x)
	}
	if p := find(inbox, text("7")); p.x+p.w != 204 {
		t.Errorf("the count ends at %v", p.x+p.w)
	}
	nested := layoutTreeItem(items[5], 220, false, false, measure)
	if p := find(nested, text("Reading room")); p.x != 56 {
		t.Errorf("the nested word is at %v", p.x)
	}
	head := layoutTreeItem(items[2], 220, false, false, measure)
	if p := find(head, func(p piece) bool { return p.color == theme.Violet }); p.x != 20 || p.w != 8 {
		t.Errorf("the swatch is at %v", p.x)
	}
	if p := find(head, text("Fernlight")); p.x != 40 {
		t.Errorf("the name is at %v", p.x)
	}
	if p := find(head, icon); p.x+p.w != 204 {
		t.Errorf("the chevron ends at %v", p.x+p.w)
	}
}

func TestLongNamesGiveWayToCountAndTag(t *testing.T) {
	measure := func(text string, _ theme.TextStyle) float32 { return float32(len(text)) * 6 }
	long := "A folder whose name is much longer than the sidebar is wide"
	for _, it := range []TreeItem{
		{Text: long, Icon: theme.IconFolder, Count: "12", Depth: 40},
		{Text: long, Head: true, Tag: "IMAP", State: theme.IconCloudOff, Parent: true, Count: "3"},
	} {
		pieces := layoutTreeItem(it, 219, false, false, measure)
		i := slices.IndexFunc(pieces, func(p piece) bool { return p.text == long })
		if i < 0 {
			t.Fatal("the name does not show")
		}
		name := pieces[i]
		for _, p := range pieces {
			if p.x > name.x && p.x < name.x+name.w {
				t.Errorf("the name ends at %v, over what begins at %v", name.x+name.w, p.x)
			}
		}
	}
}

func TestTreeOpensWhatIsClickedTwice(t *testing.T) {
	s := newTreeStage(t, 300)
	s.OnOpen = func(key any) { s.told = append(s.told, fmt.Sprint("open ", key)) }
	head := s.tops[2] + s.items[2].height() - treeRow/2
	s.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(60, float32(head))})
	s.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(210, float32(head))}) // its chevron only folds
	s.want("open fernlight")
}

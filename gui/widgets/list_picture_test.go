package widgets

import (
	"image/color"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"postrider/gui/fynetest"
	"postrider/gui/theme"
	"postrider/mail/typeset"
)

// showPictures draws a window in both themes and at two scales into the folder
// that POSTRIDER_PICTURES names, for a person to look at.
func showPictures(t *testing.T, name string, size fyne.Size, build func() fyne.CanvasObject, then func()) {
	t.Helper()
	dir := fynetest.Pictures(t)
	fynetest.New(t)
	useSystemFaces(t)
	defer theme.Set(theme.FollowSystem)
	for _, look := range []struct {
		mode  theme.Mode
		scale float32
		name  string
	}{{theme.AlwaysLight, 1, "light"}, {theme.AlwaysDark, 1, "dark"}, {theme.AlwaysLight, 2, "light@2"}, {theme.AlwaysDark, 1.25, "dark@1.25"}} {
		theme.Set(look.mode)
		fynetest.Draw(t, filepath.Join(dir, name+"-"+look.name+".png"), size, build(), func(c fyne.Canvas) {
			c.(interface{ SetScale(float32) }).SetScale(look.scale)
			then()
		})
	}
}

// useSystemFaces sets text with all that this computer has, and waits for it.
func useSystemFaces(t testing.TB) {
	before := library()
	typecase.library = typeset.New(t.TempDir())
	<-typecase.library.Ready()
	t.Cleanup(func() { typecase.library = before })
}

// inbox are rows of all kinds, in several scripts.
var inbox = []RowData{
	{Sender: "Kestrel Seed Library", Date: "09:12", Subject: "March letter: seeds for cold nights", Attached: true, Swatch: theme.Rust,
		Snippet: "The beds are still hard in the mornings, but the windowsill is not. Five kinds do well indoors from this week on."},
	{Sender: "Ines, Tomasz, me", Date: "08:55", Subject: "Lighting plan for the reading room", Unread: true, Count: 4, Attached: true, Swatch: theme.Violet,
		Snippet: "The fixtures can move 40 cm towards the window; I marked it in the drawing. The porter’s lamp gets its own circuit."},
	{Sender: "青葉ギャラリー", Date: "08:30", Subject: "春の写真展のご案内", Unread: true, Swatch: theme.Rust,
		Snippet: "来月七日より、海辺の町を写した三十点を展示いたします。初日の夕方にはささやかな茶会もございます。"},
	{Sender: "Tomasz Brandt", Date: "08:14", Subject: "Key for the boat shed", Swatch: theme.Green,
		Snippet: "It hangs behind the tide table again. Please lock the side door when you leave."},
	{Sender: "دار الخط العربي", Date: "07:58", Subject: "دعوة إلى ورشة الخط يوم الجمعة 6 مارس", Unread: true, Swatch: theme.Rust,
		Snippet: "نرحب بكم في الورشة من الساعة العاشرة صباحًا."},
	{Sender: "Stadtwerke Lindenau", Date: "Mon", Subject: "Ihre Rechnung für Februar ist da", Attached: true, Swatch: theme.Rust,
		Snippet: "Guten Tag Frau Falk, im Anhang finden Sie die Rechnung vom 28. Februar."},
	{Sender: "Amara Diallo", Date: "Mon", Subject: "Lunch on the 12th?", Answered: true, Starred: true, Swatch: theme.Rust,
		Snippet: "The place by the canal has opened its terrace, and I have two good reasons to celebrate."},
	{Sender: "Hollis Print Works 🖨️", Date: "Mon", Subject: "Proof ready: spring catalogue", Unread: true, Swatch: theme.Violet,
		Snippet: "Your proof is ready to look at. Two pages have pictures below 300 dpi; the report names them."},
	{Sender: "Harbour Sailing Club", Date: "27 Feb", Subject: "Minutes of the February meeting", Count: 2, Where: OnServerOnly, Swatch: theme.Green,
		Snippet: "Present: eleven members. The slip will be closed for painting from the 9th to the 20th."},
	{Sender: "אילת כהן", Date: "26 Feb", Subject: "הסכם (טיוטה 2) לעיון", Answered: true, Forwarded: true, Where: HereOnly, Swatch: theme.Green, Count: 128, Attached: true, Starred: true,
		Snippet: "שלום, מצורפת הטיוטה השנייה. Please read section 4."},
	{Loading: true},
	{Loading: true},
}

func inboxModel() *rowsModel {
	m := newRowsModel(len(inbox))
	m.heads = []ListHead{{0, "Today"}, {5, "Yesterday"}, {8, "Last week"}}
	m.say = func(id RowID) RowData { return inbox[id-1] }
	return m
}

func TestPictureOfTheWindow(t *testing.T) {
	var l *List
	build := func() fyne.CanvasObject {
		m := inboxModel()
		l = NewList(m, NewRowSet(m))
		tree := NewTree()
		tree.SetItems(pictureTree(), "all")
		inset := func(o fyne.CanvasObject, top, bottom float32) fyne.CanvasObject {
			spacer := func(h float32) fyne.CanvasObject {
				r := canvas.NewRectangle(color.Transparent)
				r.SetMinSize(fyne.NewSize(1, h))
				return r
			}
			return container.NewBorder(spacer(top), spacer(bottom), nil, nil, o)
		}
		s := NewSplit(inset(tree, 52-4, 40), inset(l, 88-4, 0), canvas.NewRectangle(color.Transparent))
		return s
	}
	showPictures(t, "window", fyne.NewSize(1280, 800), build, func() {
		l.alone(0)
		l.FocusGained()
		x, _ := actionsBox(3, l.Size().Width, Comfortable)
		l.MouseIn(mouse(x.X+50, l.rowTopNow(3)+18, 0, 0))
	})
}

func (l *List) rowTopNow(i int) float32 { return float32(l.geo.top(i) - l.scroll.off) }

func pictureTree() []TreeItem {
	imap := func(it TreeItem) TreeItem {
		it.Head, it.Parent, it.Tag, it.TagColor, it.TagGround = true, true, "IMAP", theme.IMAP, theme.IMAPTint
		return it
	}
	return []TreeItem{
		{Key: "all", Text: "All inboxes", Icon: theme.IconInbox, Count: "12"},
		{Key: "unread", Text: "Unread", Icon: theme.IconMail, Count: "15"},
		{Key: "starred", Text: "Starred", Icon: theme.IconStar},
		imap(TreeItem{Key: "f", Text: "Fernlight", Swatch: theme.Violet}),
		{Key: "f1", Text: "Inbox", Icon: theme.IconInbox, Count: "7"},
		{Key: "f2", Text: "Drafts", Icon: theme.IconFilePen, Count: "1"},
		{Key: "f3", Text: "Sent", Icon: theme.IconSend},
		{Key: "f4", Text: "Archive", Icon: theme.IconArchive},
		{Key: "f5", Text: "Projects", Icon: theme.IconFolderOpen, Parent: true},
		{Key: "f6", Text: "Reading room", Icon: theme.IconFolder, Count: "2", Depth: 1},
		{Key: "f7", Text: "Trash", Icon: theme.IconTrash},
		{Key: "h", Text: "Home", Swatch: theme.Rust, Head: true, Parent: true, Tag: "POP", TagColor: theme.POP, TagGround: theme.POPTint, State: theme.IconKey, StateTone: theme.Danger},
		{Key: "h1", Text: "Inbox", Icon: theme.IconInbox, Count: "4"},
		{Key: "h2", Text: "Sent", Icon: theme.IconSend},
		{Key: "h3", Text: "Receipts", Icon: theme.IconFolder},
		{Key: "h4", Text: "Family", Icon: theme.IconFolder, Count: "1"},
		imap(TreeItem{Key: "s", Text: "Sailing club", Swatch: theme.Green, Folded: true}),
	}
}

// side by side: each density with several selected, a cursor and a hit.
func TestPictureOfTheDensities(t *testing.T) {
	var lists []*List
	build := func() fyne.CanvasObject {
		lists = nil
		row := container.NewWithoutLayout(canvas.NewRectangle(theme.List.Now()))
		row.Objects[0].Resize(fyne.NewSize(3*400+800, 800))
		for i, d := range []Density{Comfortable, Cosy, Compact, Compact} {
			m := inboxModel()
			m.say = func(id RowID) RowData {
				r := inbox[id-1]
				if id == 4 {
					r.SubjectHits, r.SnippetHits, r.SenderHits = []Hit{{12, 16}}, []Hit{{21, 25}}, []Hit{{7, 13}}
				}
				return r
			}
			l := NewList(m, NewRowSet(m))
			l.SetDensity(d)
			l.Move(fyne.NewPos(float32(i)*400, 0))
			l.Resize(fyne.NewSize([]float32{379, 379, 379, 790}[i], 800))
			row.Add(l)
			lists = append(lists, l)
		}
		return row
	}
	showPictures(t, "densities", fyne.NewSize(3*400+800, 800), build, func() {
		for _, l := range lists {
			l.alone(1)
			l.extend(2, false)
			l.toggle(5)
			l.focused = true
			l.arrange()
		}
		lists[1].focused = false
		lists[1].arrange()
		lists[2].MouseIn(mouse(300, lists[2].rowTopNow(6)+15, 0, 0))
	})
}

func TestPictureOfADrag(t *testing.T) {
	var s *dragStage
	build := func() fyne.CanvasObject {
		s = newDragStage(t)
		s.m.say = func(id RowID) RowData { return inbox[(id-1)%9] }
		s.tree.SetItems(pictureTree(), "all")
		s.tree.CanDrop = func(key any, _ DragLoad) (bool, string) { return key == "f6", "" }
		return s.window.Content()
	}
	showPictures(t, "drag", fyne.NewSize(600, 720), build, func() {
		s.click(1, noKey)
		s.click(3, shift)
		s.down(100, s.y(2), noKey)
		s.dragTo(100, 28*3+40+28*5+14)
	})
}

func TestPictureOfTheNarrowWindow(t *testing.T) {
	var split *Split
	build := func() fyne.CanvasObject {
		m := inboxModel()
		l := NewList(m, NewRowSet(m))
		tree := NewTree()
		tree.SetItems(pictureTree(), "f1")
		split = NewSplit(tree, l, canvas.NewRectangle(color.Transparent))
		return split
	}
	showPictures(t, "narrow", fyne.NewSize(719, 800), build, func() { split.SetDrawer(true) })
}

//go:build stage

package gui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
)

// stageState is what the window says of itself: what package stage's callers
// see, too.
type stageState struct {
	Ready      bool
	Place      string // what the list shows
	Rows       int
	Whole      bool
	Shown      []stageRow // the rows that show
	Selected   int
	Cursor     int    // the row of it, -1 for none
	Subject    string // of the row under the cursor
	Reading    string // the subject of what the reader shows
	Cards      int
	Open       int  // cards that are open
	Text       bool // the text of what is read is there
	Painted    bool // and can be seen
	Find       string
	Sought     string // what was looked for and is shown; "" while an answer is awaited
	Toast      string
	Foot       string
	Panel      string // what is in the reader's place: activity, …
	Covered    bool   // something fills the window
	Overlay    bool   // a menu or a dialog is open
	Focus      string
	Mode       string // three, reader over, drawer
	Drawer     bool
	ReaderUp   bool // the reader covers the list
	Zoom       float32
	Title      string
	FullScreen bool
	Windows    int
	Draft      string // whom the newest composer writes to, and about what: "a@example.org, b@example.org: Lamps"
	Words      string // its text
	Asks       bool   // a menu or a dialog is open in the newest composer
	Writing    string // how far the newest composer has come: "", loading, ready
	Busy       int    // accounts that were not looked at yet, or are being
	Says       string // what the controls and texts that show say, a line each
}

type stageRow struct {
	ID                               int64
	Sender, Subject                  string
	Unread, Starred, Picked, Loading bool
	Answered                         bool
}

func (a *App) state() (st stageState) {
	if a.shell == nil {
		return st
	}
	s := a.shell
	m := s.list.model
	st = stageState{
		Ready: true, Place: s.list.title.Text(), Rows: m.Len(), Whole: m.Whole(), Selected: m.PickedCount(), Cursor: m.Cursor(),
		Reading: s.reader.model.Subject, Cards: len(s.reader.model.Cards), Foot: s.activity.Foot.Text, Covered: s.covered,
		Overlay: a.window.Canvas().Overlays().Top() != nil, Focus: s.focusName(), Drawer: s.split.Drawer(), ReaderUp: s.split.Reading(),
		Zoom: s.reader.zoom, Title: a.window.Title(), FullScreen: a.window.FullScreen(), Windows: len(a.fyne.Driver().AllWindows()),
		Mode: map[widgets.SplitMode]string{widgets.ThreePanes: "three", widgets.ReaderOver: "reader over", widgets.DrawerPanes: "drawer"}[s.split.Mode()],
	}
	if st.Cursor >= 0 {
		st.Subject = m.Row(st.Cursor).Row.Subject
	}
	from, to := s.list.rows.Shown()
	for i := from; i < to; i++ {
		r := m.Row(i)
		st.Shown = append(st.Shown, stageRow{int64(r.ID), r.Who, r.Row.Subject, r.Unread, r.Starred, m.Picked(i), r.Loading, r.Answered})
	}
	for _, c := range s.reader.model.Cards {
		if c.Open {
			st.Open++
		}
	}
	st.Painted = true
	for _, b := range s.reader.bodies() {
		st.Painted = st.Painted && b.page.Painted()
		st.Text = st.Text || b.laid != nil
	}
	if s.reader.find.object.Visible() {
		st.Find = s.reader.find.count.Text()
	}
	if s.list.toast.Visible() {
		st.Toast = s.list.toast.Text()
	}
	if s.right.shows(s.panel) {
		st.Panel = "activity"
	}
	if found := s.list.search.model; found.Active && !found.Busy {
		st.Sought = found.Query()
	}
	if open := s.room.Windows(); len(open) > 0 {
		st.Writing, st.Draft = writing(open[len(open)-1].Model())
		st.Words = open[len(open)-1].Model().Text()
		st.Asks = open[len(open)-1].Window().Canvas().Overlays().Top() != nil
	}
	if s.accountPage != nil {
		st.Panel = "account"
	}
	for _, acc := range s.roster.Accounts {
		if acc.Status.Phase == "" || acc.Status.Phase == mail.PhaseSyncing {
			st.Busy++
		}
	}
	st.Says = a.says()
	return st
}

// writing says how far a composition has come, to whom it is, and about what.
func writing(w *vm.Composition) (how, what string) {
	if w.State != vm.ComposeReady {
		return "loading", ""
	}
	var to []string
	for _, r := range w.To {
		to = append(to, r.Addr)
	}
	return "ready", strings.Join(to, ", ") + ": " + w.Subject
}

func (s *shell) focusName() string {
	switch f := s.app.window.Canvas().Focused(); f {
	case nil:
		return ""
	case fyne.Focusable(s.list.rows):
		return "list"
	case fyne.Focusable(s.sidebar.tree):
		return "sidebar"
	default:
		return fmt.Sprintf("%T", f)
	}
}

// whereIs finds a named part of the window.
func (a *App) whereIs(name string) handAnswer {
	var o fyne.CanvasObject
	var part fyne.Position
	var size fyne.Size
	if s := a.shell; s != nil {
		o = map[string]fyne.CanvasObject{
			"list": s.list.rows, "sidebar": s.sidebar.tree, "reader": s.right.object, "toast": s.list.toast, "compose": s.sidebar.compose,
			"foot": s.sidebar.foot.object, "search": s.list.object,
		}[name]
		var id int64
		if n, _ := fmt.Sscanf(name, "row %d", &id); n == 1 {
			o = s.list.rows
			part, size = s.list.rows.RowBox(s.list.model.IndexOf(mail.PlacementID(id)))
		}
		var line string
		if n, _ := fmt.Sscanf(name, "place %q", &line); n == 1 {
			for _, e := range s.sidebar.model.Entries {
				if e.Title == line {
					o = s.sidebar.tree
					part, size = s.sidebar.tree.LineBox(e.Place)
					break
				}
			}
		}
	}
	if o == nil {
		o, part, size = a.control(name)
	}
	if o == nil {
		return handAnswer{Error: "there is no " + name}
	}
	if fyne.CurrentApp().Driver().CanvasForObject(o) == nil {
		return handAnswer{Error: name + " is not drawn yet"}
	}
	if size == (fyne.Size{}) {
		size = o.Size()
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Add(part)
	scale := a.window.Canvas().Scale()
	px := func(v float32) int { return int(v*scale + 0.5) }
	return handAnswer{Rect: &handRect{px(at.X), px(at.Y), px(size.Width), px(size.Height)}}
}

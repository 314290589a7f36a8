//go:build stage

package gui

import (
	"fyne.io/fyne/v2"

	"postrider/gui/vm"
)

// stageState is what tests ask the window for.
type stageState struct {
	Ready    bool
	Title    string
	Rows     int
	Whole    bool
	Selected int
	Cursor   int64
	Subject  string // of the row under the cursor
	Foot     string
}

func (a *App) state() stageState {
	if a.shell == nil {
		return stageState{}
	}
	s := a.shell
	st := stageState{Ready: true, Title: s.sidebar.model.Title(s.list.place), Rows: s.list.model.Len(), Whole: s.list.model.Whole(),
		Selected: s.list.model.PickedCount(), Cursor: int64(s.list.model.CursorID()), Foot: s.activity.Foot.Text}
	if i := s.list.model.Cursor(); i >= 0 {
		st.Subject = s.list.model.Row(i).Row.Subject
	}
	_ = vm.Only
	return st
}

// whereIs finds a named part of the window.
func (a *App) whereIs(name string) handAnswer {
	parts := map[string]fyne.CanvasObject{}
	if a.shell != nil {
		parts["list"], parts["sidebar"] = a.shell.list.rows, a.shell.sidebar.tree
	}
	o, ok := parts[name]
	if !ok {
		return handAnswer{Error: "there is no " + name}
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	scale := a.window.Canvas().Scale()
	px := func(v float32) int { return int(v*scale + 0.5) }
	return handAnswer{Rect: &handRect{px(at.X), px(at.Y), px(o.Size().Width), px(o.Size().Height)}}
}

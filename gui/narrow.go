package gui

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
)

// narrow is what the list has of the sidebar while that is a drawer: the way to
// it, a new message, and what the workers do.
type narrow struct {
	shell   *shell
	menu    *widgets.IconButton
	compose *widgets.Button
	ground  *widgets.Fill
	line    fyne.CanvasObject
	icon    *widgets.IconMark
	text    *widgets.Link
	time    *widgets.Text
	object  *fyne.Container
}

const statusHeight float32 = 32

func newNarrow(s *shell) *narrow {
	n := &narrow{
		shell: s, ground: widgets.NewFill(theme.Side), line: widgets.NewDivider(), icon: widgets.NewIconMark(theme.IconCheck, theme.IconRow, theme.Ink2),
		text: widgets.NewLink("", func() { s.do(actActivity) }), time: widgets.NewText("", theme.TextCaption, theme.Ink3),
	}
	n.menu = widgets.NewIconButton(theme.IconMenu, "Show the folders (Ctrl+B)", func() { s.do(actSidebar) })
	n.compose = widgets.NewButton("New message", theme.IconCompose, widgets.ButtonLook{Tint: theme.Accent}, func() { s.do(actCompose) })
	n.text.SetStyle(theme.TextCaption, theme.Ink2)
	n.object = widgets.Placed(fyne.NewSize(0, 0), func(size fyne.Size) { n.place(size) }, n.menu, n.compose, n.ground, n.line, n.icon, n.text, n.time)
	n.object.Hide()
	return n
}

// place puts the parts around a list of a size. The search has the room from left
// to end, and foot is what the list leaves free below it.
func (n *narrow) place(size fyne.Size) (left, end, foot float32) {
	is := n.shell.split != nil && n.shell.split.Mode() == widgets.DrawerPanes
	widgets.Show(n.object, is)
	if !is {
		return 16, size.Width - 16, 0
	}
	if n.object.Size() != size {
		n.object.Resize(size) // which places the parts
		return n.place(size)
	}
	widgets.Put(n.menu, 8, 10, theme.ControlHeight, theme.ControlHeight)
	end = widgets.PutRight(n.compose, size.Width-12, 10, theme.ControlHeight) - 8
	y := size.Height - statusHeight
	widgets.Put(n.ground, 0, y, size.Width, statusHeight)
	widgets.Put(n.line, 0, y, size.Width, theme.Hairline)
	if n.icon.Visible() {
		widgets.PutLeft(n.icon, 16, y, statusHeight)
	}
	right := widgets.PutRight(n.time, size.Width-16, y, statusHeight)
	widgets.Put(n.text, 38, y+8, min(n.text.MinSize().Width, right-46), 16)
	return 48, end, statusHeight
}

// update draws what the workers do.
func (n *narrow) update(m vm.Foot) {
	icon, color := footIcon(m.Kind)
	n.icon.Set(icon, color)
	widgets.Show(n.icon, m.Kind != vm.FootQuiet)
	n.text.SetLabel(m.Text)
	n.time.SetText(m.Time)
	n.place(n.object.Size())
}

package gui

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// toolbar is the top of the reader.
type toolbar struct {
	shell  *shell
	back   *widgets.IconButton
	left   []*widgets.IconButton // archive, delete, junk, move, tag
	sun    *widgets.IconButton   // in the dark: the colours that the mail has
	edge   fyne.CanvasObject     // before the reply, beside the sun
	reply  *widgets.Button
	right  []*widgets.IconButton // reply all, forward
	line   fyne.CanvasObject
	more   *widgets.IconButton
	object *fyne.Container
}

func newToolbar(s *shell) *toolbar {
	t := &toolbar{shell: s}
	button := func(icon theme.Icon, tip string, a action) *widgets.IconButton {
		return widgets.NewIconButton(icon, tip, func() { s.do(a) })
	}
	t.back = button(theme.IconArrowLeft, "Back to the list", actBack)
	t.left = []*widgets.IconButton{
		button(theme.IconArchive, "Archive (E)", actArchive), button(theme.IconTrash, "Delete (#)", actDelete),
		button(theme.IconJunk, "Junk (!)", actJunk), button(theme.IconFolderInput, "Move to a folder (M)", actMove),
		button(theme.IconTag, "Tag (T)", actTag),
	}
	t.reply = widgets.NewButton("Reply", theme.IconReply, widgets.ButtonLook{}, func() { s.do(actReply) })
	t.right = []*widgets.IconButton{button(theme.IconReplyAll, "Reply to all (A)", actReplyAll), button(theme.IconForward, "Forward (F)", actForward)}
	t.sun = widgets.NewIconButton(theme.IconSun, "", func() { s.reader.setOriginal(!s.reader.original) })
	t.edge = widgets.NewFill(theme.Line)
	t.line = widgets.NewFill(theme.Line)
	t.more = widgets.NewIconButton(theme.IconEllipsis, "More", func() { widgets.ShowMenuBelow(t.more, true, s.messageMenu()) })
	parts := []fyne.CanvasObject{t.back, t.sun, t.edge, t.reply, t.line, t.more}
	for _, b := range append(t.left, t.right...) {
		parts = append(parts, b)
	}
	t.object = widgets.Placed(fyne.NewSize(200, theme.TopZone), t.lay, parts...)
	s.onClose(theme.OnChange(t.update))
	return t
}

func (t *toolbar) lay(size fyne.Size) {
	x := float32(16)
	if t.back.Visible() {
		x = widgets.PutLeft(t.back, x, 0, theme.TopZone)
	}
	for _, b := range t.left {
		x = widgets.PutLeft(b, x, 0, theme.TopZone)
	}
	right := widgets.PutRight(t.more, size.Width-16, 0, theme.TopZone)
	widgets.Put(t.line, right-9, 16, 1, 20)
	right -= 17
	for i := len(t.right) - 1; i >= 0; i-- {
		right = widgets.PutRight(t.right[i], right, 0, theme.TopZone)
	}
	widgets.Show(t.reply, right-t.reply.MinSize().Width-4 >= x)
	if right = widgets.PutRight(t.reply, right-4, 0, theme.TopZone) - 8; !t.reply.Visible() {
		right += t.reply.MinSize().Width + 4
	}
	dark := theme.Current().Dark && t.shell.reader != nil && len(t.shell.reader.model.Cards) > 0
	widgets.Show(t.sun, dark && right-theme.ControlHeight-17 >= x)
	widgets.Show(t.edge, t.sun.Visible() && t.reply.Visible())
	widgets.Put(t.edge, right-1, 16, 1, 20)
	widgets.PutRight(t.sun, right-8, 0, theme.TopZone)
}

// update shows what can be done.
func (t *toolbar) update() {
	widgets.Show(t.back, t.shell.split != nil && t.shell.split.Reading())
	any := t.shell.list.model.PickedCount() > 0
	for _, b := range append(t.left, t.right...) {
		enable(b, any)
	}
	enable(t.reply, any)
	enable(t.more, any)
	t.sun.SetTip("Its own colours")
	t.sun.SetIcon(theme.IconSun, theme.Ink2)
	if t.shell.reader != nil && t.shell.reader.original {
		t.sun.SetTip("Dark colours")
		t.sun.SetIcon(theme.IconMoon, theme.Ink2)
	}
	t.lay(t.object.Size())
}

func enable(d fyne.Disableable, on bool) {
	switch {
	case on == !d.Disabled():
	case on:
		d.Enable()
	default:
		d.Disable()
	}
}

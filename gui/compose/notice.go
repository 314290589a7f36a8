package compose

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// notice says what went wrong, above the text.
type notice struct {
	object *fyne.Container
	bar    *widgets.NoticeBar
}

func newNotice() *notice {
	n := &notice{object: container.NewWithoutLayout()}
	n.object.Hide()
	return n
}

// tell shows a sentence, and the server's words when they are asked for.
func (n *notice) tell(text, detail string) {
	what := widgets.Notice{Severity: widgets.Warning, Icon: theme.IconAlert, Text: text, Close: n.close}
	if detail != "" {
		what.Actions = []widgets.NoticeAction{{Label: "Details", Act: func() {
			if c := fyne.CurrentApp().Driver().CanvasForObject(n.object); c != nil {
				widgets.Tell(c, "What the server said", text, detail)
			}
		}}}
	}
	n.bar = widgets.NewNoticeBar(what)
	n.object.Objects = []fyne.CanvasObject{n.bar}
	n.object.Show()
	n.object.Refresh()
}

func (n *notice) close() {
	n.bar, n.object.Objects = nil, nil
	n.object.Hide()
}

// put puts it below a height, and returns where it ends.
func (n *notice) put(y, width float32) float32 {
	if n.bar == nil || !n.object.Visible() {
		return y
	}
	n.bar.Resize(fyne.NewSize(width-2*inset, n.bar.Size().Height))
	h := n.bar.MinSize().Height
	widgets.Put(n.object, inset, y+theme.Space2, width-2*inset, h)
	widgets.Put(n.bar, 0, 0, width-2*inset, h)
	return y + h + 2*theme.Space2
}

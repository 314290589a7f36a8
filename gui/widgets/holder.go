package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
)

// holder holds the frame of an overlay and leaves it where it was put.
type holder struct {
	widget.BaseWidget
	frame fyne.CanvasObject
}

func newHolder(frame fyne.CanvasObject) *holder {
	h := &holder{frame: frame}
	h.ExtendBaseWidget(h)
	return h
}

// CreateRenderer is for Fyne.
func (h *holder) CreateRenderer() fyne.WidgetRenderer { return holderView{h} }

type holderView struct{ holder *holder }

func (v holderView) Layout(fyne.Size)             {}
func (v holderView) MinSize() fyne.Size           { return fyne.Size{} }
func (v holderView) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{v.holder.frame} }
func (v holderView) Refresh()                     { v.holder.frame.Refresh() }
func (v holderView) Destroy()                     {}

// NewServerWords shows what a server said, in its own words, with a button that
// copies them.
func NewServerWords(text string, line theme.Token) fyne.CanvasObject {
	words := NewBlock(Words{Text: text, Style: theme.TextServer, Color: theme.Ink}, 8)
	copied := NewSmallIconButton(theme.IconCopy, "Copy", func() {
		if app := fyne.CurrentApp(); app != nil {
			app.Clipboard().SetContent(text)
		}
	})
	return Stack(NewCardFill(theme.Paper, line, theme.RadiusControl), Pad(9, 5, 9, 13, Row(theme.Space2, Grow(words), copied)))
}

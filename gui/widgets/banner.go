package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
)

// A Banner lies over several panes and says something about all of them, such
// as that there is no connection. It is 40 high.
type Banner struct {
	widget.BaseWidget
	ground *Fill
	line   *Fill
	icon   *IconMark
	text   *Text
	link   *Link
	row    *fyne.Container
}

// NewBanner is a banner with a link, unless its label is empty.
func NewBanner(icon theme.Icon, sentence, label string, act func()) *Banner {
	b := &Banner{
		ground: NewFill(theme.WarnTint),
		line:   NewFill(theme.WarnLine),
		icon:   NewIconMark(icon, theme.IconControl, theme.Warn),
		text:   NewText(sentence, theme.TextLine, theme.Ink),
		link:   NewLink(label, act),
	}
	b.link.Hidden = label == ""
	b.row = Row(theme.Space2, b.icon, Grow(b.text), b.link)
	b.ExtendBaseWidget(b)
	return b
}

// SetText changes the sentence.
func (b *Banner) SetText(sentence string) { b.text.SetText(sentence) }

const (
	bannerHeight float32 = 40
	bannerBefore float32 = 16
	bannerAfter  float32 = 12
)

// CreateRenderer is for Fyne.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer { return bannerView{b} }

type bannerView struct{ banner *Banner }

func (v bannerView) Layout(size fyne.Size) {
	v.banner.ground.Resize(size)
	v.banner.line.Move(fyne.NewPos(0, size.Height-theme.Hairline))
	v.banner.line.Resize(fyne.NewSize(size.Width, theme.Hairline))
	v.banner.row.Move(fyne.NewPos(bannerBefore, 0))
	v.banner.row.Resize(fyne.NewSize(size.Width-bannerBefore-bannerAfter, size.Height))
}

func (v bannerView) MinSize() fyne.Size { return fyne.NewSize(160, bannerHeight) }
func (v bannerView) Destroy()           {}

func (v bannerView) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.banner.ground, v.banner.line, v.banner.row}
}

func (v bannerView) Refresh() {
	v.banner.ground.Refresh()
	v.banner.line.Refresh()
	v.banner.row.Refresh()
}

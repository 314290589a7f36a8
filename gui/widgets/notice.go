package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
)

// Severity says how much attention something wants.
type Severity uint8

// The severities.
const (
	Note Severity = iota
	Good
	Warning
	Danger
)

// colors are ground, text and icon of a notice.
func (s Severity) colors() (ground, ink, icon theme.Token) {
	switch s {
	case Good:
		return theme.GoodTint, theme.Ink, theme.Good
	case Warning:
		return theme.WarnTint, theme.Ink, theme.Warn
	case Danger:
		return theme.DangerTint, theme.Ink, theme.Danger
	default:
		return theme.Note, theme.Ink2, theme.Ink2
	}
}

// NoticeAction is a link in a notice.
type NoticeAction struct {
	Label string
	Act   func()
}

// A Notice is what a notice bar says.
type Notice struct {
	Severity Severity
	Icon     theme.Icon
	Text     string
	Actions  []NoticeAction
	More     func(at fyne.Position) // opens a menu of further choices, at the window's position; may be nil
	MoreTip  string
	Close    func() // takes the notice away; may be nil
}

// A NoticeBar is a line above a mail that says something about it: 36 high, or
// more if its words need two lines.
type NoticeBar struct {
	widget.BaseWidget
	notice Notice
	row    *fyne.Container
	ground *Fill
}

// NewNoticeBar shows a notice.
func NewNoticeBar(n Notice) *NoticeBar {
	b := &NoticeBar{notice: n}
	ground, ink, icon := n.Severity.colors()
	b.ground = NewCardFill(ground, theme.None, theme.RadiusControl)
	text := NewBlock(Words{Text: n.Text, Style: theme.TextLine, Color: ink}, 3)
	parts := []fyne.CanvasObject{NewIconMark(n.Icon, theme.IconControl, icon), Grow(text)}
	for _, a := range n.Actions {
		parts = append(parts, Pad(0, theme.Space2, 0, theme.Space2, NewLink(a.Label, a.Act)))
	}
	if n.More != nil {
		parts = append(parts, b.more())
	}
	if n.Close != nil {
		parts = append(parts, NewSmallIconButton(theme.IconX, "Close", n.Close))
	}
	b.row = Row(theme.Space2, parts...)
	b.ExtendBaseWidget(b)
	return b
}

func (b *NoticeBar) more() *IconButton {
	var button *IconButton
	button = NewSmallIconButton(theme.IconChevronDown, b.notice.MoreTip, func() {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(button)
		b.notice.More(at.AddXY(button.Size().Width, button.Size().Height+theme.Space1))
	})
	return button
}

const (
	noticeHeight float32 = 36
	noticeBefore float32 = 12
	noticeAround float32 = 4
)

// HeightFor is 36, unless the words need more.
func (b *NoticeBar) HeightFor(width float32) float32 {
	h := heightOf(b.row, width-noticeBefore-noticeAround) + 2*noticeAround
	if h > noticeHeight {
		h += 2 * noticeAround // lines need air where a button does not
	}
	return max(noticeHeight, h)
}

// CreateRenderer is for Fyne.
func (b *NoticeBar) CreateRenderer() fyne.WidgetRenderer { return noticeView{b} }

type noticeView struct{ bar *NoticeBar }

func (v noticeView) Layout(size fyne.Size) {
	v.bar.ground.Resize(size)
	v.bar.row.Move(fyne.NewPos(noticeBefore, noticeAround))
	v.bar.row.Resize(fyne.NewSize(size.Width-noticeBefore-noticeAround, size.Height-2*noticeAround))
}

func (v noticeView) MinSize() fyne.Size {
	w := v.bar.row.MinSize().Width + noticeBefore + noticeAround
	return fyne.NewSize(w, v.bar.HeightFor(max(w, v.bar.Size().Width)))
}

func (v noticeView) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.bar.ground, v.bar.row}
}

func (v noticeView) Refresh() { v.bar.ground.Refresh(); v.bar.row.Refresh() }
func (v noticeView) Destroy() {}

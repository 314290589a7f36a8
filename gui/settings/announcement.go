package settings

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// announcementCard says in a sentence what will leave the server and when.
type announcementCard struct {
	widget.BaseWidget
	now    Announcement
	title  *widgets.Block
	text   *widgets.Block
	action *widgets.Button
	yes    *widgets.Button
	card   *fyne.Container
}

func newAnnouncementCard() *announcementCard {
	a := &announcementCard{}
	a.title = widgets.NewBlock(widgets.Words{Style: theme.TextBody.With(theme.SemiBold), Color: theme.Ink}, 3)
	a.text = widgets.NewBlock(widgets.Words{Style: theme.TextLine, Color: theme.Ink2}, 4)
	a.action = widgets.NewButton("", "", widgets.ButtonLook{}, func() { a.now.Act() })
	a.yes = widgets.NewButton("", "", widgets.ButtonLook{Primary: true}, func() { a.now.Agree() })
	row := widgets.Row(theme.Space3, widgets.NewIconMark(theme.IconCalendarClock, theme.IconCard, theme.Accent), widgets.Grow(widgets.Column(0, a.title, a.text)), a.action, a.yes)
	a.card = widgets.Pad(theme.Space4, 0, 0, 0, widgets.Stack(widgets.NewCardFill(theme.AccentTint, theme.None, theme.RadiusCard),
		widgets.Pad(theme.Space3, theme.Space3, theme.Space3, theme.Space4, row)))
	a.ExtendBaseWidget(a)
	return a
}

func (a *announcementCard) set(now Announcement) {
	a.now = now
	a.title.SetText(now.Title)
	a.text.SetText(now.Text)
	a.action.SetLabel(now.Action)
	a.action.Hidden = now.Action == ""
	a.yes.SetLabel(now.Yes)
	a.yes.Hidden = now.Yes == ""
	a.Hidden = now.Title == ""
}

// HeightFor is the height for a width.
func (a *announcementCard) HeightFor(width float32) float32 { return widgets.HeightOf(a.card, width) }

// CreateRenderer is for Fyne.
func (a *announcementCard) CreateRenderer() fyne.WidgetRenderer { return widgets.Wrapped(a.card) }

func numbers(list []int) []string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = strconv.Itoa(n)
	}
	return out
}

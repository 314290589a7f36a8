package gui

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
)

// shutLine is a card of a conversation that is shut: who wrote, how it begins,
// when.
type shutLine struct {
	press   *widgets.Plate
	avatar  *widgets.Avatar
	name    *widgets.Text
	snippet *widgets.Text
	clip    *widgets.IconMark
	date    *widgets.Text
	object  *fyne.Container
}

func newShutLine(open func()) *shutLine {
	l := &shutLine{
		press: widgets.NewPlate(theme.RadiusCard, open), avatar: widgets.NewAvatar("", true),
		name: widgets.NewText("", theme.TextLine.With(theme.SemiBold), theme.Ink), snippet: widgets.NewText("", theme.TextLine, theme.Ink3),
		clip: widgets.NewIconMark(theme.IconPaperclip, theme.IconRow, theme.Ink3), date: widgets.NewText("", theme.TextCaption, theme.Ink3),
	}
	l.object = widgets.Placed(fyne.NewSize(120, cardShut), l.lay, l.press, l.avatar, l.name, l.snippet, l.clip, l.date)
	return l
}

func (l *shutLine) lay(size fyne.Size) {
	widgets.Put(l.press, 0, 0, size.Width, size.Height)
	widgets.Put(l.avatar, cardPadding, 8, theme.AvatarCardSize, theme.AvatarCardSize)
	right := widgets.PutRight(l.date, size.Width-cardPadding, 0, cardShut) - 12
	if l.clip.Visible() {
		right = widgets.PutRight(l.clip, right, 0, cardShut) - 8
	}
	width := min(l.name.MinSize().Width, right-cardTextLeft)
	widgets.Put(l.name, cardTextLeft, 13, width, 18)
	x := cardTextLeft + width + 12
	widgets.Put(l.snippet, x, 13, right-x, 18)
}

func (l *shutLine) update(c *vm.Card) {
	l.avatar.SetName(c.From.Label())
	if c.From.Mine && c.From.Name != "" {
		l.avatar.SetName(c.From.Name)
	}
	l.name.SetText(c.From.Label())
	l.snippet.SetText(c.Snippet)
	l.date.SetText(c.Date)
	widgets.Show(l.clip, c.Row.Attachments > 0)
	l.lay(l.object.Size())
}

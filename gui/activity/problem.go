package activity

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// problemCard is a problem with what can be done about it. The server's words
// show until they are hidden.
type problemCard struct {
	widget.BaseWidget
	now    Problem
	hidden bool

	icon     *widgets.IconMark
	title    *widgets.Block
	text     *widgets.Block
	words    *fyne.Container
	solve    *widgets.Button
	settings *widgets.Button
	details  *widgets.Link
	card     *fyne.Container
}

func newProblemCard() *problemCard {
	c := &problemCard{}
	c.icon = widgets.NewIconMark(theme.IconAlert, theme.IconCard, theme.Danger)
	c.title = widgets.NewBlock(widgets.Words{Style: theme.TextBody.With(theme.SemiBold), Color: theme.Ink}, 3)
	c.text = widgets.NewBlock(widgets.Words{Style: theme.TextLine, Color: theme.Ink2}, 4)
	c.words = widgets.Column(0)
	c.solve = widgets.NewButton("", "", widgets.ButtonLook{Primary: true}, func() { c.now.OnSolve() })
	c.settings = widgets.NewButton("Account settings", "", widgets.ButtonLook{}, func() { c.now.Settings() })
	c.details = widgets.NewLink("Hide details", func() {
		c.hidden = !c.hidden
		c.arrange()
	})
	column := widgets.Column(0, c.title, widgets.Gap(0, 2), c.text, c.words,
		widgets.Pad(theme.Space3, 0, 0, 0, widgets.Row(theme.Space2, c.solve, c.settings, widgets.Spring(), c.details)))
	c.card = widgets.Stack(widgets.NewCardFill(theme.DangerTint, theme.DangerLine, theme.RadiusCard),
		widgets.Pad(17, 17, 17, 17, widgets.TopRow(theme.Space3, c.icon, widgets.Grow(column))))
	c.ExtendBaseWidget(c)
	return c
}

func (c *problemCard) set(p Problem) {
	before := c.now
	c.now = p
	c.icon.Set(p.Icon, theme.Danger)
	c.title.SetText(p.Title)
	c.text.SetText(p.Text)
	c.solve.SetLabel(p.Solve)
	if before.Words != p.Words {
		c.words.Objects = []fyne.CanvasObject{widgets.Gap(0, theme.Space3), widgets.NewServerWords(p.Words, theme.DangerLine)}
	}
	if before.Words != p.Words || c.solve.Hidden != (p.Solve == "") || c.settings.Hidden != (p.Settings == nil) {
		c.arrange()
	}
}

func (c *problemCard) arrange() {
	c.solve.Hidden = c.now.Solve == ""
	c.settings.Hidden = c.now.Settings == nil
	c.details.Hidden = c.now.Words == ""
	c.words.Hidden = c.hidden || c.now.Words == ""
	c.details.SetLabel(map[bool]string{false: "Hide details", true: "Details"}[c.hidden])
	c.Refresh()
}

// HeightFor is the height for a width.
func (c *problemCard) HeightFor(width float32) float32 { return widgets.HeightOf(c.card, width) }

// CreateRenderer is for Fyne.
func (c *problemCard) CreateRenderer() fyne.WidgetRenderer { return widgets.Wrapped(c.card) }

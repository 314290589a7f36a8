package activity

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// row is what the lines of the cards have in common: 40 high, with a hairline
// below all but the last.
type row struct {
	widget.BaseWidget
	line    *widgets.Fill
	content *fyne.Container
	all     *fyne.Container
}

func (r *row) build(self fyne.Widget, parts ...fyne.CanvasObject) {
	r.line = widgets.NewDivider()
	r.content = widgets.Fixed(0, lineHeight, widgets.Pad(0, theme.Space2, 0, theme.Space3, widgets.Row(theme.Space3, parts...)))
	r.all = widgets.Stack(r.content, widgets.Column(0, widgets.Spring(), r.line))
	r.ExtendBaseWidget(self)
}

func (r *row) last(is bool) {
	if r.line.Hidden != is {
		r.line.Hidden = is
		r.line.Refresh()
	}
}

// HeightFor is the height for a width.
func (r *row) HeightFor(width float32) float32 { return widgets.HeightOf(r.all, width) }

// CreateRenderer is for Fyne.
func (r *row) CreateRenderer() fyne.WidgetRenderer { return widgets.Wrapped(r.all) }

// accountLine shows how an account is.
type accountLine struct {
	row
	now    Account
	swatch *widgets.SwatchMark
	name   *widgets.Text
	tag    *widgets.Tag
	text   *widgets.Text
	note   *widgets.Text
	action *widgets.Link
}

const (
	swatchColumn float32 = 16
	actionColumn float32 = 60
)

func newAccountLine() *accountLine {
	l := &accountLine{
		swatch: widgets.NewSwatchMark(theme.None), name: widgets.NewText("", theme.TextLine.With(theme.Medium), theme.Ink),
		tag: widgets.NewTag(widgets.NoProtocol), text: widgets.NewText("", theme.TextLine, theme.Ink2), note: widgets.NewText("", theme.TextCaption, theme.Ink3),
	}
	l.action = widgets.NewLink("", func() { l.now.OnAction() })
	l.build(l,
		widgets.Fixed(swatchColumn, 0, l.swatch), widgets.Row(theme.Space2, l.name, l.tag), widgets.Grow(l.text), l.note,
		widgets.Fixed(actionColumn, 0, widgets.Row(0, widgets.Spring(), l.action, widgets.Gap(theme.Space2, 0))))
	return l
}

func (l *accountLine) set(a Account) {
	l.now = a
	l.swatch.SetColor(a.Swatch)
	l.name.SetText(a.Name)
	l.tag.SetProtocol(a.Protocol)
	words := widgets.Words{Text: a.Text, Style: theme.TextLine, Color: theme.Ink2}
	if a.Bad {
		words.Style, words.Color = words.Style.With(theme.Medium), theme.Danger
	}
	l.text.Set(words)
	l.note.SetText(a.Note)
	l.action.SetLabel(a.Action)
	l.action.Hidden = a.Action == ""
}

// downloadLine shows mail on its way.
type downloadLine struct {
	row
	now   Download
	pause *widgets.IconButton
	name  *widgets.Text
	bar   *widgets.Progress
	text  *widgets.Text
	stop  *widgets.IconButton
}

func newDownloadLine() *downloadLine {
	l := &downloadLine{name: widgets.NewText("", theme.TextLine.With(theme.Medium), theme.Ink), bar: widgets.NewProgress(), text: widgets.NewText("", theme.TextCaption, theme.Ink3)}
	l.pause = widgets.NewSmallIconButton(theme.IconPause, "Pause", func() { l.now.Pause() })
	l.stop = widgets.NewSmallIconButton(theme.IconX, "Stop", func() { l.now.Stop() })
	l.build(l, widgets.Fixed(swatchColumn, 0, l.pause), l.name, widgets.Grow(l.bar), l.text, l.stop)
	return l
}

func (l *downloadLine) set(d Download) {
	l.now = d
	icon, tip := theme.IconPause, "Pause"
	switch {
	case d.Pause == nil:
		icon, tip = theme.IconArrowDownToLine, ""
	case d.Paused:
		icon, tip = theme.IconPlay, "Go on"
	}
	l.pause.SetIcon(icon, theme.Ink2)
	l.pause.SetTip(tip)
	if d.Pause == nil {
		l.pause.Disable()
	} else {
		l.pause.Enable()
	}
	l.name.SetText(d.Name)
	l.bar.Set(max(0, d.Fraction))
	l.text.SetText(d.Text)
	l.stop.Hidden = d.Stop == nil
}

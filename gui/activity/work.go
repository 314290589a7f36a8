package activity

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// workLine is something that waits or was refused. What was refused has a
// sentence below it, and can be tried again.
type workLine struct {
	widget.BaseWidget
	now    Work
	icon   *widgets.IconMark
	text   *widgets.Text
	swatch *widgets.SwatchMark
	when   *widgets.Text
	retry  *widgets.Link
	cancel *widgets.IconButton
	why    *widgets.Block
	words  *fyne.Container
	line   *widgets.Fill
	all    *fyne.Container
}

func newWorkLine() *workLine {
	l := &workLine{
		icon: widgets.NewIconMark(theme.IconClock, theme.IconControl, theme.Ink2), text: widgets.NewText("", theme.TextLine, theme.Ink),
		swatch: widgets.NewSwatchMark(theme.None), line: widgets.NewDivider(), words: widgets.Column(0),
		when: widgets.NewWords(widgets.Words{Style: theme.TextCaption, Color: theme.Ink3, Align: widgets.AlignEnd}),
		why:  widgets.NewBlock(widgets.Words{Style: theme.TextLine, Color: theme.Ink2}, 4),
	}
	l.retry = widgets.NewLink("Try again", func() { l.now.Retry() })
	l.cancel = widgets.NewSmallIconButton(theme.IconX, "Take it back", func() { l.now.Cancel() })
	head := widgets.Fixed(0, lineHeight, widgets.Pad(0, theme.Space2, 0, theme.Space3, widgets.Row(theme.Space3,
		l.icon, widgets.Grow(l.text), l.swatch, l.when, l.retry, l.cancel)))
	const under = theme.Space3 + theme.IconControl + theme.Space3
	more := widgets.Pad(0, theme.Space3, 0, under, widgets.Column(0, l.why, l.words))
	l.all = widgets.Stack(widgets.Column(0, head, more), widgets.Column(0, widgets.Spring(), l.line))
	l.ExtendBaseWidget(l)
	return l
}

func (l *workLine) set(w Work) {
	before := l.now
	l.now = w
	l.icon.Set(w.Icon, theme.Ink2)
	l.text.SetText(w.Text)
	l.swatch.SetColor(w.Swatch)
	l.when.Set(widgets.Words{Text: w.When, Style: theme.TextCaption, Color: theme.Ink3, Align: widgets.AlignEnd})
	l.retry.Hidden = w.Retry == nil
	l.cancel.Hidden = w.Cancel == nil
	l.why.SetText(w.Why)
	if before.Words != w.Words {
		l.words.Objects = nil
		if w.Words != "" {
			l.words.Objects = []fyne.CanvasObject{widgets.Pad(theme.Space2, 0, theme.Space3, 0, widgets.NewServerWords(w.Words, theme.Line))}
		}
		l.Refresh()
	} else if before.Why != w.Why {
		l.Refresh()
	}
}

func (l *workLine) last(is bool) {
	if l.line.Hidden != is {
		l.line.Hidden = is
		l.line.Refresh()
	}
}

// HeightFor is the height for a width.
func (l *workLine) HeightFor(width float32) float32 { return widgets.HeightOf(l.all, width) }

// CreateRenderer is for Fyne.
func (l *workLine) CreateRenderer() fyne.WidgetRenderer { return widgets.Wrapped(l.all) }

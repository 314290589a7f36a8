package activity

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// A Panel shows a State.
type Panel struct {
	widget.BaseWidget
	ground *widgets.Fill
	top    *fyne.Container
	scroll *widgets.Scroll

	problems  *pool[Problem, *problemCard]
	accounts  *section[Account, *accountLine]
	waiting   *section[Work, *workLine]
	refused   *section[Work, *workLine]
	downloads *section[Download, *downloadLine]
	quiet     *widgets.Text
	shape     [5]int // how many lines there are of each kind
}

const (
	panelSide  float32 = 24
	lineHeight float32 = 40
	// mostLines is how many lines of a kind are shown: after a long time offline
	// there may be thousands.
	mostLines = 100
)

// NewPanel is an empty panel. copyLog gives the log to copy; closed is called
// when the person closes the panel.
func NewPanel(copyLog, closed func()) *Panel {
	p := &Panel{ground: widgets.NewFill(theme.Paper)}
	closer := widgets.NewIconButton(theme.IconX, "Close", closed)
	p.top = widgets.Pad(0, theme.Space4, 0, panelSide, widgets.Row(theme.Space1,
		widgets.NewText("Activity", theme.TextHead, theme.Ink), widgets.Spring(),
		widgets.NewButton("Copy log", theme.IconCopy, widgets.ButtonLook{}, copyLog), closer))
	p.problems = newPool(newProblemCard)
	p.accounts = newSection("Accounts", newAccountLine)
	p.waiting = newSection("Waiting to reach a server", newWorkLine)
	p.refused = newSection("Refused", newWorkLine)
	p.downloads = newSection("Downloads", newDownloadLine)
	p.quiet = widgets.NewText("Nothing waits, and nothing went wrong.", theme.TextLine, theme.Ink3)
	content := widgets.Column(0, p.problems.column, p.accounts.column, p.refused.column, p.waiting.column, p.downloads.column,
		widgets.Pad(theme.Space4, 0, 0, 0, p.quiet))
	p.scroll = widgets.NewScroll(widgets.Pad(0, panelSide, panelSide, panelSide, content))
	p.ExtendBaseWidget(p)
	return p
}

// Set shows a state.
func (p *Panel) Set(s State) {
	p.problems.set(s.Problems)
	p.accounts.set(s.Accounts, "")
	p.refused.set(s.Refused, caption(len(s.Refused), ""))
	p.waiting.set(s.Waiting, caption(len(s.Waiting), ", oldest first"))
	p.downloads.set(s.Downloads, "")
	shape := [5]int{len(s.Problems), len(s.Accounts), len(s.Waiting), len(s.Refused), len(s.Downloads)}
	if shape == p.shape {
		return // the lines have drawn what changed in them
	}
	p.shape = shape
	p.quiet.Hidden = len(s.Problems)+len(s.Waiting)+len(s.Refused)+len(s.Downloads) > 0
	p.scroll.Refresh()
}

func caption(n int, order string) string {
	switch {
	case n > mostLines:
		return fmt.Sprintf("%d, the first %d", n, mostLines)
	case n == 1:
		return "1"
	default:
		return fmt.Sprint(n, order)
	}
}

// CreateRenderer is for Fyne.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer { return panelView{p} }

type panelView struct{ panel *Panel }

func (v panelView) Layout(size fyne.Size) {
	v.panel.ground.Resize(size)
	v.panel.top.Resize(fyne.NewSize(size.Width, theme.TopZone))
	v.panel.scroll.Move(fyne.NewPos(0, theme.TopZone))
	v.panel.scroll.Resize(fyne.NewSize(size.Width, max(0, size.Height-theme.TopZone)))
}

func (v panelView) MinSize() fyne.Size { return fyne.NewSize(360, 200) }
func (v panelView) Destroy()           {}

func (v panelView) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.panel.ground, v.panel.top, v.panel.scroll}
}

func (v panelView) Refresh() {
	for _, o := range v.Objects() {
		o.Refresh()
	}
}

package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

const (
	pageTop  float32 = 20
	pageSide float32 = 32
	pageHead         = theme.ControlHeight
)

// page is what the pages have in common: a head, tabs, and below them one part
// at a time, which can be scrolled.
type page struct {
	widget.BaseWidget
	ground *widgets.Fill
	head   *fyne.Container
	tabs   *widgets.Tabs
	scroll *widgets.Scroll
	parts  []fyne.CanvasObject
}

func (p *page) build(self fyne.Widget, names []string, parts []fyne.CanvasObject, head ...fyne.CanvasObject) {
	p.ground = widgets.NewFill(theme.Paper)
	p.head = widgets.Row(theme.Space3, head...)
	p.tabs = widgets.NewTabs(names, 0, p.open)
	p.parts = parts
	p.scroll = widgets.NewScroll(p.padded(parts[0]))
	p.ExtendBaseWidget(self)
}

func (p *page) padded(part fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Pad(pageTop, pageSide, pageSide, pageSide, part)
}

// open shows one of the parts.
func (p *page) open(i int) { p.scroll.SetContent(p.padded(p.parts[i])) }

// Open shows a part by its place.
func (p *page) Open(i int) {
	p.tabs.Choose(i)
	p.open(i)
}

// CreateRenderer is for Fyne.
func (p *page) CreateRenderer() fyne.WidgetRenderer { return pageView{p} }

type pageView struct{ page *page }

const tabsHeight float32 = 40

func (v pageView) Layout(size fyne.Size) {
	p := v.page
	p.ground.Resize(size)
	w := max(0, size.Width-2*pageSide)
	p.head.Move(fyne.NewPos(pageSide, pageTop))
	p.head.Resize(fyne.NewSize(w, pageHead))
	y := pageTop + pageHead + theme.Space2
	p.tabs.Move(fyne.NewPos(pageSide, y))
	p.tabs.Resize(fyne.NewSize(w, tabsHeight))
	y += tabsHeight
	p.scroll.Move(fyne.NewPos(0, y))
	p.scroll.Resize(fyne.NewSize(size.Width, max(0, size.Height-y)))
}

func (v pageView) MinSize() fyne.Size { return fyne.NewSize(440, 240) }
func (v pageView) Destroy()           {}

func (v pageView) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.page.ground, v.page.head, v.page.tabs, v.page.scroll}
}

func (v pageView) Refresh() {
	for _, o := range v.Objects() {
		o.Refresh()
	}
}

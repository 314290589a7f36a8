package widgets

import (
	"image"
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
	"postrider/mail/html/display"
)

// Page shows a laid-out mail, however tall: it paints what can be seen, in
// strips, off Fyne's goroutine. Its text can be selected with mouse and keys,
// copied and searched; links, pictures and buttons call back.
//
// A page that scrolls by itself fills the room it is given. A tall one is as high
// as the mail, for something that scrolls around it, and has to be told what of it
// can be seen (Reveal).
//
// It lays nothing out. OnWidth says how wide the mail may be, in px of the mail,
// and whoever hears it calls SetPage with a page of that width. All of it is for
// Fyne's goroutine.
type Page struct {
	widget.BaseWidget

	OnWidth   func(px float32)                       // the room or the zoom changed; 0 is never told
	OnLink    func(link *display.Link)               // a link was clicked, or Return pressed on it
	OnHover   func(link *display.Link)               // the pointer is on a link, nil: not any more
	OnMenu    func(under PageSpot, at fyne.Position) // the right button, or the menu key; at is in the window
	OnControl func(id int32)                         // one of the reader's own buttons in the mail
	OnSelect  func(selected bool)                    // there is a selection, or none any more
	OnReveal  func(top, height float32)              // a tall page wants a part of it to be seen
	OnWheel   func(ev *fyne.ScrollEvent)             // a tall page passes on what scrolls up and down
	OnZoom    func(zoom float32)                     // Ctrl with the wheel, or keys, changed it

	// Picture returns the picture of a source as the mail writes it, or nil while
	// it is not at hand; the same picture is the same value. Any goroutine calls it.
	Picture func(source string) image.Image

	Ground theme.Token // what the mail lies on; None is paper

	Keys      Keys      // what the page has no use for
	Modifiers Modifiers // the driver's, if nil

	page     *display.Page
	tall     bool
	zoom     float32
	original bool     // the mail's own colours, in the dark too
	told     float32  // the width that OnWidth was told
	fresh    int      // grows when all has to be painted anew
	side     float32  // how far it is scrolled sideways, in units
	window   pageSpan // of a tall page: what can be seen

	scroll *scroller
	tiles  *tiles
	view   *pageView
	pick   selection
	mouse  pageMouse
	found  finding
	focus  bool
	framed bool // it got the focus by a key: a frame says so
	ring   int  // the link that has the keys, -1 for none

	now  func() time.Time
	post func(func())                // runs on Fyne's goroutine
	wait func(time.Duration, func()) // calls after a while, anywhere
}

// pageSpan is a stretch of a page, in units from its top.
type pageSpan struct{ top, height float32 }

// PageSpot is what lies at a place of a page.
type PageSpot struct {
	Link     *display.Link      // nil: none
	Picture  *display.ImageItem // nil: none
	Selected bool               // some text is selected
}

// The zooms that a page can have.
const (
	pageZoomMin = 0.5
	pageZoomMax = 3
)

// NewPage is a page that scrolls by itself.
func NewPage() *Page { return newPage(false) }

// NewTallPage is a page as high as its mail.
func NewTallPage() *Page { return newPage(true) }

func newPage(tall bool) *Page {
	p := &Page{tall: tall, zoom: 1, ring: -1, now: time.Now, post: Do}
	p.wait = func(d time.Duration, f func()) { time.AfterFunc(d, f) }
	p.scroll = newScroller(p.scrolled)
	p.scroll.inset = 3
	p.tiles = newTiles(func(f func()) { p.post(f) })
	p.found.current = -1
	p.ExtendBaseWidget(p)
	return p
}

// SetPage shows a mail. If its text is that of the mail shown before, what is
// selected, found and to be seen stays: it was only laid out anew.
func (p *Page) SetPage(page *display.Page) {
	anchor, same := p.anchor(page)
	p.page = page
	if !same {
		p.pick, p.ring, p.side = selection{}, -1, 0
		p.found = finding{current: -1}
		p.scroll.to(0)
	}
	p.mouse.leave()
	p.find()
	p.measure()
	if same && !p.tall {
		p.restore(anchor)
	}
	p.selected()
	p.renew()
	p.Refresh()
}

// Clear shows nothing.
func (p *Page) Clear() { p.SetPage(nil) }

// anchor is the text at the upper edge, and how far above it begins; same tells
// that another page has the same text.
func (p *Page) anchor(next *display.Page) (a pageAnchor, same bool) {
	if p.page == nil || next == nil || p.page.Text() != next.Text() {
		return a, false
	}
	if p.scroll.off == 0 {
		return a, true
	}
	at, _ := p.page.TextAt(0, p.toPage(float32(p.scroll.off)))
	a.offset = at
	if rects := p.page.Rects(at, at+1); len(rects) > 0 {
		a.above = float32(p.scroll.off) - rects[0].Y*p.zoom
	}
	a.set = true
	return a, true
}

// pageAnchor keeps the view where it is while a mail is laid out anew.
type pageAnchor struct {
	offset int
	above  float32
	set    bool
}

func (p *Page) restore(a pageAnchor) {
	if !a.set {
		return
	}
	if rects := p.page.Rects(a.offset, a.offset+1); len(rects) > 0 {
		p.scroll.to(int64(math.Round(float64(rects[0].Y*p.zoom + a.above))))
	}
}

// Repaint paints anew: a picture has come.
func (p *Page) Repaint() {
	p.renew()
	p.arrange()
}

// SetZoom shows the mail larger or smaller, between half and three times.
func (p *Page) SetZoom(zoom float32) {
	zoom = min(max(zoom, pageZoomMin), pageZoomMax)
	if zoom == p.zoom {
		return
	}
	at := float64(p.scroll.off) / float64(p.zoom)
	p.zoom = zoom
	p.measure()
	p.scroll.to(int64(math.Round(at * float64(zoom))))
	p.renew()
	p.tell()
	p.Refresh()
	if p.OnZoom != nil {
		p.OnZoom(zoom)
	}
}

// Zoom is how much larger than life the mail is shown.
func (p *Page) Zoom() float32 { return p.zoom }

// SetOriginal shows the mail in its own colours even when the window is dark.
func (p *Page) SetOriginal(on bool) {
	if p.original != on {
		p.original = on
		p.renew()
		p.Refresh()
	}
}

// Original tells that the mail is shown in its own colours.
func (p *Page) Original() bool { return p.original }

// Reveal tells a tall page what of it can be seen: from a height on, in units.
func (p *Page) Reveal(top, height float32) {
	next := pageSpan{top, max(0, height)}
	if p.window == next && p.Painted() {
		return
	}
	p.window = next
	p.arrange()
}

// measure takes over the size of the mail and of the room.
func (p *Page) measure() {
	size := p.Size()
	total := float32(0)
	if p.page != nil {
		total = p.page.Height * p.zoom
	}
	if p.tall {
		p.scroll.set(0, 0)
	} else {
		p.scroll.set(int64(math.Ceil(float64(total))), int64(size.Height))
	}
	p.side = min(max(0, p.side), p.sideEnd())
}

// sideEnd is how far the mail can be scrolled sideways.
func (p *Page) sideEnd() float32 {
	if p.page == nil {
		return 0
	}
	return max(0, ceil(max(p.page.ContentWidth, p.page.Width)*p.zoom)-p.Size().Width-0.5)
}

// tell says how wide the mail may be, if that changed.
func (p *Page) tell() {
	width := p.Size().Width / p.zoom
	if width <= 0 || width == p.told || p.OnWidth == nil {
		return
	}
	p.told = width
	p.OnWidth(width)
}

// Resize is for Fyne.
func (p *Page) Resize(size fyne.Size) {
	if size == p.Size() {
		return
	}
	p.BaseWidget.Resize(size)
	p.measure()
	p.tell()
	p.arrange()
}

// seen is what of the page can be seen, in units from its top.
func (p *Page) seen() pageSpan {
	if p.tall {
		return p.window
	}
	return pageSpan{float32(p.scroll.off), p.Size().Height}
}

// shift is how far above the widget's upper edge the page begins.
func (p *Page) shift() float32 {
	if p.tall {
		return 0
	}
	return float32(p.scroll.off)
}

// toPage makes px of the page of units.
func (p *Page) toPage(v float32) float32 { return v / p.zoom }

// point makes a place on the page of one in the widget.
func (p *Page) point(at fyne.Position) (x, y float32) {
	return (at.X + p.side) / p.zoom, (at.Y + p.shift()) / p.zoom
}

func (p *Page) scrolled() { p.arrange() }

func (p *Page) arrange() {
	if p.view != nil {
		p.view.arrange()
	}
}

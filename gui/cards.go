package gui

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
)

// cards is the reader with a conversation: a stack of cards, the oldest on top,
// what was read shut to a line.
type cards struct {
	reader  *reader
	ground  *widgets.Fill
	subject *widgets.Block
	star    *widgets.IconButton
	about   *widgets.Text
	expand  *widgets.Link
	scroll  *widgets.Scroll
	stack   *fyne.Container
	object  *fyne.Container

	views  []*cardView
	byID   map[mail.PlacementID]*cardView
	chosen mail.PlacementID // whose conversation it is
	begun  bool             // scrolled to where reading begins, for good
}

const (
	cardInset float32 = 16
	cardGap   float32 = 8
)

func newCards(r *reader) *cards {
	c := &cards{reader: r, ground: widgets.NewFill(theme.List), byID: map[mail.PlacementID]*cardView{}}
	c.subject = widgets.NewBlock(widgets.Words{Style: theme.TextSubject, Color: theme.Ink}, 2)
	c.star = widgets.NewSmallIconButton(theme.IconStar, "Star (S)", func() { r.shell.do(actStar) })
	c.about = widgets.NewText("", theme.TextLine, theme.Ink3)
	c.expand = widgets.NewLink("Expand all", func() { r.shell.do(actExpand) })
	c.stack = widgets.Fitted(c.stackSize, c.layStack)
	c.scroll = widgets.NewScroll(c.stack)
	c.scroll.OnMoved = func(top, height float32) { c.reveal(top, height) }
	c.object = widgets.Placed(fyne.NewSize(200, 200), c.lay, c.ground, c.subject, c.star, c.about, c.expand, c.scroll)
	return c
}

func (c *cards) lay(size fyne.Size) {
	widgets.Put(c.ground, 0, -theme.TopZone, size.Width, size.Height+theme.TopZone)
	width := size.Width - 2*readerPadding
	widgets.Put(c.star, size.Width-readerPadding-theme.SmallHeight, 4, theme.SmallHeight, theme.SmallHeight)
	c.subject.Resize(fyne.NewSize(width-theme.SmallHeight-8, 28))
	height := c.subject.MinSize().Height
	widgets.Put(c.subject, readerPadding, 4, width-theme.SmallHeight-8, height)
	y := 4 + height
	right := widgets.PutRight(c.expand, size.Width-readerPadding, y, 20)
	widgets.Put(c.about, readerPadding, y+1, right-readerPadding-12, 18)
	y += 20 + 12
	y += c.reader.sought.place(c.object, y, width)
	widgets.Put(c.scroll, 0, y, size.Width, size.Height-y)
	c.relay()
}

// relay lays the stack out anew, after a card became higher or lower.
func (c *cards) relay() {
	c.layStack(fyne.NewSize(c.scroll.Size().Width, 0))
	c.scroll.Refresh()
	c.begin()
	c.reveal(c.scroll.Offset(), c.scroll.Size().Height)
}

func (c *cards) cardWidth() float32 { return max(120, c.scroll.Size().Width-2*cardInset) }

func (c *cards) stackSize() fyne.Size {
	var height float32
	for _, v := range c.views {
		height += v.height(c.cardWidth()) + cardGap
	}
	return fyne.NewSize(100, height+cardInset-cardGap)
}

func (c *cards) layStack(fyne.Size) {
	var y float32
	for _, v := range c.views {
		h := v.height(c.cardWidth())
		widgets.Put(v.object, cardInset, y, c.cardWidth(), h)
		v.lay(fyne.NewSize(c.cardWidth(), h)) // its parts may have changed at the same height
		y += h + cardGap
	}
}

// reveal tells each card what of it can be seen.
func (c *cards) reveal(top, height float32) {
	for _, v := range c.views {
		v.body.page.Reveal(top-v.object.Position().Y-v.bodyTop, height)
	}
}

// begin scrolls to the card that reading begins with, once its place is known.
func (c *cards) begin() {
	if c.begun || len(c.views) == 0 || c.scroll.Size().Height < 1 {
		return
	}
	start := c.reader.model.Start
	if start <= 0 || start >= len(c.views) {
		return
	}
	c.scroll.ScrollTo(max(0, c.views[start].object.Position().Y-cardGap))
	c.begun = true
	for _, v := range c.views[:start+1] {
		c.begun = c.begun && v.settled()
	}
}

// open shows the conversation.
func (c *cards) open() {
	m := c.reader.model
	if m.Chosen != c.chosen {
		c.chosen, c.begun = m.Chosen, false
		c.scroll.ToTop()
	}
	c.subject.SetText(subjectOf(m.Subject))
	c.about.SetText(m.About)
	c.views = c.views[:0]
	c.stack.RemoveAll()
	was := c.byID
	c.byID = map[mail.PlacementID]*cardView{}
	for _, card := range m.Cards {
		v := was[card.ID]
		if v == nil {
			v = newCardView(c)
		}
		c.byID[card.ID] = v
		c.views = append(c.views, v)
		c.stack.Add(v.object)
		v.update(card)
	}
	c.starred()
	c.relay()
}

// newest is the last card of the conversation.
func (c *cards) newest() *vm.Card {
	list := c.reader.model.Cards
	return list[len(list)-1]
}

func (c *cards) starred() {
	any, shut := false, false
	for _, card := range c.reader.model.Cards {
		any, shut = any || card.Star, shut || !card.Open
	}
	c.star.SetIcon(starIcon(any))
	c.expand.SetLabel("Collapse all")
	if shut {
		c.expand.SetLabel("Expand all")
	}
}

func (c *cards) update(card *vm.Card) {
	if v := c.byID[card.ID]; v != nil {
		v.update(card)
		c.starred()
		c.relay()
	}
}

func (c *cards) clear() {
	c.views, c.byID, c.chosen = nil, map[mail.PlacementID]*cardView{}, 0
	c.stack.RemoveAll()
}

package gui

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
)

// cardView is one message of a conversation on the screen.
type cardView struct {
	cards  *cards
	ground *widgets.Fill
	line   *shutLine
	head   *head
	fold   *widgets.IconButton
	notes  *notices
	body   *body
	foot   *cardFoot
	object *fyne.Container

	card    *vm.Card
	bodyTop float32
}

const (
	cardShut     float32 = 44
	cardPadding  float32 = 16
	cardTextLeft float32 = 56
)

func newCardView(c *cards) *cardView {
	v := &cardView{cards: c, ground: widgets.NewCardFill(theme.Paper, theme.Line, theme.RadiusCard)}
	toggle := func() { c.reader.model.Toggle(v.card) }
	v.line = newShutLine(toggle)
	v.head = newHead(true, func() { c.reader.shell.unsubscribe(v.card) }, c.relay)
	v.fold = widgets.NewSmallIconButton(theme.IconChevronUp, "Shut this message", toggle)
	v.notes = newNotices(c.reader, c.relay)
	v.body = newBody(c.reader, true, 0, c.relay)
	v.body.page.OnReveal = func(top, height float32) { c.showPart(v, top, height) }
	v.body.page.OnWheel = func(ev *fyne.ScrollEvent) {
		c.begun = true
		c.scroll.Scrolled(ev)
	}
	v.foot = newCardFoot(c.reader)
	v.object = widgets.Fitted(func() fyne.Size { return fyne.NewSize(120, v.height(c.cardWidth())) }, v.lay,
		v.ground, v.line.object, v.head.object, v.fold, v.notes.object, v.body.object, v.foot.object)
	return v
}

// showPart scrolls a part of a card's text into view.
func (c *cards) showPart(v *cardView, top, height float32) {
	c.scroll.Reveal(v.object.Position().Y+v.bodyTop+top-12, height+24)
}

// height is how high the card is in a width.
func (v *cardView) height(width float32) float32 {
	if v.card == nil || !v.card.Open {
		return cardShut
	}
	inner := width - cardTextLeft - cardPadding
	y := 12 + v.head.least().Height + 12
	if h := v.notes.height(inner); h > 0 {
		y += h + 12
	}
	v.body.object.Resize(fyne.NewSize(inner, v.body.object.Size().Height))
	y += v.body.least().Height + 12
	if h := v.foot.height(inner); h > 0 {
		y += h + 12
	}
	return y + 4
}

func (v *cardView) lay(size fyne.Size) {
	widgets.Put(v.ground, 0, 0, size.Width, size.Height)
	widgets.Put(v.line.object, 0, 0, size.Width, cardShut)
	if v.card == nil || !v.card.Open {
		return
	}
	inner := size.Width - cardTextLeft - cardPadding
	least := v.head.least().Height
	widgets.Put(v.head.object, cardPadding, 12, size.Width-2*cardPadding, least)
	y := 12 + least + 12
	if h := v.notes.height(inner); h > 0 {
		widgets.Put(v.notes.object, cardTextLeft, y, inner, h)
		y += h + 12
	}
	v.bodyTop = y
	h := v.body.least().Height
	widgets.Put(v.body.object, cardTextLeft, y, inner, h)
	y += h + 12
	widgets.Put(v.foot.object, cardTextLeft, y, inner, v.foot.height(inner))
}

// settled reports that the card will not change its height by itself.
func (v *cardView) settled() bool {
	return v.card == nil || !v.card.Open || v.body.laid != nil || v.card.State == vm.BodyAway
}

// update shows what a card says now.
func (v *cardView) update(c *vm.Card) {
	v.card = c
	widgets.Show(v.line.object, !c.Open)
	widgets.Show(v.fold, false)
	for _, o := range []fyne.CanvasObject{v.head.object, v.notes.object, v.body.object, v.foot.object} {
		widgets.Show(o, c.Open)
	}
	if !c.Open {
		v.line.update(c)
		v.body.clear()
		return
	}
	v.head.update(c)
	v.notes.update(c)
	v.foot.update(c, v.cards.newest() == c)
	v.body.update(c)
}

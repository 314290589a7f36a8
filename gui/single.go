package gui

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
)

// single is the reader with one message: its head stays, its text scrolls, its
// files lie at the foot.
type single struct {
	reader  *reader
	subject *widgets.Block
	star    *widgets.IconButton
	head    *head
	notices *notices
	body    *body
	dock    *dock
	object  *fyne.Container
	card    *vm.Card
}

const readerPadding float32 = 24

func newSingle(r *reader) *single {
	s := &single{reader: r}
	s.subject = widgets.NewBlock(widgets.Words{Style: theme.TextSubject, Color: theme.Ink}, 2)
	s.star = widgets.NewSmallIconButton(theme.IconStar, "Star (S)", func() { r.shell.do(actStar) })
	s.head = newHead(false, func() { r.shell.unsubscribe(s.card) }, s.relay)
	s.notices = newNotices(r, s.relay)
	s.body = newBody(r, false, readerPadding, s.relay)
	s.dock = newDock(r)
	s.object = widgets.Placed(fyne.NewSize(200, 200), s.lay, s.subject, s.star, s.head.object, s.notices.object, s.body.object, s.dock.object)
	return s
}

func (s *single) relay() { s.lay(s.object.Size()) }

func (s *single) lay(size fyne.Size) {
	width := size.Width - 2*readerPadding
	widgets.Put(s.star, size.Width-readerPadding-theme.SmallHeight, 4, theme.SmallHeight, theme.SmallHeight)
	s.subject.Resize(fyne.NewSize(width-theme.SmallHeight-8, 28))
	height := s.subject.MinSize().Height
	widgets.Put(s.subject, readerPadding, 4, width-theme.SmallHeight-8, height)
	y := 4 + height + theme.Space3

	least := s.head.least().Height
	widgets.Put(s.head.object, readerPadding, y, width, least)
	y += least + theme.Space4

	y += s.reader.sought.place(s.object, y, width)
	if h := s.notices.height(width); h > 0 {
		widgets.Put(s.notices.object, readerPadding, y, width, h)
		y += h + theme.Space3
	}
	foot := float32(0)
	if s.dock.object.Visible() {
		foot = dockHeight
	}
	widgets.Put(s.dock.object, 0, size.Height-foot, size.Width, foot)
	widgets.Put(s.body.object, 0, y, size.Width, size.Height-foot-y)
}

// open shows a card from its beginning.
func (s *single) open(c *vm.Card) {
	s.card = c
	s.subject.SetText(subjectOf(s.reader.model.Subject))
	s.update(c)
}

// update shows what a card says now.
func (s *single) update(c *vm.Card) {
	s.star.SetIcon(starIcon(c.Star))
	s.head.update(c)
	s.notices.update(c)
	s.dock.update(c)
	s.body.update(c)
	s.relay()
}

func (s *single) clear() {
	s.card = nil
	s.body.clear()
}

func starIcon(on bool) (theme.Icon, theme.Token) {
	if on {
		return theme.StarOn, theme.Star
	}
	return theme.IconStar, theme.Ink2
}

// idOf is a card's message in its mailbox; 0 for none.
func idOf(c *vm.Card) mail.PlacementID {
	if c == nil {
		return 0
	}
	return c.ID
}

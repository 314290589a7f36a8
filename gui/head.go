package gui

import (
	"strings"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
)

// head is the block above a message: who wrote it to whom, when, and where the
// message is kept.
type head struct {
	avatar      *widgets.Avatar
	name        *widgets.Text
	address     *widgets.Text
	date        *widgets.Text
	to          *widgets.Link
	unsubscribe *widgets.Link
	custody     *custody
	all         *widgets.Block // everybody, once unfolded
	object      *fyne.Container

	small    bool // in a card: a smaller avatar, and the same text
	unfolded bool
	resized  func() // the head became higher or lower
	card     *vm.Card
}

// newHead makes a head. unsubscribe is what the link of a mailing list does.
func newHead(small bool, unsubscribe, resized func()) *head {
	h := &head{small: small, resized: resized, custody: newCustody()}
	h.avatar = widgets.NewAvatar("", small)
	h.name = widgets.NewText("", theme.TextBody.With(theme.SemiBold), theme.Ink)
	h.address = widgets.NewText("", theme.TextLine, theme.Ink3)
	h.date = widgets.NewText("", theme.TextLine, theme.Ink2)
	h.to = widgets.NewLink("", h.unfold)
	h.to.SetStyle(theme.TextLine, theme.Ink3)
	h.to.SetTip("Everybody it names")
	h.unsubscribe = widgets.NewLink("Unsubscribe", unsubscribe)
	h.all = widgets.NewBlock(widgets.Words{Style: theme.TextLine, Color: theme.Ink2}, 0)
	h.all.Hide()
	h.object = widgets.Fitted(h.least, h.lay, h.avatar, h.name, h.address, h.date, h.to, h.unsubscribe, h.custody.object, h.all)
	return h
}

func (h *head) avatarSize() float32 {
	if h.small {
		return theme.AvatarCardSize
	}
	return theme.AvatarSize
}

// textLeft is where the text beside the avatar begins.
func (h *head) textLeft() float32 { return h.avatarSize() + theme.Space3 }

func (h *head) least() fyne.Size {
	height := float32(38)
	if h.unfolded {
		height += 8 + h.all.MinSize().Height
	}
	return fyne.NewSize(200, height)
}

func (h *head) lay(size fyne.Size) {
	a := h.avatarSize()
	widgets.Put(h.avatar, 0, (38-a)/2, a, a)
	left := h.textLeft()
	right := widgets.PutRight(h.date, size.Width, 0, 20) - theme.Space3
	x := left + min(h.name.MinSize().Width, right-left)
	widgets.Put(h.name, left, 0, x-left, 20)
	widgets.Put(h.address, x+8, 1, right-x-8, 18)

	right = size.Width
	h.custody.shorten(h.room(size.Width-left) < addressesLeast)
	if h.custody.shown() {
		right = widgets.PutRight(h.custody.object, right, 20, 18) - theme.Space3
	}
	room := right - left
	if h.unsubscribe.Visible() {
		room -= h.unsubscribe.MinSize().Width + 4
	}
	width := min(h.to.MinSize().Width, room)
	widgets.Put(h.to, left, 20, width, 18)
	widgets.Put(h.unsubscribe, left+width+4, 20, h.unsubscribe.MinSize().Width, 18)
	widgets.Put(h.all, left, 46, size.Width-left, h.all.MinSize().Height)
}

// addressesLeast is the room that those whom a message went to should have.
const addressesLeast float32 = 150

// room is what they have of a width, beside all that the line has to say of where
// the message is and how a list is left.
func (h *head) room(width float32) float32 {
	if h.custody.shown() {
		width -= h.custody.long() + theme.Space3
	}
	if h.unsubscribe.Visible() {
		width -= h.unsubscribe.MinSize().Width + 4
	}
	return width
}

// update shows a card.
func (h *head) update(c *vm.Card) {
	if h.card == nil || h.card.ID != c.ID {
		h.unfolded = false
	}
	h.card = c
	h.avatar.SetName(c.From.Label())
	if c.From.Mine && c.From.Name != "" {
		h.avatar.SetName(c.From.Name)
	}
	h.name.SetText(c.From.Label())
	address := c.From.Addr
	if address == c.From.Label() {
		address = ""
	}
	h.address.SetText(address)
	h.date.SetText(c.Date)
	to := c.To
	if tags := tagsOf(c.Row.Flags); len(tags) > 0 {
		to += "  ·  " + strings.Join(tags, ", ")
	}
	if c.List != nil {
		to += "  ·  mailing list" // the link follows, where it can be left
	}
	leave := c.List != nil && (c.List.Web != "" || c.List.Mail != "")
	if leave {
		to += ","
	}
	h.to.SetLabel(to)
	widgets.Show(h.unsubscribe, leave)
	h.custody.update(c.Custody)
	h.writeAll()
	h.lay(h.object.Size())
}

// unfold shows everybody that the message names, or hides them.
func (h *head) unfold() {
	h.unfolded = !h.unfolded
	h.writeAll()
	h.resized()
}

func (h *head) writeAll() {
	widgets.Show(h.all, h.unfolded)
	if !h.unfolded || h.card == nil {
		return
	}
	all := h.card.All()
	var lines []string
	for _, field := range []struct {
		name string
		list []vm.Person
	}{
		{"From", all.From}, {"Sender", all.Sender}, {"Answers to", all.ReplyTo}, {"To", all.To}, {"Cc", all.Cc}, {"Bcc", all.Bcc},
	} {
		if len(field.list) > 0 {
			lines = append(lines, field.name+": "+everybody(field.list))
		}
	}
	h.all.SetText(strings.Join(append(lines, "Date: "+h.card.FullDate), "\n"))
}

func everybody(list []vm.Person) string {
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = p.Addr
		if p.Name != "" {
			names[i] = p.Name + " <" + p.Addr + ">"
		}
	}
	return strings.Join(names, ", ")
}

// custody says where a message is kept.
type custody struct {
	cloud, monitor *widgets.IconMark
	server, here   *widgets.Text
	short          bool // the icons alone
	object         *fyne.Container
}

func newCustody() *custody {
	c := &custody{
		cloud: widgets.NewIconMark(theme.IconCloud, theme.IconRow, theme.Ink3), monitor: widgets.NewIconMark(theme.IconMonitor, theme.IconRow, theme.Ink3),
		server: widgets.NewText("", theme.TextCaption, theme.Ink2), here: widgets.NewText("", theme.TextCaption, theme.Ink2),
	}
	c.object = widgets.Fitted(c.least, c.lay, c.cloud, c.server, c.monitor, c.here)
	return c
}

func (c *custody) shown() bool { return c.server.Text() != "" || c.here.Text() != "" }

// long is how wide it is with its words.
func (c *custody) long() (width float32) {
	for _, t := range []*widgets.Text{c.server, c.here} {
		if t.Text() != "" {
			width += theme.IconRow + 4 + t.MinSize().Width + 8
		}
	}
	return max(0, width-8)
}

// shorten leaves the icons alone, where there is no room for words.
func (c *custody) shorten(on bool) {
	c.short = on
	widgets.Show(c.server, c.server.Text() != "" && !on)
	widgets.Show(c.here, c.here.Text() != "" && !on)
}

func (c *custody) least() fyne.Size {
	width := c.long()
	if c.short {
		width = 0
		for _, t := range []*widgets.Text{c.server, c.here} {
			if t.Text() != "" {
				width += theme.IconRow + 8
			}
		}
		width = max(0, width-8)
	}
	return fyne.NewSize(width, 16)
}

func (c *custody) lay(fyne.Size) {
	var x float32
	for _, part := range []struct {
		icon *widgets.IconMark
		text *widgets.Text
	}{{c.cloud, c.server}, {c.monitor, c.here}} {
		if part.text.Text() == "" {
			continue
		}
		x = widgets.PutLeft(part.icon, x, 0, 16) + 4
		if !c.short {
			x = widgets.PutLeft(part.text, x, 0, 16) + 4
		}
		x += 4
	}
}

func (c *custody) update(m vm.Custody) {
	c.server.SetText(m.Server)
	c.here.SetText(m.Here)
	widgets.Show(c.cloud, m.Server != "")
	widgets.Show(c.monitor, m.Here != "")
	c.shorten(c.short)
	c.lay(fyne.Size{})
}

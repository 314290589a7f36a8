package gui

import (
	"strings"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail/phrase"
)

// notices are the bars above the text of a message.
type notices struct {
	reader  *reader
	resized func()
	bars    []*widgets.NoticeBar
	object  *fyne.Container
	shown   []vm.Notice
	card    *vm.Card
}

const noticeGap float32 = 8

func newNotices(r *reader, resized func()) *notices {
	n := &notices{reader: r, resized: resized}
	n.object = widgets.Placed(fyne.NewSize(100, 0), func(size fyne.Size) { n.height(size.Width) })
	return n
}

// height lays the bars out in a width and says how high they are together.
func (n *notices) height(width float32) (y float32) {
	for _, bar := range n.bars {
		bar.Resize(fyne.NewSize(width, bar.MinSize().Height))
		h := bar.MinSize().Height
		widgets.Put(bar, 0, y, width, h)
		y += h + noticeGap
	}
	return max(0, y-noticeGap)
}

// update shows the notices of a card.
func (n *notices) update(c *vm.Card) {
	if c == n.card && sameNotices(n.shown, c.Notices) {
		return
	}
	n.card, n.shown, n.bars = c, c.Notices, nil
	n.object.RemoveAll()
	for _, notice := range c.Notices {
		n.add(widgets.NewNoticeBar(n.bar(c, notice)))
	}
}

func (n *notices) add(bar *widgets.NoticeBar) {
	n.bars = append(n.bars, bar)
	n.object.Add(bar)
}

func sameNotices(a, b []vm.Notice) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Kind != b[i].Kind || a[i].Text != b[i].Text {
			return false
		}
	}
	return true
}

// bar is what a notice looks like, and what can be done about it.
func (n *notices) bar(c *vm.Card, notice vm.Notice) widgets.Notice {
	switch notice.Kind {
	case vm.NoticePictures:
		return widgets.Notice{
			Icon: theme.IconImageOff, Text: notice.Text,
			Actions: []widgets.NoticeAction{{Label: "Show pictures", Act: func() { n.reader.model.ShowPictures(c) }}},
			More:    func(at fyne.Position) { n.pictureMenu(c, notice, at) }, MoreTip: "Who would know",
		}
	case vm.NoticeDanger:
		return widgets.Notice{Severity: widgets.Warning, Icon: theme.IconTriangleAlert, Text: notice.Text}
	case vm.NoticeDraft:
		return widgets.Notice{
			Icon: theme.IconFilePen, Text: notice.Text,
			Actions: []widgets.NoticeAction{{Label: "Write on", Act: func() { n.reader.shell.room.Open(vm.Beginning{Kind: vm.BeginDraft, Of: c.ID}) }}},
		}
	case vm.NoticeReply:
		return widgets.Notice{Icon: theme.IconReply, Text: notice.Text}
	}
	return widgets.Notice{Icon: theme.IconInfo, Text: notice.Text}
}

// pictureMenu is what else can be done about blocked pictures, and who would be
// told that the message is read.
func (n *notices) pictureMenu(c *vm.Card, notice vm.Notice, at fyne.Position) {
	var items []widgets.MenuItem
	for _, address := range []string{c.From.Addr, domainOf(c.From.Addr)} {
		if address != "" {
			items = append(items, widgets.MenuItem{Label: "Always show pictures from " + address, Disabled: notice.Unsure, Act: func() { n.reader.shell.allowPictures(c, address) }})
		}
	}
	if notice.Unsure {
		items = append(items, widgets.MenuItem{Label: "Your server does not confirm who sent this", Icon: theme.IconInfo, Disabled: true})
	}
	items = append(items, widgets.MenuItem{})
	for _, h := range notice.Hosts {
		items = append(items, widgets.MenuItem{Label: h.Name, Note: hostNote(h), Icon: theme.IconGlobe, Disabled: true})
	}
	widgets.ShowMenu(n.reader.shell.app.window.Canvas(), at, items)
}

// domainOf is the part of an address behind the @, with it.
func domainOf(address string) string {
	if at := strings.LastIndexByte(address, '@'); at >= 0 {
		return address[at:]
	}
	return ""
}

func hostNote(h vm.Host) string {
	var parts []string
	if h.Pictures > 0 {
		parts = append(parts, phrase.Things(h.Pictures, "picture", "pictures"))
	}
	if h.Trackers > 0 {
		parts = append(parts, phrase.Things(h.Trackers, "tracker", "trackers"))
	}
	return strings.Join(parts, ", ")
}

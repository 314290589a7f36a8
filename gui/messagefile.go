package gui

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
	"postrider/mail/html"
	"postrider/mail/html/box"
	"postrider/mail/html/css"
	"postrider/mail/html/display"
	"postrider/mail/html/picture"
	"postrider/mail/message"
	"postrider/mail/phrase"
)

// maxMessageFile is how large a message file may be to be shown.
const maxMessageFile = 100 << 20

// messageFile is the message of a file. It is shown, and not taken into the store.
type messageFile struct {
	*message.Message
	raw   []byte
	doc   *html.Document
	album *picture.Album
}

// openMessageFile shows the message of a file in a window of its own.
func (s *shell) openMessageFile(path string) {
	var f *messageFile
	vm.Run(s.desk, func(context.Context) (err error) {
		f, err = readMessageFile(path)
		return err
	}, func(err error) {
		if err != nil {
			s.fail(vm.Explain(err))
			return
		}
		s.showMessageFile(f)
	})
}

func readMessageFile(path string) (*messageFile, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, mail.Wrap(mail.KindInput, "open "+filepath.Base(path), err)
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, maxMessageFile+1))
	if err != nil {
		return nil, mail.Wrap(mail.KindDisk, "read "+filepath.Base(path), err)
	}
	if len(raw) > maxMessageFile {
		return nil, mail.Errorf(mail.KindInput, "open "+filepath.Base(path), "this file is too large to be shown; import it instead")
	}
	f := &messageFile{Message: message.ParseBytes(raw), raw: raw}
	f.doc, f.album = documentOfFile(f.Message), picture.NewAlbum(f)
	return f, nil
}

// documentOfFile is a message as the engine takes it.
func documentOfFile(m *message.Message) *html.Document {
	if source := m.HTML(); source != "" {
		return html.Parse(source)
	}
	var parts []html.Plain
	for _, p := range m.TextParts() {
		parts = append(parts, html.Plain{Text: p.Text, Flowed: p.Flowed, DelSp: p.DelSp})
	}
	return html.FromPlain(parts...)
}

// Resolve gives the pictures that came with the message, and no others.
func (f *messageFile) Resolve(ref string) ([]byte, html.State) {
	if html.IsRemote(ref) {
		return nil, html.Blocked
	}
	part := f.Inlined(strings.TrimPrefix(ref, "cid:"))
	if part == nil || part.Offset+part.Length > int64(len(f.raw)) {
		return nil, html.Missing
	}
	data, err := io.ReadAll(part.Decode(bytes.NewReader(f.raw[part.Offset : part.Offset+part.Length])))
	if err != nil {
		return nil, html.Missing
	}
	return data, html.Ready
}

func (s *shell) showMessageFile(f *messageFile) {
	w := s.app.fyne.NewWindow(subjectOf(f.Subject))
	w.SetPadded(false)
	subject := widgets.NewBlock(widgets.Words{Text: subjectOf(f.Subject), Style: theme.TextSubject, Color: theme.Ink}, 2)
	who := widgets.NewText(f.people(), theme.TextLine, theme.Ink2)
	date := widgets.NewText(s.desk.Style.Full(f.Date), theme.TextCaption, theme.Ink3)
	page := widgets.NewPage()
	sheets := css.Parse(f.doc)
	page.Picture = f.album.Image
	page.OnWidth = func(width float32) {
		styles := sheets.Cascade(css.Media{Width: float64(width), Height: 800, Flush: true, Metrics: box.Metrics(s.app.library)})
		page.SetPage(box.Layout(f.doc, styles, box.Options{Width: float64(width), Library: s.app.library, Pictures: f.album, Stop: within(patience)}))
	}
	page.OnLink = func(l *display.Link) { s.follow(w.Canvas(), f.doc, l) }
	ground := widgets.NewFill(theme.Paper)
	bars := newNotices(nil, nil)
	for _, notice := range s.roster.FileNotices(f.Message, f.page()) {
		bars.add(widgets.NewNoticeBar(fileBar(notice)))
	}
	w.SetContent(widgets.NewTipLayer(widgets.Placed(fyne.NewSize(480, 320), func(size fyne.Size) {
		widgets.Put(ground, 0, 0, size.Width, size.Height)
		width := size.Width - 2*readerPadding
		subject.Resize(fyne.NewSize(width, 28))
		h := subject.MinSize().Height
		widgets.Put(subject, readerPadding, 16, width, h)
		widgets.Put(who, readerPadding, 20+h, width, 18)
		widgets.Put(date, readerPadding, 40+h, width, 16)
		y := 72 + h
		if high := bars.height(width); high > 0 {
			widgets.Put(bars.object, readerPadding, y, width, high)
			y += high + theme.Space3
		}
		widgets.Put(page, readerPadding, y, size.Width-readerPadding, size.Height-y)
	}, ground, subject, who, date, bars.object, page)))
	w.Canvas().SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if ev.Name == fyne.KeyEscape {
			w.Close()
		}
	})
	w.Resize(fyne.NewSize(760, 640))
	w.Show()
}

// people are who wrote it, with the addresses, and to whom.
func (f *messageFile) people() string {
	var from, to []string
	for _, a := range f.From {
		from = append(from, a.String())
	}
	for _, a := range f.To {
		to = append(to, a.Label())
	}
	text := "From " + phrase.Some(from, 3)
	if len(to) > 0 {
		text += ", to " + phrase.Some(to, 3)
	}
	return text
}

// page is its HTML, nil where it has none.
func (f *messageFile) page() *html.Document {
	if f.HTML() == "" {
		return nil
	}
	return f.doc
}

// fileBar is what a notice looks like about which nothing can be done.
func fileBar(n vm.Notice) widgets.Notice {
	switch n.Kind {
	case vm.NoticeDanger:
		return widgets.Notice{Severity: widgets.Warning, Icon: theme.IconTriangleAlert, Text: n.Text}
	case vm.NoticeReply:
		return widgets.Notice{Icon: theme.IconReply, Text: n.Text}
	case vm.NoticePictures:
		return widgets.Notice{Icon: theme.IconImageOff, Text: n.Text}
	}
	return widgets.Notice{Icon: theme.IconInfo, Text: n.Text}
}

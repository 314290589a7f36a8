package gui

import (
	"context"
	"image"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail/html"
	"postrider/mail/html/box"
	"postrider/mail/html/css"
	"postrider/mail/html/display"
	"postrider/mail/html/picture"
)

// body is the text of a message, laid out by the HTML engine whatever it was
// written in. Laying out happens elsewhere; what was there before stays until it
// is done.
type body struct {
	reader  *reader
	page    *widgets.Page
	note    *widgets.Block // instead of the page: why there is none
	again   *widgets.Button
	object  *fyne.Container
	tall    bool
	padding float32
	resized func()

	card   *vm.Card
	shown  *vm.Body // what the document was made of
	remote bool     // with remote pictures
	doc    *document
	album  atomic.Pointer[picture.Album] // of doc, for the goroutines that paint
	width  float32
	open   map[html.ID]bool // folds that the person opened
	turn   vm.Turn
	laid   *display.Page
}

// document is a mail ready to be laid out at any width.
type document struct {
	*html.Document
	sheets *css.Sheets
	album  *picture.Album
}

// patience is how long laying out one mail may take before it is shown as far as
// it has come.
const patience = time.Second

// within returns what to ask whether some time from now is over.
func within(d time.Duration) (over func() bool) {
	end := time.Now().Add(d)
	return func() bool { return time.Now().After(end) }
}

// newBody makes a body that scrolls by itself, or one as high as the mail.
func newBody(r *reader, tall bool, padding float32, resized func()) *body {
	b := &body{reader: r, tall: tall, padding: padding, resized: resized}
	if tall {
		b.page = widgets.NewTallPage()
	} else {
		b.page = widgets.NewPage()
	}
	b.page.OnWidth = b.relay
	b.page.OnLink = func(l *display.Link) { r.follow(b, l) }
	b.page.OnHover = r.hover
	b.page.OnMenu = func(under widgets.PageSpot, at fyne.Position) { r.pageMenu(b, under, at) }
	b.page.OnControl = b.unfold
	b.page.Keys = r.shell.passKeys()
	b.page.SetZoom(r.zoom)
	b.page.SetOriginal(r.original)
	b.page.Picture = b.picture
	b.note = widgets.NewBlock(widgets.Words{Style: theme.TextMail, Color: theme.Ink2}, 0)
	b.again = widgets.NewButton("Try again", theme.IconRefresh, widgets.ButtonLook{}, func() { r.model.Retry(b.card) })
	b.object = widgets.Fitted(b.least, b.lay, b.page, b.note, b.again)
	widgets.Show(b.note, false)
	widgets.Show(b.again, false)
	return b
}

func (b *body) least() fyne.Size {
	if b.page.Visible() {
		return fyne.NewSize(100, b.page.MinSize().Height)
	}
	height := b.note.MinSize().Height
	if b.again.Visible() {
		height += 12 + theme.ControlHeight
	}
	return fyne.NewSize(100, height)
}

func (b *body) lay(size fyne.Size) {
	widgets.Put(b.page, b.padding, 0, size.Width-b.padding, size.Height) // its thumb is at the edge of the pane
	width := min(size.Width-2*b.padding, 640)
	b.note.Resize(fyne.NewSize(width, 20))
	height := b.note.MinSize().Height
	widgets.Put(b.note, b.padding, 0, width, height)
	widgets.Put(b.again, b.padding, height+12, b.again.MinSize().Width, theme.ControlHeight)
}

// say shows a sentence instead of the page; "" shows the page.
func (b *body) say(text string) {
	b.note.SetText(text)
	widgets.Show(b.note, text != "")
	widgets.Show(b.page, text == "")
	widgets.Show(b.again, b.card != nil && b.card.State == vm.BodyAway)
	b.lay(b.object.Size())
	b.resized()
}

// update shows what a card has of its text.
func (b *body) update(c *vm.Card) {
	if b.card == nil || b.card.ID != c.ID {
		b.open = map[html.ID]bool{}
	}
	b.card = c
	switch c.State {
	case vm.BodyHere:
		if b.shown == c.Body && b.remote == c.Shown {
			return
		}
		b.shown, b.remote = c.Body, c.Shown
		b.read(c)
	case vm.BodyAway:
		b.forget()
		b.say(c.Err)
	default: // the snippet stands in for it
		b.forget()
		b.say(c.Snippet)
	}
}

func (b *body) clear() {
	b.card = nil
	b.forget()
	b.page.SetPage(nil)
}

func (b *body) forget() {
	b.turn.Drop()
	b.shown, b.doc, b.laid = nil, nil, nil
}

// read makes a document of a message, elsewhere, and lays it out.
func (b *body) read(c *vm.Card) {
	text, pictures := c.Body, c.Pictures()
	vm.Ask(b.reader.shell.desk, &b.turn, func(context.Context) (*document, error) {
		return newDocument(text, pictures), nil
	}, func(d *document, err error) {
		b.doc = d
		b.album.Store(d.album)
		b.layOut()
	})
}

// newDocument makes a message ready to be laid out.
func newDocument(text *vm.Body, pictures html.Resolver) *document {
	d := &document{Document: documentOf(text), album: picture.NewAlbum(pictures)}
	d.sheets = css.Parse(d.Document)
	return d
}

// documentOf is a message as the engine takes it.
func documentOf(text *vm.Body) *html.Document {
	if text.Page != nil {
		return text.Page
	}
	parts := make([]html.Plain, len(text.Parts))
	for i, p := range text.Parts {
		parts[i] = html.Plain{Text: p.Text, Flowed: p.Flowed, DelSp: p.DelSp}
	}
	return html.FromPlain(parts...)
}

// relay hears how wide the mail may be, and lays it out anew. There is air to its
// right, too.
func (b *body) relay(width float32) {
	width = max(120, width-b.padding/b.page.Zoom())
	if width == b.width {
		return
	}
	b.width = width
	b.layOut()
}

func (b *body) layOut() {
	d, width := b.doc, b.width
	if d == nil || width < 1 {
		if b.doc != nil {
			b.say("") // the page has to be seen to be told how wide it is
		}
		return
	}
	open, library := b.open, b.reader.shell.app.library
	began := time.Now()
	vm.Ask(b.reader.shell.desk, &b.turn, func(ctx context.Context) (*display.Page, error) {
		styles := d.sheets.Cascade(css.Media{Width: float64(width), Height: 800, Flush: true, Metrics: box.Metrics(library)})
		return box.Layout(d.Document, styles, box.Options{
			Width: float64(width), Library: library, Pictures: d.album,
			Folded: func(fold html.ID) bool { return !open[fold] },
			Stop:   func() bool { return ctx.Err() != nil || time.Since(began) > patience },
		}), nil
	}, func(page *display.Page, err error) {
		b.laid = page
		b.page.SetPage(page)
		b.say("")
		b.reader.marked(b)
	})
}

// unfold opens a quotation, or folds it again.
func (b *body) unfold(id int32) {
	if id == display.MissingEnd {
		b.reader.shell.showSource()
		return
	}
	open := make(map[html.ID]bool, len(b.open)+1)
	for fold := range b.open {
		open[fold] = true
	}
	open[html.ID(id)] = !open[html.ID(id)]
	b.open = open
	b.layOut()
}

// came hears that a remote picture has come, or will not.
func (b *body) came() {
	if d := b.doc; d != nil && b.remote {
		d.album.Forget()
		b.layOut()
	}
}

// picture gives the page what it draws; any goroutine calls it.
func (b *body) picture(source string) image.Image {
	if album := b.album.Load(); album != nil {
		return album.Image(source)
	}
	return nil
}

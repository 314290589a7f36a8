package compose

import (
	"context"
	"fmt"
	"image"
	"strings"
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
	"postrider/mail/message"
)

// preview shows what the text will look like, by the engine that shows all mail.
// It is made elsewhere, a moment after the text has changed.
type preview struct {
	w      *Window
	page   *widgets.Page
	object *fyne.Container
	turn   vm.Turn
	cancel func() // ends the wait for the text to rest
	width  float32
	plain  bool
	album  atomic.Pointer[picture.Album] // for the goroutines that paint
	stop   func()                        // ends hearing of other colours
}

const (
	// previewAfter is how long the text rests before it is shown anew.
	previewAfter = 120 * time.Millisecond
	// patience is how long laying it out may take before it is shown as far as it
	// has come.
	patience = time.Second
)

func newPreview(w *Window) *preview {
	p := &preview{w: w, page: widgets.NewPage(), plain: w.model.Plain}
	p.page.OnWidth = func(px float32) {
		p.width = px - theme.Space5
		p.make()
	}
	p.page.OnLink = func(l *display.Link) {
		if w.room.Follow != nil {
			w.room.Follow(l.Target)
		}
	}
	p.page.Picture = p.picture
	p.page.Keys = w.keys()
	p.stop = theme.OnChange(p.later)
	p.page.Ground = theme.List
	ground, edge := widgets.NewFill(theme.List), widgets.NewDivider()
	p.object = widgets.Placed(fyne.NewSize(10, 10), func(size fyne.Size) {
		widgets.Put(ground, 0, 0, size.Width, size.Height)
		widgets.Put(edge, 0, 0, theme.Hairline, size.Height)
		widgets.Put(p.page, theme.Space5, theme.Space4, size.Width-theme.Space5, size.Height-theme.Space4)
	}, ground, edge, p.page)
	return p
}

// later makes the preview anew when the text rests.
func (p *preview) later() {
	if p.cancel != nil {
		p.cancel()
	}
	p.cancel = p.w.room.Desk.After(previewAfter, func() {
		p.cancel = nil
		p.make()
	})
}

// update makes it anew if the text is to go out in another way.
func (p *preview) update() {
	if p.plain != p.w.model.Plain {
		p.plain = p.w.model.Plain
		p.make()
	}
}

func (p *preview) drop() {
	if p.cancel != nil {
		p.cancel()
	}
	p.stop()
	p.turn.Drop()
}

// make lays the text out elsewhere and shows it.
func (p *preview) make() {
	if p.w.closed || p.width < 1 || p.w.format.view() == viewWrite {
		return
	}
	text, plain, width, ground := p.w.editor.Text(), p.w.model.Plain, p.width, ""
	if !theme.Current().Dark { // in the dark the page's ground is the pane's anyway
		ground = fmt.Sprintf(canvas, theme.Light.List.R, theme.Light.List.G, theme.Light.List.B)
	}
	album := picture.NewAlbum(p.w.model.Pictures())
	library, began := p.w.room.Library, time.Now()
	vm.Ask(p.w.room.Desk, &p.turn, func(ctx context.Context) (*display.Page, error) {
		doc := html.Parse(sourceOf(text, plain) + ground)
		styles := css.Parse(doc).Cascade(css.Media{Width: float64(width), Height: 800})
		return box.Layout(doc, styles, box.Options{
			Width: float64(width), Library: library, Pictures: album,
			Stop: func() bool { return ctx.Err() != nil || time.Since(began) > patience },
		}), nil
	}, func(page *display.Page, err error) {
		p.album.Store(album)
		p.page.SetPage(page)
	})
}

// look is how a mail looks that says nothing of its looks, as most programs show
// it but with our face.
const look = `<style>
html{font:14px/22px Inter,sans-serif}body{margin:0}
p{margin:0 0 8px}ul,ol{margin:0 0 8px;padding-left:20px}li{margin:0}
h1{font-size:20px;line-height:28px;margin:8px 0 4px}h2{font-size:16px;line-height:24px;margin:4px 0}h3,h4,h5,h6{font-size:14px;line-height:22px;margin:4px 0}
h1,h2,h3,h4,h5,h6,strong,th{font-weight:600}
pre,code{font:13px/20px "Noto Sans Mono",monospace}pre{margin:0 0 8px}
blockquote{margin-bottom:8px!important}a{color:#2563c9}hr{border:0;border-top:1px solid #c9d0d8}
table{border-collapse:collapse;margin:0 0 8px}th,td{border:1px solid #c9d0d8;padding:2px 8px}
</style>`

// canvas gives the page the colour of the pane.
const canvas = `<style>html{background:#%02x%02x%02x}</style>`

// sourceOf is the HTML that is shown for a text.
func sourceOf(text string, plain bool) string {
	if plain {
		return `<html><head>` + look + `</head><body><pre style="font:14px/22px Inter,sans-serif;white-space:pre-wrap">` + escape.Replace(text) + `</pre></body></html>`
	}
	return strings.Replace(message.HTMLOf(text), "<head>", "<head>"+look, 1)
}

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// picture gives the page what it draws; any goroutine calls it.
func (p *preview) picture(source string) image.Image {
	if album := p.album.Load(); album != nil {
		return album.Image(source)
	}
	return nil
}

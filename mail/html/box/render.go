package box

import (
	"postrider/mail/html"
	"postrider/mail/html/css"
	"postrider/mail/html/display"
	"postrider/mail/typeset"
)

// Options say how a document is laid out.
type Options struct {
	Width    float64 // of the pane, px
	Library  *typeset.Library
	Pictures Pictures // may be nil: then no picture is to be had

	// Folded says whether a part that quotes earlier mail is folded away; the
	// button that stands for it is there either way. nil shows all, and no
	// buttons. The id is the fold's first node.
	Folded func(fold html.ID) bool

	// Stop is asked now and then whether to give up; the page then has what was
	// done. nil never does.
	Stop func() bool
}

// Layout lays a document out. It is safe to call for the same document from
// several goroutines.
func Layout(doc *html.Document, styles *css.Styles, o Options) *display.Page {
	o.Width = max(o.Width, 1)
	l := &layouter{
		doc: doc, styles: styles, library: o.Library, stop: o.Stop, width: o.Width, left: itemsAtMost, frags: fragsAtMost, grace: graceLines,
		fonts: map[fontKey]*font{}, extents: map[extentKey][2]float64{}, pass: 1,
	}
	b := &builder{layouter: l, doc: doc, styles: styles, pictures: o.Pictures, folded: o.Folded}
	if o.Folded != nil {
		b.folds = map[html.ID]html.Fold{}
		for _, f := range doc.Folds {
			b.folds[f.First] = f
		}
	}
	root := b.root()
	w := l.blockWidth(root, o.Width, o.Width)
	root.x, root.y = root.margin(css.Left, o.Width), root.margin(css.Top, o.Width)
	l.layout(root, w, own(o.Width, unknown))
	l.placeAway(root)
	page := l.emit(root, o)
	for i := range page.Controls {
		if c := &page.Controls[i]; c.ID >= 0 {
			c.Label = l.controlLabel(html.ID(c.ID))
		}
	}
	return page
}

package gui

import (
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"postrider/gui/desktop"
	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail/html"
	"postrider/mail/html/display"
	"postrider/mail/message"
)

// follow opens a link of a mail that is read.
func (r *reader) follow(b *body, l *display.Link) {
	var doc *html.Document
	if b.doc != nil {
		doc = b.doc.Document
	}
	r.shell.follow(r.shell.app.window.Canvas(), doc, l)
}

// follow opens a link of a document, which may be nil. One whose words name
// another place than it leads to is asked about first, over the window that it is
// in.
func (s *shell) follow(over fyne.Canvas, doc *html.Document, l *display.Link) {
	target := html.Target(l.Target)
	if target == "" {
		s.say("This link leads nowhere that is safe to open.")
		return
	}
	if strings.HasPrefix(strings.ToLower(target), "mailto:") {
		s.openNames([]string{target})
		return
	}
	open := func() { s.browse(target) }
	if claim := suspicion(doc, l); claim != "" {
		widgets.Ask(over, widgets.Question{
			Title: "This link leads elsewhere", Sentence: claim + "\n\nIt leads to " + target, Yes: "Open it anyway", No: "Do not open", Danger: true, Act: open,
		})
		return
	}
	open()
}

// hover shows where the link under the pointer really leads.
func (r *reader) hover(l *display.Link) {
	text := ""
	if l != nil {
		text = html.Target(l.Target)
	}
	r.showTarget(text)
}

// pageMenu is the menu of what is under the pointer in a mail.
func (r *reader) pageMenu(b *body, under widgets.PageSpot, at fyne.Position) {
	var items []widgets.MenuItem
	copyText := func(text string) func() { return func() { r.shell.app.fyne.Clipboard().SetContent(text) } }
	if under.Link != nil {
		target := html.Target(under.Link.Target)
		items = append(items,
			widgets.MenuItem{Label: "Open link", Icon: theme.IconExternalLink, Disabled: target == "", Act: func() { r.follow(b, under.Link) }},
			widgets.MenuItem{Label: "Copy link", Icon: theme.IconLink, Act: copyText(under.Link.Target)}, widgets.MenuItem{})
	}
	if under.Picture != nil && !under.Picture.Missing {
		source := under.Picture.Source
		items = append(items, widgets.MenuItem{Label: "Save picture as…", Icon: theme.IconImage, Act: func() { r.savePicture(b, source) }}, widgets.MenuItem{})
	}
	items = append(items,
		widgets.MenuItem{Label: "Copy", Icon: theme.IconCopy, Note: "Ctrl+C", Disabled: !under.Selected, Act: func() { b.page.Copy() }},
		widgets.MenuItem{Label: "Select all", Note: "Ctrl+A", Act: b.page.SelectAll}, widgets.MenuItem{},
		widgets.MenuItem{Label: "Find in the message", Icon: theme.IconTextSearch, Note: keysOf(actFind), Act: func() { r.shell.do(actFind) }},
		widgets.MenuItem{Label: "Source", Icon: theme.IconCode, Note: keysOf(actSource), Act: func() { r.shell.do(actSource) }},
	)
	widgets.ShowMenu(r.shell.app.window.Canvas(), at, items)
}

// suspicion says what is odd about a link, or "".
func suspicion(doc *html.Document, l *display.Link) string {
	if doc == nil {
		return ""
	}
	w, odd := html.Suspicious(strings.TrimSpace(doc.TextOf(html.ID(l.Node))), l.Target)
	if !odd {
		return ""
	}
	return doubts(w)
}

// doubts says what is wrong with a link.
func doubts(w html.Warning) string {
	switch w.Doubt {
	case html.Elsewhere:
		return "The words of the link name " + w.Said + ", but it leads to " + w.Real + "."
	case html.UserName:
		return "The link looks like one to " + w.Said + ", but that is only a name in front of the real place: " + w.Real + "."
	case html.Numeric:
		return "The link leads to a number instead of a name: " + w.Real + "."
	case html.Disguised:
		return "The name " + w.Real + " has letters that only look like others."
	}
	return ""
}

// savePicture saves a picture of a mail as it came.
func (r *reader) savePicture(b *body, source string) {
	data, state := b.card.Pictures().Resolve(source)
	if state != html.Ready {
		return
	}
	r.shell.chooseFile("Save picture", pictureName(source), func(path string) {
		if err := os.WriteFile(path, data, 0o644); err != nil {
			r.shell.fail(vm.Explain(err))
			return
		}
		r.saved(filepath.Dir(path), 1, nil)
	})
}

// pictureName is a name to save a picture under: the last part of its address.
func pictureName(source string) string {
	name := source[strings.LastIndexAny(source, "/:")+1:]
	if before, _, query := strings.Cut(name, "?"); query {
		name = before
	}
	if strings.HasPrefix(source, "data:") || name == "" {
		name = "picture"
	}
	return message.CleanFilename(name)
}

// browse opens a page in the person's browser.
func (s *shell) browse(link string) {
	if err := desktop.Browse(link); err != nil {
		s.fail(vm.Explain(err))
	}
}

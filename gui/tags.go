package gui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
)

// usualTags are the keywords that mail programs share since Netscape, by what
// people call them.
var usualTags = []struct{ keyword, name string }{
	{"$label1", "Important"}, {"$label2", "Work"}, {"$label3", "Personal"}, {"$label4", "To do"}, {"$label5", "Later"},
}

// tagName is what people call a keyword.
func tagName(keyword string) string {
	for _, t := range usualTags {
		if strings.EqualFold(t.keyword, keyword) {
			return t.name
		}
	}
	return strings.ReplaceAll(keyword, "_", " ")
}

// keywordOf is the keyword for what somebody calls a tag: an atom, as IMAP wants
// it (RFC 9051 9); "" where nothing is left.
func keywordOf(name string) string {
	for _, t := range usualTags {
		if strings.EqualFold(t.name, strings.TrimSpace(name)) {
			return t.keyword
		}
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '_'
		case r <= 0x20 || r >= 0x7F || strings.ContainsRune(`(){%*"\]`, r):
			return -1
		}
		return r
	}, strings.Join(strings.Fields(name), " "))
}

// newTagger asks for a tag; then is told it, and whether to put it on.
func newTagger(s *shell, then func(keyword string, on bool)) {
	keywords := []string{}
	for _, t := range usualTags {
		keywords = append(keywords, t.keyword)
	}
	for _, w := range s.tagsSeen() {
		if !slices.ContainsFunc(keywords, func(k string) bool { return strings.EqualFold(k, w) }) {
			keywords = append(keywords, w)
		}
	}
	var items []widgets.ChooserItem
	on := make([]bool, len(keywords))
	for i, k := range keywords {
		on[i] = s.list.all(func(r vm.ListRow) bool {
			return slices.ContainsFunc(r.Row.Flags.Words(), func(w string) bool { return strings.EqualFold(w, k) })
		})
		item := widgets.ChooserItem{Label: tagName(k), Icon: theme.IconTag}
		if on[i] {
			item.Icon, item.Detail = theme.IconCheck, "take it off"
		}
		items = append(items, item)
	}
	items = append(items, widgets.ChooserItem{Label: "New tag…", Icon: theme.IconPlus})
	widgets.ShowChooser(s.app.window.Canvas(), "Tag", "Name of the tag", items, func(i int) {
		if i < len(keywords) {
			then(keywords[i], !on[i])
			return
		}
		s.askTag(func(k string) { then(k, true) })
	})
}

// tagsSeen are the keywords of the messages that the list shows.
func (s *shell) tagsSeen() (words []string) {
	from, to := s.list.rows.Shown()
	for i := from; i < to; i++ {
		words = append(words, s.list.model.Row(i).Row.Flags.Words()...)
	}
	slices.Sort(words)
	return slices.DeleteFunc(slices.Compact(words), func(w string) bool { return strings.HasPrefix(w, "$") })
}

// askTag asks for the name of a new tag.
func (s *shell) askTag(then func(keyword string)) {
	field := widgets.NewField("Name, in plain letters")
	var d *widgets.Dialog
	take := func() {
		k := keywordOf(field.Text())
		if k == "" {
			field.SetBad(true)
			return
		}
		d.Hide()
		then(k)
	}
	field.Line.OnSubmit = func(string) { take() }
	d = widgets.NewDialog("New tag", widgets.Placed(fyne.NewSize(300, theme.ControlHeight), func(size fyne.Size) { widgets.Put(field, 0, 0, size.Width, theme.ControlHeight) }, field),
		widgets.NewButton("Cancel", "", widgets.ButtonLook{}, func() { d.Hide() }), widgets.NewButton("Add", "", widgets.ButtonLook{Primary: true}, take))
	d.Show(s.app.window.Canvas())
	field.Focus()
}

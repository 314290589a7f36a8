package gui

import (
	"slices"
	"strings"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
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

// tagsOf are the tags among a message's flags, as people call them. Keywords that
// programs have for themselves are none.
func tagsOf(flags mail.Flags) (names []string) {
	for _, w := range flags.Words() {
		known := slices.ContainsFunc(usualTags, func(t struct{ keyword, name string }) bool { return strings.EqualFold(t.keyword, w) })
		if known || !strings.HasPrefix(w, "$") {
			names = append(names, tagName(w))
		}
	}
	return names
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
	chooser := widgets.ShowChooser(s.app.window.Canvas(), "Tag", "Name of a tag, or of a new one", items, func(i int) { then(keywords[i], !on[i]) })
	chooser.Offer(func(typed string) (widgets.ChooserItem, bool) {
		k := keywordOf(typed)
		there := slices.ContainsFunc(keywords, func(have string) bool { return strings.EqualFold(have, k) })
		return widgets.ChooserItem{Label: "New tag “" + tagName(k) + "”", Icon: theme.IconPlus}, k != "" && !there
	}, func(typed string) { then(keywordOf(typed), true) })
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

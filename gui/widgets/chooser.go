package widgets

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
)

// A ChooserItem is something that can be chosen by typing a part of its name.
type ChooserItem struct {
	Label  string
	Detail string // said quietly after it, and found too
	Icon   theme.Icon
	Swatch theme.Token // None for no swatch
}

// A Chooser is a dialog to choose one of many things by typing, such as the
// folder that mail is moved to.
type Chooser struct {
	dialog *Dialog
	field  *Field
	list   *chooserList
	items  []ChooserItem
	choose func(i int)
	offer  func(typed string) (ChooserItem, bool)
	typed  string
}

// ShowChooser opens a chooser over a window. choose is called with the place of
// the item in items.
func ShowChooser(c fyne.Canvas, title, hint string, items []ChooserItem, choose func(i int)) *Chooser {
	ch := &Chooser{items: items, choose: choose, field: NewSearchField(hint, nil)}
	ch.list = newChooserList(ch.pick)
	ch.field.Line.OnChanged = ch.filter
	ch.field.Line.OnKey = ch.list.key
	ch.field.Line.OnSubmit = func(string) { ch.list.press() }
	ch.dialog = NewDialog(title, Column(theme.Space2, ch.field, Fixed(0, chooserRow*min(max(float32(len(items)), 3), chooserRows), ch.list)))
	ch.dialog.OnOutside(ch.dialog.Hide)
	ch.filter("")
	ch.dialog.Show(c)
	ch.field.Focus()
	return ch
}

// Offer has one more line below what was found: something that is not there yet,
// named by what was typed. make says what it would be, and take is called when it
// is chosen.
func (c *Chooser) Offer(make func(typed string) (ChooserItem, bool), take func(typed string)) {
	c.offer = make
	choose := c.choose
	c.choose = func(i int) {
		if i == offered {
			take(c.typed)
			return
		}
		choose(i)
	}
}

// offered is the place of what is not there yet.
const offered = -1

// Hide closes it without choosing.
func (c *Chooser) Hide() { c.dialog.Hide() }

func (c *Chooser) pick(item int) {
	c.dialog.Hide()
	c.choose(item)
}

// filter shows what has every word that was typed, those whose names begin with
// them first.
func (c *Chooser) filter(typed string) {
	words := strings.Fields(fold(typed))
	var begins, holds []chooserLine
	for i, item := range c.items {
		switch matchOf(item, words) {
		case matchBegins:
			begins = append(begins, chooserLine{i, item})
		case matchHolds:
			holds = append(holds, chooserLine{i, item})
		}
	}
	lines := append(begins, holds...)
	c.typed = typed
	if c.offer != nil {
		if item, ok := c.offer(typed); ok {
			lines = append(lines, chooserLine{offered, item})
		}
	}
	c.list.setLines(lines)
}

type match uint8

const (
	matchNone match = iota
	matchHolds
	matchBegins
)

func matchOf(item ChooserItem, words []string) match {
	label, all := fold(item.Label), fold(item.Label+" "+item.Detail)
	got := matchBegins
	for _, w := range words {
		switch {
		case !strings.Contains(all, w):
			return matchNone
		case !strings.HasPrefix(label, w) && !strings.Contains(label, " "+w):
			got = matchHolds
		}
	}
	return got
}

// fold makes text comparable whatever its case.
func fold(s string) string {
	return strings.Map(func(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }, s)
}

package gui

import (
	"fyne.io/fyne/v2"

	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
)

// chooser asks for a folder by some letters of its name.
type chooser struct {
	model  *vm.Chooser
	field  *widgets.Field
	tree   *widgets.Tree
	dialog *widgets.Dialog
	then   func(mail.MailboxID)
}

const (
	chooserWidth  float32 = 440
	chooserHeight float32 = 340
)

func newChooser(s *shell, title string, model *vm.Chooser, then func(mail.MailboxID)) {
	c := &chooser{model: model, then: then, field: widgets.NewSearchField("Name of the folder", nil), tree: widgets.NewTree()}
	c.field.Line.OnChanged = func(text string) {
		model.Type(text)
		c.update()
	}
	c.field.Line.OnKey = c.key
	c.field.Line.OnSubmit = func(string) { c.take() }
	c.tree.OnChoose = func(key any) {
		c.dialog.Hide()
		then(key.(mail.MailboxID))
	}
	body := widgets.Placed(fyne.NewSize(chooserWidth-48, chooserHeight), func(size fyne.Size) {
		widgets.Put(c.field, 0, 0, size.Width, 32)
		widgets.Put(c.tree, -8, 40, size.Width+16, size.Height-40)
	}, c.field, c.tree)
	c.dialog = widgets.NewDialog(title, body)
	c.dialog.SetWidth(chooserWidth)
	c.dialog.OnOutside(c.dialog.Hide)
	c.update()
	c.dialog.Show(s.app.window.Canvas())
	c.field.Focus()
}

// key moves among the choices.
func (c *chooser) key(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyDown:
		c.model.Move(1)
	case fyne.KeyUp:
		c.model.Move(-1)
	default:
		return false
	}
	c.update()
	return true
}

func (c *chooser) take() {
	if choice, ok := c.model.Chosen(); ok {
		c.dialog.Hide()
		c.then(choice.Mailbox)
	}
}

// update draws the choices.
func (c *chooser) update() {
	items := make([]widgets.TreeItem, len(c.model.Choices))
	for i, choice := range c.model.Choices {
		text := choice.Title
		if choice.Above != "" {
			text = choice.Above + " / " + text
		}
		items[i] = widgets.TreeItem{
			Key: choice.Mailbox, Text: text, Icon: placeIcon(vm.Entry{Role: choice.Role, Place: vm.Place{Kind: vm.AFolder}}), Count: choice.Account,
		}
	}
	var chosen any
	if choice, ok := c.model.Chosen(); ok {
		chosen = choice.Mailbox
	}
	c.tree.SetItems(items, chosen)
	c.tree.Reveal(chosen)
}

package compose

import (
	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
)

// The ways to see the text.
const (
	viewWrite = iota
	viewBoth
	viewPreview
)

// formatBar has what changes the text, and the ways to see it.
type formatBar struct {
	w      *Window
	marks  []*widgets.IconButton // of no use to plain text
	files  []*widgets.IconButton
	more   *widgets.IconButton
	views  *widgets.Segments
	fewer  *widgets.Segments // where there is no room for two halves
	plain  *widgets.Text
	object *fyne.Container
}

// narrow is the width below which there is room for one half alone.
const narrow float32 = 700

func newFormatBar(w *Window) *formatBar {
	b := &formatBar{w: w}
	mark := func(icon theme.Icon, tip string, act func()) *widgets.IconButton {
		button := widgets.NewSmallIconButton(icon, tip, func() {
			act()
			w.editor.Focus()
		})
		b.marks = append(b.marks, button)
		return button
	}
	bold := mark(theme.IconBold, "Bold (Ctrl+B)", func() { w.editor.Surround("**") })
	italic := mark(theme.IconItalic, "Italic (Ctrl+I)", func() { w.editor.Surround("*") })
	heading := mark(theme.IconHeading, "Heading", func() { w.editor.Begin("## ") })
	list := mark(theme.IconList, "List", func() { w.editor.Begin("- ") })
	quote := mark(theme.IconQuote, "Quotation", func() { w.editor.Begin("> ") })
	link := mark(theme.IconLink, "Link (Ctrl+K)", func() { w.editor.Link("") })
	code := mark(theme.IconCode, "Code", func() { w.editor.Surround("`") })
	picture := mark(theme.IconImage, "Picture in the text", w.choosePictures)
	attach := widgets.NewSmallIconButton(theme.IconPaperclip, "Attach files (Ctrl+Shift+A)", w.chooseFiles)
	b.files = []*widgets.IconButton{picture, attach}
	b.more = widgets.NewSmallIconButton(theme.IconEllipsis, "More", b.menu)
	b.views = widgets.NewSegments([]string{"Write", "Side by side", "Preview"}, viewBoth, func(int) { w.viewed() })
	b.fewer = widgets.NewSegments([]string{"Write", "Preview"}, 0, func(i int) {
		b.views.Choose([]int{viewWrite, viewPreview}[i])
		w.viewed()
	})
	b.plain = widgets.NewText("Plain text", theme.TextCaption, theme.Ink3)
	first, second := widgets.NewDivider(), widgets.NewDivider()
	groups := [][]fyne.CanvasObject{{bold, italic, heading}, {list, quote, link, code}, {picture, attach, b.more}}
	var parts []fyne.CanvasObject
	for _, g := range groups {
		parts = append(parts, g...)
	}
	parts = append(parts, first, second, b.plain, b.views, b.fewer)
	b.object = widgets.Placed(fyne.NewSize(100, formatHeight), func(size fyne.Size) {
		x := float32(14)
		for i, g := range groups {
			for _, o := range g {
				x = widgets.PutLeft(o, x, 0, formatHeight)
			}
			if i < 2 {
				widgets.Put([]fyne.CanvasObject{first, second}[i], x+theme.Space2, 12, theme.Hairline, 20)
				x += 2*theme.Space2 + theme.Hairline
			}
		}
		few := size.Width < narrow
		widgets.Show(b.views, !few)
		widgets.Show(b.fewer, few)
		choice := b.views
		if few {
			choice = b.fewer
			b.fewer.Choose(b.view() / viewPreview)
		}
		x = widgets.PutRight(choice, size.Width-inset, 0, formatHeight)
		widgets.PutRight(b.plain, x-theme.Space3, 0, formatHeight)
	}, parts...)
	return b
}

// view is how the text is seen; a narrow window has no room for two halves.
func (b *formatBar) view() int {
	if v := b.views.Chosen(); v != viewBoth || b.w.window.Canvas().Size().Width >= narrow {
		return v
	}
	return viewWrite
}

func (b *formatBar) update() {
	plain := b.w.model.Plain
	for _, m := range b.marks {
		if plain {
			m.Disable()
		} else {
			m.Enable()
		}
	}
	widgets.Show(b.plain, plain)
}

// menu has what is chosen rarely.
func (b *formatBar) menu() {
	m := b.w.model
	on := b.w.editor.OnSpell != nil
	widgets.ShowMenuBelow(b.more, false, []widgets.MenuItem{
		{Label: "Check spelling", Checked: on, Disabled: b.w.room.Speller == nil, Act: func() { b.w.wantSpelling(!on) }},
		{},
		{Label: "Send as plain text", Checked: m.Plain, Act: func() { m.SetPlain(!m.Plain) }},
		{Label: "Ask for a receipt", Checked: m.Receipt, Act: func() { m.SetReceipt(!m.Receipt) }},
		{},
		{Label: "Undo", Note: "Ctrl+Z", Act: b.w.editor.Undo},
		{Label: "Redo", Note: "Ctrl+Y", Act: b.w.editor.Redo},
		{},
		{Label: "Save now", Note: "Ctrl+S", Icon: theme.IconSave, Disabled: m.State != vm.ComposeReady, Act: m.SaveNow},
	})
}

// viewed shows the text in the way that was chosen.
func (w *Window) viewed() {
	w.page.Refresh()
	w.preview.later()
	if w.format.view() != viewPreview {
		w.editor.Focus()
	}
}

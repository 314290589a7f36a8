package gui

import (
	xhtml "html"
	"os"

	"fyne.io/fyne/v2"

	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail/html"
	"postrider/mail/html/box"
	"postrider/mail/html/css"
)

// showSource opens a window with a message as it came.
func (s *shell) showSource() bool {
	card := s.reader.current()
	if card == nil {
		return false
	}
	s.reader.model.Source(card, func(text string, cut bool, err error) {
		if err != nil {
			s.fail(vm.Explain(err))
			return
		}
		s.openSource(subjectOf(card.Row.Subject), text, cut)
	})
	return true
}

func (s *shell) openSource(subject, text string, cut bool) {
	w := s.app.fyne.NewWindow("Source of " + subject)
	w.SetPadded(false)
	page := widgets.NewPage()
	doc := html.Parse(`<pre style="font:12px/18px 'Noto Sans Mono',monospace;white-space:pre-wrap;word-break:break-all;margin:16px">` + xhtml.EscapeString(text) + `</pre>`)
	sheets := css.Parse(doc)
	page.OnWidth = func(width float32) {
		styles := sheets.Cascade(css.Media{Width: float64(width), Height: 800, Metrics: box.Metrics(s.app.library)})
		page.SetPage(box.Layout(doc, styles, box.Options{Width: float64(width), Library: s.app.library, Stop: within(patience)}))
	}
	note := widgets.NewText("", theme.TextCaption, theme.Ink3)
	if cut {
		note.SetText("Only the beginning is shown; saving saves all of it.")
	}
	save := widgets.NewButton("Save as…", theme.IconDownload, widgets.ButtonLook{}, func() {
		s.chooseFile("Save message", "message.eml", func(path string) {
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				s.fail(vm.Explain(err))
			}
		})
	})
	copyAll := widgets.NewButton("Copy", theme.IconCopy, widgets.ButtonLook{}, func() { s.app.fyne.Clipboard().SetContent(text) })
	line := widgets.NewDivider()
	ground := widgets.NewFill(theme.Paper)
	content := widgets.Placed(fyne.NewSize(480, 320), func(size fyne.Size) {
		widgets.Put(ground, 0, 0, size.Width, size.Height)
		widgets.Put(page, 0, 0, size.Width, size.Height-56)
		widgets.Put(line, 0, size.Height-56, size.Width, 1)
		widgets.Put(note, 16, size.Height-36, size.Width-260, 16)
		right := widgets.PutRight(save, size.Width-16, size.Height-56, 56) - 8
		widgets.PutRight(copyAll, right, size.Height-56, 56)
	}, ground, page, line, note, save, copyAll)
	w.SetContent(widgets.NewTipLayer(content))
	w.Canvas().SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if ev.Name == fyne.KeyEscape {
			w.Close()
		}
	})
	w.Resize(fyne.NewSize(860, 640))
	w.Show()
}

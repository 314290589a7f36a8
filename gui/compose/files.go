package compose

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
)

// chooseFiles asks for files and attaches them.
func (w *Window) chooseFiles() {
	w.choose("Attach files", func(paths []string) {
		w.model.Attach(paths...)
		w.editor.Focus()
	})
}

// choosePictures asks for pictures and puts them into the text.
func (w *Window) choosePictures() {
	w.choose("Put pictures into the text", func(paths []string) {
		for _, path := range paths {
			w.insertPicture(path)
		}
	})
}

// insertPicture puts a picture into the text, where the caret is.
func (w *Window) insertPicture(path string) {
	w.model.AddPicture(path, w.inserted)
}

// inserted writes the mark of a picture where the caret is.
func (w *Window) inserted(mark string) {
	if !w.closed {
		w.editor.Insert(mark)
		w.editor.Focus()
	}
}

// choose asks for files: by the desktop where it can, else in the window.
func (w *Window) choose(title string, then func([]string)) {
	w.room.Files.Open(w.window, title, "Attach", func(paths []string) {
		if !w.closed {
			then(paths)
		}
	})
}

// dropped attaches what was dropped on the window. Pictures that were dropped on
// the text go into it.
func (w *Window) dropped(at fyne.Position, files []fyne.URI) {
	onText := w.editor.Visible() && !w.model.Plain && inside(w.editor, at)
	for _, f := range files {
		if f.Scheme() != "file" {
			continue
		}
		if onText && isPicture(f.Path()) {
			w.insertPicture(f.Path())
			continue
		}
		w.model.Attach(f.Path())
	}
}

func inside(o fyne.CanvasObject, at fyne.Position) bool {
	rel := at.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(o))
	return rel.X >= 0 && rel.Y >= 0 && rel.X < o.Size().Width && rel.Y < o.Size().Height
}

func isPicture(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp":
		return true
	}
	return false
}

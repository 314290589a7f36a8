package compose

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"postrider/gui/clipboard"
	"postrider/gui/files"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail/phrase"
)

// pasted takes files that were copied in a file manager: they come as their
// addresses, one a line, or as paths, which may be meant as text, too.
func (w *Window) pasted(text string) bool {
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	if len(lines) > 0 && (lines[0] == "copy" || lines[0] == "cut" || lines[0] == "x-special/nautilus-clipboard") {
		lines = lines[1:]
	}
	if len(lines) > 0 && !slices.ContainsFunc(lines, func(l string) bool { return !isWholePath(l) }) {
		w.pasteOther(text)
		return true
	}
	return w.offerFiles(lines)
}

// isWholePath reports a path of a file that is there.
func isWholePath(line string) bool { return filepath.IsAbs(line) && isFile(line) }

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// offerFiles asks whether files are to be attached. A page can put a file's
// address onto the clipboard, so nothing is attached unseen.
func (w *Window) offerFiles(addresses []string) bool {
	paths := files.Paths(addresses)
	if len(paths) == 0 || len(paths) != len(addresses) || slices.ContainsFunc(paths, func(p string) bool { return !isFile(p) }) {
		return false
	}
	var names []string
	for _, p := range paths {
		names = append(names, filepath.Base(p))
	}
	widgets.Ask(w.window.Canvas(), widgets.Question{
		Title: "Attach " + phrase.Things(len(paths), "file", "files") + "?", Sentence: phrase.Some(names, 6), Yes: "Attach",
		Act: func() { w.model.Attach(paths...) },
	})
	return true
}

// pasteOther pastes a picture or files; where there is neither, the text that was
// to be pasted.
func (w *Window) pasteOther(text string) {
	if w.room.Clipboard == nil {
		w.editor.Insert(text)
		return
	}
	var got clipboard.Content
	vm.Run(w.room.Desk, func(ctx context.Context) (err error) {
		got, err = w.room.Clipboard(ctx)
		return err
	}, func(err error) {
		switch {
		case w.closed:
		case len(got.Files) > 0 && w.offerFiles(got.Files):
		case text != "":
			w.editor.Insert(text)
		case len(got.Picture) > 0:
			w.pastePicture(got)
		case err != nil && !errors.Is(err, clipboard.ErrNone):
			w.fail("The clipboard could not be read.", err.Error())
		}
	})
}

// pastePicture puts a picture into the text, or attaches it where the text goes
// out alone.
func (w *Window) pastePicture(c clipboard.Content) {
	name := "Picture " + w.room.Desk.Now().Format("2006-01-02 15.04.05") + "." + strings.TrimPrefix(c.Type, "image/")
	if w.model.Plain {
		w.model.AttachBytes(name, c.Type, c.Picture)
		return
	}
	w.model.AddPictureBytes(name, c.Type, c.Picture, w.inserted)
}

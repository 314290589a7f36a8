package compose

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"postrider/gui/clipboard"
	"postrider/gui/vm"
)

// copied has the clipboard hold something other than text.
func (w *world) copied(c clipboard.Content, err error) {
	w.Clipboard = func(context.Context) (clipboard.Content, error) { return c, err }
}

func TestPicturesArePastedIntoTheText(t *testing.T) {
	w := newWorld(t)
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	w.copied(clipboard.Content{Picture: b.Bytes(), Type: "image/png"}, nil)
	c := w.Open(vm.Beginning{})
	c.editor.OnPasteOther()
	w.settle()
	if got := c.editor.Text(); !strings.Contains(got, "![Picture 2026-03-03 09.41.00.png](cid:") {
		t.Errorf("text %q", got)
	}
	c.model.SetPlain(true)
	c.editor.OnPasteOther()
	w.settle()
	if got := c.model.Files; len(got) != 1 || got[0].Type != "image/png" || got[0].Size != int64(b.Len()) {
		t.Errorf("files %+v", got)
	}
}

// Nothing is attached that the person has not said yes to: a page can put any
// address onto the clipboard.
func TestPastedFilesWaitForAYes(t *testing.T) {
	w := newWorld(t)
	path := filepath.Join(t.TempDir(), "the plan.txt")
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	address := "file://" + strings.ReplaceAll(path, " ", "%20")
	for name, paste := range map[string]func(c *Window) bool{
		"as an address": func(c *Window) bool { return c.pasted(address) },
		"by the list": func(c *Window) bool {
			w.copied(clipboard.Content{Files: []string{address}}, nil)
			c.pasteOther("")
			return true
		},
		"as a path": func(c *Window) bool {
			w.copied(clipboard.Content{Files: []string{address}}, nil)
			return c.pasted(path)
		},
	} {
		c := w.Open(vm.Beginning{})
		if !paste(c) {
			t.Errorf("%s: it is text", name)
		}
		w.settle()
		if len(c.model.Files) != 0 {
			t.Errorf("%s: attached without a question", name)
		}
		answer(t, c, "Attach")
		w.settle()
		if len(c.model.Files) != 1 || c.model.Files[0].Name != "the plan.txt" {
			t.Errorf("%s: files %+v", name, c.model.Files)
		}
	}
	w.copied(clipboard.Content{}, clipboard.ErrNone)
	c := w.Open(vm.Beginning{})
	c.pasted(path)
	w.settle()
	if got := c.editor.Text(); !strings.Contains(got, path) || len(c.model.Files) != 0 {
		t.Errorf("a path that was copied as text becomes %q", got)
	}
	for _, text := range []string{"file:///nowhere/at/all.txt", "file://server/share/x", "see " + address, "https://x.example/"} {
		if c.pasted(text) {
			t.Errorf("%q is taken for files", text)
		}
	}
}

package clipboard

import (
	"context"
	"errors"
	"slices"
	"testing"
)

// board is what a program has on the clipboard, by form.
type board map[string]string

func (b board) types(context.Context) (forms []string, err error) {
	for f := range b {
		forms = append(forms, f)
	}
	return forms, nil
}

func (b board) read(_ context.Context, form string) ([]byte, error) { return []byte(b[form]), nil }

func TestWhatIsTakenFromTheClipboard(t *testing.T) {
	for name, c := range map[string]struct {
		board board
		kind  string
		files []string
	}{
		"a screen shot":             {board{"image/png": "png", "image/bmp": "bmp", "TARGETS": ""}, "image/png", nil},
		"a photo of a browser":      {board{"image/jpeg": "jpeg", "text/html": "<img>"}, "image/jpeg", nil},
		"files":                     {board{"text/uri-list": "# two\r\nfile:///a%20b\r\nFILE:///c\r\n", "text/plain": "/a b"}, "", []string{"file:///a%20b", "FILE:///c"}},
		"a picture's file":          {board{"text/uri-list": "file:///a.png\n", "image/png": "png"}, "", []string{"file:///a.png"}},
		"a picture with its origin": {board{"text/uri-list": "https://x.example/a.png\r\n", "image/png": "png"}, "image/png", nil},
		"text":                      {board{"UTF8_STRING": "words"}, "", nil},
		"a drawing":                 {board{"image/svg+xml": "<svg/>"}, "", nil},
		"nothing":                   {board{}, "", nil},
	} {
		got, err := from(t.Context(), c.board)
		if got.Type != c.kind || !slices.Equal(got.Files, c.files) || string(got.Picture) != c.board[c.kind] {
			t.Errorf("%s: %+v", name, got)
		}
		if none := c.kind == "" && c.files == nil; errors.Is(err, ErrNone) != none {
			t.Errorf("%s: %v", name, err)
		}
	}
}

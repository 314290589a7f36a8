package transfer

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"postrider/mail"
)

// tree is a folder in the making: what Maildir and .eml sinks share.
type tree struct {
	path string
	temp string // "" once closed
}

func newTree(path string) (tree, error) {
	if err := checkFree(path, true); err != nil {
		return tree{}, err
	}
	temp, err := os.MkdirTemp(filepath.Dir(path), tempPattern(path))
	if err != nil {
		return tree{}, mail.Wrap(mail.KindDisk, opExport, err)
	}
	return tree{path: path, temp: temp}, nil
}

// writeFile writes a new file with a message, gives it the time it was
// received, and returns its size. A failure leaves nothing.
func writeFile(ctx context.Context, name string, item Item, raw io.Reader) (size int64, err error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, err
	}
	size, err = io.Copy(f, ctxReader{ctx, raw})
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil && !item.Date.IsZero() {
		err = os.Chtimes(name, item.Date, item.Date)
	}
	if err != nil {
		os.Remove(name)
	}
	return size, err
}

// close makes everything durable at once, and then moves it: before, nobody
// sees any of it, so no file has to be waited for alone.
func (t *tree) close() error {
	if t.temp == "" {
		return nil
	}
	temp := t.temp
	t.temp = ""
	if err := syncTree(temp); err != nil {
		os.RemoveAll(temp)
		return exportError(err)
	}
	return publish(temp, t.path, true)
}

func (t *tree) Abort() error {
	if t.temp == "" {
		return nil
	}
	temp := t.temp
	t.temp = ""
	if err := os.RemoveAll(temp); err != nil {
		return exportError(err)
	}
	return nil
}

package vm

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"postrider/mail"
	"postrider/mail/client"
)

// maxSource is how much of a message's source is shown.
const maxSource = 2 << 20

// Source reads a message as it came, for people who want to see it; cut says
// that only its beginning is told.
func (r *Reader) Source(c *Card, then func(text string, cut bool, err error)) {
	var text string
	var cut bool
	id := c.Row.Message
	Run(r.desk, func(ctx context.Context) error {
		raw, err := r.client.Raw(ctx, id)
		if err != nil {
			return err
		}
		defer raw.Close()
		data, err := io.ReadAll(io.LimitReader(raw, maxSource+1))
		cut = len(data) > maxSource
		text = strings.ToValidUTF8(strings.ReplaceAll(string(data[:min(len(data), maxSource)]), "\r\n", "\n"), "�")
		return mail.Wrap(mail.KindDisk, "read the message", err)
	}, func(err error) { then(text, cut, err) })
}

// SaveInto saves attachments in a folder, under names that are free there, and
// tells their paths.
func (r *Reader) SaveInto(dir string, files []Attachment, then func(paths []string, err error)) {
	var paths []string
	Run(r.desk, func(ctx context.Context) error {
		for _, a := range files {
			f, err := create(dir, a.Name)
			if err != nil {
				return err
			}
			if err := writeAttachment(ctx, r.client, a, f); err != nil {
				os.Remove(f.Name())
				return err
			}
			paths = append(paths, f.Name())
		}
		return nil
	}, func(err error) { then(paths, err) })
}

// SaveTo saves an attachment in the place of whatever has that path: the person
// chose it, and was asked.
func (r *Reader) SaveTo(path string, a Attachment, then func(error)) {
	Run(r.desk, func(ctx context.Context) error {
		f, err := os.CreateTemp(filepath.Dir(path), ".postrider-*")
		if err != nil {
			return saveError(err)
		}
		if err := writeAttachment(ctx, r.client, a, f); err != nil {
			os.Remove(f.Name())
			return err
		}
		return saveError(os.Rename(f.Name(), path))
	}, then)
}

// create makes a file of a name that nothing has yet: "plan.pdf", "plan (2).pdf".
func create(dir, name string) (*os.File, error) {
	ext := filepath.Ext(name)
	for n := 1; ; n++ {
		try := name
		if n > 1 {
			try = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, ext), n, ext)
		}
		f, err := os.OpenFile(filepath.Join(dir, try), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if errors.Is(err, fs.ErrExist) && n < 1000 {
			continue
		}
		return f, saveError(err)
	}
}

// writeAttachment decodes an attachment into a file, and closes it.
func writeAttachment(ctx context.Context, c *client.Client, a Attachment, f *os.File) error {
	err := decodePart(ctx, c, a, f)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return saveError(err)
}

func decodePart(ctx context.Context, c *client.Client, a Attachment, w io.Writer) error {
	m, err := c.Message(ctx, a.Message)
	if err != nil {
		return err
	}
	p := m.Part(a.Part)
	if p == nil {
		return mail.Errorf(mail.KindGone, "save the attachment", "the attachment is not in the message any more")
	}
	raw, err := c.Raw(ctx, a.Message)
	if err != nil {
		return err
	}
	defer raw.Close()
	if _, err := io.CopyN(io.Discard, raw, p.Offset); err != nil {
		return err
	}
	_, err = io.Copy(w, p.Decode(io.LimitReader(raw, p.Length)))
	return err
}

func saveError(err error) error {
	var e *mail.Error
	if err == nil || errors.As(err, &e) {
		return err
	}
	text := "the file could not be written"
	switch {
	case errors.Is(err, fs.ErrPermission):
		text = "that folder may not be written"
	case errors.Is(err, fs.ErrNotExist):
		text = "that folder is not there any more"
	}
	return &mail.Error{Op: "save the file", Kind: mail.KindDisk, Message: text, Detail: err.Error(), Err: err}
}

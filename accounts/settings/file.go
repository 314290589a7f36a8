package settings

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"

	"github.com/BurntSushi/toml"

	"postrider/accounts/internal/durable"
	"postrider/mail"
)

// The files' names in the data folder.
const (
	fileName   = "settings.toml"
	windowName = "window.toml"
)

// maxFile is far above any such file: more is an accident.
const maxFile = 1 << 20

const head = "# How Postrider looks and behaves. You may edit this file while Postrider is\n# closed; what it does not know, it keeps.\n\n"

// File is the settings of one data folder. It holds nothing in memory; it is safe
// for concurrent use, also by several processes.
type File struct{ dir string }

// In returns the settings of a data folder, which may not have any yet.
func In(dir string) *File { return &File{dir} }

// Load returns the settings. Beside an error there are the defaults: of kind input
// for a file that cannot be understood, of kind disk for one that cannot be read.
func (f *File) Load() (Settings, error) {
	s := Default()
	_, err := f.read(fileName, &s)
	if err != nil {
		return Default(), err
	}
	s.tidy()
	return s, nil
}

// Change rewrites the settings from what is in the file at that moment, and
// returns what they are now.
func (f *File) Change(ctx context.Context, change func(*Settings)) (Settings, error) {
	s := Default()
	err := f.change(ctx, fileName, head, &s, func() {
		s.tidy()
		change(&s)
		s.tidy()
	})
	return s, err
}

// Window returns how the window was left; the zero Window where nobody knows.
func (f *File) Window() Window {
	var w Window
	if _, err := f.read(windowName, &w); err != nil {
		return Window{}
	}
	w.tidy()
	return w
}

// SetWindow keeps how the window was left.
func (f *File) SetWindow(ctx context.Context, w Window) error {
	var had Window
	w.tidy()
	return f.change(ctx, windowName, "", &had, func() { had = w })
}

func (f *File) path(name string) string { return filepath.Join(f.dir, name) }

// read decodes a file over what v has, and returns all that is in it.
func (f *File) read(name string, v any) (all map[string]any, err error) {
	text, err := durable.Read(f.path(name), maxFile)
	if err != nil {
		return nil, f.explain("read", name, err)
	}
	if _, err := toml.Decode(string(text), v); err != nil {
		return nil, f.unclear(name, err)
	}
	all = map[string]any{}
	if _, err := toml.Decode(string(text), &all); err != nil {
		return nil, f.unclear(name, err)
	}
	return all, nil
}

func (f *File) unclear(name string, err error) error {
	return &mail.Error{
		Op: "read the settings", Kind: mail.KindInput, Err: err, Detail: err.Error(),
		Message: f.path(name) + " cannot be understood; the settings are those of a new Postrider until it is mended or removed",
	}
}

// change rewrites a file under its lock. One that cannot be understood is put
// aside, not overwritten: somebody may have written it with care.
func (f *File) change(ctx context.Context, name, head string, v any, change func()) error {
	unlock, err := durable.Lock(ctx, f.path(name)+".lock")
	if err != nil {
		return f.explain("change", name, err)
	}
	defer unlock()
	all, err := f.read(name, v)
	if mail.Is(err, mail.KindInput) {
		if err = f.putAside(name); err == nil {
			all = map[string]any{}
		}
	}
	if err != nil {
		return err
	}
	change()
	text, err := render(head, all, v)
	if err != nil {
		return mail.Wrap(mail.KindBug, "write the settings", err)
	}
	if err := durable.Write(f.path(name), text); err != nil {
		return f.explain("write", name, err)
	}
	return nil
}

func (f *File) putAside(name string) error {
	text, err := durable.Read(f.path(name), maxFile)
	if err == nil {
		err = durable.Write(f.path(name)+".broken", text)
	}
	if err != nil {
		return f.explain("change", name, err)
	}
	return nil
}

// render writes what is known over all that a file had.
func render(head string, all map[string]any, v any) ([]byte, error) {
	var known bytes.Buffer
	if err := toml.NewEncoder(&known).Encode(v); err != nil {
		return nil, err
	}
	fresh := map[string]any{}
	if _, err := toml.Decode(known.String(), &fresh); err != nil {
		return nil, err
	}
	overlay(all, fresh)
	out := bytes.NewBufferString(head)
	enc := toml.NewEncoder(out)
	enc.Indent = ""
	err := enc.Encode(all)
	return out.Bytes(), err
}

// overlay puts the values of fresh over those of all, table by table.
func overlay(all, fresh map[string]any) {
	for key, v := range fresh {
		had, table := all[key].(map[string]any)
		if more, ok := v.(map[string]any); ok && table {
			overlay(had, more)
			continue
		}
		all[key] = v
	}
}

func (f *File) explain(verb, name string, err error) error {
	op := verb + " the settings"
	switch {
	case errors.Is(err, context.Canceled):
		return mail.Wrap(mail.KindCanceled, op, err)
	case errors.Is(err, durable.ErrBusy), errors.Is(err, context.DeadlineExceeded):
		return mail.Errorf(mail.KindBusy, op, "another Postrider is changing %s; try again in a moment", f.path(name))
	}
	return mail.Errorf(mail.KindDisk, op, "%s cannot be used: %w", f.path(name), err)
}

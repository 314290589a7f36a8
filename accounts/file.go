package accounts

import (
	"context"
	"errors"
	"path/filepath"

	"postrider/accounts/internal/durable"
	"postrider/mail"
)

// FileName is the accounts file's name in the data folder.
const FileName = "accounts.toml"

// maxFile is far above any file of a person: more is an accident.
const maxFile = 4 << 20

// File is the accounts file of one data folder. It holds nothing in memory:
// every call reads the file again, so that processes and people with an editor
// may share it. Safe for concurrent use.
type File struct{ path string }

// In returns the accounts file of a data folder, which may not exist yet.
func In(dir string) *File { return &File{filepath.Join(dir, FileName)} }

// Path is where the file is.
func (f *File) Path() string { return f.path }

// Load returns the accounts in the file's order, and none where there is no
// file. A file that cannot be understood gives an error of kind input that
// names the line, one that cannot be read gives kind disk.
func (f *File) Load() ([]Account, error) {
	doc, err := f.read()
	if err != nil {
		return nil, err
	}
	return doc.accounts, nil
}

// Add completes and checks an account, gives it an id if it has none, and
// writes it behind the others. It returns what was written.
func (f *File) Add(ctx context.Context, a Account) (Account, error) {
	a = a.Clone()
	a.Complete()
	if err := a.Check(); err != nil {
		return Account{}, err
	}
	err := f.change(ctx, func(list []Account) ([]Account, error) {
		if a.ID == "" {
			a.ID = newID(list)
		}
		if err := a.checkTwin(list); err != nil {
			return nil, err
		}
		return append(list, a), nil
	})
	return a, err
}

// Edit changes one account: edit gets it as the file has it now. The id stays.
func (f *File) Edit(ctx context.Context, id mail.AccountID, edit func(*Account) error) (Account, error) {
	var edited Account
	err := f.change(ctx, func(list []Account) ([]Account, error) {
		i, ok := byID(list, id)
		if !ok {
			return nil, missing(id)
		}
		edited = list[i].Clone()
		if err := edit(&edited); err != nil {
			return nil, err
		}
		edited.ID = id
		edited.Complete()
		list[i] = edited
		return list, edited.Check()
	})
	return edited, err
}

// Remove takes an account out of the file; its mail and its secrets are the
// caller's to remove.
func (f *File) Remove(ctx context.Context, id mail.AccountID) error {
	return f.change(ctx, func(list []Account) ([]Account, error) {
		i, ok := byID(list, id)
		if !ok {
			return nil, missing(id)
		}
		return append(list[:i:i], list[i+1:]...), nil
	})
}

// Reorder puts the accounts into the order of ids; those not named follow.
func (f *File) Reorder(ctx context.Context, ids ...mail.AccountID) error {
	return f.change(ctx, func(list []Account) ([]Account, error) {
		var first, rest []Account
		for _, id := range ids {
			if i, ok := byID(list, id); ok {
				first = append(first, list[i])
			}
		}
		for _, a := range list {
			if _, ok := byID(first, a.ID); !ok {
				rest = append(rest, a)
			}
		}
		return append(first, rest...), nil
	})
}

// change rewrites the file under its lock, from what is in it at that moment.
func (f *File) change(ctx context.Context, change func([]Account) ([]Account, error)) error {
	unlock, err := durable.Lock(ctx, f.path+".lock")
	if err != nil {
		return f.explain("change", err)
	}
	defer unlock()
	doc, err := f.read()
	if err != nil {
		return err
	}
	list, err := change(append([]Account{}, doc.accounts...))
	if err != nil {
		return err
	}
	text, err := doc.render(list)
	if err != nil {
		return mail.Wrap(mail.KindBug, "write the accounts file", err)
	}
	if err := durable.Write(f.path, text); err != nil {
		return f.explain("write", err)
	}
	return nil
}

func (f *File) read() (*document, error) {
	text, err := durable.Read(f.path, maxFile)
	if err != nil {
		return nil, f.explain("read", err)
	}
	doc, err := parse(string(text))
	if err == nil {
		return doc, nil
	}
	kind := mail.KindInput
	if mail.Is(err, mail.KindUnsafe) {
		kind = mail.KindUnsafe
	}
	return nil, mail.Errorf(kind, "read the accounts file", "%s, %w", f.path, err)
}

func (f *File) explain(verb string, err error) error {
	op := verb + " the accounts file"
	switch {
	case errors.Is(err, context.Canceled):
		return mail.Wrap(mail.KindCanceled, op, err)
	case errors.Is(err, durable.ErrBusy), errors.Is(err, context.DeadlineExceeded):
		return mail.Errorf(mail.KindBusy, op, "another Postrider is changing %s; try again in a moment", f.path)
	}
	return mail.Errorf(mail.KindDisk, op, "%s cannot be used: %w", f.path, err)
}

func missing(id mail.AccountID) error {
	return mail.Errorf(mail.KindInput, "find the account", "there is no account with the id %q any more", id)
}

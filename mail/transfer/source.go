package transfer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync/atomic"

	"postrider/mail"
)

const opImport = "import mail"

// Open looks at what is at path and returns it as a Source. What holds no mail
// in a form that is known is an input error.
func Open(path string) (Source, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, mail.Errorf(mail.KindInput, opImport, "there is nothing at %s", path)
	case err != nil:
		return nil, mail.Wrap(mail.KindDisk, opImport, err)
	}
	kind, err := detect(path, info)
	if err != nil {
		return nil, mail.Wrap(mail.KindDisk, opImport, err)
	}
	if kind == "" {
		return nil, mail.Errorf(mail.KindInput, opImport, "%s is neither an mbox, a Maildir, a message nor a folder of them", path)
	}
	return &source{path: path, kind: kind}, nil
}

// source reads all kinds: they differ in how the tree below path is walked.
type source struct {
	path string
	kind Kind
	done atomic.Int64
}

func (s *source) Kind() Kind  { return s.kind }
func (s *source) Done() int64 { return s.done.Load() }

func (s *source) Size() (int64, error) {
	var size int64
	err := s.walk(func(l leaf) error {
		info, err := os.Stat(l.path)
		if err == nil {
			size += info.Size()
		}
		return nil // what cannot be read fails when it is read
	})
	return size, mail.Wrap(mail.KindDisk, opImport, err)
}

func (s *source) Each(ctx context.Context, fn func(Item) error) error {
	s.done.Store(0)
	return s.walk(func(l leaf) error {
		if err := ctx.Err(); err != nil {
			return mail.Wrap(mail.KindCanceled, opImport, err)
		}
		if l.kind == Mbox {
			return s.eachOfMbox(ctx, l, fn)
		}
		return s.file(ctx, l, fn)
	})
}

// file gives one message that has a file of its own. It is opened when it is
// read: a file that cannot be is the item's failure, not the source's.
func (s *source) file(ctx context.Context, l leaf, fn func(Item) error) error {
	raw := &lazyFile{path: l.path, done: &s.done}
	defer raw.close()
	return fn(Item{
		Raw: ctxReader{ctx, raw}, Flags: l.flags, Date: l.date, Folder: l.folder, Origin: l.path,
	})
}

func (s *source) eachOfMbox(ctx context.Context, l leaf, fn func(Item) error) error {
	f, err := os.Open(l.path)
	if err != nil {
		return mail.Wrap(mail.KindDisk, opImport, err)
	}
	defer f.Close()
	keep, err := quotesNothing(f)
	if err != nil {
		return mail.Wrap(mail.KindDisk, opImport, err)
	}
	m := newMboxReader(ctxReader{ctx, counted{f, &s.done}})
	m.keep = keep
	for {
		err := m.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return mboxError(ctx, l.path, err)
		}
		item := Item{
			Raw: m, Flags: mboxFlags(m.header()), Date: m.from.date, Folder: l.folder,
			Origin: fmt.Sprintf("%s:%d", l.path, m.at),
		}
		if err := fn(item); err != nil {
			return err
		}
	}
}

func mboxError(ctx context.Context, path string, err error) error {
	switch {
	case ctx.Err() != nil:
		return mail.Wrap(mail.KindCanceled, opImport, err)
	case errors.Is(err, errNoMbox):
		return mail.Errorf(mail.KindInput, opImport, "%s is no mbox: %w", path, err)
	}
	return mail.Wrap(mail.KindDisk, opImport, err)
}

// sampleSize is how much of an mbox is looked at for how it quotes.
const sampleSize = 8 << 20

// quotesNothing reports whether the front of the file has a "From " line in a
// message that is not quoted: then its ">From " lines are no quotes either.
func quotesNothing(f *os.File) (bool, error) {
	m := newMboxReader(io.LimitReader(f, sampleSize))
	var err error
	for err == nil && m.unquoted == 0 {
		err = m.next()
	}
	if err != nil && err != io.EOF && err != errNoMbox {
		return false, err
	}
	_, err = f.Seek(0, io.SeekStart)
	return m.unquoted > 0, err
}

// counted adds what is read to a count.
type counted struct {
	r io.Reader
	n *atomic.Int64
}

func (c counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// lazyFile opens its file with the first Read.
type lazyFile struct {
	path string
	done *atomic.Int64
	f    *os.File
}

func (l *lazyFile) Read(p []byte) (int, error) {
	if l.f == nil {
		f, err := os.Open(l.path)
		if err != nil {
			return 0, mail.Wrap(mail.KindDisk, "read a message", err)
		}
		l.f = f
	}
	return counted{l.f, l.done}.Read(p)
}

func (l *lazyFile) close() {
	if l.f != nil {
		l.f.Close()
	}
}

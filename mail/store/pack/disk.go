package pack

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// file is what a pack needs of an open file.
type file interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
	Truncate(size int64) error
	Sync() error
	Size() (int64, error)
}

// disk is the directory of a Set; names are relative to it. It is an interface
// so that tests can fail, cut and lose any single step.
type disk interface {
	Path(name string) string
	List(dir string) ([]string, error) // none if dir does not exist
	Create(name string) (file, error)  // fails if it exists
	Open(name string, write bool) (file, error)
	Remove(name string) error
	SyncDir() error // makes creations and removals last
}

// osDisk is a directory of the operating system.
type osDisk struct{ root string }

type osFile struct{ *os.File }

func (f osFile) Size() (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func (d osDisk) Path(name string) string { return filepath.Join(d.root, name) }

func (d osDisk) List(dir string) ([]string, error) {
	entries, err := os.ReadDir(d.Path(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var names []string
	for _, e := range entries {
		if e.Type().IsRegular() {
			names = append(names, e.Name())
		}
	}
	return names, err
}

// Mail is private: nobody but the user may read what is created here.
func (d osDisk) Create(name string) (file, error) {
	return d.open(name, os.O_RDWR|os.O_CREATE|os.O_EXCL)
}

func (d osDisk) Open(name string, write bool) (file, error) {
	if write {
		return d.open(name, os.O_RDWR)
	}
	return d.open(name, os.O_RDONLY)
}

func (d osDisk) open(name string, flag int) (file, error) {
	f, err := os.OpenFile(d.Path(name), flag, 0o600)
	if err != nil {
		return nil, err
	}
	return osFile{f}, nil
}

func (d osDisk) Remove(name string) error { return os.Remove(d.Path(name)) }

func (d osDisk) SyncDir() error { return syncDir(d.root) }

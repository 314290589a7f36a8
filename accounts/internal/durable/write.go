// Package durable replaces small files so that a crash or a power cut leaves
// the old content or the new, and keeps two processes from doing it at once.
// It belongs to accounts and accounts/secret.
package durable

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Write replaces the file at path by data, readable by its owner only, and
// returns after both the bytes and the name are on the disk. Missing folders
// are made. Where path is a symbolic link, the file it points to is replaced:
// people keep their settings elsewhere and link to them.
func Write(path string, data []byte) (err error) {
	if path, err = target(path); err != nil {
		return err
	}
	dir := filepath.Dir(path)
	if err := makeDir(dir); err != nil {
		return err
	}
	tmp, err := fill(dir, filepath.Base(path), data)
	if err != nil {
		return err
	}
	if err := os.Rename(tmp, path); err != nil {
		os.Remove(tmp)
		return err
	}
	return syncDir(dir)
}

// makeDir makes a folder and those on the way to it, all to last: a folder whose
// name is lost takes with it what was so carefully synced inside.
func makeDir(dir string) error {
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	parent := filepath.Dir(dir)
	if parent != dir {
		if err := makeDir(parent); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		if info, _ := os.Stat(dir); info == nil || !info.IsDir() { // nobody else made it meanwhile
			return err
		}
	}
	if err := syncDir(parent); err != nil && !errors.Is(err, fs.ErrPermission) {
		return err // one may be allowed to make folders where one may not look
	}
	return nil
}

// fill makes a synced file beside the one it will replace, since a rename
// works only within one file system.
func fill(dir, name string, data []byte) (path string, err error) {
	f, err := os.CreateTemp(dir, "."+name+"-*.new") // mode 0600
	if err != nil {
		return "", err
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err != nil {
			os.Remove(f.Name())
		}
	}()
	if _, err := f.Write(data); err != nil {
		return "", err
	}
	return f.Name(), f.Sync()
}

func target(path string) (string, error) {
	real, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		return path, nil
	}
	return real, err
}

// Read returns the file's content, nil where there is no such file, and
// ErrTooLarge rather than more than limit bytes.
func Read(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		return nil, ErrTooLarge
	}
	return data, err
}

// ErrTooLarge says that a file is larger than it can be.
var ErrTooLarge = errors.New("the file is too large to be what its name says")

//go:build unix

package faulttest

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// copyTree copies files and folders with their owners, modes and times: Dovecot
// takes a changed time for changed mail.
func copyTree(from, to string) error {
	type dir struct {
		path string
		info fs.FileInfo
	}
	var dirs []dir
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		dest := filepath.Join(to, rel)
		switch {
		case d.IsDir():
			dirs = append(dirs, dir{dest, info})
			return os.Mkdir(dest, 0o700)
		case d.Type().IsRegular():
			return copyFile(path, dest, info)
		}
		return nil // a socket that a killed program left
	})
	for i := len(dirs) - 1; i >= 0 && err == nil; i-- { // their times change until all is in them
		err = dress(dirs[i].path, dirs[i].info)
	}
	return err
}

func copyFile(from, to string, info fs.FileInfo) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.WriteFile(to, b, 0o600); err != nil {
		return err
	}
	return dress(to, info)
}

// dress gives a copy the owner, mode and time of the original.
func dress(path string, info fs.FileInfo) error {
	if st, ok := info.Sys().(*syscall.Stat_t); ok && os.Getuid() == 0 {
		if err := os.Chown(path, int(st.Uid), int(st.Gid)); err != nil {
			return err
		}
	}
	if err := os.Chmod(path, info.Mode().Perm()); err != nil {
		return err
	}
	return os.Chtimes(path, info.ModTime(), info.ModTime())
}

//go:build !linux

package transfer

import (
	"io/fs"
	"os"
	"path/filepath"
)

// syncTree writes every file below root out. Folders are synced where the
// system knows that.
func syncTree(root string) error {
	return filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir():
			syncDir(path)
			return nil
		}
		return syncFile(path)
	})
}

// syncFile opens for writing: Windows flushes no file that is open to read.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

package store

import (
	"errors"
	"io/fs"
	"os"
)

// private sees to it that only its owner may read a database, whoever may look
// into the folder: SQLite would make it for everybody to read, and gives its
// log the permissions of the database.
//
// One that is there is not opened: closing it would drop the locks that SQLite
// holds on it in this process (POSIX fcntl).
func private(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return os.Chmod(path, 0o600)
	}
	if err != nil {
		return err
	}
	return f.Close()
}

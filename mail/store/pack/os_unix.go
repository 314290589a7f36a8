//go:build !windows

package pack

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// syncDir makes the entries of a directory last.
func syncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	err = d.Sync()
	return firstError(err, d.Close())
}

// tryLock takes the lock of f, or fails at once; closing f gives it back, and
// so does the end of the process.
func tryLock(f *os.File) error {
	return unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
}

// isFull reports that there is no room, on the disk or for this user.
func isFull(err error) bool { return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) }

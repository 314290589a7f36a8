package pack

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// syncDir does nothing: NTFS logs creations and removals itself, and a
// directory cannot be flushed.
func syncDir(string) error { return nil }

// tryLock takes the lock of f, or fails at once; closing f gives it back, and
// so does the end of the process.
func tryLock(f *os.File) error {
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	return windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, new(windows.Overlapped))
}

// isFull reports that there is no room.
func isFull(err error) bool { return errors.Is(err, windows.ERROR_DISK_FULL) }

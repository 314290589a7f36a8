package store

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"

	"postrider/mail"
)

// takeLock makes this process the one that writes. Windows frees the lock when
// the process ends, however it ends.
func (s *Store) takeLock() error {
	f, err := os.OpenFile(s.path("lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	s.lock = f
	flags := uint32(windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY)
	if err := windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, new(windows.Overlapped)); err != nil {
		return mail.Errorf(mail.KindBusy, "open the store", "another Postrider is using %s", s.dir)
	}
	return nil
}

func isNoSpace(err error) bool { return errors.Is(err, windows.ERROR_DISK_FULL) }

//go:build unix

package store

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"

	"postrider/mail"
)

// takeLock makes this process the one that writes. The kernel frees the lock
// when the process ends, however it ends.
func (s *Store) takeLock() error {
	f, err := os.OpenFile(s.path("lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	s.lock = f
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		return mail.Errorf(mail.KindBusy, "open the store", "another Postrider is using %s", s.dir)
	}
	return nil
}

func isNoSpace(err error) bool { return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) }

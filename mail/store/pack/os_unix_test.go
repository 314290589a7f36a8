//go:build !windows

package pack

import (
	"strings"
	"syscall"
	"testing"

	"postrider/mail"
)

// A full disk, or quota, is told in our words, with the file and the system's.
func TestFullDiskIsTold(t *testing.T) {
	for _, full := range []error{syscall.ENOSPC, syscall.EDQUOT} {
		d := newMemDisk()
		s, err := openSmall(d)
		if err != nil {
			t.Fatal(err)
		}
		blob, err := s.EncodeBytes(letter(0, 3000))
		if err != nil {
			t.Fatal(err)
		}
		d.fault = func(int, string, string) error { return full }
		_, err = s.Append(blob)
		if !mail.Is(err, mail.KindDisk) || !strings.Contains(err.Error(), "the disk is full: ") || !strings.Contains(err.Error(), full.Error()) {
			t.Errorf("%v: got %v", full, err)
		}
	}
}

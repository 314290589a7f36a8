package faulttest

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestFullDisk fills the disk for real in the middle of a sync. With room
// again, all comes right.
func TestFullDisk(t *testing.T) {
	server := dovecot(t)
	for _, s := range scenes(60) {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			s := s.lay(t, server)
			remount := s.ownDisk(t)
			full := 0
			for _, size := range []string{"700k", "1200k", "2m"} {
				remount(0, "size=100m")
				s.restore(t)
				remount(0, "size="+size)
				e := s.run(t, "sync", "--json")
				if e.code != 0 {
					full++
					tellsOfDisk(t, e, "the disk is full")
				}
				remount(0, "size=100m")
				if problems := s.settled(t, s.want); len(problems) > 0 {
					t.Errorf("after a sync on a disk of %s, which ended with %d: %s%s", size, e.code, e.out, e.err)
					report(t, problems)
				}
			}
			if full == 0 {
				t.Error("the disk never was full: the sizes do not fit the scene")
			}
			t.Logf("full %d times", full)
		})
	}
}

// TestReadOnlyDisk: what is here can be read, and nothing happens to the server.
func TestReadOnlyDisk(t *testing.T) {
	server := dovecot(t)
	for _, s := range scenes(4)[1:] { // the first has nothing to read yet
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			s := s.lay(t, server)
			remount := s.ownDisk(t)
			s.restore(t)
			listed, there := s.must(t, "list", "@inbox").out, s.there(t)
			remount(unix.MS_RDONLY, "")
			tellsOfDisk(t, s.run(t, "sync", "--json"), "")
			report(t, difference("the server", s.there(t), there))
			if got := s.run(t, "list", "@inbox"); got.out != listed {
				t.Errorf("read-only, it lists %s%s, and before it listed %s", got.out, got.err, listed)
			}
			remount(0, "")
			report(t, s.settled(t, s.want))
		})
	}
}

// ownDisk gives the data folder a file system of its own, which can be mounted
// anew with other flags and options.
func (s *staged) ownDisk(t *testing.T) (remount func(flags uintptr, options string)) {
	t.Helper()
	point := filepath.Join(s.root, "disk")
	if err := os.Mkdir(point, 0o700); err != nil {
		t.Fatal(err)
	}
	err := unix.Mount("tmpfs", point, "tmpfs", 0, "size=100m")
	if errors.Is(err, unix.EPERM) || errors.Is(err, unix.EACCES) {
		t.Skip("mounting is not permitted here: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(point, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	s.dir = filepath.Join(point, "data")
	return func(flags uintptr, options string) {
		t.Helper()
		if err := unix.Mount("tmpfs", point, "tmpfs", unix.MS_REMOUNT|flags, options); err != nil {
			t.Fatal(err)
		}
	}
}

// tellsOfDisk: a run failed because of the disk, and says so.
func tellsOfDisk(t *testing.T, e ending, words string) {
	t.Helper()
	if e.crashed() || e.code != 1 && e.code != 3 || !slices.Contains(e.failures(), "disk") || !strings.Contains(e.out, words) {
		t.Errorf("got exit code %d, want a failure of the disk with %q:\n%s%s", e.code, words, e.out, e.err)
	}
}

package typeset

import (
	"os"

	"golang.org/x/sys/unix"
)

// room is memory for a large table, of which parts can be given back.
func room(n int) []byte {
	b, err := unix.Mmap(-1, 0, n, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		return make([]byte, n)
	}
	unix.Madvise(b, unix.MADV_NOHUGEPAGE) // else what is left takes two megabytes at a time
	return b
}

// giveBack gives the whole pages within b[from:to] of a room back to the system.
// They read as zeros or as they were.
func giveBack(b []byte, from, to int) {
	page := os.Getpagesize()
	from, to = (from+page-1)/page*page, to/page*page
	if from < to {
		unix.Madvise(b[from:to], unix.MADV_DONTNEED) // refused where the room is not the system's
	}
}

// leave gives a room back to the system, unless it is not the system's.
func leave(b []byte) { unix.Munmap(b) }

package faulttest

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// call is a system call about a file of the data folder, or a connection.
type call struct {
	name    string
	on      string // the file, as seen from the data folder; "" for a connection
	changes bool   // it writes, creates, removes or makes last
}

func (c *call) String() string {
	if c == nil {
		return "which was not made this time"
	}
	if c.on == "" {
		return c.name + " to the server"
	}
	return c.name + " " + c.on
}

// argument tells which argument of a call names the file.
type argument int

const (
	byFD   argument = iota // first argument is a descriptor
	byPath                 // first argument is a path
	byAt                   // second argument is a path
)

// calls are those of interest.
var calls = map[uint64]struct {
	name    string
	arg     argument
	changes bool
}{
	unix.SYS_READ: {"read", byFD, false}, unix.SYS_PREAD64: {"pread64", byFD, false}, unix.SYS_READV: {"readv", byFD, false},
	unix.SYS_WRITE: {"write", byFD, true}, unix.SYS_PWRITE64: {"pwrite64", byFD, true}, unix.SYS_WRITEV: {"writev", byFD, true},
	unix.SYS_FSYNC: {"fsync", byFD, true}, unix.SYS_FDATASYNC: {"fdatasync", byFD, true}, unix.SYS_FTRUNCATE: {"ftruncate", byFD, true},
	unix.SYS_FALLOCATE: {"fallocate", byFD, true}, unix.SYS_FSTAT: {"fstat", byFD, false}, unix.SYS_FLOCK: {"flock", byFD, false},
	unix.SYS_GETDENTS64: {"getdents64", byFD, false}, unix.SYS_CLOSE: {"close", byFD, false},
	unix.SYS_OPEN: {"open", byPath, false}, unix.SYS_OPENAT: {"openat", byAt, false}, unix.SYS_NEWFSTATAT: {"newfstatat", byAt, false},
	unix.SYS_MKDIR: {"mkdir", byPath, true}, unix.SYS_MKDIRAT: {"mkdirat", byAt, true},
	unix.SYS_UNLINK: {"unlink", byPath, true}, unix.SYS_UNLINKAT: {"unlinkat", byAt, true},
	unix.SYS_RENAME: {"rename", byPath, true}, unix.SYS_RENAMEAT: {"renameat", byAt, true}, unix.SYS_RENAMEAT2: {"renameat2", byAt, true},
}

// recognise tells what a call is about; false if not about what can fail here.
func (tr *tracer) recognise(tid int, regs *syscall.PtraceRegs) (c call, ok bool) {
	kind, ok := calls[regs.Orig_rax]
	if !ok {
		return c, false
	}
	c = call{name: kind.name, changes: kind.changes}
	target, flags := "", regs.Rdx
	switch kind.arg {
	case byFD:
		target, _ = os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", tr.pid, regs.Rdi))
	case byPath:
		target, flags = text(tid, regs.Rdi), regs.Rsi
	case byAt:
		target = text(tid, regs.Rsi)
	}
	if c.name == "open" || c.name == "openat" {
		c.changes = flags&unix.O_CREAT != 0
	}
	if strings.HasPrefix(target, "socket:") {
		return c, c.name == "read" || c.name == "write"
	}
	rel, err := filepath.Rel(cmp.Or(tr.root, tr.dir), target)
	if err != nil || strings.HasPrefix(rel, "..") {
		return c, false
	}
	c.on = rel
	return c, true
}

// text reads a string of the traced process.
func text(tid int, at uint64) string {
	var b []byte
	var word [8]byte
	for len(b) < 4096 {
		n, err := syscall.PtracePeekData(tid, uintptr(at)+uintptr(len(b)), word[:])
		if err != nil || n == 0 {
			break
		}
		for _, c := range word[:n] {
			if c == 0 {
				return string(b)
			}
			b = append(b, c)
		}
	}
	return string(b)
}

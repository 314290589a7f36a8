package faulttest

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

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

// fault is what befalls a call.
type fault struct {
	err  syscall.Errno // it fails with this, and is not carried out
	kill bool          // the process dies before it
	torn bool          // a write is cut to its half; with kill the process dies after that
}

// tracer runs the program and looks at its system calls, in the order in which
// they begin, whichever thread they are of. (Strace counts each thread's own,
// and a Go program's go from one to another.)
type tracer struct {
	program
	root   string // calls about files below it are looked at; "": the data folder
	befall func(call) fault

	pid     int
	threads map[int]*thread
}

// thread is one of the program's that is being traced.
type thread struct {
	inside bool          // a call has begun and not ended
	fail   syscall.Errno // what that is to end with
	kill   bool          // the process dies when it ends
}

// the calls of interest: where the file is told, and what they do.
type argument int

const (
	byFD   argument = iota // first argument is a descriptor
	byPath                 // first argument is a path
	byAt                   // second argument is a path
)

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

// run runs a command with befall called for every call of interest. It must not
// be called by two goroutines for one tracer.
func (tr *tracer) run(stdin string, args ...string) (e ending, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread() // a thread of the kernel traces, not a process; this one ends with the goroutine
		e, err = tr.trace(stdin, args)
	}()
	<-done
	return e, err
}

func (tr *tracer) trace(stdin string, args []string) (e ending, err error) {
	in, err := os.CreateTemp("", "faulttest")
	if err != nil {
		return e, err
	}
	defer os.Remove(in.Name())
	defer in.Close()
	if _, err := in.WriteAt([]byte(stdin), 0); err != nil {
		return e, err
	}
	out, err := os.CreateTemp("", "faulttest")
	if err != nil {
		return e, err
	}
	defer os.Remove(out.Name())
	defer out.Close()
	errs, err := os.CreateTemp("", "faulttest")
	if err != nil {
		return e, err
	}
	defer os.Remove(errs.Name())
	defer errs.Close()

	began := time.Now()
	tr.threads = map[int]*thread{}
	tr.pid, err = syscall.ForkExec(tr.path, append([]string{tr.path}, args...), &syscall.ProcAttr{
		Env: tr.env(), Files: []uintptr{in.Fd(), out.Fd(), errs.Fd()},
		Sys: &syscall.SysProcAttr{Ptrace: true, Setpgid: true},
	})
	if err != nil {
		return e, err
	}
	hung := time.AfterFunc(patience, func() { syscall.Kill(tr.pid, syscall.SIGQUIT) })
	defer hung.Stop()
	dead := time.AfterFunc(patience+5*time.Second, func() { syscall.Kill(tr.pid, syscall.SIGKILL) })
	defer dead.Stop()
	status, err := tr.follow()
	if err != nil {
		syscall.Kill(tr.pid, syscall.SIGKILL)
		return e, err
	}
	e = ending{code: status.ExitStatus(), took: time.Since(began)}
	for _, f := range []struct {
		from *os.File
		to   *string
	}{{out, &e.out}, {errs, &e.err}} {
		b, err := os.ReadFile(f.from.Name())
		if err != nil {
			return e, err
		}
		*f.to = string(b)
	}
	return e, nil
}

// follow leads the process to its end.
func (tr *tracer) follow() (ended syscall.WaitStatus, err error) {
	if _, err := syscall.Wait4(tr.pid, &ended, 0, nil); err != nil || !ended.Stopped() {
		return ended, fmt.Errorf("the program does not start: %v, %v", ended, err)
	}
	tr.threads[tr.pid] = &thread{}
	const options = unix.PTRACE_O_TRACESYSGOOD | unix.PTRACE_O_TRACECLONE | unix.PTRACE_O_EXITKILL
	if err := syscall.PtraceSetOptions(tr.pid, options); err != nil {
		return ended, err
	}
	tid, deliver := tr.pid, 0
	for {
		if err := syscall.PtraceSyscall(tid, deliver); err != nil && !errors.Is(err, syscall.ESRCH) {
			return ended, fmt.Errorf("go on: %w", err)
		}
		var status syscall.WaitStatus
		for {
			tid, err = syscall.Wait4(-tr.pid, &status, syscall.WALL, nil)
			if err == nil && status.Stopped() {
				break
			}
			if tid == tr.pid {
				ended = status
			}
			switch {
			case errors.Is(err, syscall.EINTR):
			case errors.Is(err, syscall.ECHILD):
				return ended, nil
			case err != nil:
				return ended, fmt.Errorf("wait: %w", err)
			default:
				delete(tr.threads, tid)
			}
		}
		deliver = tr.stopped(tid, status)
	}
}

// stopped handles a stop of a thread and returns the signal it is to get.
func (tr *tracer) stopped(tid int, status syscall.WaitStatus) (deliver int) {
	th := tr.threads[tid]
	signal := status.StopSignal()
	switch {
	case th == nil: // it has just begun
		tr.threads[tid] = &thread{}
	case signal == syscall.SIGTRAP|0x80:
		th.inside = !th.inside
		if th.inside {
			tr.enter(tid, th)
		} else {
			tr.leave(tid, th)
		}
	case signal != syscall.SIGTRAP:
		return int(signal)
	}
	return 0
}

// enter looks at a call that begins.
func (tr *tracer) enter(tid int, th *thread) {
	var regs syscall.PtraceRegs
	if syscall.PtraceGetRegs(tid, &regs) != nil {
		return
	}
	c, ok := tr.recognise(tid, &regs)
	if !ok {
		return
	}
	f := tr.befall(c)
	switch {
	case f.torn:
		regs.Rdx /= 2
		th.kill = f.kill
		syscall.PtraceSetRegs(tid, &regs)
	case f.kill:
		syscall.Kill(tr.pid, syscall.SIGKILL)
	case f.err != 0:
		th.fail = f.err
		regs.Orig_rax = ^uint64(0) // no such call: nothing happens
		syscall.PtraceSetRegs(tid, &regs)
	}
}

// leave ends a call as befell it.
func (tr *tracer) leave(tid int, th *thread) {
	if th.kill {
		syscall.Kill(tr.pid, syscall.SIGKILL)
	}
	if th.fail == 0 {
		return
	}
	var regs syscall.PtraceRegs
	if syscall.PtraceGetRegs(tid, &regs) == nil {
		regs.Rax = uint64(-int64(th.fail))
		syscall.PtraceSetRegs(tid, &regs)
	}
	th.fail = 0
}

// recognise tells what a call is about; false if not about what can fail here.
func (tr *tracer) recognise(tid int, regs *syscall.PtraceRegs) (c call, ok bool) {
	kind, ok := calls[regs.Orig_rax]
	if !ok {
		return c, false
	}
	c = call{name: kind.name, changes: kind.changes}
	target := ""
	switch kind.arg {
	case byFD:
		target, _ = os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", tr.pid, regs.Rdi))
	case byPath:
		target = text(tid, regs.Rdi)
	case byAt:
		target = text(tid, regs.Rsi)
	}
	switch flags := map[argument]uint64{byPath: regs.Rsi, byAt: regs.Rdx}[kind.arg]; c.name {
	case "open", "openat":
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

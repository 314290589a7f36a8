package faulttest

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

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
	var files [3]*os.File // stdin, stdout, stderr
	var descriptors []uintptr
	for i := range files {
		f, err := os.CreateTemp("", "faulttest")
		if err != nil {
			return e, err
		}
		defer os.Remove(f.Name())
		defer f.Close()
		files[i], descriptors = f, append(descriptors, f.Fd())
	}
	if _, err := files[0].WriteAt([]byte(stdin), 0); err != nil {
		return e, err
	}
	began := time.Now()
	tr.threads = map[int]*thread{}
	tr.pid, err = syscall.ForkExec(tr.path, append([]string{tr.path}, args...), &syscall.ProcAttr{
		Env: tr.env(), Files: descriptors, Sys: &syscall.SysProcAttr{Ptrace: true, Setpgid: true},
	})
	if err != nil {
		return e, err
	}
	for after, signal := range map[time.Duration]syscall.Signal{patience: syscall.SIGQUIT, patience + 5*time.Second: syscall.SIGKILL} {
		defer time.AfterFunc(after, func() { syscall.Kill(tr.pid, signal) }).Stop()
	}
	status, err := tr.follow()
	if err != nil {
		syscall.Kill(tr.pid, syscall.SIGKILL)
		return e, err
	}
	out, err := os.ReadFile(files[1].Name())
	if err != nil {
		return e, err
	}
	errs, err := os.ReadFile(files[2].Name())
	return ending{status.ExitStatus(), string(out), string(errs), time.Since(began)}, err
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
		var stop syscall.WaitStatus
		if tid, stop, err = tr.next(&ended); err != nil || tid == 0 {
			return ended, err
		}
		deliver = tr.stopped(tid, stop)
	}
}

// next waits until a thread stops; 0 when all have ended, the process as in
// ended.
func (tr *tracer) next(ended *syscall.WaitStatus) (tid int, status syscall.WaitStatus, err error) {
	for {
		tid, err = syscall.Wait4(-tr.pid, &status, syscall.WALL, nil)
		switch {
		case errors.Is(err, syscall.EINTR):
			continue
		case errors.Is(err, syscall.ECHILD):
			return 0, status, nil
		case err != nil:
			return 0, status, fmt.Errorf("wait: %w", err)
		case status.Stopped():
			return tid, status, nil
		case tid == tr.pid:
			*ended = status
		}
		delete(tr.threads, tid)
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

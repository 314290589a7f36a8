package mailtest

import (
	"os/exec"
	"time"
)

// Usage is what a program needed, with those of its children that it waited
// for.
type Usage struct {
	Duration time.Duration
	CPU      time.Duration // user and system
	PeakRSS  int64         // bytes; of the largest process; 0: unknown
}

// countingSlack is how far the kernel's two accounts of one process's memory
// may lie apart: it counts pages per processor and adds them up late.
const countingSlack = 8 << 20

// Measure runs a program to its end. The error is that of cmd.Run: what a
// program used that failed is told all the same.
func Measure(cmd *exec.Cmd) (Usage, error) {
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return Usage{}, err
	}
	own := ownPeak()
	watch := watchPeak(cmd.Process.Pid)
	err := cmd.Wait()
	u := Usage{Duration: time.Since(start)}
	seen := watch()
	if state := cmd.ProcessState; state != nil {
		u.CPU = state.UserTime() + state.SystemTime()
		u.PeakRSS = peakRSS(state)
	}
	// Linux counts our own peak into the child's, because for a moment
	// between fork and exec it had our memory. Below that, only looking helps.
	if u.PeakRSS <= own+countingSlack {
		u.PeakRSS = seen
	}
	return u, err
}

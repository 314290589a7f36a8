package mailtest

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// peakRSS is the largest resident size that wait4 reported, in bytes.
func peakRSS(state *os.ProcessState) int64 {
	ru, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return ru.Maxrss << 10
}

func ownPeak() int64 { return highWater("self") }

// watchPeak looks at a process's peak again and again until the returned
// function is called, which returns the last that was seen.
func watchPeak(pid int) func() int64 {
	stop, result := make(chan struct{}), make(chan int64)
	go func() {
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		peak := highWater(strconv.Itoa(pid))
		for {
			select {
			case <-tick.C:
				peak = max(peak, highWater(strconv.Itoa(pid)))
			case <-stop:
				result <- peak
				return
			}
		}
	}()
	return func() int64 { close(stop); return <-result }
}

// highWater reads VmHWM, 0 if the process has ended.
func highWater(pid string) int64 {
	b, err := os.ReadFile("/proc/" + pid + "/status")
	if err != nil {
		return 0
	}
	_, rest, ok := strings.Cut(string(b), "\nVmHWM:")
	if !ok {
		return 0
	}
	var kB int64
	if _, err := fmt.Sscan(rest, &kB); err != nil {
		return 0
	}
	return kB << 10
}

package stage_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// process is what Linux says of a running program.
type process struct {
	tb  testing.TB
	pid int
}

// tick is the unit of the times that Linux tells.
const tick = time.Second / 100

// cpu is the processor's time it took so far: drawing is that of the threads of
// Mesa, which stand in for a graphics card.
func (p process) cpu() (program, drawing time.Duration) {
	p.tb.Helper()
	threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", p.pid))
	for _, path := range threads {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		_, rest, _ := strings.Cut(string(text), "(")
		name, rest, _ := strings.Cut(rest, ") ")
		fields := strings.Fields(rest)
		user, _ := strconv.Atoi(fields[11])
		system, _ := strconv.Atoi(fields[12])
		if took := time.Duration(user+system) * tick; strings.HasPrefix(name, "llvmpipe") {
			drawing += took
		} else {
			program += took
		}
	}
	return program, drawing
}

// megabytes are those it has in memory that are nobody else's, and all of them.
func (p process) megabytes() (own, all float64) {
	p.tb.Helper()
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", p.pid))
	if err != nil {
		p.tb.Fatal(err)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		fields := strings.Fields(s.Text())
		if len(fields) < 2 {
			continue
		}
		kb, _ := strconv.ParseFloat(fields[1], 64)
		switch fields[0] {
		case "VmRSS:":
			all = kb / 1024
		case "RssAnon:":
			own = kb / 1024
		}
	}
	return own, all
}

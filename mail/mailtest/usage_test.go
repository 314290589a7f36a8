package mailtest

import (
	"bytes"
	"os"
	"os/exec"
	"runtime"
	"testing"
	"time"
)

// usageEnv makes this test binary use so many bytes and end.
const usageEnv = "MAILTEST_USE"

func TestMeasureSeesTheChildAndNotUs(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the peak is known on Linux only")
	}
	ours := bytes.Repeat([]byte("x"), 128<<20) // more than the small child, less than the big one
	for name, tc := range map[string]struct {
		use         string
		most, least int64
	}{
		"small": {"5000000", 110 << 20, 5_000_000},
		"big":   {"200000000", 1 << 30, 200_000_000},
	} {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), usageEnv+"="+tc.use)
		got, err := Measure(cmd)
		if err != nil {
			t.Fatal(err)
		}
		if got.PeakRSS < tc.least || got.PeakRSS > tc.most {
			t.Errorf("%s: got a peak of %d, want %d to %d", name, got.PeakRSS, tc.least, tc.most)
		}
		if got.CPU <= 0 || got.Duration <= 0 {
			t.Errorf("%s: got %v CPU in %v", name, got.CPU, got.Duration)
		}
	}
	runtime.KeepAlive(ours)
}

func TestMeasureTellsOfFailure(t *testing.T) {
	if _, err := Measure(exec.Command("/no/such/program")); err == nil {
		t.Error("no program: no error")
	}
	u, err := Measure(exec.Command("sh", "-c", "exit 3"))
	if err == nil || u.Duration == 0 {
		t.Errorf("exit 3: got %+v, %v", u, err)
	}
}

// use touches n bytes, and lives long enough to be looked at.
func use(n int) {
	b := make([]byte, n)
	for i := 0; i < len(b); i += 4096 {
		b[i] = 1
	}
	time.Sleep(100 * time.Millisecond)
	runtime.KeepAlive(b)
}

//go:build unix

package pop_test

import (
	"flag"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"postrider/mail/mailtest"
	"postrider/mail/mailtest/gen"
)

var messages = flag.Int("messages", 20_000, "how many messages the benchmarks sync")

// BenchmarkFirstSync takes a whole maildrop into an empty store, durable and
// indexed, and reports how many times as long a raw socket takes to drain the
// same messages in the same run; then what a sync of nothing new takes.
func BenchmarkFirstSync(b *testing.B) {
	s := mailtest.Dovecot(b)
	m, err := s.Load("alice", gen.Options{N: *messages, Flat: true})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		b.StopTimer()
		limit := drain(b, s)
		c := newClient(b, s.POP3, "alice", "forever")
		os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // the peak counts from here
		b.StartTimer()
		began, cpu := time.Now(), cpuTime()
		c.sync()
		fetched := time.Since(began)
		if err := c.store.Indexed(b.Context()); err != nil {
			b.Fatal(err)
		}
		took := time.Since(began)
		used := cpuTime() - cpu
		b.StopTimer()
		b.ReportMetric(float64(peak())/1024, "MB-peak")
		limit = min(limit, drain(b, s))
		b.ReportMetric(took.Seconds()/limit.Seconds(), "×drain")
		b.ReportMetric(fetched.Seconds(), "s-fetched")
		b.ReportMetric(limit.Seconds(), "s-drain")
		b.ReportMetric(float64(used.Microseconds())/float64(m.Messages)/1000, "cpu-ms/message")
		began = time.Now()
		rep := c.sync()
		b.ReportMetric(float64(time.Since(began).Microseconds())/1000, "ms-again")
		b.ReportMetric(float64(rep.In), "B-again")
		b.ReportMetric(float64(rep.RoundTrips), "trips-again")
		b.StartTimer()
	}
}

func drain(b *testing.B, s *mailtest.Server) time.Duration {
	d, err := mailtest.DrainPOP3(b.Context(), s.POP3, "alice", mailtest.Password("alice"), mailtest.DrainOptions{})
	if err != nil {
		b.Fatal(err)
	}
	return d.Duration
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peak is the most memory the process had, in kB; 0 where nobody tells.
func peak() int {
	status, _ := os.ReadFile("/proc/self/status")
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	field, _, _ := strings.Cut(strings.TrimSpace(after), " ")
	n, _ := strconv.Atoi(field)
	return n
}

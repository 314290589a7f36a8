package imap_test

import (
	"flag"
	"syscall"
	"testing"
	"time"

	"postrider/mail"
	"postrider/mail/mailtest"
	"postrider/mail/mailtest/gen"
	"postrider/mail/store"
)

var messages = flag.Int("messages", 20_000, "how many messages the benchmarks sync")

// BenchmarkFirstSync syncs a whole account into an empty store, durable and
// indexed, and reports how many times as long a raw socket takes to drain the
// same messages in the same run.
func BenchmarkFirstSync(b *testing.B) {
	s := mailtest.Dovecot(b)
	m, err := s.Load("alice", gen.Options{N: *messages})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		b.StopTimer()
		limit := drain(b, s)
		c := newClient(b, s.IMAP)
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
		limit = min(limit, drain(b, s))
		b.ReportMetric(took.Seconds()/limit.Seconds(), "×drain")
		b.ReportMetric(fetched.Seconds(), "s-fetched")
		b.ReportMetric(limit.Seconds(), "s-drain")
		b.ReportMetric(float64(used.Microseconds())/float64(m.Messages)/1000, "cpu-ms/message")
		if got := c.sum(); got != m.Sum {
			b.Fatal("some bytes are not the server's")
		}
		b.StartTimer()
	}
}

func drain(b *testing.B, s *mailtest.Server) time.Duration {
	d, err := mailtest.DrainIMAP(b.Context(), s.IMAP, "alice", mailtest.Password("alice"), mailtest.DrainOptions{})
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

var _ = store.Open
var _ mail.UID

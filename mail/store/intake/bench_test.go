package intake_test

import (
	"flag"
	"syscall"
	"testing"
	"time"

	"postrider/mail"
	"postrider/mail/mailtest/gen"
	"postrider/mail/store"
	"postrider/mail/store/intake"
)

var messages = flag.Int("messages", 4000, "how many messages the benchmark takes in")

// BenchmarkIntake takes a mailbox into an empty store, durable and indexed, with
// no server in the way. The processor's time says more than the clock's where
// others use the machine.
func BenchmarkIntake(b *testing.B) {
	plan := gen.New(gen.Options{N: *messages})
	list := make([][]byte, plan.Len())
	octets := 0
	for i := range list {
		list[i] = gen.CRLF(plan.Message(i).Raw)
		octets += len(list[i])
	}
	b.SetBytes(int64(octets))
	for b.Loop() {
		b.StopTimer()
		s, err := store.Open(b.Context(), b.TempDir(), store.Options{})
		if err != nil {
			b.Fatal(err)
		}
		m, box := account(b, s)
		b.StartTimer()
		before := cpuTime()
		in := intake.New(b.Context(), s, func(batch []intake.Message[store.Seen]) error {
			seen := make([]store.Seen, len(batch))
			for i, one := range batch {
				seen[i] = one.Of
				seen[i].Staged = one.Staged
			}
			_, err := m.Seen(b.Context(), box, seen)
			return err
		})
		for i := range list {
			raw := intake.Buffer(len(list[i]))
			copy(raw, list[i])
			if err := in.Add(store.Seen{UID: mail.UID(len(list) - i), Received: time.Unix(1.7e9, 0)}, raw); err != nil {
				b.Fatal(err)
			}
		}
		if err := in.Close(); err != nil {
			b.Fatal(err)
		}
		if err := s.Indexed(b.Context()); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64((cpuTime()-before).Microseconds())/float64(len(list))/1000, "cpu-ms/message")
		b.StopTimer()
		s.Close()
		b.StartTimer()
	}
}

// account is an account's mirror with an inbox that is being pulled.
func account(b *testing.B, s *store.Store) (*store.Mirror, mail.MailboxID) {
	b.Helper()
	if err := s.AddAccount(b.Context(), "acct", store.IMAP); err != nil {
		b.Fatal(err)
	}
	m := s.Mirror("acct")
	boxes, err := m.Listed(b.Context(), []mail.Mailbox{{Path: "INBOX", Remote: "INBOX", Role: mail.RoleInbox, Origin: mail.Remote}})
	if err != nil {
		b.Fatal(err)
	}
	if err := m.Begin(b.Context(), boxes[0].ID, 1); err != nil {
		b.Fatal(err)
	}
	return m, boxes[0].ID
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

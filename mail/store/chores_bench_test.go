package store_test

import (
	"testing"
	"time"

	"postrider/mail"
	"postrider/mail/store"
)

// BenchmarkPurge does the daily chore, and reports how long a person would have
// waited for an act of theirs meanwhile.
func BenchmarkPurge(b *testing.B) {
	s, _ := copyHoard(b)
	beside(b, s, func() error { return s.Purge(b.Context()) })
}

// BenchmarkComplete compares all of a large mailbox with what its server has.
func BenchmarkComplete(b *testing.B) {
	s, _ := copyHoard(b)
	box := hoardViews(b, s)["archive"].Mailboxes[0]
	m := s.Mirror("hoardone")
	all := []mail.UIDRange{{First: 1, Last: mail.UID(*hoarded)}}
	beside(b, s, func() error {
		_, err := m.Complete(b.Context(), box, all, mail.UID(*hoarded+1), true)
		return err
	})
}

// beside does something of a worker's while a person stars a message again and
// again, and reports how long the slowest of that took.
func beside(b *testing.B, s *store.Store, work func() error) {
	b.Helper()
	var id mail.PlacementID
	reading(b, s, func(sn *store.Snapshot) error {
		top, _, err := sn.Top(hoardViews(b, s)["archive"], 1)
		id = top.IDs[0]
		return err
	})
	var worst time.Duration
	for b.Loop() {
		done := make(chan error, 1)
		go func() { done <- work() }()
		for working := true; working; {
			select {
			case err := <-done:
				if err != nil {
					b.Fatal(err)
				}
				working = false
			default:
				began := time.Now()
				if _, err := s.Do(b.Context(), mail.SetFlags{Targets: []mail.PlacementID{id}, Patch: mail.FlagPatch{Add: mail.Bits(mail.Flagged)}}); err != nil {
					b.Fatal(err)
				}
				worst = max(worst, time.Since(began))
				time.Sleep(time.Millisecond)
			}
		}
	}
	b.ReportMetric(float64(worst.Microseconds())/1000, "ms-waited")
}

//go:build unix

package faulttest

import (
	"math/rand/v2"
	"testing"
	"time"
)

// TestKill kills the program at random moments of a sync, up to three times, and
// begins anew until there were enough.
func TestKill(t *testing.T) {
	server := dovecot(t)
	for _, s := range scenes(60) {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			killAtRandom(t, s.lay(t, server))
		})
	}
}

func killAtRandom(t *testing.T, s *staged) {
	random := rand.New(rand.NewPCG(*seed, 0))
	usual := s.rehearse(t)
	done, cycles := 0, 0
	for ; done < *kills; cycles++ {
		s.restore(t)
		for range 1 + random.IntN(3) {
			took, killed := killOnce(t, s, time.Duration(random.Int64N(int64(usual))))
			if !killed {
				usual = took
				break
			}
			done++
		}
		if problems := s.settled(t, s.want); len(problems) > 0 {
			t.Errorf("after kill %d:", done)
			report(t, problems)
		}
	}
	t.Logf("%d kills in %d cycles, of a sync that takes %v", done, cycles, usual)
}

// killOnce kills a sync at a moment, unless that ends before.
func killOnce(t *testing.T, s *staged, at time.Duration) (took time.Duration, killed bool) {
	t.Helper()
	cmd, end := s.start(t, "", "sync")
	timer := time.AfterFunc(at, func() { cmd.Process.Kill() })
	e := end()
	timer.Stop()
	if e.crashed() {
		t.Errorf("crashed with %d: %s%s", e.code, e.out, e.err)
	}
	return e.took, e.code < 0
}

// rehearse tells how long a sync takes that nothing disturbs, and that it does
// what the scene expects.
func (s *staged) rehearse(t *testing.T) time.Duration {
	t.Helper()
	s.restore(t)
	e := s.must(t, "sync")
	if problems := s.settled(t, s.want); len(problems) > 0 {
		report(t, problems)
		t.Fatal("the scene does not even play without a fault")
	}
	return e.took
}

func report(t *testing.T, problems []string) {
	t.Helper()
	for _, p := range problems {
		t.Error("  " + p)
	}
}

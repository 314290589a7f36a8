package gui

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// TestMemoryIsTidiedUpOnceAfterWork: not while something goes on, and not again
// before there is something new.
func TestMemoryIsTidiedUpOnceAfterWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		var taken, tidied atomic.Uint64
		go tidyUp(ctx, time.Second, taken.Load, func() { tidied.Add(1) })
		synctest.Wait()
		pass := func(octets uint64) {
			taken.Add(octets)
			time.Sleep(time.Second)
			synctest.Wait()
		}
		for _, step := range []struct {
			octets uint64
			want   uint64
			why    string
		}{
			{40 << 20, 0, "it works"}, {30 << 20, 0, "it works on"}, {1 << 20, 1, "it rests"}, {1 << 20, 1, "it rests on"},
			{5 << 20, 1, "a little was done"}, {0, 1, "that is not worth it"}, {20 << 20, 1, "it works again"}, {0, 2, "it rests again"},
		} {
			if pass(step.octets); tidied.Load() != step.want {
				t.Fatalf("%s: tidied up %d times, want %d", step.why, tidied.Load(), step.want)
			}
		}
		stop()
		synctest.Wait()
	})
}

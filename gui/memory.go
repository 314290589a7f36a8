package gui

import (
	"context"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// thrift is how much garbage the window lets lie about, in percent of what is in
// use. Go's 100 would double the memory of typefaces, which are most of it and
// have nothing in them to look through: to collect more often costs little.
const thrift = 30

// thriftAfter is when the first list has long been drawn: until then there is
// little, and it grows fast.
const thriftAfter = 3 * time.Second

// saveMemory makes the program thrifty before long, unless whoever started it
// knows better, and tidies up while it rests, until ctx ends.
func saveMemory(ctx context.Context) {
	if os.Getenv("GOGC") != "" {
		return
	}
	time.AfterFunc(thriftAfter, func() { debug.SetGCPercent(thrift) })
	go tidyUp(ctx, lookEvery, allocated, debug.FreeOSMemory)
}

const (
	lookEvery = 10 * time.Second
	restsAt   = 2 << 20  // the program rests when it took less than this from one look to the next
	worthAt   = 16 << 20 // there is something to tidy up when it took more than this since the last time
)

// tidyUp gives memory back to the system that lies about after something was done:
// by itself Go keeps a good part of it until there is more to do. taken says how
// many octets the program ever took.
func tidyUp(ctx context.Context, every time.Duration, taken func() uint64, tidy func()) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	last, tidied := taken(), uint64(0)
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := taken()
		if now-last < restsAt && now-tidied > worthAt {
			tidy()
			tidied = now
		}
		last = now
	}
}

// allocated is how many octets the program ever took.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

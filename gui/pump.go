package gui

import (
	"context"
	"sync"
	"time"

	"postrider/mail"
)

// frame is how often the screen takes changes in: what comes in between is
// gathered. Slower than the screen draws, for nobody reads a list faster, and a
// first sync would keep it busy with nothing else.
const frame = 50 * time.Millisecond

// pump brings the store's feed to the UI goroutine: all batches of a frame in
// one call, and never a second call before the first was taken.
type pump struct {
	do    func(func())       // runs a function on the UI goroutine, later
	apply func([]mail.Batch) // takes the batches in, there

	mu      sync.Mutex
	waiting []mail.Batch
	posted  bool
}

// feed is what a pump reads: a subscription of the store.
type feed interface {
	Next(context.Context) ([]mail.Batch, error)
}

// run pumps until ctx or the feed ends. A goroutine of its own calls it.
func (p *pump) run(ctx context.Context, f feed) {
	tick := time.NewTimer(0)
	defer tick.Stop()
	for {
		batches, err := f.Next(ctx)
		if err != nil {
			return
		}
		p.put(batches)
		tick.Reset(frame)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// put queues batches, and one call for all that wait.
func (p *pump) put(batches []mail.Batch) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiting = append(p.waiting, batches...)
	if !p.posted {
		p.posted = true
		p.do(p.flush)
	}
}

func (p *pump) flush() {
	p.mu.Lock()
	batches := p.waiting
	p.waiting, p.posted = nil, false
	p.mu.Unlock()
	p.apply(batches)
}

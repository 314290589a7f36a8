package store

import "sync"

// turn lets one writer in at a time, the person's acts before the worker's
// batches.
type turn struct {
	mu      sync.Mutex
	free    *sync.Cond
	busy    bool
	waiting int // acts of the person in the queue
}

func newTurn() *turn {
	t := &turn{}
	t.free = sync.NewCond(&t.mu)
	return t
}

func (t *turn) take(urgent bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if urgent {
		t.waiting++
		defer func() { t.waiting-- }()
	}
	for t.busy || (!urgent && t.waiting > 0) {
		t.free.Wait()
	}
	t.busy = true
}

func (t *turn) give() {
	t.mu.Lock()
	t.busy = false
	t.mu.Unlock()
	t.free.Broadcast()
}

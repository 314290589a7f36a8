// Package intake is the way of whole messages from a connection into the store:
// read by the driver's goroutine, staged (hashed, compressed, parsed) by two
// more, and stored by another one in the order in which they came. Each stage
// has work while the others do, and what is under way is bounded, so that a
// mailbox of any size needs the memory of a few megabytes.
//
// The drivers use it. An Intake is for one run of messages into one mailbox:
// New, Add for each, Close. What it was given is durable, released, or both,
// when Close returns.
package intake

import (
	"context"
	"sync"
	"time"

	"postrider/mail/store"
)

// Bounds of an intake. One store takes as many messages as have gathered within
// linger, up to the others; octets as they come from the server, and in memory.
const (
	stagers     = 2
	maxCount    = 200
	maxOctets   = 4 << 20
	underWay    = 8 << 20
	linger      = 150 * time.Millisecond
	queueLength = 2 * maxCount

	stagedOctets = 1 << 20 // what a Staged of any size has in memory, at most
)

// Message is one that was staged, with what its driver knows of it.
type Message[T any] struct {
	Of     T
	Staged *store.Staged
}

// Intake takes messages in.
type Intake[T any] struct {
	ctx  context.Context
	s    *store.Store
	keep func([]Message[T]) error

	work   chan *staging[T]
	order  chan *staging[T]
	room   *room
	staged sync.WaitGroup
	done   chan struct{}

	mu     sync.Mutex
	failed error
}

// staging is a message on its way; ready is closed when it is staged.
type staging[T any] struct {
	Message[T]
	raw   []byte
	size  int64 // octets in memory
	ready chan struct{}
	err   error
}

// New starts an intake. keep stores messages in one step, and releases them
// whatever it returns; it runs on a goroutine of the intake, one call at a time.
// The first error, of ctx too, ends the intake: what comes after is dropped.
func New[T any](ctx context.Context, s *store.Store, keep func([]Message[T]) error) *Intake[T] {
	in := &Intake[T]{
		ctx: ctx, s: s, keep: keep,
		work: make(chan *staging[T], queueLength), order: make(chan *staging[T], queueLength),
		room: newRoom(underWay), done: make(chan struct{}),
	}
	for range stagers {
		in.staged.Go(in.stage)
	}
	go in.store()
	return in
}

// Add hands over a message, and its bytes for good. It waits while too much is
// under way, and returns what ended the intake, if anything has.
func (in *Intake[T]) Add(of T, raw []byte) error {
	return in.add(&staging[T]{Message: Message[T]{Of: of}, raw: raw, size: int64(len(raw))})
}

// AddStaged is Add for a message that was staged as it came, being too large
// for memory.
func (in *Intake[T]) AddStaged(of T, st *store.Staged) error {
	return in.add(&staging[T]{Message: Message[T]{of, st}, size: min(st.Size(), stagedOctets)})
}

func (in *Intake[T]) add(s *staging[T]) error {
	if err := in.err(); err != nil {
		s.Staged.Release()
		return err
	}
	s.ready = make(chan struct{})
	in.room.take(s.size)
	in.order <- s
	in.work <- s
	return nil
}

func (in *Intake[T]) stage() {
	for s := range in.work {
		if s.Staged == nil && in.err() == nil {
			s.Staged, s.err = in.s.StageBytes(in.ctx, s.raw)
		}
		recycle(s.raw)
		s.raw = nil
		close(s.ready)
	}
}

// Close waits until all is stored, and returns what ended the intake early.
func (in *Intake[T]) Close() error {
	close(in.work)
	close(in.order)
	in.staged.Wait()
	<-in.done
	return in.err()
}

func (in *Intake[T]) err() error {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.failed == nil {
		in.failed = in.ctx.Err()
	}
	return in.failed
}

func (in *Intake[T]) fail(err error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.failed == nil {
		in.failed = err
	}
}

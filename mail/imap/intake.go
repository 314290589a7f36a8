package imap

import (
	"context"
	"sync"

	"postrider/mail/store"
)

// intake is the way of messages from the connection into the store: read by
// the driver's goroutine, staged by stagers, committed by one more, in the
// order in which they came. Each stage has work while the others do.
type intake struct {
	ctx context.Context
	p   *pulling
	box *pulled

	work   chan *staging
	order  chan *staging
	room   *room
	staged sync.WaitGroup
	done   chan struct{}

	mu     sync.Mutex
	failed error
}

// staging is a message on its way; ready is closed when it is staged.
type staging struct {
	arrival *arrival
	size    int64
	ready   chan struct{}
	err     error
}

// Bounds of an intake: what may be in memory, and what one commit takes.
const (
	stagers     = 2
	intakeBytes = 12 << 20
	commitBytes = 8 << 20
)

func newIntake(ctx context.Context, p *pulling, box *pulled) *intake {
	in := &intake{ctx: ctx, p: p, box: box, work: make(chan *staging, 2*batch), order: make(chan *staging, 2*batch), room: newRoom(intakeBytes), done: make(chan struct{})}
	for range stagers {
		in.staged.Go(in.stage)
	}
	go in.commit()
	return in
}

// add hands over a message, waiting while too much is under way.
func (in *intake) add(f *arrival) error {
	if err := in.err(); err != nil {
		f.Staged.Release()
		return err
	}
	s := &staging{arrival: f, size: int64(len(f.raw)), ready: make(chan struct{})}
	in.room.take(s.size)
	in.order <- s
	in.work <- s
	return nil
}

func (in *intake) stage() {
	for s := range in.work {
		if f := s.arrival; f.Staged == nil && in.err() == nil {
			f.Staged, s.err = in.p.m.Store().StageBytes(in.ctx, f.raw)
			buffers.give(f.raw)
			f.raw = nil
		}
		close(s.ready)
	}
}

// commit gives the mirror batches as large as have gathered.
func (in *intake) commit() {
	defer close(in.done)
	var list []store.Seen
	var bytes, size int64
	flush := func() {
		if len(list) > 0 {
			in.keep(list)
			in.room.give(size)
			list, bytes, size = nil, 0, 0
		}
	}
	for s := range in.order {
		<-s.ready
		size += s.size
		if s.err != nil || s.arrival.Staged == nil {
			in.fail(s.err)
			in.room.give(s.size)
			size -= s.size
			continue
		}
		list = append(list, s.arrival.Seen)
		if bytes += s.arrival.Staged.Size(); len(list) >= batch || bytes >= commitBytes || size >= intakeBytes/3 {
			flush()
		}
	}
	flush()
}

func (in *intake) keep(list []store.Seen) {
	if in.err() != nil {
		for _, o := range list {
			o.Staged.Release()
		}
		return
	}
	_, err := in.p.m.Seen(in.ctx, in.box.ID, list)
	in.fail(err)
	in.p.progress(in.box, len(list))
}

func (in *intake) err() error {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.failed
}

func (in *intake) fail(err error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.failed == nil {
		in.failed = err
	}
}

// close waits until all is stored, and says what kept it from being.
func (in *intake) close() error {
	close(in.work)
	close(in.order)
	in.staged.Wait()
	<-in.done
	return in.err()
}

// room bounds the octets under way. One message larger than all of it passes
// alone.
type room struct {
	mu   sync.Mutex
	free *sync.Cond
	left int64
	size int64
}

func newRoom(size int64) *room {
	r := &room{left: size, size: size}
	r.free = sync.NewCond(&r.mu)
	return r
}

func (r *room) take(n int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.left < n && r.left < r.size {
		r.free.Wait()
	}
	r.left -= n
}

func (r *room) give(n int64) {
	r.mu.Lock()
	r.left += n
	r.mu.Unlock()
	r.free.Broadcast()
}

// pool keeps the memory that messages are read into: half a gigabyte of first
// sync would otherwise be garbage.
type pool struct{ small, large sync.Pool }

var buffers pool

// smallBuffer holds nine messages of ten. Octets.
const smallBuffer = 64 << 10

func (p *pool) of(n int) (*sync.Pool, int) {
	if n <= smallBuffer {
		return &p.small, smallBuffer
	}
	return &p.large, inMemory
}

func (p *pool) take(n int) []byte {
	from, size := p.of(n)
	if b, ok := from.Get().(*[]byte); ok {
		return (*b)[:n]
	}
	return make([]byte, n, size)
}

func (p *pool) give(b []byte) {
	to, _ := p.of(cap(b))
	b = b[:0]
	to.Put(&b)
}

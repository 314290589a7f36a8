package intake

import "time"

// store gives keep what has gathered.
func (in *Intake[T]) store() {
	defer close(in.done)
	b := batch[T]{in: in}
	for {
		s, open := b.next()
		switch {
		case s != nil:
			b.add(s)
		case open: // nothing came for a while
			b.flush()
		default:
			b.flush()
			return
		}
	}
}

// batch is what the next call of keep will get.
type batch[T any] struct {
	in     *Intake[T]
	list   []Message[T]
	octets int64
	memory int64
	late   <-chan time.Time
}

// next returns the next message, staged; nil when the batch has waited long
// enough, or no more will come.
func (b *batch[T]) next() (s *staging[T], open bool) {
	select {
	case s, open = <-b.in.order:
	case <-b.late:
		return nil, true
	}
	if s != nil {
		<-s.ready
	}
	return s, open
}

func (b *batch[T]) add(s *staging[T]) {
	if s.Staged == nil {
		b.in.fail(s.err)
		b.in.room.give(s.size)
		return
	}
	if len(b.list) == 0 {
		b.late = time.After(linger)
	}
	b.list = append(b.list, s.Message)
	b.octets += s.Staged.Size()
	b.memory += s.size
	if len(b.list) >= maxCount || b.octets >= maxOctets || b.memory >= underWay/3 {
		b.flush()
	}
}

func (b *batch[T]) flush() {
	if len(b.list) > 0 {
		b.keep()
	}
	b.in.room.give(b.memory)
	b.list, b.octets, b.memory, b.late = nil, 0, 0, nil
}

func (b *batch[T]) keep() {
	if b.in.err() == nil {
		b.in.fail(b.in.keep(b.list))
		return
	}
	for _, m := range b.list {
		m.Staged.Release()
	}
}

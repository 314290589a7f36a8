package pop3

import (
	"sync"
	"sync/atomic"
	"time"
)

// sender writes commands from a goroutine of its own, named by loop, from
// newSender to stop. All methods are for the goroutine of the client.
type sender struct {
	link   *link
	handed atomic.Int64 // commands given to the connection so far
	wake   chan struct{}
	done   chan struct{}

	mu      sync.Mutex
	pending []byte
	spare   []byte // what pending will be next, while loop writes the last one
	count   int
}

func newSender(l *link) *sender {
	s := &sender{link: l, wake: make(chan struct{}, 1), done: make(chan struct{})}
	// What watches over a run is the deadline of its reads.
	l.setWriteDeadline(time.Time{})
	go s.loop()
	return s
}

// push queues n commands; it never waits.
func (s *sender) push(commands []byte, n int) {
	s.mu.Lock()
	s.pending = append(s.pending, commands...)
	s.count += n
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// stop waits until everything is written, or cannot be.
func (s *sender) stop() {
	s.link.setWriteDeadline(time.Now().Add(s.link.timeout))
	close(s.wake)
	<-s.done
}

func (s *sender) loop() {
	defer close(s.done)
	for range s.wake {
		batch, n := s.next()
		s.handed.Add(int64(n))
		if _, err := s.link.writePatiently(batch); err != nil {
			return // the reader will meet the same trouble, after what is still to be read
		}
	}
}

func (s *sender) next() ([]byte, int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	batch, n := s.pending, s.count
	s.pending, s.spare, s.count = s.spare[:0], batch, 0
	return batch, n
}

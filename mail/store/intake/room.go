package intake

import "sync"

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

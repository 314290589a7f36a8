package ink

import "sync"

// generations is a cache in two generations, bounded by bytes: when the young one
// is full it becomes the old one, and what was old is let go.
type generations[K comparable, V any] struct {
	mu         sync.RWMutex
	young, old map[K]V
	size       int
	limit      int // bytes of one generation
}

func (g *generations[K, V]) get(k K) (v V, ok bool) {
	g.mu.RLock()
	v, ok = g.young[k]
	if ok {
		g.mu.RUnlock()
		return v, true
	}
	v, ok = g.old[k]
	g.mu.RUnlock()
	return v, ok
}

// keep stores a value of a size in bytes. What is larger than a quarter of a
// generation is not kept.
func (g *generations[K, V]) keep(k K, v V, size int) {
	if size > g.limit/4 {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.young == nil || g.size+size > g.limit {
		g.old, g.young, g.size = g.young, map[K]V{}, 0
	}
	if _, ok := g.young[k]; !ok {
		g.young[k] = v
		g.size += size
	}
}

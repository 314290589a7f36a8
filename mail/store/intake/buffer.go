package intake

import (
	"math/bits"
	"sync"
)

// Buffers come in sizes of a power of two, so that none is more than twice as
// large as it has to be. Octets.
const (
	smallest = 4 << 10
	largest  = 1 << 20
)

// buffers keeps the memory that messages are read into, by size: a first sync's
// half gigabyte would otherwise be garbage.
var buffers [9]sync.Pool

// Buffer returns n octets to read a message into, for Add. What is in them is
// anything.
func Buffer(n int) []byte {
	i := class(n)
	if i >= len(buffers) {
		return make([]byte, n)
	}
	if b, ok := buffers[i].Get().(*[]byte); ok {
		return (*b)[:n]
	}
	return make([]byte, n, smallest<<i)
}

// recycle takes a buffer back.
func recycle(b []byte) {
	if i := class(cap(b)); i < len(buffers) && cap(b) == smallest<<i {
		b = b[:0]
		buffers[i].Put(&b)
	}
}

// class is the place of the smallest size that holds n octets.
func class(n int) int { return bits.Len(uint(max(n-1, 0)) / smallest) }

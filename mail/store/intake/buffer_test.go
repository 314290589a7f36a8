package intake

import "testing"

func TestBuffersFitAndComeBack(t *testing.T) {
	for _, n := range []int{0, 1, smallest, smallest + 1, 70_000, largest, largest + 1} {
		b := Buffer(n)
		if len(b) != n {
			t.Errorf("a buffer for %d octets has %d", n, len(b))
		}
		if n > 0 && cap(b) > max(smallest, 2*n) {
			t.Errorf("a buffer for %d octets takes %d", n, cap(b))
		}
		recycle(b)
		recycle(b[:n/2])
	}
}

package widgets

import "sort"

// geometry maps rows to pixels and back: rows of one height, and group heads
// that stand before some of them. All lengths are in Fyne's pixels, as whole
// numbers, for a float32 loses single pixels beyond 16 million, which is the
// 230,000th row.
type geometry struct {
	rows int
	row  int64 // height of a row
	head int64 // height of a group head
	at   []int // the rows that heads stand before, ascending
	foot int64 // height of what follows the last row
}

// total is the height of everything.
func (g geometry) total() int64 {
	return int64(g.rows)*g.row + int64(len(g.at))*g.head + g.foot
}

// top is the upper edge of row i. For i == rows it is where the foot begins.
func (g geometry) top(i int) int64 {
	return int64(i)*g.row + int64(g.headsUpTo(i))*g.head
}

// headTop is the upper edge of head k.
func (g geometry) headTop(k int) int64 {
	return int64(g.at[k])*g.row + int64(k)*g.head
}

// headsUpTo counts the heads above row i, its own included.
func (g geometry) headsUpTo(i int) int {
	return sort.SearchInts(g.at, i+1)
}

// headOf returns the head that stands right before row i, or -1.
func (g geometry) headOf(i int) int {
	k := g.headsUpTo(i) - 1
	if k < 0 || g.at[k] != i {
		return -1
	}
	return k
}

// group returns the head under which row i stands, or -1.
func (g geometry) group(i int) int {
	return g.headsUpTo(i) - 1
}

// rowAt returns the row at height y, and whether y lies in the row itself
// rather than in the head before it. The row is clamped to what there is; of
// an empty list it is -1.
func (g geometry) rowAt(y int64) (i int, inside bool) {
	if g.rows == 0 {
		return -1, false
	}
	if y < 0 {
		return 0, false
	}
	k := sort.Search(len(g.at), func(k int) bool { return g.headTop(k) > y })
	if k > 0 && y < g.headTop(k-1)+g.head {
		return g.at[k-1], false
	}
	i = int((y - int64(k)*g.head) / g.row)
	if i >= g.rows {
		return g.rows - 1, false
	}
	return i, true
}

// span returns the rows [from, to) that show between the heights y and y+h.
// The row after a head that shows is among them, even if only the head shows.
func (g geometry) span(y, h int64) (from, to int) {
	if g.rows == 0 || h <= 0 {
		return 0, 0
	}
	from, _ = g.rowAt(y)
	to, _ = g.rowAt(y + h - 1)
	return from, to + 1
}

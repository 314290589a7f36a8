package box

import (
	"math"

	"postrider/mail/html/css"
)

// floats are the floats of one block formatting context, in its coordinates.
type floats struct {
	list        []floatArea
	low         float64 // no float may begin above (CSS 2.1 9.5.1, rule 5)
	left, right float64 // the lowest ends
	work        int     // how many were looked at
	pruneAt     int     // how many there are when it pays to forget some
}

// floatArea is what a float keeps free: its margin box.
type floatArea struct {
	x0, x1, y0, y1 float64
	left           bool
}

// band is the room between the floats at the heights from y to y+h, of x0 to
// x1.
func (f *floats) band(y, h, x0, x1 float64) (float64, float64) {
	if y >= f.left && y >= f.right || f.tired() {
		return x0, x1
	}
	for i := range f.list {
		a := &f.list[i]
		if a.y0 >= y+max(h, 1.0/64) || a.y1 <= y {
			continue
		}
		if a.left {
			x0 = max(x0, a.x1)
		} else {
			x1 = min(x1, a.x0)
		}
	}
	return x0, x1
}

// next is the height below y at which there is more room: +Inf if there is none.
func (f *floats) next(y float64) float64 {
	n := math.Inf(1)
	if y >= f.left && y >= f.right || f.tired() {
		return n
	}
	for i := range f.list {
		if e := f.list[i].y1; e > y {
			n = min(n, e)
		}
	}
	return n
}

// below is the height from y on at which the floats to be cleared end.
func (f *floats) below(y float64, c css.Clear) float64 {
	if c == css.ClearLeft || c == css.ClearBoth {
		y = max(y, f.left)
	}
	if c == css.ClearRight || c == css.ClearBoth {
		y = max(y, f.right)
	}
	return y
}

// bottom is where the last one ends.
func (f *floats) bottom() float64 { return max(f.left, f.right) }

// fit finds the place for something w wide and h high, not above y, between x0
// and x1: the height and the room there.
func (f *floats) fit(y, w, h, x0, x1 float64) (at, a, z float64) {
	for {
		a, z = f.band(y, h, x0, x1)
		if w <= z-a+tolerance {
			return y, a, z
		}
		n := f.next(y)
		if math.IsInf(n, 1) {
			return y, a, z
		}
		y = n
	}
}

// tolerance absorbs the rounding of sums of widths.
const tolerance = 1.0 / 64

// add puts a float of this size at the side, not above y, and gives its place.
func (f *floats) add(left bool, w, h, y, x0, x1 float64) (fx, fy float64) {
	f.prune(y)
	y = max(y, f.low)
	y, a, z := f.fit(y, w, h, x0, x1)
	fx = a
	if !left {
		fx = z - w
	}
	f.low = y
	area := floatArea{fx, fx + w, y, y + h, left}
	if h > 0 && w > 0 {
		f.list = append(f.list, area)
	}
	if left {
		f.left = max(f.left, y+h)
	} else {
		f.right = max(f.right, y+h)
	}
	return fx, y
}

// prune forgets what ended above y, where nothing will be placed any more.
func (f *floats) prune(y float64) {
	if len(f.list) < max(64, f.pruneAt) {
		return
	}
	kept := f.list[:0]
	for _, a := range f.list {
		if a.y1 > y {
			kept = append(kept, a)
		}
	}
	f.list = kept
	f.pruneAt = 2 * len(kept)
}

// tired reports whether so many floats were looked at that they do not matter
// any more: nobody writes a mail like that for people.
func (f *floats) tired() bool {
	f.work += len(f.list)
	return f.work > 20_000_000
}

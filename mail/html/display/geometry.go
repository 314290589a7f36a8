package display

// Rect is a rectangle in px of the page.
type Rect struct{ X, Y, W, H float32 }

// Right is the first x that is not in r.
func (r Rect) Right() float32 { return r.X + r.W }

// Bottom is the first y that is not in r.
func (r Rect) Bottom() float32 { return r.Y + r.H }

// Empty says that there is nothing in r.
func (r Rect) Empty() bool { return r.W <= 0 || r.H <= 0 }

// Contains says whether the point is in r.
func (r Rect) Contains(x, y float32) bool {
	return x >= r.X && y >= r.Y && x < r.Right() && y < r.Bottom()
}

// Intersect is what r and s have in common; it may be empty.
func (r Rect) Intersect(s Rect) Rect {
	x, y := max(r.X, s.X), max(r.Y, s.Y)
	return Rect{x, y, max(0, min(r.Right(), s.Right())-x), max(0, min(r.Bottom(), s.Bottom())-y)}
}

// Overlaps says whether r and s have a point in common.
func (r Rect) Overlaps(s Rect) bool {
	return r.X < s.Right() && s.X < r.Right() && r.Y < s.Bottom() && s.Y < r.Bottom()
}

// Union is the smallest rectangle around r and s. An empty one adds nothing.
func (r Rect) Union(s Rect) Rect {
	if r.Empty() {
		return s
	}
	if s.Empty() {
		return r
	}
	x, y := min(r.X, s.X), min(r.Y, s.Y)
	return Rect{x, y, max(r.Right(), s.Right()) - x, max(r.Bottom(), s.Bottom()) - y}
}

// Inset is r without the given sides.
func (r Rect) Inset(s Sides) Rect {
	return Rect{r.X + s.Left, r.Y + s.Top, max(0, r.W-s.Left-s.Right), max(0, r.H-s.Top-s.Bottom)}
}

// Sides are four lengths, one for each side of a box.
type Sides struct{ Top, Right, Bottom, Left float32 }

// Zero says that no side has a length.
func (s Sides) Zero() bool { return s == Sides{} }

// Corners are the radii of a box's corners; X and Y differ for elliptic ones.
type Corners [4]struct{ X, Y float32 } // top left, top right, bottom right, bottom left

// Zero says that no corner is round.
func (c Corners) Zero() bool { return c == Corners{} }

package display

import (
	"cmp"
	"slices"
)

// band is the run at an index, by its height on the page.
type band struct {
	top, bottom float32
	lowest      float32 // of it and those before
	run         int32
}

// index sorts the runs by height, so that a point finds its line at once.
func (p *Page) index() {
	p.rows = make([]band, len(p.Runs))
	for i := range p.Runs {
		r := p.Runs[i].Rect
		p.rows[i] = band{top: r.Y, bottom: r.Bottom(), run: int32(i)}
	}
	slices.SortStableFunc(p.rows, func(a, b band) int { return cmp.Compare(a.top, b.top) })
	low := float32(0)
	for i := range p.rows {
		low = max(low, p.rows[i].bottom)
		p.rows[i].lowest = low
	}
}

// LinkAt is the index of the link at a point.
func (p *Page) LinkAt(x, y float32) (link int, ok bool) {
	for i := len(p.Links) - 1; i >= 0; i-- {
		for _, r := range p.Links[i].Rects {
			if r.Contains(x, y) {
				return i, true
			}
		}
	}
	return 0, false
}

// ImageAt is the index of the picture at a point.
func (p *Page) ImageAt(x, y float32) (image int, ok bool) {
	return p.at(Image, x, y)
}

// ControlAt is the index of the reader's own button at a point.
func (p *Page) ControlAt(x, y float32) (control int, ok bool) {
	return p.at(Control, x, y)
}

func (p *Page) at(k Kind, x, y float32) (int, bool) {
	for i := len(p.Items) - 1; i >= 0; i-- {
		it := &p.Items[i]
		if it.Kind == k && it.Rect.Contains(x, y) && p.Clips[it.Clip].shows(it.Clip, x, y) {
			return int(it.At), true
		}
	}
	return 0, false
}

func (c *Clip) shows(index int32, x, y float32) bool { return index == 0 || c.Rect.Contains(x, y) }

// TextAt is the offset in Text of the place nearest to a point, for a caret or
// the end of a selection. over reports whether the point is on a letter.
func (p *Page) TextAt(x, y float32) (offset int, over bool) {
	best, away := -1, float32(0)
	for i := p.firstRow(y); i < len(p.rows); i++ {
		b := &p.rows[i]
		if best >= 0 && b.top-y > away {
			break
		}
		d := p.distance(int(b.run), x, y)
		if best < 0 || d < away {
			best, away = int(b.run), d
		}
	}
	// Lines above may be nearer, too.
	for i := p.firstRow(y) - 1; i >= 0 && (best < 0 || y-p.rows[i].lowest <= away); i-- {
		if d := p.distance(int(p.rows[i].run), x, y); best < 0 || d < away {
			best, away = int(p.rows[i].run), d
		}
	}
	if best < 0 {
		return 0, false
	}
	r := &p.Runs[best]
	return r.offsetAt(x), r.Rect.Contains(x, y)
}

// firstRow is the first row that may reach down to y.
func (p *Page) firstRow(y float32) int {
	i, _ := slices.BinarySearchFunc(p.rows, y, func(b band, y float32) int { return cmp.Compare(b.lowest, y) })
	return i
}

// distance is how far a run is from a point; lines of another height are
// farther than words of the same line.
func (p *Page) distance(run int, x, y float32) float32 {
	r := p.Runs[run].Rect
	dx := max(0, r.X-x, x-r.Right())
	dy := max(0, r.Y-y, y-r.Bottom())
	return dx + 20*dy
}

// offsetAt is the place for a caret in the run that is nearest to x.
func (r *Run) offsetAt(x float32) int {
	best, away := r.From, float32(1e9)
	try := func(at int, edge float32) {
		d := max(edge-x, x-edge)
		if d < away {
			best, away = at, d
		}
	}
	for i := range r.Words {
		w := &r.Words[i]
		r.edges(w, func(from, to int, left, right float32) {
			if w.RTL {
				left, right = right, left
			}
			try(from, left)
			try(to, right)
		})
	}
	return best
}

// edges calls f for each character of a word with its bytes in the text and its
// sides.
func (r *Run) edges(w *Word, f func(from, to int, left, right float32)) {
	if w.Space || w.Shape.Zero() {
		f(w.From, w.To, w.X, w.X+w.W)
		return
	}
	n := w.Shape.Clusters()
	if n == 0 {
		return
	}
	width := w.Shape.Width()
	if width == 0 {
		f(w.From, w.To, w.X, w.X+w.W)
		return
	}
	// The word's own width and letter-spacing both show in W.
	scale := float64(w.W) / width
	for i := range n {
		start, end, x, adv := w.Shape.Cluster(i)
		left := w.X + float32(x*scale)
		if w.Hyphen && i == n-1 {
			end = w.To - w.From
		}
		f(w.From+start, w.From+end, left, left+float32(adv*scale))
	}
}

package gui

// hitWalk goes from hit to hit through all texts that the reader shows.
type hitWalk struct {
	bodies func() []*body
	at     int // the text that the current hit is in
}

// step goes to the next hit or the one before.
func (w *hitWalk) step(forward bool) {
	bodies := w.bodies()
	if len(bodies) == 0 {
		return
	}
	w.at = min(w.at, len(bodies)-1)
	current, of := bodies[w.at].page.Found()
	switch {
	case forward && current+1 < of:
		bodies[w.at].page.FindNext()
	case !forward && current > 0:
		bodies[w.at].page.FindPrevious()
	default:
		w.leap(bodies, forward)
	}
}

// leap goes to the next text that has a hit.
func (w *hitWalk) leap(bodies []*body, forward bool) {
	by := len(bodies) - 1
	if forward {
		by = 1
	}
	for range bodies {
		w.at = (w.at + by) % len(bodies)
		if _, of := bodies[w.at].page.Found(); of > 0 {
			if forward {
				bodies[w.at].page.FindNext()
			} else {
				bodies[w.at].page.FindPrevious()
			}
			return
		}
	}
}

// place is which hit is looked at, counted from 1, and how many there are.
func (w *hitWalk) place() (n, of int) {
	for i, b := range w.bodies() {
		current, hits := b.page.Found()
		if i < w.at {
			n += hits
		}
		if i == w.at {
			n += current + 1
		}
		of += hits
	}
	return n, of
}

package display

// Cover is where a part of the page's text is drawn within the run, one
// rectangle for each stretch.
func (r *Run) Cover(part Range) []Rect {
	if r.To <= part.From || r.From >= part.To {
		return nil
	}
	return r.rects(nil, part.From, part.To)
}

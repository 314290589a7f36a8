package typeset

// Metrics are the measures of the first of the faces at a size in px.
func (f Faces) Metrics(size float64) Metrics { return f.l.metricsOf(f.set, size) }

// Kern is how far two runes, one of which is a space, are moved apart, in ems:
// the advance of the first of them changes. Mostly it is 0. Browsers do this
// between words that run from left to right.
func (f Faces) Kern(a, b rune) float64 { return f.l.kern(f.set, a, b) }

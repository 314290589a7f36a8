package typeset

// Faces are the faces of one style, found once for all of its words: what makes
// lines of its own, as the layout of HTML does, sets a mail's words with them.
type Faces struct {
	l   *Library
	set *set
}

// Faces returns the faces of a style. They are good as long as the library's
// generation stays.
func (l *Library) Faces(s Style) Faces { return Faces{l, l.set(s)} }

// Word sets a text without white space in one direction. It comes from the
// library's cache if it was set before, at whatever size.
func (f Faces) Word(text string, rtl bool) Word {
	return Word{f.l.word(f.set, text, rtl)}
}

// Word is a word that was set. Its measures are in ems. The zero value is no
// word.
type Word struct{ w *word }

// Zero tells that there is no word.
func (w Word) Zero() bool { return w.w == nil }

// Width is how wide the word is, without letter-spacing.
func (w Word) Width() float64 { return w.w.width }

// Clusters is how many characters a reader sees; letter-spacing follows each.
func (w Word) Clusters() int { return len(w.w.stops) }

// Cluster is the i-th cluster of the word in the order of its text: the bytes
// that it has, and where it stands.
func (w Word) Cluster(i int) (start, end int, x, width float64) {
	s := w.w.stops[i]
	return s.start, s.end, s.x, s.width
}

// Faces calls f for each face in the word.
func (w Word) Faces(f func(*Face)) {
	for i := range w.w.runs {
		if w.w.runs[i].face != nil {
			f(w.w.runs[i].face)
		}
	}
}

// Runs appends what is drawn of the word at a size and a letter-spacing in px,
// from x on.
func (w Word) Runs(to []GlyphRun, size, spacing, x, y float64, rtl bool) []GlyphRun {
	for i := range w.w.runs {
		r := &w.w.runs[i]
		g := GlyphRun{
			Face: r.face, Size: size, X: x, Y: y, Width: r.width * size,
			Bold: r.bold, Oblique: r.oblique, RTL: rtl, Start: r.start, End: r.end, Glyphs: r.glyphs,
		}
		if spacing != 0 {
			g.space(spacing)
		}
		x += g.Width
		if g.Face != nil && len(g.Glyphs) > 0 {
			to = append(to, g)
		}
	}
	return to
}

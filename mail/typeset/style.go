package typeset

// Style says how a piece of text looks. It is comparable. The zero value of a
// field other than Size has a meaning that does no harm.
type Style struct {
	Families      string  // a list as in CSS: `Inter, "Segoe UI", sans-serif`; "" is the default, with serifs
	Size          float64 // px
	Weight        int     // 100 to 900; 0 is 400
	Italic        bool
	LetterSpacing float64 // px added after each character; switches ligatures off, as in CSS
	Lang          string  // BCP 47; decides between Chinese, Japanese and Korean shapes
}

// slot is a face together with what has to be pretended.
type slot struct {
	face          *Face
	bold, oblique bool
}

// boldFrom is the weight from which browsers embolden a face that is regular.
const boldFrom = 600

func (s *set) slot(f *Face) slot {
	return slot{
		face:    f,
		bold:    s.key.weight >= boldFrom && f.Weight < 550 && !f.Color,
		oblique: s.key.italic && !f.Italic && !f.Color,
	}
}

// setKey is what of a style decides about faces and shapes.
type setKey struct {
	families string
	weight   int
	italic   bool
	spaced   bool
	lang     string
}

func keyOf(s Style) setKey {
	w := s.Weight
	if w == 0 {
		w = 400
	}
	return setKey{s.Families, min(max(w, 1), 1000), s.Italic, s.LetterSpacing != 0, s.Lang}
}

// Metrics returns the measures of the first face that a style has.
func (l *Library) Metrics(s Style) Metrics {
	return l.set(s).metrics(s.Size, l.hasty)
}

// FaceOf returns the first face that a style has.
func (l *Library) FaceOf(s Style) *Face {
	f, _ := l.set(s).first(l.hasty)
	return f
}

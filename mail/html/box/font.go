package box

import (
	"strings"

	"postrider/mail/html/css"
	"postrider/mail/typeset"
)

// font is what text of one style is set with.
type font struct {
	faces           typeset.Faces
	size            float64
	ascent, descent float64 // of the text's own box
	normal          float64 // line-height: normal
	space           float64 // the advance of a space, spacing included
	xHeight         float64
	letter, word    float64 // spacing
	metrics         typeset.Metrics
	face            *typeset.Face // the first
}

// fontKey is what of a style decides about its font.
type fontKey struct {
	family                *css.Families
	size, letter, word    float32
	weight                uint16
	italic, caps, kerning bool
}

func (l *layouter) font(s *css.Style) *font {
	key := fontKey{s.Family, s.Size, s.LetterSpacing, s.WordSpacing, s.Weight, s.Italic, s.SmallCaps, s.Kerning}
	if f := l.fonts[key]; f != nil {
		return f
	}
	style := typeset.Style{
		Families: familyList(s.Family), Size: float64(s.Size), Weight: int(s.Weight), Italic: s.Italic, LetterSpacing: float64(s.LetterSpacing),
	}
	m := l.library.Metrics(style)
	f := &font{
		faces: l.library.Faces(style), size: snap(style.Size), ascent: m.Ascent, descent: m.Descent, normal: m.LineHeight(),
		xHeight: m.XHeight, face: l.library.FaceOf(style), letter: style.LetterSpacing, word: float64(s.WordSpacing), metrics: m,
	}
	if style.Size > 0 {
		f.space = m.Space * f.size / style.Size // as wide as it is between letters
	}
	f.space += f.letter + f.word
	l.fonts[key] = f
	return f
}

// familyList writes a list of families as a style sheet does.
func familyList(f *css.Families) string {
	if f == nil {
		return ""
	}
	var b strings.Builder
	for i, name := range f.Names {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(name.Name)
	}
	return b.String()
}

// lineHeight is the used line-height of a style.
func (f *font) lineHeight(s *css.Style) float64 {
	if s.LineHeight < 0 {
		return f.normal
	}
	return snap(float64(s.LineHeight))
}

// extent is how far an inline box of the style reaches above and below its
// baseline: its text's box with half of the leading on each side.
func (f *font) extent(s *css.Style) (up, down float64) {
	leading := f.lineHeight(s) - f.ascent - f.descent
	above := floor(leading / 2)
	return f.ascent + above, f.descent + leading - above
}

// snap cuts a length off at 64ths of a px, which is as fine as browsers reckon.
func snap(v float64) float64 { return float64(int64(v*64)) / 64 }

func floor(v float64) float64 {
	t := float64(int64(v))
	if t > v {
		return t - 1
	}
	return t
}

// Metrics is what css.Media asks for: the height of an x and the width of a 0.
func Metrics(library *typeset.Library) func(*css.Font) (x, zero float64) {
	return func(f *css.Font) (x, zero float64) {
		s := typeset.Style{Families: familyList(f.Family), Size: float64(f.Size), Weight: int(f.Weight), Italic: f.Italic}
		return library.Metrics(s).XHeight, library.Faces(s).Word("0", false).Width() * s.Size
	}
}
